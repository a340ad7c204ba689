"""Every deed and place is found by a few letters, and done where it was asked for."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed
from app.ui.frame.command_list import KEY, matching
from app.ui.widgets.page import Command
from app.ui.window import Window
from tests.ui.commune import Commune, hit, settle
from tests.ui.keys import type_keys
from tests.ui.test_window import said
from tests.ui.walk import faults

Show = Callable[..., None]


def test_a_place_is_reached_by_its_name_without_marks(window: Window) -> None:
    hit(window, "F12")
    type_keys(window, "tra ket\n")
    assert said(window).endswith("Trả kết quả")
    assert not window._command_list.isVisible()


def test_a_deed_of_the_page_is_done_and_the_focus_returns(window: Window) -> None:
    before = QApplication.focusWidget()
    hit(window, "F12")
    type_keys(window, "nop thay\n")
    assert window._intake._form.applicant.authorised()
    assert before is not None


def test_esc_leaves_everything_as_it_was(window: Window) -> None:
    before = QApplication.focusWidget()
    hit(window, "F12", "Escape")
    assert QApplication.focusWidget() is before
    assert said(window) == "Tiếp nhận"


def test_every_place_and_every_key_of_the_page_is_listed(window: Window) -> None:
    listed = {command.key for command in window.commands()}
    assert {"F2", "F3", "F4", "F6", "F7", "F8", "Ctrl+K", "F9", "Alt+G", "Alt+B", "Alt+T"} <= listed


def test_what_cannot_be_done_now_is_not_offered(window: Window, commune: Commune) -> None:
    hit(window, "F3")
    assert "Ctrl+B" not in {command.key for command in window.commands()}
    commune.receive()
    window._changed()
    assert "Ctrl+B" in {command.key for command in window.commands()}


def test_words_match_from_their_beginning_in_any_order() -> None:
    commands = [Command(title, "", lambda: None) for title in ("Đến Trả kết quả", "Trả lại")]
    assert [one.title for one in matching(commands, "qua tra")] == ["Đến Trả kết quả"]
    assert len(matching(commands, "tra")) == 2


def test_what_a_title_quotes_is_found_as_help_says_to_type_it(window: Window) -> None:
    for words in ("lay so", "ban tro giup"):
        found = [one.title for one in matching(window.commands(), words)]
        assert any(title.startswith("Dùng “") for title in found), words


def test_nothing_of_it_is_cut(window: Window, dressed: QApplication) -> None:
    hit(window, "F12")
    settle(dressed)
    assert faults(window._command_list) == []


def test_no_key_means_two_things_on_any_page(window: Window, commune: Commune) -> None:
    name = commune.receive()
    window.open_dossier(name)
    for place in window.places():
        assert repeated(window) == [], window.windowTitle()
        window.go(place.key)
    assert repeated(window) == []


def repeated(window: Window) -> list[str]:
    keys = [command.key for command in window.commands() if command.key] + [KEY]
    return sorted({key for key in keys if keys.count(key) > 1})


def listed_quietly(window: Window) -> dict[str, str]:
    """Why not, by the title of each deed that is listed and can't be done now."""
    rows = window._command_list._view.table.rows.here()
    return {one.title: one.why_not for one in rows if one.why_not}


def test_a_deed_that_cannot_be_done_now_is_listed_last_with_why_not_and_enter_says_it(
    window: Window, commune: Commune
) -> None:
    commune.do(commune.receive(), Deed.HAND_OVER)
    hit(window, "F3", "F12")
    rows = window._command_list._view.table.rows.here()
    assert [bool(one.why_not) for one in rows] == sorted(bool(one.why_not) for one in rows)
    quiet = "Hồ sơ 261123-0001 đang ở “Đang xử lý” nên chưa thể “Bàn giao”."
    assert listed_quietly(window)["Bàn giao"] == quiet
    type_keys(window, "thoi can som\n")
    assert window._strip.notice._words.text() == "Hồ sơ này chưa được ghi là cần sớm."
    assert not window._command_list.isVisible()


def test_on_a_dossier_s_page_the_deeds_that_do_not_apply_say_why(
    window: Window, commune: Commune
) -> None:
    name = commune.receive()
    window.open_dossier(name)
    hit(window, "F12")
    quiet = listed_quietly(window)
    assert quiet["Thôi cần sớm"] == "Hồ sơ này chưa được ghi là cần sớm."
    assert not {"Bàn giao", "Rút hồ sơ"} & quiet.keys()
    hit(window, "Escape", "Ctrl+D", "F12")
    covered = "Bấm Esc để thôi việc đang mở, rồi bấm Ctrl Shift R để “Rút hồ sơ”."
    assert listed_quietly(window)["Rút hồ sơ"] == covered


def test_no_sentence_of_why_not_is_cut(
    window: Window, commune: Commune, dressed: QApplication
) -> None:
    commune.receive()
    for keys in (("F3",), ("F3", "Return")):
        hit(window, *keys, "F12")
        type_keys(window, "xin loi")
        settle(dressed)
        assert listed_quietly(window) or keys[-1] == "Return"
        assert faults(window._command_list) == []
        hit(window, "Escape")
