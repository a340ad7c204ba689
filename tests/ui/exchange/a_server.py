"""Stands in for the server and all else an exchange's page asks."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.clock import VIETNAM
from app.models.errors import BadInput, OtherSideFailed, Refused
from app.models.exchange.bundle import Bound
from app.models.exchange.messages import Taken
from app.models.exchange.talk import Heard
from app.sync import carrying, held
from app.sync.bundle import Scans
from app.sync.enrol_by_file import Joined
from app.sync.standing import Standing
from app.ui.exchange.bundle_card import Step
from app.ui.exchange.hub_card import OwnHub
from app.ui.exchange.page import Held

TUESDAY = datetime(2026, 11, 24, 9, 5, tzinfo=VIETNAM)
SERVER = "https://motcua.tinh.gov.vn"


class Sent(NamedTuple):
    sent: int = 0
    received: int = 0
    pending: int = 0
    forks: int = 0
    at_hub: int = 0
    silent: bool = False
    trouble: str = ""


class Read(NamedTuple):
    by: str = "server"
    taken: Taken = Taken(4)
    forks: int = 0
    beyond: int = 0
    files: int = 0


HELD = held.Held(
    (
        held.Carrier("server", SERVER, TUESDAY),
        held.Carrier("hub", "http://192.168.1.9:8711", None),
        held.Carrier("usb", "", TUESDAY),
    ),
    ((1, ""), (21, "2026-12-05")), 1, ("server", "hub", "2"),
)  # fmt: skip


class Server:
    """Stands in for the server: `answer` is what an exchange gives or raises."""

    may_mend = True

    def __init__(self) -> None:
        self.url, self.waiting, self.asked = SERVER, 12, ""
        self.answer: Sent | OtherSideFailed | BadInput = Sent(12)
        self.exchanges = self.at_hub = 0
        self.bundles: list[tuple[str, str]] = []
        self.fails: Refused | None = None
        self.far: list[tuple[int, int]] = []
        self.lost: tuple[str, ...] = ()
        self.scans, self.most = Scans(0, 0), 0

    def own_hub(self) -> OwnHub | None:
        return None

    def mend_address(self, url: str) -> None:
        if self.fails:
            raise self.fails
        self.url = url

    def held(self) -> Held:
        return HELD

    def write_bundle(self, file: Path, to: str, step: Step, most: int) -> Bound:
        if self.fails:
            raise self.fails
        self.bundles.append((file.name, to))
        self.most = most
        return Bound(12, 1, files=self.scans.files if most else 0)

    def scans_for(self, to: str) -> Scans:
        return self.scans if to == "server" else Scans(0, 0)

    def read_bundle(self, file: Path, step: Step, heard: Heard) -> Read:
        for far in self.far:
            heard(*far)
            step()
        self.bundles.append((file.name, ""))
        return Read()

    def check_request(self, url: str, code: str) -> None:
        if not url:
            raise BadInput("Địa chỉ không đúng.", "url")

    def write_request(self, file: Path, url: str, code: str) -> None:
        self.bundles.append((file.name, code))
        self.asked = url

    def read_answer(self, file: Path, url: str, step: Step, heard: Heard) -> Joined:
        if self.fails:
            raise self.fails
        self.url, self.asked = url or self.asked, ""
        return Joined("xã Khánh Hà", self.url, carrying.Read("server", Taken(4000), 0, 0))

    def standing(self) -> Standing:
        oldest = TUESDAY if self.waiting else None
        return Standing(
            self.url, self.waiting, oldest, None, self.at_hub, lost=self.lost, asked=self.asked
        )

    def send(self, heard: Heard, *, near: bool) -> Sent:
        self.exchanges += 1
        for far in self.far:
            heard(*far)
        if isinstance(self.answer, Sent):
            self.waiting = self.answer.pending
            return self.answer
        raise self.answer

    def news_of_server(self) -> Iterator[bool]:
        raise NotImplementedError

    def news_of_hub(self) -> Iterator[bool]:
        raise NotImplementedError

    def join(self, url: str, code: str) -> str:
        if isinstance(self.answer, Sent):
            self.url = url
            return "xã Khánh Hà"
        raise self.answer
