"""A scanner that types something else for `|` is tried, learned, and then reads cards."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.unit.scanner_check import GOOD, SHOWN, WHOLE, layout
from app.ui.scanning.scanner_page import LEARNED, Drawing, ScannerPage
from app.ui.typing.scan import Scanner
from tests.ui.commune import IN_THE_WINDOW, Commune, hit, settle
from tests.ui.intake_desk import CARD
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
SWAPPED = str.maketrans({"|": "~", "-": "§"})


@pytest.fixture
def page(commune: Commune, show: Show) -> ScannerPage:
    page = ScannerPage(commune.desk, commune.jobs, lambda _: Drawing(10, 4, [(0, 0, 3, 3)]))
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


@pytest.fixture
def scanner(dressed: QApplication) -> Iterator[Scanner]:
    scanner = Scanner(dressed, lambda _event: 0)
    yield scanner
    scanner.leave()


def test_a_scanner_that_reads_right_is_told_so(page: ScannerPage) -> None:
    type_keys(page, SHOWN + "\n")
    assert page._said.text() == GOOD
    assert not page._learn.isEnabled()


def test_another_layout_is_named_and_learned_by_one_key(
    page: ScannerPage, scanner: Scanner, qtbot: QtBot
) -> None:
    page.learned.connect(scanner.learn)
    heard: list[str] = []
    scanner.scanned.connect(heard.append)
    type_keys(page, WHOLE.translate(SWAPPED) + "\n")
    assert "“|” thành “~”" in page._said.text()
    hit(page, "F9")
    assert page._said.text() == LEARNED
    type_keys(page, CARD.translate(SWAPPED) + "\n")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [CARD]


def test_what_was_learned_is_there_the_next_day_and_can_be_forgotten(
    commune: Commune, page: ScannerPage
) -> None:
    type_keys(page, WHOLE.translate(SWAPPED) + "\n")
    hit(page, "F9")
    again, heard = ScannerPage(commune.desk, commune.jobs, None), list[object]()
    again.learned.connect(heard.append)
    again.look()
    assert heard == [{"~": "|", "§": "-"}]
    hit(page, "Alt+Q")
    again.look()
    assert heard[-1] == {}


def test_what_cannot_be_undone_is_not_learned() -> None:
    assert layout(WHOLE.replace("|", "")) is None
    assert layout(WHOLE.replace("|", "-")) is None
    assert layout(WHOLE.translate(str.maketrans("yzYZ", "zyZY"))) == dict(
        zip("zyZY", "yzYZ", strict=True)
    )


def test_nothing_is_cut(page: ScannerPage, dressed: QApplication) -> None:
    type_keys(page, WHOLE.translate(SWAPPED) + "\n")
    settle(dressed)
    assert faults(page) == []
