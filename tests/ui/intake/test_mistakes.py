"""Twenty mistakes as they are made at a counter, and what catches each before it is on paper."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.intake.page import IntakePage
from app.ui.window import Window
from tests.ui.commune import LONG_NAME, Commune, hit
from tests.ui.intake_desk import CARD, Desk
from tests.ui.keys import type_keys

OTHERS_CARD = "001085054321||Trần Văn Ước|03021985|Nam|Thôn Nội, xã Khánh Hà, Hà Nội|05062021||||"


class Counter(Desk):
    """The whole window, at whose intake page somebody is about to be received."""

    def __init__(self, commune: Commune, window: Window) -> None:
        page = window.page()
        assert isinstance(page, IntakePage)
        super().__init__(commune, page)
        self.window = window
        self._ms = 0
        window._scanner._when = lambda _: self._ms

    def type(self, words: str) -> None:
        self._type(words, 80)

    def scan(self, text: str) -> None:
        self._type(text + "\n", 5)

    def _type(self, words: str, apart: int) -> None:
        self._ms += 1_000
        for letter in words:
            type_keys(self.window, letter)
            self._ms += apart
        QApplication.processEvents()

    def hit(self, *keys: str) -> None:
        self._ms += 1_000
        hit(self.window, *keys)
        QApplication.processEvents()

    def says(self, words: str) -> bool:
        shown = [x for x in self.window.findChildren(QWidget) if x.isVisible()]
        return any(words in x.text() for x in shown if hasattr(x, "text"))

    def person(self) -> None:
        """Somebody whose papers are all there."""
        self.scan(CARD)
        self.choose_with_papers("1.001022")

    def written(self) -> int:
        return self.commune.desk.store.pending("server")[0]


@pytest.fixture
def counter(commune: Commune, window: Window) -> Counter:
    return Counter(commune, window)


# --- the mistakes -------------------------------------------------------------------------------


def wrong(field: str, typed: str) -> Callable[[Counter], None]:
    """Typed into a field, and saved."""

    def make(counter: Counter) -> None:
        counter.person()
        counter.fill(field, typed)
        counter.hit("F9")

    return make


def nothing_chosen(counter: Counter) -> None:
    counter.scan(CARD)
    counter.hit("F9")


def no_person(counter: Counter) -> None:
    counter.choose_with_papers("1.001022")
    counter.hit("F9")


def a_paper_forgotten(counter: Counter) -> None:
    counter.scan(CARD)
    counter.choose("1.001193")
    counter.hit("F9")


def the_next_ones_card(counter: Counter) -> None:
    counter.person()
    counter.scan(OTHERS_CARD)


def somebody_elses_number(counter: Counter) -> None:
    counter.commune.receive()
    counter.choose("1.001022")
    counter.fill("Họ và tên", "Lý A Sử")
    counter.fill("Căn cước", "001187012345\t")


def a_year_that_is_not_in_the_number(counter: Counter) -> None:
    counter.scan(CARD)
    counter.fill("Ngày sinh", "12041978\t")


def the_same_again(counter: Counter) -> None:
    counter.commune.receive()
    counter.person()


def for_somebody_unnamed(counter: Counter) -> None:
    counter.person()
    counter.press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    counter.hit("F9")


def a_slip_among_the_intakes(counter: Counter) -> None:
    counter.scan(counter.commune.dossier(counter.commune.receive()).code)


def a_slip_of_elsewhere(counter: Counter) -> None:
    counter.person()
    counter.scan("H26.33.15-261123-9999")


def a_result_that_is_not_ready(counter: Counter) -> None:
    name = counter.commune.receive()
    counter.hit("F4")
    counter.scan(counter.commune.dossier(name).code)
    before = counter.written()
    counter.hit("F9")
    assert counter.written() == before


def a_copy_without_pages(counter: Counter) -> None:
    counter.hit("F5")
    counter.scan(CARD)
    counter.type("ban sao tu ban chinh\n\n")


def a_wrong_case(counter: Counter) -> None:
    counter.person()
    counter.page._form.procedure._case.choose(2)
    counter.hit("F9")


class Mistake(NamedTuple):
    """`caught_by` is the sentence in sight."""

    what: str
    make: Callable[[Counter], None]
    caught_by: str


MISTAKES = (
    Mistake("a number of 11 digits", wrong("Căn cước", "00118701234"), "đang có 11"),
    Mistake("an O for a zero", wrong("Căn cước", "O01187012345"), "chữ số"),
    Mistake("the number of an old card", wrong("Căn cước", "112233445"), "đang có 9"),
    Mistake("a day that isn't", wrong("Ngày sinh", "31/2/2000"), "không có thật"),
    Mistake("a birth to come", wrong("Ngày sinh", "1/1/2099"), "phải từ năm 1900 đến hôm nay"),
    Mistake("a telephone without digits", wrong("Điện thoại", "hai"), "Số điện thoại"),
    Mistake("an address without a domain", wrong("Thư điện tử", "a@b"), "thiếu phần tên"),
    Mistake("no procedure", nothing_chosen, "Chưa chọn thủ tục."),
    Mistake("no person", no_person, "Chưa có họ tên"),
    Mistake("a paper forgotten", a_paper_forgotten, "Còn thiếu giấy tờ"),
    Mistake("another person's card", the_next_ones_card, f"Đã thay {LONG_NAME} bằng thẻ"),
    Mistake("another person's number", somebody_elses_number, "có thể là thẻ của người khác"),
    Mistake(
        "a year not that of the number",
        a_year_that_is_not_in_the_number,
        "Số định danh ứng với năm sinh 1987",
    ),
    Mistake("the same dossier again", the_same_again, "Người này đã nộp thủ tục này"),
    Mistake("for somebody unnamed", for_somebody_unnamed, "Chưa có họ tên"),
    Mistake("a slip scanned while receiving", a_slip_among_the_intakes, "2 · Được tiếp nhận"),
    Mistake(
        "a slip of another commune", a_slip_of_elsewhere, "Không thấy hồ sơ H26.33.15-261123-9999"
    ),
    Mistake("a result not ready", a_result_that_is_not_ready, "Chưa trả được: hồ sơ đang"),
    Mistake("a copy without pages", a_copy_without_pages, "Nhập số trang của bản chính."),
    Mistake("the wrong case", a_wrong_case, "Trường hợp đang chọn: Phải xác minh"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_is_caught_before_it_is_on_paper(counter: Counter, mistake: Mistake) -> None:
    mistake.make(counter)
    assert counter.says(mistake.caught_by)
    assert counter.received == []


def test_there_are_twenty_mistakes_each_with_what_catches_it() -> None:
    assert len(MISTAKES) == 20
    assert all(mistake.caught_by for mistake in MISTAKES)


def test_a_slip_scanned_over_a_form_opens_its_dossier_and_leaves_the_form(counter: Counter) -> None:
    slip = counter.commune.dossier(counter.commune.receive()).code
    for place in ("F2", "F5"):
        counter.hit(place)
        counter.scan(CARD)
        counter.scan(slip)
        assert slip in counter.window.windowTitle()
        counter.hit(place)
        assert LONG_NAME in _texts(counter.window)


def _texts(window: Window) -> set[str]:
    return {line.text() for line in window.findChildren(QLineEdit) if line.isVisible()}
