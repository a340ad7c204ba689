"""Fields are filled in by people with an input method, corrected in words, and never jump."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.errors import BadInput
from app.ui.widgets.fields import DayLine, Field, Line, SearchLine, TextBox, read_day, written_day
from app.ui.widgets.parts import column
from tests.ui.keys import compose, type_keys

Show = Callable[..., None]


@pytest.fixture
def search(show: Show) -> SearchLine:
    line = SearchLine("Tìm")
    show(line, 400, 60)
    line.setFocus()
    return line


def together(show: Show, *widgets: QWidget) -> None:
    page = QWidget()
    page.setLayout(column(*widgets))
    show(page, 400, 300)


def heard(line: SearchLine) -> list[str]:
    words: list[str] = []
    line.words_changed.connect(words.append)
    return words


def test_what_is_filled_in_is_read_from_its_beginning_and_typed_on_at_its_end(show: Show) -> None:
    here, address = Line(), Line()
    together(show, here, address)
    here.setFocus()
    address.setText("Thôn Liễu Nội, xã Khánh Hà, huyện Thường Tín, thành phố Hà Nội")
    assert address.cursorPosition() == 0
    address.setFocus()
    type_keys(address, ", cũ")
    assert address.words().endswith("thành phố Hà Nội, cũ")


def test_a_search_says_each_letter_an_input_method_still_holds(search: SearchLine) -> None:
    words = heard(search)
    for held in ("n", "ng", "ngu", "nguy", "nguyê", "nguyễn"):
        compose(search, held)
    assert words == ["n", "ng", "ngu", "nguy", "nguyê", "nguyễn"]


def test_a_word_the_input_method_lets_go_of_is_said_once(search: SearchLine) -> None:
    compose(search, "nguyễn")
    words = heard(search)
    compose(search, "", commit="nguyễn ")
    compose(search, "t")
    assert words == ["nguyễn t"]
    assert search.text() == "nguyễn "


def test_a_search_hears_plain_keys_as_well(search: SearchLine) -> None:
    words = heard(search)
    type_keys(search, "đào\b")
    assert words == ["đ", "đà", "đào", "đà"]


def test_a_decomposed_word_is_searched_composed(search: SearchLine) -> None:
    search.setText("Hòa")
    assert search.words() == "Hòa"


def test_arrow_keys_step_through_the_results_below(search: SearchLine) -> None:
    steps: list[int] = []
    search.stepped.connect(steps.append)
    type_keys(search, "↓↓↑")
    assert steps == [1, 1, -1]


def test_nothing_is_rewritten_while_it_is_typed(show: Show) -> None:
    line = Line(tidy=lambda words: words.upper())
    show(line, 400, 60)
    line.setFocus()
    type_keys(line, "  an ")
    compose(line, "nguyễ")
    assert line.text() == "  an "


def test_a_line_is_tidied_once_it_is_left(show: Show) -> None:
    line, other = Line(tidy=lambda words: words.upper()), Line()
    together(show, line, other)
    line.setFocus()
    type_keys(line, " an ")
    other.setFocus()
    assert line.text() == "AN"


def test_an_error_stands_beside_the_field_until_it_is_typed_in_again(show: Show) -> None:
    field = Field("Số định danh", Line(), hint="12 chữ số trên thẻ")
    show(field, 300, 120)
    field.set_error("Cần đủ 12 chữ số.")
    assert field.error() == "Cần đủ 12 chữ số."
    assert field.control.property("wrong") is True
    assert field.control.accessibleDescription() == "Cần đủ 12 chữ số."
    field.control.setFocus()
    type_keys(field, "1")
    assert field.error() == ""
    assert field.control.accessibleDescription() == "12 chữ số trên thẻ"


def test_a_short_error_stands_beside_its_sign_in_the_first_of_its_lines(show: Show) -> None:
    field = Field("Nhận lúc", Line(), note_lines=2)
    show(field, 300, 160)
    field.set_error("Viết lại.")
    assert field._note.alignment() & Qt.AlignmentFlag.AlignTop


def test_nothing_moves_when_an_error_appears(show: Show) -> None:
    field = Field("Số định danh", Line())
    show(field, 300, 120)
    before = field.sizeHint(), field.control.geometry()
    field.set_error("Cần đủ 12 chữ số.")
    assert (field.sizeHint(), field.control.geometry()) == before


def test_a_long_error_is_shown_whole(show: Show) -> None:
    field = Field("Số định danh", Line())
    show(field, 200, 200)
    field.set_error("Số định danh gồm 12 chữ số, đang có 11. Xem lại trên thẻ rồi nhập cho đủ.")
    note = next(label for label in field.findChildren(QWidget) if label.height() > 40)
    assert note.heightForWidth(note.width()) <= note.height()


@pytest.mark.parametrize(
    "typed", ["12/4/1987", "12-04-1987", "12.4.1987", "12 04 1987", "12041987"]
)
def test_a_day_is_typed_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(1987, 4, 12)


@pytest.mark.parametrize(
    "typed", ["31/02/1987", "12/13/1987", "12/4/87", "1987", "12/4", "mai", "٣"]
)
def test_a_day_that_is_none_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(BadInput, match=r"Không có ngày|Viết đủ"):
        read_day(typed)


@given(st.dates())
def test_a_written_day_is_read_again(day: date) -> None:
    assert read_day(written_day(day)) == day


def test_a_day_line_writes_the_day_out_and_keeps_what_it_cannot_read(show: Show) -> None:
    line, other = DayLine(), Line()
    together(show, line, other)
    for typed, left in (("12041987", "12/04/1987"), ("31/2/1987", "31/2/1987"), ("", "")):
        line.setFocus()
        line.setText(typed)
        other.setFocus()
        assert line.text() == left


def test_tab_leaves_a_text_box(show: Show) -> None:
    box, after = TextBox(), Line()
    together(show, box, after)
    box.setFocus()
    type_keys(box, "xin\t")
    assert (box.words(), after.hasFocus()) == ("xin", True)


def test_the_menu_of_a_field_speaks_vietnamese(dressed: QApplication) -> None:
    for field in (Line(), TextBox()):
        words = [
            action.text().split("\t")[0] for action in field.createStandardContextMenu().actions()
        ]
        assert words == [
            "&Hoàn tác",
            "&Làm lại",
            "",
            "&Cắt",
            "&Sao chép",
            "&Dán",
            "Xóa",
            "",
            "Chọn tất cả",
        ]


def test_a_text_box_has_room_for_the_lines_it_promises(show: Show) -> None:
    box = TextBox(lines=3)
    show(box, 300, 200)
    box.setPlainText("Ẵm\nmột\nhai")
    assert not box.verticalScrollBar().isVisible()


@pytest.mark.parametrize("make", [Line, SearchLine, TextBox])
def test_the_key_of_another_page_is_no_letter(
    show: Show, make: Callable[[], Line | TextBox]
) -> None:
    box = make()
    together(show, box)
    box.setFocus()
    for held in (
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier,
    ):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M, held, "m")
        QApplication.sendEvent(box, key)
    assert box.words() == "m"  # what AltGr types on some keyboards
