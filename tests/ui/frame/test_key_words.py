"""A key that is written anywhere is answered on every page: it does something, or is said why not."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import resources
from app import ui
from app.ui.frame.frame import SEARCH_KEY
from app.ui.frame.key_words import shortcuts
from app.ui.widgets.buttons import key_of
from app.ui.widgets.notice import UNDO_KEY
from app.ui.window import Window
from tests.ui.commune import hit
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
WRITTEN = re.compile(r"((Ctrl|Alt|Shift)\+)+\w+|F\d+")
IN_FIELDS = {"Ctrl+A", "Ctrl+U", "Ctrl+Y", "Ctrl+E", "Ctrl+Shift+Z", "Alt+Left", "Ctrl+Return"}
"""What fields and lists make of these themselves is an answer."""


def said(window: Window) -> str:
    """At the foot of the window; "" for nothing."""
    notice = window._strip.notice
    return notice._words.text() if notice.isVisible() else ""


def answer(window: Window, key: str) -> str:
    """What is said because of `key`."""
    window._strip.notice.hide()
    hit(window, key)
    return said(window)


def does_something(window: Window, key: str) -> bool:
    buttons = [b for b in window.findChildren(QPushButton) if key_of(b) == key]
    live = any(b.isVisible() and b.isEnabled() for b in buttons)
    return live or key in IN_FIELDS or key in (SEARCH_KEY, UNDO_KEY)


def test_every_key_in_the_window_is_told_in_some_page_of_help() -> None:
    told = {key for file in resources.path("help").glob("*.md") for key in shortcuts(file.stem)}
    written = {
        node.value
        for path in Path(ui.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and WRITTEN.fullmatch(node.value)
    }
    assert written - told == set()


@pytest.mark.parametrize("place", ["F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "Ctrl+F11"])
def test_every_key_is_answered_on_every_page(window: Window, place: str) -> None:
    window.go(place)
    keys = {key for file in resources.path("help").glob("*.md") for key in shortcuts(file.stem)}
    silent = [
        key for key in sorted(keys) if not does_something(window, key) and not answer(window, key)
    ]
    assert silent == []


def test_an_offer_that_is_not_there_says_so_in_its_own_words(window: Window) -> None:
    hit(window, "F3")
    assert answer(window, "Ctrl+O") == (
        "Không có hồ sơ trực tuyến nào chờ kiểm tra. "
        "Muốn nhập danh sách của hệ thống tỉnh thì bấm F12, gõ “trực tuyến”."
    )
    assert answer(window, "Ctrl+Shift+N").startswith("Không có hồ sơ nào chờ nhập lên hệ thống")
    assert answer(window, "Ctrl+Shift+B").startswith("Danh sách bàn giao in được ngay sau khi")
    assert answer(window, "Alt+X") == "Không có hồ sơ nào có việc trùng cần xem."


def test_a_key_of_this_page_that_does_nothing_now_says_what_it_is(window: Window) -> None:
    hit(window, "F2")
    assert answer(window, "Alt+O") == (
        "Alt O là “Hồ sơ đang nhập không phải hồ sơ trực tuyến ấy”, lúc này chưa dùng được."
    )


def test_a_key_of_another_page_says_where_it_works(window: Window) -> None:
    hit(window, "F2")
    assert answer(window, "Ctrl+Shift+K") == (
        "Ctrl Shift K dùng ở Đồng bộ (F8): “Khôi phục từ bản sao lưu”."
    )
    assert answer(window, "Ctrl+B") == (
        "Ctrl B chỉ dùng ở Việc hôm nay (F3), Đồng bộ (F8), Một hồ sơ."
    )
    assert answer(window, "Ctrl+5") == ("Ctrl 5 dùng ở Việc hôm nay (F3): “Lọc theo từng ô số”.")
    assert faults(window._strip) == []


def test_what_was_said_of_one_page_is_gone_on_another(window: Window) -> None:
    hit(window, "F2")
    assert answer(window, "Ctrl+B")
    hit(window, "F3")
    assert said(window) == ""


def test_a_place_this_counter_does_not_use_says_how_it_comes(window: Window) -> None:
    assert answer(window, "F10") == (
        "“Bàn trợ giúp” chưa dùng ở quầy này. Muốn dùng thì bấm F12, gõ “dùng bàn trợ giúp”."
    )
    hit(window, "F12")
    type_keys(window, "dung ban tro giup")
    hit(window, "Return", "F10")
    assert window.page() is window._lobby._help_desk


def test_the_long_answer_fits_in_the_smallest_window(window: Window) -> None:
    window.resize(window.minimumSize())
    assert answer(window, "Ctrl+S").endswith(" và nơi khác.")
    assert faults(window._strip) == []


def test_letters_lone_modifiers_and_keys_nobody_knows_say_nothing(window: Window) -> None:
    hit(window, "F3")
    for key in ("X", "Shift", "Control", "Home", "Space", "Escape", "Ctrl+Shift+Q", "Alt+J"):
        assert answer(window, key) == ""


def test_a_key_held_down_is_answered_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(window, "notify", lambda sentence, *_: told.append(sentence))
    hit(window, "F2", "Ctrl+B")
    QTest.simulateEvent(window, True, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier, "", True)
    assert len(told) == 1
