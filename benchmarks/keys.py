"""How many keys, and how long: what is done all day at a counter, in the real window on a screen nobody sees.

    .venv/bin/python -m benchmarks.keys

A demo commune is made in a folder of its own, papers go into a folder. What a scanner types is no key;
a chord is one; the letters of a name or a reason are counted beside the keys, since the citizen's name
is as long as it is.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from app import clock
from app.counter import open_counter
from app.demo import commune
from app.desk.deeds.details import Details
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft, checklist
from app.desk.papers.print_places import Place
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.models.unit.officer import Officer
from app.settings import Places
from tests.journeys.day_by_keys import CounterWindow
from tests.journeys.screen import Screen, lacking, screen

HANDED_OVER = 30
KNOWN = IntakeDraft(
    procedure="1.004873",
    name="Nguyễn Hoàng Thị Phương Quỳnh Trang",
    id_number="000187012345",
    born="12/04/1987",
    sex="female",
    address="Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội",
    phone="0912345678",
)
CARD = f"{KNOWN.id_number}||{KNOWN.name}|12041987|Nữ|{KNOWN.address}|05062021"
RIGHT_NAME, REASON = "Nguyễn Hoàng Thị Phương Quỳnh Trâm", "ghi sai tên"


@dataclass
class Count:
    """Of one thing done; the aims are the product's own."""

    what: str
    most: int
    longest: float
    keys: int = 0
    letters: int = 0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        return self.keys <= self.most and self.seconds <= self.longest


NOTHING = Count("what lies between two of them", 0, 0)


class Counted:
    """A keyboard and a scanner at a screen; only the keys are counted."""

    def __init__(self, shown: Screen) -> None:
        self._shown, self._now = shown, NOTHING
        self.counts: list[Count] = []

    @contextmanager
    def count(self, what: str, most: int, longest: float = 15.0) -> Iterator[None]:
        """Whatever is pressed in the block is for this; it ends when that is done."""
        self._now = Count(what, most, longest)
        self.counts.append(self._now)
        began = time.perf_counter()
        yield
        self._now.seconds = round(time.perf_counter() - began, 2)
        self._now = NOTHING

    def press(self, *keys: str) -> None:
        self._now.keys += len(keys)
        self._shown.press(*keys)

    def type(self, text: str) -> None:
        """Letters that find something are keys."""
        self._now.keys += len(text)
        self._shown.type(text)

    def write(self, text: str) -> None:
        """A name or a reason in the citizen's or officer's words."""
        self._now.letters += len(text)
        self._shown.type(text)

    def scan(self, text: str) -> None:
        self._shown.scan(text)


class Work:
    """What is done at the counter, one thing after the other, each seen to have been done."""

    def __init__(self, window: CounterWindow, desk: Desk, officer: Officer, papers: Path) -> None:
        self._window, self._desk, self._officer, self._papers = window, desk, officer, papers
        self.hands = Counted(window.screen)

    def do(self) -> list[Count]:
        self._window.open()
        self._known_intake()
        self._same_day()
        self._hand_over()
        self._return()
        self._correct()
        return self.hands.counts

    def _known_intake(self) -> None:
        before = self._slips()
        with self.hands.count("a known intake, from the card to the slip", 12):
            self.hands.scan(CARD)
            self._until(lambda: self._kept().name == KNOWN.name, "the card in the form")
            self.hands.type("xac nhan")
            self.hands.press("Return")
            self._window.sees(KNOWN.procedure)
            self.hands.press("alt+a", "F9")
            self._until(lambda: self._slips() > before, "the slip")

    def _same_day(self) -> None:
        self.hands.press("F5")
        self._window.sees("Trong ngày")
        before = self._received()
        self._same_day_card()
        with self.hands.count("a certified copy of the day, chosen, counted and received", 5):
            self.hands.press("Down", "Return", "4", "Return", "F9")
            self._until(lambda: self._received() == before + 1, "the copy received")
        self._same_day_card()
        self.hands.press("Down", "Return", "4", "Return")
        with self.hands.count("each further paper of the same person", 5):
            self.hands.press("2", "Return")
        self.hands.press("F9")
        self._until(lambda: self._received() == before + 3, "both copies received")

    def _same_day_card(self) -> None:
        self.hands.scan(CARD)
        self._until(self._is_in_errand, "the card on the page")

    def _hand_over(self) -> None:
        for _ in range(HANDED_OVER):
            self._receive()
        waiting = len(self._desk.lookup.board("not_handed_over").lines)
        assert waiting >= HANDED_OVER
        with self.hands.count(f"{waiting} dossiers handed over", 10):
            self.hands.press("F3")
            self._window.sees("Việc hôm nay")
            self.hands.press("ctrl+5")
            self._window.sees(f"{waiting} hồ sơ")
            self.hands.press("ctrl+a", "ctrl+b", "Down", "Return")
            self._until(
                lambda: not self._desk.lookup.board("not_handed_over").lines, "the hand-over"
            )

    def _return(self) -> None:
        name = self._receive()
        for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
            self._do(name, deed)
        with self.hands.count("a result given back, by its slip", 3):
            self.hands.press("F4")
            self._window.sees("Trả kết quả")
            code = self._dossier(name).code
            self.hands.scan(code)
            self._window.sees(code)
            self.hands.press("F9")
            self._until(lambda: self._dossier(name).status is Status.RETURNED, "the return")
        self.hands.press("Escape")  # who would rather not rate it

    def _correct(self) -> None:
        name, before = self._receive(), self._slips()
        code = self._dossier(name).code
        with self.hands.count("a name corrected and the slip printed anew", 8):
            self.hands.press("F3")
            self._window.sees("Việc hôm nay")
            self.hands.scan(code)
            self._window.sees(code)
            self.hands.press("ctrl+d")
            self.hands.write(RIGHT_NAME)
            self.hands.press("F9")
            self.hands.write(REASON)
            self.hands.press("F9")
            self._until(lambda: self._named(name) == RIGHT_NAME, "the right name")
            self.hands.press("ctrl+p")
            self._window.sees("Xem trước giấy tiếp nhận và hẹn trả")
            self.hands.press("F9")
            self._until(lambda: self._slips() > before, "the slip")

    # --- what has been done ---------------------------------------------------------------------

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        self._window.until(holds, what)

    def _slips(self) -> int:
        return len(list(self._papers.glob("*.pdf")))

    def _kept(self) -> IntakeDraft:
        return self._desk.intake.kept(self._officer) or IntakeDraft()

    def _is_in_errand(self) -> bool:
        errand = self._desk.same_day.kept(self._officer)
        return errand is not None and errand.person.name == KNOWN.name

    def _received(self) -> int:
        return self._desk.lookup.board().counts.received_today

    def _dossier(self, name: e.EventName) -> Dossier:
        found = self._desk.lookup.dossier(name).dossier
        assert found is not None
        return found

    def _named(self, name: e.EventName) -> str:
        applicant = self._dossier(name).applicant
        return applicant.name if applicant else ""

    def _receive(self) -> e.EventName:
        return received(self._desk, self._officer)

    def _do(self, name: e.EventName, deed: Deed) -> None:
        to = self._desk.store.standing.officers()[-1].login if deed is Deed.HAND_OVER else ""
        self._desk.progress.do(deed, [name], self._officer, Details(to=to))


def received(desk: Desk, officer: Officer) -> e.EventName:
    """One more dossier of a known citizen."""
    papers = checklist(desk.lookup.procedure(KNOWN.procedure))
    return desk.intake.receive(replace(KNOWN, documents=papers), officer).name


def main() -> None:
    if missing := lacking():
        raise SystemExit(f"a screen needs {missing}")
    with TemporaryDirectory(prefix="keys") as name:
        folder = Path(name)
        places = Places(folder / "data", folder / "state")
        commune.make(places, clock.now())
        counter = open_counter(places)
        received(counter.desk, counter.officer)
        counter.desk.places.choose("receipt", Place(f"PDF:{folder / 'papers'}", "A5"))
        with screen(folder / "screen") as shown:
            window = CounterWindow(shown, places)
            work = Work(window, counter.desk, counter.officer, folder / "papers")
            try:
                work.do()
            except BaseException:
                shown.picture(Path("keys-failed.png"))
                raise
            finally:
                window.kill()
                counter.desk.store.close()
                for count in work.hands.counts:
                    print(json.dumps({**asdict(count), "holds": count.holds}))


if __name__ == "__main__":
    main()
