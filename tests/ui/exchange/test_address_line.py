"""A wrong address is mended where it stands, by keys, and tried at once."""

import pytest
from PySide6.QtWidgets import QApplication

from app.models.errors import BadInput
from app.ui.exchange.page import ExchangePage
from tests.ui.commune import hit
from tests.ui.exchange.a_server import SERVER, Server
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes


def test_it_is_typed_anew_and_the_next_exchange_goes_there(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.url = "https://motcua.thinh.gov.vn"
    page.look()
    lanes.drain()
    assert "thinh" in page._address._said.text()
    hit(page, "Alt+A")
    type_keys(page, f"{SERVER}\n")
    lanes.drain()
    assert (server.url, server.exchanges) == (SERVER, 1)
    assert page._address._said.text() == f"Máy chủ: {SERVER}"
    assert not page._address._line.isVisible()


def test_one_that_is_none_is_said_beside_it_and_esc_leaves_everything_as_it_was(
    page: ExchangePage, server: Server, lanes: ManualLanes
) -> None:
    server.fails = BadInput("Địa chỉ máy chủ không đúng.", "url")
    hit(page, "Alt+A")
    type_keys(page, "x\n")
    lanes.drain()
    assert page._address._field.error() == "Địa chỉ máy chủ không đúng."
    hit(page._address, "Escape")
    assert not page._address._line.isVisible()
    assert QApplication.focusWidget() is page._address._mend
    assert (server.url, server.exchanges) == (SERVER, 0)


class OfAReceptionist(Server):
    """Whoever sits there leads nothing."""

    may_mend = False


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    return OfAReceptionist() if "lead" in request.node.name else Server()


def test_who_doesnt_lead_the_shop_is_not_asked(page: ExchangePage) -> None:
    assert not page._address._mend.isVisible()
