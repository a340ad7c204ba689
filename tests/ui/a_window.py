"""A window over a small commune that is enrolled nowhere."""

from pathlib import Path

from app.models.bundle import Bound
from app.models.talk import Heard
from app.ui.bundle_card import Step
from app.ui.exchange_page import Held, Sent, Standing
from app.ui.exchange_words import ReadBundle
from app.ui.window import Window
from tests.ui.commune import Commune

UNIT = "xã Khánh Hà"


class NoServer:
    """Not enrolled anywhere."""

    def standing(self) -> Standing:
        return Standing("", 3, None, None)

    def send(self, heard: Heard) -> Sent:
        raise NotImplementedError

    def join(self, url: str, code: str) -> str:
        raise NotImplementedError

    def held(self) -> Held:
        raise NotImplementedError

    def write_bundle(self, file: Path, to: str, step: Step) -> Bound:
        raise NotImplementedError

    def read_bundle(self, file: Path, step: Step, heard: Heard) -> ReadBundle:
        raise NotImplementedError


def a_window(commune: Commune) -> Window:
    """At which the commune's first officer sits."""
    return Window(commune.desk, commune.officer(), commune.jobs, NoServer(), UNIT)
