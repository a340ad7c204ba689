"""One paper for many dossiers from the window: which lack it, how far it is, and an end at any time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.papers.print_batch import Batch
from app.desk.papers.print_places import Place
from app.models.dossiers.lifecycle import Deed
from app.printing.printers.spooler import NotTaken
from app.ui.lanes.jobs import Jobs
from app.ui.lists.register_page import RegisterPage
from app.ui.look.theme import Tone
from app.ui.papers.many_papers import AT_ONCE, summary
from app.ui.window import Window
from tests.a_printer import Laser
from tests.ui.commune import (
    IN_THE_WINDOW,
    WIDTH_IN_LARGEST,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)
from tests.ui.manual_lanes import ManualLanes

Show = Callable[..., None]
COUNT = 2 * AT_ONCE + 2


@pytest.fixture
def laser(monkeypatch: pytest.MonkeyPatch, commune: Commune) -> Laser:
    laser = Laser()
    monkeypatch.setattr("app.ui.papers.many_papers.system", lambda: (laser,))
    commune.desk.places.choose("receipt", Place("Laser tầng một", "A5"))
    for number in range(COUNT):
        commune.receive(f"Người thứ {number}")
    return laser


@pytest.fixture
def page(commune: Commune, laser: Laser, show: Show) -> RegisterPage:
    page = RegisterPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    page.show_part("many")
    return page


def test_every_dossier_without_its_receipt_gets_one_by_one_key(
    page: RegisterPage, laser: Laser
) -> None:
    heard, told = Heard(page), list[None]()
    page.printed.connect(lambda: told.append(None))
    assert page._many._print.accessibleName() == f"In {COUNT} giấy"
    assert "Laser tầng một" in page._many._count.text()
    hit(page, "Ctrl+P")
    assert len(set(laser.taken)) == COUNT
    assert heard.said == [(f"Đã gửi {COUNT} giấy tiếp nhận và hẹn trả.", Tone.DONE)]
    assert page._many._view.table.rowCount() == 0
    assert not page._many._print.isEnabled()
    assert told


def test_only_the_marked_ones_are_printed(page: RegisterPage, laser: Laser) -> None:
    hit(page, "Space", "Space")
    assert page._many._print.accessibleName() == "In 2 giấy"
    hit(page, "Ctrl+P")
    assert len(laser.taken) == 2
    assert page._many._view.table.rowCount() == COUNT - 2


def test_a_voided_number_and_another_days_dossier_are_left_out(
    commune: Commune, page: RegisterPage
) -> None:
    commune.do(commune.receive("người hủy số"), Deed.VOID)
    commune.now += timedelta(days=2)
    commune.receive("người hôm kia")
    hit(page, "F9")
    assert page._many._view.table.rowCount() == COUNT


def test_a_printer_that_takes_no_more_ends_it_and_the_rest_waits(
    page: RegisterPage, laser: Laser
) -> None:
    heard = Heard(page)
    laser.fails[AT_ONCE + 1] = NotTaken("Máy in không nhận lệnh in.")
    hit(page, "Ctrl+P")
    ((sentence, tone),) = heard.said
    assert sentence == (
        f"Đã gửi {AT_ONCE + 1} giấy tiếp nhận và hẹn trả. Còn {COUNT - AT_ONCE - 1} chưa in. "
        "Máy in không nhận lệnh in."
    )
    assert tone is Tone.LATE
    hit(page, "Ctrl+P")
    assert len(set(laser.taken)) == COUNT


def test_no_printer_is_said_before_anything_is_printed(
    commune: Commune, page: RegisterPage, laser: Laser
) -> None:
    heard = Heard(page)
    page._many._paper.choose("label")
    hit(page, "Ctrl+P")
    assert heard.said[0][0].startswith("Chưa chọn máy in cho nhãn hồ sơ")
    assert laser.taken == []


def test_stopping_ends_it_between_two_papers_and_others_may_go_between(
    commune: Commune, laser: Laser, show: Show, qtbot: QtBot
) -> None:
    lanes = ManualLanes()
    page = RegisterPage(commune.desk, commune.officer(), Jobs(lanes))
    show(page, *IN_THE_WINDOW)
    page.show_part("many")
    lanes.drain()
    heard = Heard(page)
    hit(page, "Ctrl+P")
    _, chunk = lanes.waiting.pop(0)
    chunk()
    assert len(laser.taken) == AT_ONCE
    assert len(lanes.waiting) == 1
    qtbot.waitUntil(page._going.isVisible)
    hit(page, "Escape")
    lanes.drain()
    assert len(laser.taken) == 2 * AT_ONCE
    assert heard.said[0][0].endswith(f"Còn {COUNT - 2 * AT_ONCE} chưa in.")
    assert not page._going.under_way


def test_a_window_that_closes_lets_no_more_be_printed(
    commune: Commune, laser: Laser, show: Show
) -> None:
    lanes = ManualLanes()
    page = RegisterPage(commune.desk, commune.officer(), Jobs(lanes))
    show(page, *IN_THE_WINDOW)
    page.show_part("many")
    lanes.drain()
    hit(page, "Ctrl+P")
    page.hide()
    lanes.drain()
    assert len(laser.taken) == AT_ONCE


def test_the_command_list_brings_it_into_sight(laser: Laser, window: Window) -> None:
    command = next(x for x in window.commands() if x.title.startswith("In nhiều giấy"))
    command.do()
    page = window.page()
    assert isinstance(page, RegisterPage)
    assert page._many._view.table.rowCount() == COUNT


def test_what_a_run_came_to_is_one_sentence() -> None:
    done = Batch(3, 2, ((None, "Số của hồ sơ này đã hủy."),), 0)  # type: ignore[arg-type]
    assert summary(done, "phiếu kiểm soát", 0, "") == (
        "Đã gửi 3 phiếu kiểm soát. 2 đã in từ trước. 1 không in được: Số của hồ sơ này đã hủy.",
        Tone.TODAY,
    )


def test_nothing_is_cut(page: RegisterPage, dressed: QApplication) -> None:
    assert faults_at_each_size(page, dressed) == []
    page._many._count.setText(
        "1.279 hồ sơ chưa in giấy này · ra HP LaserJet Pro M404dn phòng Một cửa"
    )
    assert faults_at_each_size(page, dressed) == []
    assert page.minimumSizeHint().width() <= WIDTH_IN_LARGEST
    page._going.begin("Đang in 12 giấy tiếp nhận và hẹn trả…")
    page._going._appear()
    assert faults_at_each_size(page, dressed) == []


def test_a_paper_chosen_is_printed_only_once_it_is_known_who_lacks_it(
    commune: Commune, laser: Laser, show: Show
) -> None:
    lanes = ManualLanes()
    commune.desk.places.choose("label", Place("Máy in nhãn", "A5"))
    page = RegisterPage(commune.desk, commune.officer(), Jobs(lanes))
    show(page, *IN_THE_WINDOW)
    page.entered()
    page.show_part("many")
    lanes.answer()
    many = page._many
    many._paper.choose("label")
    many._print.clicked.emit()
    assert (many._run, many._print.isEnabled()) == (None, False)
    lanes.answer()
    assert many._print.isEnabled()
    many._print.clicked.emit()
    assert many._run is not None
    assert (many._run.form, many._run.place) == ("label", Place("Máy in nhãn", "A5"))
    lanes.answer()
