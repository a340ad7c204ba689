"""What is typed between F9 and the desk's answer is the next citizen's, and none of it is lost."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.typing.held_keys import HeldKeys
from app.ui.typing.scan import Scanner
from tests.ui.commune import LONG_NAME, Commune, hit
from tests.ui.intake_desk import CARD, Desk, Show, open_desk
from tests.ui.keys import compose
from tests.ui.manual_lanes import ManualLanes


class SlowDesk(Desk):
    """A desk that answers when told."""

    lanes: ManualLanes

    def answer(self) -> None:
        """Answer all there is, and let what was typed ahead be typed."""
        self.lanes.answer()


@pytest.fixture
def desk(tmp_path: Path, show: Show) -> SlowDesk:
    lanes = ManualLanes()
    opened = open_desk(Commune(tmp_path), show, lanes=lanes)
    desk = SlowDesk(opened.commune, opened.page)
    desk.lanes = lanes
    desk.answer()
    return desk


def save_the_first(desk: SlowDesk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.answer()
    hit(desk.page, "F9")


def test_letters_typed_while_a_save_is_under_way_are_the_next_citizens(desk: SlowDesk) -> None:
    save_the_first(desk)
    desk.type("giam ho")
    desk.answer()
    assert [receipt.code for receipt in desk.received] == ["H26.15.3-261123-0001"]
    assert desk.page._form.procedure.line.text() == "giam ho"


def test_a_whole_intake_typed_ahead_is_received(desk: SlowDesk) -> None:
    save_the_first(desk)
    desk.type("1.001022\n")
    hit(desk.page, "Alt+A")
    desk.type(LONG_NAME + "\n001187012345\n")
    hit(desk.page, "F9")
    desk.type("khai sinh")
    desk.answer()
    assert len(desk.received) == 2
    assert desk.page._form.procedure.line.text() == "khai sinh"


def test_a_second_f9_at_once_is_the_same_press(desk: SlowDesk) -> None:
    save_the_first(desk)
    hit(desk.page, "F9")
    desk.answer()
    assert len(desk.received) == 1
    assert not desk.says("Chưa chọn thủ tục")


def test_a_refused_save_leaves_the_form_and_loses_no_key(desk: SlowDesk) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    desk.field("Căn cước").clear()
    desk.answer()
    hit(desk.page, "F9")
    desk.type("001187012345")
    desk.answer()
    assert (desk.draft().name, desk.draft().id_number) == (LONG_NAME, "001187012345")


def test_what_an_input_method_commits_meanwhile_waits_too(desk: SlowDesk) -> None:
    save_the_first(desk)
    focus = QApplication.focusWidget()
    assert focus
    compose(focus, "", commit="giám hộ")
    desk.answer()
    assert desk.page._form.procedure.line.text() == "giám hộ"


def test_a_card_scanned_while_saving_fills_the_next_form(desk: SlowDesk, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert app
    scanner = Scanner(app, lambda _: 0)
    scanner.scanned.connect(desk.page.scanned)
    save_the_first(desk)
    desk.type(CARD + "\n")
    desk.answer()
    qtbot.waitUntil(lambda: desk.draft().name == LONG_NAME)
    assert (desk.draft().procedure, len(desk.received)) == ("", 1)
    scanner.leave()


def test_what_might_have_been_a_scan_is_not_overtaken_by_what_was_typed_after(
    desk: SlowDesk,
) -> None:
    """The scanner lets go of a few digits while the keys behind them are still being given back."""
    app = QApplication.instance()
    assert app
    scanner = Scanner(app, lambda _: 0)
    line = desk.field("Họ và tên")
    line.setFocus()
    keys = HeldKeys(desk.page)
    keys.hold()
    desk.type("12ab34cd")
    keys.give_back()
    for _ in range(3 * len("12ab34cd")):
        QApplication.processEvents()
        scanner._pause.timeout.emit()
    desk.answer()
    assert line.text() == "12ab34cd"
    scanner.leave()


def test_what_is_typed_while_one_is_parked_is_the_next_ones(desk: SlowDesk) -> None:
    desk.fill("Họ và tên", "Lý A Sử")
    hit(desk.page, "Alt+G")
    desk.type("giam ho")
    desk.answer()
    assert (desk.draft().name, desk.page._form.procedure.line.text()) == ("", "giam ho")


def test_a_save_that_takes_its_time_says_so(desk: SlowDesk, qtbot: QtBot) -> None:
    save_the_first(desk)
    qtbot.waitUntil(lambda: desk.says("Đang lưu…"), timeout=2000)
    desk.answer()
    assert not desk.says("Đang lưu…")


def test_two_pages_that_give_back_at_once_type_each_key_once(desk: SlowDesk) -> None:
    line = desk.field("Họ và tên")
    first, second = HeldKeys(desk.page), HeldKeys(desk.page)
    for held, typed in ((first, "abc"), (second, "def")):
        held.hold()
        desk.type(typed)
    first.give_back()
    second.give_back()
    desk.answer()
    assert line.text() == "abcdef"
    desk.type("g")
    assert line.text() == "abcdefg"


def test_a_key_comes_after_those_another_page_still_gives_back(desk: SlowDesk) -> None:
    line = desk.field("Họ và tên")
    line.setFocus()
    first, second = HeldKeys(desk.page), HeldKeys(desk.page)
    first.hold()
    desk.type("ab")
    first.give_back()
    second.hold()
    desk.type("c")
    desk.answer()
    second.give_back()
    desk.answer()
    assert line.text() == "abc"


def test_keys_of_a_page_that_is_left_are_typed_nowhere_else(desk: SlowDesk) -> None:
    line = desk.field("Họ và tên")
    page = QWidget(desk.page)
    page.show()
    keys = HeldKeys(page)
    line.setFocus()
    keys.hold()
    desk.type("a")
    page.hide()  # by the mouse: its key would have been kept
    desk.type("b")
    keys.give_back()
    desk.answer()
    assert line.text() == "b"


def test_keys_given_back_to_a_window_that_was_closed_do_nothing(desk: SlowDesk) -> None:
    line = desk.field("Họ và tên")
    keys = HeldKeys(desk.page)
    line.setFocus()
    keys.hold()
    desk.type("ab")
    keys.give_back()
    desk.page.close()
    desk.answer()
    assert line.text() == ""
    assert not keys.gives_back()


def test_a_wait_that_a_key_given_back_begins_and_ends_lets_none_overtake(desk: SlowDesk) -> None:
    """F4 typed while a form is parked: the place comes, and goes before all keys behind F4 came to it."""
    line = desk.field("Họ và tên")
    line.setFocus()
    first, second = HeldKeys(desk.page), HeldKeys(desk.page)
    line.textChanged.connect(lambda text: second.hold() if text == "a" else None)
    first.hold()
    desk.type("abcdef")
    first.give_back()
    while len(second._held) < len(("b", "its release", "c")):
        QApplication.processEvents()
    desk.type("g")
    second.give_back()
    desk.answer()
    assert line.text() == "abcdefg"
    assert not [*first._held, *second._held]


def test_the_keyboard_lives_on_after_a_fault_of_ours(
    desk: SlowDesk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    save_the_first(desk)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.page, "_tell_saved", fail)
    with qtbot.captureExceptions() as faults:
        desk.answer()
    assert len(faults) == 1
    desk.fill("Họ và tên", "An")
    assert desk.draft().name == "An"
