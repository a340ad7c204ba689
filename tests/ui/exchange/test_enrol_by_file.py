"""A counter without a line: a request goes out on a stick, and its answer makes it one of the unit."""

import pytest
from PySide6.QtWidgets import QFileDialog

from app.models.errors import BadInput, Refused
from app.ui.exchange.page import ExchangePage
from tests.ui.commune import hit
from tests.ui.exchange.a_server import SERVER, Server
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes


@pytest.fixture
def server() -> Server:
    """At which nobody is enrolled yet."""
    made = Server()
    made.url = ""
    return made


def test_without_a_line_a_request_goes_out_and_its_answer_enrols(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    hit(page, "Ctrl+S")
    lanes.drain()
    assert page._enrolling._url_field.error() == "Địa chỉ không đúng."
    type_keys(page, f"{SERVER}\nLC3F-Y63G-6GTF-WIJX-JC55")
    hit(page, "Ctrl+S")
    lanes.drain()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/usb/hoi.motcua")
    lanes.drain()
    assert server.bundles == [("hoi.motcua", "LC3F-Y63G-6GTF-WIJX-JC55")]
    assert SERVER in page._enrolling._by_file._said.text()
    page._enrolling._by_file.read("/usb/tra-loi.motcua")
    lanes.drain()
    assert page._said.text() == "Đã ghi danh: xã Khánh Hà; nhận 4.000 việc."
    assert page._send.isVisible()
    assert server.exchanges == 0, "there is no line"


def test_an_address_that_was_mended_meanwhile_is_the_one_that_is_kept(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.asked = "https://motcua.thinh.gov.vn"
    page.look()
    lanes.drain()
    assert page._enrolling._url.text() == server.asked
    page._enrolling._url.setText(SERVER)
    page._enrolling._by_file.read("/usb/tra-loi.motcua")
    lanes.drain()
    assert server.url == SERVER


def test_an_address_that_is_none_is_said_beside_it_and_the_answer_can_be_read_again(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.asked, server.fails = SERVER, BadInput("Địa chỉ máy chủ không đúng.", "url")
    page._enrolling._by_file.read("/usb/tra-loi.motcua")
    lanes.drain()
    assert page._enrolling._url_field.error() == "Địa chỉ máy chủ không đúng."
    server.fails = None
    page._enrolling._by_file.read("/usb/tra-loi.motcua")
    lanes.drain()
    assert page._send.isVisible()


def test_an_answer_that_is_refused_is_said_and_the_request_goes_on_waiting(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.asked = SERVER
    server.fails = Refused("Trả lời này cho máy khác.")
    page.look()
    lanes.drain()
    page._enrolling._by_file.read("/usb/tra-loi.motcua")
    page.look()
    lanes.drain()
    assert page._enrolling._by_file._said.text() == "Trả lời này cho máy khác."
    assert page._enrolling.isVisible()
