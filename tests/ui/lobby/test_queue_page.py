"""The waiting line in the window: by keys from any page, in nobody's way, on two other screens too."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.desk.papers.print_places import Place
from app.desk.unit.choices import Part
from app.ui.intake.page import IntakePage
from app.ui.lobby.calling_screen import CallingScreen
from app.ui.lobby.queue_page import QueuePage
from app.ui.lobby.touch_window import TouchButton
from app.ui.lobby.waiting_room import ONE_SCREEN, WaitingRoom
from app.ui.look.theme import clothe
from app.ui.unit.words_window import WordsWindow
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import WIDTH_IN_LARGEST, Commune, faults_at_each_size, hit, settle
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
FIRST = "Phụ nữ mang thai, có con nhỏ"


@pytest.fixture
def commune(commune: Commune) -> Commune:
    commune.desk.turns.choices.use(Part.QUEUE, is_used=True)
    return commune


def room(window: Window) -> WaitingRoom:
    return window._lobby._waiting


def labels(commune: Commune) -> list[str]:
    return [turn.label for turn in commune.desk.turns.queue().waiting]


def current(commune: Commune) -> str:
    turn = commune.desk.turns.queue().current
    return turn.label if turn else ""


def test_a_number_is_taken_and_called_while_an_intake_is_typed(
    window: Window, commune: Commune
) -> None:
    hit(window, "F2")
    page = window.page()
    type_keys(window, "khai s")
    hit(window, "Shift+F11", "F11")
    type_keys(window, "on")
    assert current(commune) == "A001"
    assert window.page() is page
    assert isinstance(page, IntakePage)
    assert page._form.procedure.line.text() == "khai son"


def test_the_page_moves_the_line_by_its_keys(window: Window, commune: Commune) -> None:
    hit(window, "Ctrl+F11")
    hit(window, "Shift+F11", "Shift+F11", "Ctrl+Shift+F11")
    assert labels(commune) == ["A003", "A001", "A002"]
    hit(window, "F11", "F11", "Alt+V")
    assert (current(commune), labels(commune)) == ("", ["A002"])
    hit(window, "Alt+T")
    assert labels(commune) == ["A001", "A002"]
    hit(window, "F2", "F11")
    assert current(commune) == "A001"


def test_calling_again_counts_the_calls(window: Window, commune: Commune) -> None:
    hit(window, "Ctrl+F11", "Shift+F11", "F11", "Alt+L")
    page = window.page()
    assert isinstance(page, QueuePage)
    assert page._about.text() == "lúc 08:00, lần 2"


def test_the_keys_do_nothing_where_no_line_is_used(window: Window, commune: Commune) -> None:
    room(window).toggle_screen()
    next(one for one in window.commands() if one.title == "Thôi dùng “Lấy số” ở quầy này").do()
    assert not room(window).screen.isVisible()
    window.activateWindow()
    hit(window, "Shift+F11", "Ctrl+F11")
    assert labels(commune) == []
    assert not isinstance(window.page(), QueuePage)


def test_nothing_of_the_page_is_cut(
    window: Window, commune: Commune, dressed: QApplication
) -> None:
    for _ in range(12):
        commune.desk.turns.take(FIRST)
    commune.now += timedelta(minutes=148)
    commune.desk.turns.call_next()
    page = room(window).page
    page.setParent(None)
    clothe(page)
    page.show()
    page.entered()
    assert page._sum.text() == "11 số · lâu nhất 148 phút · hôm nay trung bình 148 phút"
    assert faults_at_each_size(page, dressed) == []
    assert page.minimumSizeHint().width() <= WIDTH_IN_LARGEST


def test_the_second_screen_says_who_is_called_where_and_no_name(
    window: Window, commune: Commune, dressed: QApplication
) -> None:
    waits = room(window)
    waits.toggle_screen()
    assert window._strip.notice._words.text() == ONE_SCREEN
    waits.turns.take()
    waits.turns.call_next()
    settle(dressed)
    assert waits.screen.words() == "Mời số A001 đến quầy 1."
    assert waits.screen._alight.isActive()
    waits.toggle_screen()
    assert not waits.screen.isVisible()


def test_what_was_said_of_the_screen_goes_with_it(window: Window) -> None:
    hit(window, "Ctrl+F11", "Alt+M")
    notice = window._strip.notice
    assert (notice._words.text(), notice.isVisible()) == (ONE_SCREEN, True)
    hit(window, "Escape")
    assert not notice.isVisible()


def test_escape_on_its_page_closes_the_screen_that_lies_over_the_window(
    window: Window, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = room(window).screen

    def open_it() -> None:
        hit(window, "Ctrl+F11", "Alt+M")
        window.activateWindow()  # which no window manager leaves to it here
        settle(dressed)

    open_it()
    hit(window, "F2", "Escape")
    assert screen.isVisible()  # a form is left so too
    hit(window, "Ctrl+F11", "Escape")
    assert not screen.isVisible()
    open_it()
    monkeypatch.setattr(CallingScreen, "has_room", staticmethod(lambda: True))
    hit(window, "Escape")
    assert screen.isVisible()  # on a screen of its own, where the citizens look at it


def test_a_finger_takes_a_number_and_reads_it(
    window: Window, commune: Commune, dressed: QApplication
) -> None:
    waits = room(window)
    waits.toggle_touch()
    settle(dressed)
    keys = {key.accessibleName(): key for key in waits.touch.findChildren(TouchButton)}
    keys["Lấy số"].click()
    keys[f"Ưu tiên: {FIRST}"].click()
    assert labels(commune) == ["A002", "A001"]
    assert waits.touch._number.accessibleName() == "A002"
    assert faults(waits.touch) == []
    waits.toggle_touch()


def test_a_number_goes_to_paper_only_where_a_roll_is_chosen(
    window: Window, commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        "app.ui.lobby.turn_desk.printers.send", lambda document, *_: sent.append(document.title)
    )
    room(window).turns.take()
    commune.desk.places.choose("ticket", Place("roll:192.0.2.1", "K80"))
    room(window).turns.take()
    assert sent == ["số A002"]


def test_what_is_closed_lets_go_of_the_window(window: Window) -> None:
    room(window).toggle_screen()
    assert isinstance(room(window).screen.parent(), QObject)
    window.close()
    assert not room(window).screen.isVisible()


def test_the_unit_says_in_its_own_words_who_goes_first(window: Window, commune: Commune) -> None:
    hit(window, "Ctrl+F11")
    page = room(window).page
    next(one for one in window.commands() if one.title.endswith("ưu tiên khi lấy số")).do()
    (asked,) = window.findChildren(WordsWindow)
    asked._box.setPlainText("Thương binh\n\nNgười già yếu")
    asked._keep()
    assert [page._priority.itemText(n) for n in range(2)] == ["Thương binh", "Người già yếu"]
    assert commune.desk.turns.priorities() == ("Thương binh", "Người già yếu")


def test_a_second_screen_that_was_open_comes_again_where_there_is_one(
    window: Window, commune: Commune, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    room(window).toggle_screen()
    window.close()
    for has_room in (False, True):
        monkeypatch.setattr(CallingScreen, "has_room", staticmethod(lambda has=has_room: has))
        again = a_window(commune)
        show(again)
        assert ("screen" in room(again).__dict__) is has_room
        again.close()


def test_listing_what_can_be_done_builds_no_page(window: Window) -> None:
    assert any(one.key == "F11" for one in window.commands())
    assert "page" not in room(window).__dict__
