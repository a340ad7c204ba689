"""F9 pressed twice for one result: the second press does nothing and says nothing."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.returning.card import NOBODY
from app.ui.window import Window
from tests.ui.commune import Commune, hit
from tests.ui.returning.results import ready


def test_f9_pressed_once_too_often_leaves_what_was_done_in_sight(
    commune: Commune, window: Window
) -> None:
    name = ready(commune)
    window.go("F4")
    window._return._again._breath.setInterval(60_000)  # a busy computer takes its time between keys
    window.page().scanned(commune.dossier(name).code)
    hit(window, "F9")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    notice = window._strip.notice
    assert notice._words.text().startswith("Đã ghi “Trả kết quả”")
    hit(window, "F9")  # a breath later it is answered
    assert notice._words.text() == NOBODY
