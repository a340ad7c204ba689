"""Sending up: one key, one sentence, and the focus stays where it was."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.models.errors import BadInput, OtherSideFailed, Refused
from app.sync.bundle import ALL, Scans
from app.sync.standing import Standing
from app.ui.exchange.bundle_card import READ_LESS
from app.ui.exchange.enrol_card import EnrolCard
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.page import IN_PRACTICE, ExchangePage
from app.ui.exchange.words import in_words, light_of, tone_of
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from tests.ui.commune import IN_THE_WINDOW, hit
from tests.ui.exchange.a_server import SERVER, Sent, Server
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]

LATER = "Không tới được máy chủ. Việc đã lưu ở máy này; hãy gửi lại khi có mạng."


def test_one_key_sends_and_says_that_the_server_has_all(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    hit(page, "F9")
    lanes.drain()
    assert page._said.text() == "Đã gửi 12 việc; máy chủ đã xác nhận đủ."
    assert page._state._words.text() == "Đã gửi hết"


def test_while_it_runs_a_second_press_does_nothing_and_the_focus_stays(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    focus = QApplication.focusWidget()
    hit(page, "F9", "F9")
    assert QApplication.focusWidget() is focus is page._send
    lanes.drain()
    assert server.exchanges == 1


def test_a_failure_is_said_and_it_can_be_sent_again(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.answer = OtherSideFailed(LATER)
    hit(page, "F9")
    lanes.drain()
    assert page._said.text() == LATER
    hit(page, "F9")
    lanes.drain()
    assert server.exchanges == 2


def test_a_counter_enrols_by_keys_and_sends_at_once(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.url = ""
    page.look()
    lanes.drain()
    type_keys(page, f"{SERVER}\nLC3F-Y63G-6GTF-WIJX-JC55\n")
    lanes.drain()
    assert (server.url, server.exchanges) == (SERVER, 1)


def test_a_wrong_address_is_said_beside_the_address(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.url, server.answer = "", BadInput("Địa chỉ không đúng.", "url")
    page.look()
    lanes.drain()
    hit(page, "F9")
    lanes.drain()
    assert page._enrolling._url_field.error() == "Địa chỉ không đúng."
    assert page._enrolling._code_field.error() == ""


@pytest.mark.parametrize(
    ("sent", "tone"),
    [
        (Sent(3), Tone.DONE),
        (Sent(), Tone.DONE),
        (Sent(3, pending=2), Tone.TODAY),
        (Sent(forks=1), Tone.LATE),
    ],
)
def test_only_what_the_server_has_whole_is_green(sent: Sent, tone: Tone) -> None:
    assert tone_of(sent) is tone


def test_what_came_and_what_is_left_is_said_in_one_sentence() -> None:
    said = in_words(Sent(sent=3, received=186, pending=2))
    assert said == "Đã gửi 3 việc, nhận về 186 cập nhật; còn 2 việc chờ gửi."


def test_why_only_the_hub_answered_is_said_too() -> None:
    said = in_words(Sent(pending=1, at_hub=1, silent=True, trouble="Máy chủ đã đổi chứng thư."))
    assert said.endswith("đã ở trạm trung chuyển. Máy chủ đã đổi chứng thư.")


def test_the_light_says_how_many_wait_and_since_when(server: Server) -> None:
    assert light_of(server.standing()).words == "Chưa gửi 12 việc · từ 09:05 24/11"
    server.waiting, server.url = 0, ""
    assert light_of(server.standing()).words == "Chưa nối cấp trên"


def test_what_a_hub_has_is_said_apart_and_amber_is_for_what_nobody_carried(server: Server) -> None:
    server.at_hub = 9
    light = light_of(server.standing())
    assert light.words == "Chưa gửi 3 việc, 9 việc ở trạm trung chuyển · từ 09:05 24/11"
    assert light.tone is Tone.TODAY
    server.at_hub = 12
    light = light_of(server.standing())
    assert light.words == "12 việc ở trạm trung chuyển, chờ máy chủ · từ 09:05 24/11"
    assert light.tone is Tone.QUIET


def test_while_it_goes_on_the_light_is_quiet(server: Server) -> None:
    light = light_of(server.standing(), under_way=True)
    assert (light.words, light.tone) == ("Đang gửi 12 việc…", Tone.QUIET)


def test_carriers_lanes_and_the_book_stand_on_the_page(page: ExchangePage) -> None:
    met, numbers = page._met.text().splitlines(), page._numbers.text().splitlines()
    assert met[1] == "Trạm trung chuyển 192.168.1.9:8711: chưa gặp"
    assert numbers == [
        "Dải số 01: không thời hạn",
        "Dải số 21: đến hết 05/12/2026",
        "Quyển 01: không thời hạn",
    ]


def test_a_bundle_is_written_for_whom_is_chosen_and_said_in_a_sentence(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    hit(page, "Ctrl+S")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isHidden()
    dialog.fileSelected.emit("/usb/goi.motcua")
    lanes.drain()
    assert server.bundles == [("goi.motcua", "server")]
    assert page._bundle._said.text().startswith("Đã ghi 12 việc vào goi.motcua")


def test_all_scans_go_along_unless_fewer_are_chosen(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    most = page._bundle._most
    assert most.currentText() == "Không có bản số hóa chờ"
    server.scans = Scans(12, 34_000_000)
    page.look()
    lanes.drain()
    assert most.currentText() == "Kèm 12 bản số hóa, 34 MB"
    page._bundle.write("/usb/goi.motcua", "server")
    lanes.drain()
    assert server.most == ALL
    assert "12 việc và 12 bản số hóa" in page._bundle._said.text()
    most.setFocus()
    hit(page, "Down", "Down")
    assert most.currentText() == "Không kèm bản số hóa"
    page.look()
    lanes.drain()
    page._bundle.write("/usb/goi.motcua", "server")
    lanes.drain()
    assert server.most == 0


def test_a_bundle_is_read_by_key(page: ExchangePage, server: Server, lanes: ManualLanes) -> None:
    hit(page, "Ctrl+O")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    heard: list[int] = []
    page._exchanges.changed.connect(lambda: heard.append(1))
    dialog.fileSelected.emit("/usb/tra-loi.motcua")
    lanes.drain()
    assert heard  # other pages look again
    assert server.bundles == [("tra-loi.motcua", "")]
    assert page._bundle._said.text() == "Đã đọc gói của máy chủ: nhận 4 việc."


def test_a_stick_that_fails_is_said_beside_the_bundles(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.fails = Refused("Không ghi được gói. Hãy thử USB khác.")
    page._bundle.write("/usb/goi.motcua", "server")
    lanes.drain()
    assert page._bundle._said.text() == "Không ghi được gói. Hãy thử USB khác."


@pytest.mark.parametrize("url", [SERVER, ""])
def test_nothing_is_cut(page: ExchangePage, server: Server, lanes: ManualLanes, url: str) -> None:
    server.url, server.answer = url, OtherSideFailed(LATER)
    page.look()
    hit(page, "F9")
    lanes.drain()
    QApplication.processEvents()
    assert faults(page) == []


def test_a_large_arrival_shows_how_far_it_is_until_it_is_there(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    told = list[tuple[str, int, int, bool]]()

    def note() -> None:
        bar = page._far
        told.append((page._said.text(), bar.value(), bar.maximum(), bar.isVisible()))

    page._exchanges.came.connect(note)
    server.far = [(0, 400_000), (120_000, 400_000)]
    hit(page, "F9")
    lanes.drain()
    assert told[-1] == (
        "Đã nhận 120.000 trong 400.000 việc. Cứ làm việc với những gì đã về.", 120_000, 400_000, True,
    )  # fmt: skip
    assert not page._far.isVisible()


def test_a_days_arrival_shows_no_bar(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.far = [(0, 300), (300, 300)]
    shown: list[bool] = []
    page._exchanges.came.connect(lambda: shown.append(page._far.isVisible()))
    hit(page, "F9")
    lanes.drain()
    assert shown == [False, False]


def test_reading_a_bundle_can_be_stopped_and_what_came_stays(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.far = [(100, 400_000)]
    page._bundle.read("/usb/goi.motcua")
    page._bundle._going.stop()
    lanes.drain()
    assert page._bundle._said.text() == READ_LESS


def test_red_stands_for_numbers_the_server_lost_and_for_nothing_else(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    assert light_of(server.standing()).tone is Tone.TODAY
    assert not page._lost.isVisible()
    server.lost = tuple(f"H26.15.3-261123-{number:04d}" for number in range(1, 162, 20))
    assert light_of(server.standing()).tone is Tone.LATE
    page.look()
    lanes.drain()
    assert page._lost.isVisible()
    assert "H26.15.3-261123-0001" in page._lost.text()
    assert "và 3 số nữa" in page._lost.text()
    for _ in range(3):  # the longer words are laid out in turns, one inside the other
        QApplication.processEvents()
    assert faults(page) == []


def test_practice_says_that_it_exchanges_with_nobody_and_asks_for_nothing(
    server: Server, lanes: ManualLanes, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "standing", lambda: Standing("", 0, None, None, practice=True))
    page = ExchangePage(server, Jobs(lanes), Exchanges(server, Jobs(lanes)))
    show(page, *IN_THE_WINDOW)
    page.entered()
    lanes.drain()
    assert not page.findChildren(EnrolCard)
    assert not page._send.isVisible()
    assert IN_PRACTICE in {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
