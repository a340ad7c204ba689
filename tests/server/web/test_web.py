import asyncio
from collections.abc import Callable, Iterator

import httpx
import pytest

from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.exchange.chain import lookup_token
from tests.sync.small import UNIT, SmallCounter, SmallServer

Get = Callable[[str], httpx.Response]


@pytest.fixture
def get(server: SmallServer) -> Get:
    async def asked(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(server.app())) as client:
            return await client.get(f"http://127.0.0.1{path}")

    return lambda path: asyncio.run(asked(path))


@pytest.fixture
def thing(server: SmallServer, counter: SmallCounter) -> str:
    """A dossier on the server, its salt “grain”."""
    name = str(counter.receive(1, salt="grain"))
    server.exchange(counter)
    return name


SLIP = f"/t/{lookup_token('grain')}"


def test_a_slips_address_shows_code_status_procedure_and_appointment(get: Get, thing: str) -> None:
    page = get(SLIP)
    assert page.status_code == 200
    for shown in (
        "H50.12-261130-0021",
        "Được tiếp nhận",
        "Thủ tục đăng ký khai sinh",
        "16:30 Thứ Năm, ngày 03 tháng 12 năm 2026",
    ):
        assert shown in page.text


def test_the_page_names_nobody(get: Get, thing: str) -> None:
    page = get(SLIP)
    assert "Ánh" not in page.text
    assert ">lan<" not in page.text


def test_the_page_follows_the_dossier(
    server: SmallServer, counter: SmallCounter, get: Get, thing: str
) -> None:
    for body in (e.HandedOver("hoa"), e.Accepted(), e.Resolved(), e.Returned()):
        counter.write(body, thing)
    server.exchange(counter)
    page = get(SLIP).text
    assert "Đã trả kết quả" in page
    assert "Hẹn trả kết quả" not in page


def test_a_provisional_code_is_called_so(
    server: SmallServer, counter: SmallCounter, get: Get
) -> None:
    name = counter.receive(1)
    (received,) = counter.bodies(e.Received)
    record = counter.logs[counter.own].records[-1]
    assert decode(name, record.public, None).body == received
    counter.start("b" * 16)
    provisional = record.public.replace(
        b'"code":"H50.12-261130-0021"', b'"provisional_code":"T-BCFGHKLM"'
    )
    counter.write_bytes(provisional, b'{"salt":"temporary"}')
    server.exchange(counter)
    page = get(f"/t/{lookup_token('temporary')}").text
    assert "Mã tạm" in page
    assert "T-BCFGHKLM" in page


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAA", "AAA-A", "%2e%2e", "A" * 5000, "<script>"])
def test_an_address_no_slip_carries_gets_a_helping_page(get: Get, thing: str, token: str) -> None:
    page = get(f"/t/{token}")
    assert page.status_code == 404
    assert "quét lại mã QR" in page.text
    assert token not in page.text


def test_an_empty_token_finds_no_dossier_whose_salt_is_gone(
    server: SmallServer, counter: SmallCounter, get: Get
) -> None:
    counter.receive(1)
    (run,) = counter.runs({counter.own: 0})
    with server.built.units.open(UNIT) as ledger:
        ledger.take((run._replace(records=tuple(r._replace(personal=None) for r in run.records)),))
    assert server.built.units.look_up("") is None
    assert get("/t/").status_code == 404


def test_what_a_dossier_says_is_never_taken_for_markup(
    server: SmallServer, counter: SmallCounter, get: Get
) -> None:
    counter.receive(1)
    public = counter.logs[counter.own].records[-1].public
    evil = public.replace("Thủ tục đăng ký khai sinh".encode(), b"<script>alert(1)</script>")
    counter.start("b" * 16)
    counter.write_bytes(evil, b'{"salt":"evil"}')
    server.exchange(counter)
    page = get(f"/t/{lookup_token('evil')}").text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_the_front_page_says_what_this_is(get: Get) -> None:
    assert "Bộ phận Một cửa" in get("/").text


@pytest.mark.parametrize("path", ["/", SLIP, "/t/x", "/nothing"])
def test_pages_are_kept_by_nobody_and_run_nothing(get: Get, thing: str, path: str) -> None:
    headers = get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert headers["x-content-type-options"] == "nosniff"


def test_a_message_longer_than_any_is_not_read_to_its_end(server: SmallServer) -> None:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(server.app())
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.post("http://127.0.0.1/exchange", content=bytes(10_000_000))

    assert asyncio.run(post()).status_code == 413


ENDLESS = b'{"later":' + b"[" * 2000 + b"]" * 2000 + b"}"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"unit":1}', bytes(10_000), b'{"unit":"\xb4"}', ENDLESS]
)
def test_a_question_to_enrol_that_is_none_is_refused_in_words(
    server: SmallServer, body: bytes
) -> None:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(server.app())
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.post("http://127.0.0.1/enrol", content=body)

    answer = asyncio.run(post())
    assert answer.status_code == 400
    assert "thử lại" in answer.json()["trouble"]


@pytest.mark.parametrize("lane", ["/exchange", "/files", "/news", "/enrol", SLIP])
def test_a_question_that_stops_on_its_way_is_no_fault_of_ours(
    server: SmallServer, lane: str
) -> None:
    """Every poor line ends like this: no log is filled with it."""
    half: dict[str, object] = {"type": "http.request", "body": b"half", "more_body": True}
    came: Iterator[dict[str, object]] = iter([half, {"type": "http.disconnect"}])

    async def receive() -> dict[str, object]:
        return next(came)

    async def send(_: object) -> None:
        """Nobody hears it."""

    scope = {
        "type": "http", "method": "POST", "path": lane, "raw_path": lane.encode(),
        "query_string": b"", "headers": [], "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(server.app()(scope, receive, send))
