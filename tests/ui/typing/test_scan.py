"""A scan goes to the page wherever the focus is, and a person's typing arrives as it was typed."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.typing.scan import CARD_GAP, GAP, Scanner, could_begin_scan, read_scan
from app.ui.widgets.parts import column
from tests.ui.keys import compose, key, press, release, type_keys

Show = Callable[..., None]

CODE = "H26.33.15-261123-0047"
CARD = "001187012345||Nguyễn Thị Hà|12041987|Nữ|Thôn Liễu Nội, xã Khánh Hà, Hà Nội|25042021||||"
SCANS = (
    CODE,
    "000.00.33.H26-261123-10047",
    "T-C2B3F4G5",
    "https://tracuu.khanhha.example/?t=Zk3-x_9Q",
    CARD,
    CARD.removesuffix("||||"),
)


class Desk(QWidget):
    """A field and a button, under a scanner whose clock is in the test's hands."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.now = 1_000
        self.line, self.button = QLineEdit(), QPushButton("Lưu")
        self.setLayout(column(self.line, self.button))
        self.scans: list[str] = []
        self.clicks: list[bool] = []
        self.scanner = Scanner(app, lambda _event: self.now)
        self.scanner.scanned.connect(self.scans.append)
        self.button.clicked.connect(lambda: self.clicks.append(True))

    def type(self, text: str, gap: int) -> None:
        """Keys `gap` ms apart, the first long after the last one typed before."""
        self.now += 1_000
        for letter in text:
            type_keys(self, letter)
            self.now += gap


@pytest.fixture
def desk(dressed: QApplication, show: Show) -> Iterator[Desk]:
    desk = Desk(dressed)
    show(desk, 400, 200)
    desk.line.setFocus()
    yield desk
    desk.scanner.leave()


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("end", ["\n", "\t"])
def test_a_scan_reaches_the_page_and_not_the_field(desk: Desk, scan: str, end: str) -> None:
    desk.type(scan + end, gap=8)
    assert desk.scans == [scan]
    assert (desk.line.text(), desk.line.hasFocus()) == ("", True)


@pytest.mark.parametrize("scan", SCANS)
def test_a_scan_does_not_press_the_button_that_has_the_focus(desk: Desk, scan: str) -> None:
    desk.button.setFocus()
    desk.type(scan + "\n", gap=GAP)
    assert (desk.scans, desk.clicks) == ([scan], [])


@pytest.mark.parametrize(("begun", "pause"), [(1, 900), (6, 900), (13, 900), (40, 200)])
def test_a_card_heard_with_a_pause_is_a_scan_and_leaves_the_field_as_it_was(
    desk: Desk, begun: int, pause: int
) -> None:
    desk.line.setText("Lý A")
    desk.type(CARD[:begun], gap=8)
    desk.now += pause - 1_008
    desk.type(CARD[begun:] + "\n", gap=8)
    assert (desk.scans, desk.line.text()) == ([CARD], "Lý A")


def test_what_is_typed_after_a_card_is_no_part_of_it(desk: Desk) -> None:
    desk.type(CARD + "\n", gap=8)
    desk.type("khai sinh\n", gap=90)
    assert (desk.scans, desk.line.text()) == ([CARD], "khai sinh")


def test_a_scanner_without_a_suffix_is_understood_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.type(CODE, gap=8)
    assert desk.scans == []
    qtbot.waitUntil(lambda: bool(desk.scans))
    assert (desk.scans, desk.line.text()) == ([CODE], "")


@pytest.mark.parametrize(("scan", "gap"), [(CODE, GAP), (CARD, CARD_GAP)])
def test_the_late_enter_of_a_slow_scanner_presses_nothing(
    desk: Desk, qtbot: QtBot, scan: str, gap: int
) -> None:
    desk.button.setFocus()
    desk.button.setAutoDefault(True)
    desk.type(scan, gap=8)
    qtbot.waitUntil(lambda: bool(desk.scans))
    desk.now += gap
    type_keys(desk, "\n")
    assert desk.clicks == []


def test_a_code_scanned_with_caps_lock_on_is_the_same_code(desk: Desk) -> None:
    desk.type(CODE.lower() + "\n", gap=8)
    assert desk.scans == [CODE]


def test_two_scans_in_a_row_are_two(desk: Desk) -> None:
    desk.type(CODE + "\n", gap=8)
    desk.type("T-C2B3F4G5\n", gap=8)
    assert desk.scans == [CODE, "T-C2B3F4G5"]


def test_the_shift_keys_of_a_scan_are_part_of_it(desk: Desk) -> None:
    shift = Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier
    window = desk.windowHandle()
    for letter in "T-C2B3F4G5":
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(window, QKeyEvent(kind, *shift))
        desk.now += 4
        type_keys(desk, letter)
        desk.now += 4
    type_keys(desk, "\n")
    assert (desk.scans, desk.line.text()) == (["T-C2B3F4G5"], "")


def test_a_code_typed_by_hand_is_typing(desk: Desk) -> None:
    desk.type(CODE + "\n", gap=80)
    assert (desk.scans, desk.line.text()) == ([], CODE)


def test_digits_at_a_machines_pace_that_spell_no_scan_are_typing(desk: Desk) -> None:
    desk.type("001187012345", gap=8)
    desk.type("\t", gap=8)
    assert desk.line.text() == "001187012345"
    assert desk.button.hasFocus()


def test_a_held_key_comes_by_itself_when_no_other_follows(desk: Desk, qtbot: QtBot) -> None:
    desk.type("h", gap=0)
    assert desk.line.text() == ""
    qtbot.waitUntil(lambda: desk.line.text() == "h", timeout=500)


@pytest.mark.parametrize("letter", "abcdegiklmnopqrsuvxy .,")
def test_most_letters_wait_for_nothing(desk: Desk, letter: str) -> None:
    desk.type(letter, gap=0)
    assert desk.line.text() == letter


def test_telex_at_full_speed_arrives_in_order(desk: Desk) -> None:
    # "Nguyeenx Thij DDaof": UniKey takes back what it has sent and sends it anew, in one burst
    bursts = ("N", "g", "u", "y", "e", "\bê", "n", "\b\bễn", " ", "T", "h", "i", "\bị", " ")
    for burst in (*bursts, "D", "\bĐ", "a", "\bà", "o", "\b\bào"):
        desk.now += 60
        type_keys(desk, burst)
    desk.type("", gap=0)
    type_keys(desk, " ")
    assert desk.line.text() == "Nguyễn Thị Đào "
    assert desk.scans == []


def test_a_macro_of_the_input_method_is_typing(desk: Desk) -> None:
    desk.type("HĐND-UBND Thành phố 2026\t", gap=0)
    assert (desk.line.text(), desk.scans) == ("HĐND-UBND Thành phố 2026", [])


def test_a_word_the_input_method_lets_go_of_does_not_overtake_a_held_key(desk: Desk) -> None:
    press(desk, "1")
    compose(desk.line, "", commit="đường")
    assert desk.line.text() == "1đường"


def test_two_keys_rolled_over_are_two_letters(desk: Desk) -> None:
    press(desk, "t")
    desk.now += 10
    press(desk, "h")
    desk.now += 10
    release(desk, "t")
    release(desk, "h")
    desk.type(".", gap=0)
    assert desk.line.text() == "th."


def test_a_key_typed_just_before_a_scan_is_not_part_of_it(desk: Desk) -> None:
    desk.type("7" + CODE + "\n", gap=8)
    assert (desk.scans, desk.line.text()) == ([CODE], "7")


def test_a_barcode_of_something_else_opens_and_presses_nothing(desk: Desk) -> None:
    desk.button.setFocus()
    desk.button.setAutoDefault(True)
    for unknown in ("8936017362", "MILK 1L"):
        desk.type(unknown + "\n", gap=8)
    assert (desk.scans, desk.clicks, desk.button.hasFocus()) == ([], [], True)


@pytest.mark.parametrize("gap", [8, 60])
@pytest.mark.parametrize("sign", "~*!¦")
@pytest.mark.parametrize("card", [CARD, CARD.removesuffix("||||").replace("||", "|012345678|")])
def test_a_card_with_another_sign_between_its_parts_is_read_before_that_was_learned(
    desk: Desk, sign: str, gap: int, card: str
) -> None:
    desk.type(card.replace("|", sign) + "\n", gap)
    assert (desk.scans, desk.line.text()) == ([card], "")


@pytest.mark.parametrize("gap", [8, 60])
@pytest.mark.parametrize("parts", ["", "~~", "ü", "~\\"])
def test_a_card_that_cannot_be_read_is_rubbed_out_and_told_of(
    desk: Desk, parts: str, gap: int
) -> None:
    unread: list[bool] = []
    desk.scanner.unread.connect(lambda: unread.append(True))
    desk.line.setText("cũ ")
    desk.type(CARD.replace("|", parts) + "\n", gap)
    assert (desk.scans, desk.line.text(), unread) == ([], "cũ ", [True])


@pytest.mark.parametrize(
    "text",
    ["001187012345 Nguyễn Thị Hà", "012345678901-47", "001187012345, 0912345678 Hà, 12041987"],
)
def test_digits_and_words_typed_by_a_person_are_no_card(desk: Desk, text: str) -> None:
    desk.type(text + "\n", gap=60)
    assert (desk.scans, desk.line.text()) == ([], text)


def test_enter_and_space_of_a_person_press_the_button(desk: Desk) -> None:
    desk.button.setFocus()
    desk.button.setAutoDefault(True)
    desk.type("\n ", gap=100)
    type_keys(desk, " ")
    assert len(desk.clicks) == 3


def test_a_chord_is_never_part_of_a_scan(desk: Desk) -> None:
    desk.line.setText("cũ")
    press(desk, "1")
    select_all = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "\x01"
    )
    QCoreApplication.sendEvent(desk.windowHandle(), select_all)
    assert (desk.line.text(), desk.line.selectedText()) == ("cũ1", "cũ1")


def test_a_key_held_down_repeats_as_ever(desk: Desk) -> None:
    desk.now += 1_000
    for _ in range(12):
        repeat = key("1")
        event = QKeyEvent(repeat.type(), repeat.key(), repeat.modifiers(), "1", True)
        QCoreApplication.sendEvent(desk.windowHandle(), event)
        desk.now += 15
    assert desk.line.text() == "1" * 12


@pytest.mark.parametrize("scan", SCANS)
def test_a_scan_is_a_beginning_of_itself_all_along(scan: str) -> None:
    assert all(could_begin_scan(scan[:length]) for length in range(len(scan) + 1))
    assert read_scan(scan) == scan


@pytest.mark.parametrize(
    "text", ["", "0047", "261123-0047", "001187012345", "T-C2B3", "http://", "|"]
)
def test_less_than_a_scan_is_none(text: str) -> None:
    assert read_scan(text) is None


@given(st.lists(st.sampled_from(["\b", "ê", "h", "t", "1", "H", "n", " ", "-", "|"]), max_size=12))
def test_a_text_that_can_begin_no_scan_is_none(parts: list[str]) -> None:
    text = "".join(parts)
    if read_scan(text):
        assert could_begin_scan(text)


def test_a_letter_held_back_comes_before_the_shortcut_pressed_next(desk: Desk) -> None:
    seen: list[str] = []
    QShortcut(QKeySequence("F9"), desk.button, lambda: seen.append(desk.line.text()))
    desk.type("5", gap=0)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_F9)
    assert seen == ["5"]


def test_a_second_scanner_takes_the_place_of_the_first(desk: Desk, dressed: QApplication) -> None:
    second = Scanner(dressed, lambda _event: desk.now)
    heard: list[str] = []
    second.scanned.connect(heard.append)
    desk.type(CODE + "\n", gap=5)
    desk.type("H2x", gap=5)
    assert (desk.scans, heard, desk.line.text()) == ([], [CODE], "H2x")
    second.leave()
