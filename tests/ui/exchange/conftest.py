"""The exchange's page over a stand-in server, its works done when a test says so."""

from collections.abc import Callable

import pytest

from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.page import ExchangePage
from app.ui.lanes.jobs import Jobs
from tests.ui.commune import IN_THE_WINDOW
from tests.ui.exchange.a_server import Server
from tests.ui.manual_lanes import ManualLanes


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def lanes() -> ManualLanes:
    return ManualLanes()


@pytest.fixture
def page(server: Server, lanes: ManualLanes, show: Callable[..., None]) -> ExchangePage:
    jobs = Jobs(lanes)
    page = ExchangePage(server, jobs, Exchanges(server, jobs))
    show(page, *IN_THE_WINDOW)
    page.entered()
    lanes.drain()
    return page
