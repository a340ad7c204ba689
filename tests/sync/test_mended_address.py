"""Where the server is can be said anew; who it must be was proved at enrolment."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.models.errors import BadInput, OtherSideFailed, Refused
from app.models.unit.officer import Role
from app.sync.known import mend_address, server_of
from app.upstream import send
from tests.making import UNIT, ACounter, a_counter
from tests.sync.small import URL, SmallServer
from tests.sync.stick import Stick, enrolled

ELSEWHERE = "https://motcua.gov.vn"


class Network(httpx.BaseTransport):
    """Whoever answers at the host that is asked."""

    def __init__(self, servers: dict[str, SmallServer]) -> None:
        self._lines = {url: server.line for url, server in servers.items()}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._lines[str(request.url.join("/")).rstrip("/")].handle_request(request)


@pytest.fixture
def one(tmp_path: Path, stick: Stick) -> ACounter:
    return enrolled(a_counter(tmp_path / "1"), stick.server)


def on(network: Network, patch: pytest.MonkeyPatch) -> None:
    real = httpx.Client

    def client(**arguments: Any) -> httpx.Client:
        return real(**arguments | {"transport": network})

    patch.setattr("app.sync.http.httpx.Client", client)


def test_the_server_is_met_where_it_is_now(
    one: ACounter, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(Network({ELSEWHERE: stick.server}), monkeypatch)
    before = server_of(one.store)
    mend_address(one.store, one.officer, f" {ELSEWHERE}/ ")
    after = server_of(one.store)
    assert before
    assert after == before._replace(url=ELSEWHERE)
    assert send(one.store, one.clock).pending == 0


def test_whoever_else_answers_there_gets_nothing_and_the_address_can_be_mended_again(
    one: ACounter, stick: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = SmallServer(tmp_path / "stranger", UNIT)
    on(Network({ELSEWHERE: stranger, URL: stick.server}), monkeypatch)
    mend_address(one.store, one.officer, ELSEWHERE)
    with pytest.raises(OtherSideFailed):
        send(one.store, one.clock)
    with stranger.built.units.open(UNIT) as ledger:
        assert {log.device for log in ledger.map()} == {stranger.keys.public.device}
    mend_address(one.store, one.officer, URL)
    assert send(one.store, one.clock).pending == 0


def test_only_who_leads_the_shop_mends_it_and_only_into_an_address(one: ACounter) -> None:
    receives = replace(one.officer, roles=frozenset({Role.RECEPTIONIST}))
    with pytest.raises(Refused, match="phụ trách bộ phận"):
        mend_address(one.store, receives, ELSEWHERE)
    with pytest.raises(BadInput, match="https://"):
        mend_address(one.store, one.officer, "motcua.gov.vn")
    server = server_of(one.store)
    assert server
    assert server.url == URL


def test_where_nobody_is_enrolled_there_is_nothing_to_mend(tmp_path: Path) -> None:
    new = a_counter(tmp_path / "new")
    with pytest.raises(Refused, match="chưa ghi danh"):
        mend_address(new.store, new.officer, ELSEWHERE)
