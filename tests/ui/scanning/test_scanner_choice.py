"""With several flatbeds one is chosen once, by name, and stays chosen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.desk import Desk
from app.scanning.sane import Scanner, Tell
from app.sync.reached import Do
from app.ui.dossier_page.page import DossierPage
from app.ui.scanning.panel import GLASS_KEY, ScanPanel
from tests.ui.commune import IN_THE_SMALLEST, IN_THE_WINDOW, Commune, hit, settle
from tests.ui.scanning.test_scan_panel import ByHand, opened
from tests.ui.walk import faults

Show = Callable[..., None]
CANON, EPSON = Scanner("sane:0", "Canon LiDE 300"), Scanner("sane:1", "Epson DS-1630")


class Two(ByHand):
    """Two flatbeds on the desk."""

    devices: tuple[Scanner, ...] = (CANON, EPSON)

    def __init__(self, desk: Desk, do: Do) -> None:
        super().__init__(desk, do)
        self.used: list[str] = []

    def scan(self, device: str, tell: Tell) -> Path:
        self.used.append(device)
        return super().scan(device, tell)


@pytest.fixture
def scans(commune: Commune) -> Two:
    return Two(commune.desk, commune.jobs.at_desk)


@pytest.fixture
def panel(commune: Commune, show: Show, scans: Two) -> ScanPanel:
    page = DossierPage(commune.desk, commune.officer(), commune.jobs)
    page.scan_with(lambda: scans)
    show(page, *IN_THE_WINDOW)
    return opened(commune, page)[1]


def test_which_one_is_asked_once_and_kept(panel: ScanPanel, scans: Two) -> None:
    hit(panel, GLASS_KEY)
    assert scans.used == []
    assert panel._scanners.isVisible()
    panel._scanners._choice.choose(EPSON.id)
    hit(panel, GLASS_KEY, GLASS_KEY)
    assert scans.used == [EPSON.id] * 2


def test_it_can_be_another_one_for_the_next_page(panel: ScanPanel, scans: Two) -> None:
    hit(panel, GLASS_KEY)
    for one in (EPSON, CANON):
        panel._scanners._choice.choose(one.id)
        hit(panel, GLASS_KEY)
    assert scans.used == [EPSON.id, CANON.id]


def test_one_alone_is_never_asked_about(panel: ScanPanel, scans: Two) -> None:
    scans.devices = (CANON,)
    hit(panel, GLASS_KEY)
    assert scans.used == [CANON.id]
    assert not panel._scanners.isVisible()


def test_nothing_is_cut_while_it_is_asked(panel: ScanPanel, dressed: QApplication) -> None:
    panel.window().resize(*IN_THE_SMALLEST)
    hit(panel, GLASS_KEY)
    settle(dressed)
    assert faults(panel.window()) == []
