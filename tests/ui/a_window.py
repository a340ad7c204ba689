"""A window over a small commune that is enrolled nowhere."""

from collections.abc import Iterator
from pathlib import Path

from app.clock import now
from app.counter import CodePaper
from app.models.errors import Refused
from app.models.exchange.bundle import Bound
from app.models.exchange.talk import Heard
from app.models.unit.officer import Officer
from app.settings import Places
from app.store.database.telling import Tell
from app.sync.bundle import Scans
from app.sync.hub_place import Above, HubPlace
from app.sync.safety import Safety
from app.sync.second_copy import SecondCopy
from app.ui.exchange.bundle_card import Step
from app.ui.exchange.enrol_by_file import Answer
from app.ui.exchange.hub_card import OwnHub
from app.ui.exchange.hub_process import HubProcess
from app.ui.exchange.page import Held, Sent, Standing
from app.ui.exchange.words import ReadBundle
from app.ui.safety.second_copies import SecondCopies
from app.ui.window import Window
from tests.ui.commune import Commune

UNIT = "xã Khánh Hà"


NOWHERE = HubPlace(Places(Path("nowhere"), Path("nowhere")))


def _refuse() -> Above:
    raise Refused("Quầy chưa ghi danh.")


class NoServer:
    """Not enrolled anywhere."""

    def standing(self) -> Standing:
        return Standing("", 3, None, None)

    def send(self, heard: Heard, *, near: bool) -> Sent:
        raise NotImplementedError

    def news_of_server(self) -> Iterator[bool]:
        raise NotImplementedError

    def news_of_hub(self) -> Iterator[bool]:
        raise NotImplementedError

    def join(self, url: str, code: str) -> str:
        raise NotImplementedError

    def own_hub(self) -> OwnHub | None:
        return OwnHub(HubProcess(NOWHERE, now), _refuse, may_run=True)

    def held(self) -> Held:
        raise NotImplementedError

    def write_bundle(self, file: Path, to: str, step: Step, most: int) -> Bound:
        raise NotImplementedError

    may_mend = True

    def mend_address(self, url: str) -> None:
        raise NotImplementedError

    def check_request(self, url: str, code: str) -> None:
        raise NotImplementedError

    def write_request(self, file: Path, url: str, code: str) -> None:
        raise NotImplementedError

    def read_answer(self, file: Path, url: str, step: Step, heard: Heard) -> Answer:
        raise NotImplementedError

    def scans_for(self, to: str) -> Scans:
        return Scans(0, 0)

    def read_bundle(self, file: Path, step: Step, heard: Heard) -> ReadBundle:
        raise NotImplementedError


class NothingKept:
    """Neither backup nor recovery code."""

    def standing(self) -> Safety:
        return Safety("", same_disk=False, backed_up=None, code_made=None, stays_here=False)

    def back_up(self, file: Path, tell: Tell) -> int:
        raise NotImplementedError

    def draw_code(self) -> CodePaper:
        raise NotImplementedError

    def keep_code(self, paper: CodePaper) -> None:
        raise NotImplementedError


def a_window(commune: Commune, officer: Officer | None = None) -> Window:
    """At which `officer` sits, or the commune's first."""
    window = Window(commune.desk, officer or commune.officer(), commune.jobs, NoServer(), UNIT)
    store = commune.desk.store
    window.keep_safe(
        NothingKept(), SecondCopies(lambda: SecondCopy(store.beside()), commune.jobs, window)
    )
    return window
