"""Twenty mistakes made by keys and scans in the real window, and how many are caught before paper.

    .venv/bin/python -m benchmarks.mistakes [--pictures FOLDER]

The window runs on a screen nobody sees; what it says is read as a screen reader reads it (AT-SPI).
Caught: the sentence stands on the screen, and no dossier and no paper came of it.
"""

import argparse
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from jeepney.wrappers import DBusErrorResponse

from app import clock
from app.counter import open_counter
from app.demo import commune
from app.desk.desk import Desk
from app.desk.papers.print_places import Place
from app.models.unit.officer import Officer
from app.settings import Places
from benchmarks.keys import CARD, KNOWN, received
from tests.journeys import reader as readers
from tests.journeys.day_by_keys import CounterWindow
from tests.journeys.reader import Reader, reader
from tests.journeys.screen import Screen, lacking, screen

PROCEDURE = "1.001022"  # has two cases and papers of its own
STRANGER, THEIR_NUMBER = "Lý A Sử", "000090000118"
OTHERS_CARD = (
    "000085054321||Trần Văn Ước|03021985|Nam|Thôn Nội, xã Khánh Hà, thành phố Hà Nội|05062021"
)
ELSEWHERE = "H26.33.15-261123-9999"
SAID_WITHIN = 8.0  # seconds


class Hands:
    """An officer in a hurry."""

    def __init__(self, shown: Screen, window: CounterWindow, desk: Desk, officer: Officer) -> None:
        self._shown, self._window = shown, window
        self._desk, self._officer = desk, officer
        self.code = _code(desk, officer)

    def press(self, *keys: str) -> None:
        self._shown.press(*keys)

    def scan(self, text: str) -> None:
        self._shown.scan(text)

    def card(self, card: str) -> None:
        """A citizen's; the next is typed once it is in the form."""
        self.scan(card)
        name = card.split("|")[2]
        self._window.until(lambda: name in self._kept(), "the card in the form")

    def sets_aside(self) -> None:
        """Wait until what another left stands in the form no more."""
        self._window.until(lambda: not self._kept(), "an empty form")

    def _kept(self) -> set[str]:
        errand = self._desk.same_day.kept(self._officer)
        kept = self._desk.intake.kept(self._officer), errand.person if errand else None
        return {draft.name for draft in kept if draft and draft.name}

    def choose(self, procedure: str = PROCEDURE) -> None:
        self._shown.type(procedure)
        self.press("Return")
        self._window.sees(procedure)

    def papers(self) -> None:
        """They are all there; on to the person."""
        self.press("alt+a")

    def fields(self, *texts: str) -> None:
        """Name, number, day of birth, address, telephone, mail."""
        self.choose()
        self.papers()
        for text in texts:
            self._shown.type(text)
            self.press("Return")

    def type(self, text: str) -> None:
        self._shown.type(text)


class Mistake(NamedTuple):
    """`caught_by`: what is then read on the screen."""

    what: str
    make: Callable[[Hands], None]
    caught_by: str


def typed(*texts: str) -> Callable[[Hands], None]:
    """What is only warned of, since it may be right after all."""
    return lambda hands: hands.fields(*texts)


def saved(*texts: str) -> Callable[[Hands], None]:
    def make(hands: Hands) -> None:
        hands.fields(*texts)
        hands.press("F9")

    return make


def no_procedure(hands: Hands) -> None:
    hands.card(CARD)
    hands.press("F9")


def no_person(hands: Hands) -> None:
    hands.choose()
    hands.papers()
    hands.press("F9")


def a_paper_forgotten(hands: Hands) -> None:
    hands.card(OTHERS_CARD)
    hands.choose("1.001193")
    hands.press("F9")


def the_next_ones_card(hands: Hands) -> None:
    hands.card(CARD)
    hands.choose()
    hands.papers()
    hands.card(OTHERS_CARD)


def the_same_again(hands: Hands) -> None:
    hands.card(CARD)
    hands.choose(KNOWN.procedure)


def for_somebody_unnamed(hands: Hands) -> None:
    hands.card(CARD)
    hands.choose()
    hands.papers()
    hands.press("alt+u", "F9")


def a_slip_while_receiving(hands: Hands) -> None:
    hands.choose()
    hands.scan(hands.code)


def a_slip_of_elsewhere(hands: Hands) -> None:
    hands.choose()
    hands.scan(ELSEWHERE)


def a_result_not_ready(hands: Hands) -> None:
    hands.press("F4")
    hands.scan(hands.code)
    hands.press("F9")


def a_copy_without_pages(hands: Hands) -> None:
    hands.press("F5")
    hands.card(OTHERS_CARD)
    hands.press("Down", "Return", "Return")


def the_wrong_case(hands: Hands) -> None:
    hands.choose()
    hands.press("Down")  # the cursor is at the cases
    hands.papers()
    hands.card(OTHERS_CARD)
    hands.press("F9")


NAMED = (STRANGER, THEIR_NUMBER)
MISTAKES = (
    Mistake("a number of 11 digits", saved(STRANGER, "00009000011"), "đang có 11"),
    Mistake("an O for a zero", saved(STRANGER, "O00090000118"), "chỉ gồm chữ số"),
    Mistake("the number of an old card", saved(STRANGER, "112233445"), "đang có 9"),
    Mistake("a day that isn't", saved(*NAMED, "31/2/2000"), "không có thật"),
    Mistake("a birth to come", saved(*NAMED, "1/1/2099"), "phải từ năm 1900 đến hôm nay"),
    Mistake("a telephone without digits", saved(*NAMED, "", "", "hai"), "Số điện thoại"),
    Mistake("an address without a domain", saved(*NAMED, "", "", "", "a@b"), "thiếu phần tên"),
    Mistake("no procedure", no_procedure, "Chưa chọn thủ tục."),
    Mistake("no person", no_person, "Chưa có họ tên"),
    Mistake("a paper forgotten", a_paper_forgotten, "Còn thiếu giấy tờ"),
    Mistake("another person's card", the_next_ones_card, f"Đã thay {KNOWN.name} bằng thẻ"),
    Mistake(
        "another person's number", typed(STRANGER, KNOWN.id_number), "có thể là thẻ của người khác"
    ),
    Mistake(
        "a year not that of the number", typed(*NAMED, "12041978"),
        "Số định danh ứng với năm sinh 1990",
    ),
    Mistake("the same dossier again", the_same_again, "Người này đã nộp thủ tục này"),
    Mistake("for somebody unnamed", for_somebody_unnamed, "Chưa có họ tên"),
    Mistake("a slip scanned while receiving", a_slip_while_receiving, "2 · Được tiếp nhận"),
    Mistake("a slip of another commune", a_slip_of_elsewhere, f"Không thấy hồ sơ {ELSEWHERE}"),
    Mistake("a result not ready", a_result_not_ready, "Chưa trả được: hồ sơ đang"),
    Mistake("the wrong case", the_wrong_case, "Trường hợp đang chọn: Phải xác minh"),
    Mistake("a copy without pages", a_copy_without_pages, "Nhập số trang của bản chính."),
)  # fmt: skip


class Caught(NamedTuple):
    what: str
    said: str
    """"" when nothing was; the whole sentence."""
    nothing_came: bool

    @property
    def holds(self) -> bool:
        return bool(self.said) and self.nothing_came


class Trial:
    """One mistake after the other, each at an empty form."""

    def __init__(self, hands: Hands, reads: Reader, desk: Desk, papers: Path) -> None:
        self._hands, self._reads, self._desk, self._papers = hands, reads, desk, papers

    def make(self, mistake: Mistake) -> Caught:
        self._hands.press("Escape", "F2")
        self._hands.press("alt+g")
        self._hands.sets_aside()
        before = self._made()
        mistake.make(self._hands)
        said = self._said(mistake.caught_by)
        return Caught(mistake.what, said, self._made() == before)

    def _said(self, words: str) -> str:
        end = time.monotonic() + SAID_WITHIN
        while time.monotonic() < end:
            with suppress(DBusErrorResponse):  # it went as it was asked about
                for told in self._reads.told():
                    if words in told.name:
                        return told.name
        return ""

    def _made(self) -> tuple[int, int]:
        received_today = self._desk.lookup.board().counts.received_today
        return received_today, len(list(self._papers.glob("*.pdf")))


def tried(folder: Path, pictures: Path | None) -> list[Caught]:
    """Each mistake in one window, in their order."""
    places, found = Places(folder / "data", folder / "state"), list[Caught]()
    commune.make(places, clock.now())
    counter = open_counter(places)
    desk, papers = counter.desk, folder / "papers"
    desk.places.choose("receipt", Place(f"PDF:{papers}", "A5"))
    with screen(folder / "screen") as shown, reader(folder, shown.environment) as reads:
        shown.environment.update(reads.environment)
        window = CounterWindow(shown, places)
        try:
            window.open()
            trial = Trial(Hands(shown, window, desk, counter.officer), reads, desk, papers)
            for mistake in MISTAKES:
                found.append(trial.make(mistake))
                print(
                    json.dumps(found[-1]._asdict() | {"holds": found[-1].holds}, ensure_ascii=False)
                )
                if pictures:
                    shown.picture(pictures / f"{len(found):02} {mistake.what}.png")
        finally:
            window.kill()
            desk.store.close()
    return found


def _code(desk: Desk, officer: Officer) -> str:
    """Of a dossier of the known citizen, received just before."""
    dossier = desk.lookup.dossier(received(desk, officer)).dossier
    assert dossier is not None
    return dossier.code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder for the screen after each")
    pictures = parser.parse_args().pictures
    if missing := lacking() or readers.lacking():
        raise SystemExit(f"this needs {missing}")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="mistakes") as name:
        found = tried(Path(name), pictures)
    caught = sum(each.holds for each in found)
    print(f"{caught} of {len(found)} mistakes caught before paper (18 is the aim)")


if __name__ == "__main__":
    main()
