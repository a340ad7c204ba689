"""The server's addresses: four for counters, three for citizens."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Lifespan

from app.models.citizens.satisfaction import LEVELS
from app.models.errors import UNREADABLE, Refused
from app.models.exchange.enrolment import Asked
from app.models.exchange.file_talk import MOST_ASKED as MOST_OF_FILE
from app.models.exchange.messages import MOST_PACKED
from server.exchange.answer import Answer, Outcome
from server.exchange.files import NoAnswer
from server.exchange.upstream import Upstream
from server.store.database import StoreFailed, insisting
from server.units.enrolment import Enrolment
from server.units.phone import PhoneBallots, Turn
from server.units.units import Units
from server.web import pages
from server.web.pace import Pace

MOST_EXCHANGED = MOST_PACKED + 65 * 1024
MOST_ASKED = 4096
MOST_RATING = 64
MOST_A_MINUTE = 10  # ballots from one address: a household at one router

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{pages.STYLE_HASH}'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address of a page is the key to a dossier
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}

_BUSY = 503
STATUS = {Outcome.ANSWERED: 200, Outcome.TURNED_AWAY: 403, Outcome.FAILED: _BUSY}
_PATIENCE = {"Retry-After": "30"}  # seconds; a counter draws its own, longer each time

_read_asked = msgspec.json.Decoder(Asked).decode
_write = msgspec.json.encode


def application(
    units: Units,
    upstream: Upstream,
    enrolment: Enrolment,
    now: Callable[[], datetime],
    lifespan: Lifespan[Starlette] | None = None,
    ballots: PhoneBallots | None = None,
) -> Starlette:
    """The ASGI application; between two requests it keeps how many ballots came this minute, no more.

    `lifespan` works beside it. Without `ballots` nobody is asked how it was.
    """

    async def exchange(packed: bytes) -> Answer:
        return await run_in_threadpool(upstream.answered, packed, now())

    async def enrol(request: Request) -> Response:
        body = await _body(request, MOST_ASKED)
        try:
            asked = _read_asked(body or b"")
        except UNREADABLE:
            return _json(400, {"trouble": "Yêu cầu ghi danh hỏng; hãy thử lại."})
        try:
            return _json(200, await run_in_threadpool(enrolment.enrol, asked, now()))
        except StoreFailed as failed:
            return _json(_BUSY, {"trouble": str(failed)}, _PATIENCE)
        except Refused as refused:
            return _json(403, {"trouble": str(refused)})

    def look_up(request: Request) -> Response:
        token = str(request.path_params["token"])
        try:
            found = insisting(lambda: units.look_up(token))
            turn = ballots.turn(token, found) if ballots and found else Turn.NOT_YET
        except StoreFailed:
            return HTMLResponse(pages.busy(), _BUSY, _HEADERS | _PATIENCE)
        page = pages.dossier(found, turn) if found else pages.missing()
        return HTMLResponse(page, 200 if found else 404, _HEADERS)

    routes = [
        Route("/", _home),
        Route("/t/{token}", look_up),
        Route("/t/{token}", _rating(ballots, now), methods=["POST"]),
        Route("/exchange", _lane_of(exchange, MOST_EXCHANGED), methods=["POST"]),
        Route("/files", _lane_of(_in_a_thread(upstream.files.answered)), methods=["POST"]),
        Route("/news", _lane_of(upstream.news.answered), methods=["POST"]),
        Route("/enrol", enrol, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: _missing}, lifespan=lifespan)


def _home(_request: Request) -> Response:
    return HTMLResponse(pages.home(), headers=_HEADERS)


def _missing(_request: Request, _error: Exception) -> Response:
    return HTMLResponse(pages.missing(), 404, _HEADERS)


def _rating(
    ballots: PhoneBallots | None, now: Callable[[], datetime]
) -> Callable[[Request], Awaitable[Response]]:
    """Takes a ballot, and leads back to the page of its slip."""
    pace = Pace(MOST_A_MINUTE)

    async def rate(request: Request) -> Response:
        at, body = now(), await _body(request, MOST_RATING)
        if not pace.allows(request.client.host if request.client else "", at):
            return HTMLResponse(pages.too_many(), 429, _HEADERS | _PATIENCE)
        token, level = str(request.path_params["token"]), _level(body)
        try:
            if ballots and level:
                cast = partial(ballots.cast, token, level, at)
                await run_in_threadpool(insisting, cast)
        except StoreFailed:
            return HTMLResponse(pages.busy(), _BUSY, _HEADERS | _PATIENCE)
        return RedirectResponse(request.url.path, 303, _HEADERS)

    return rate


def _in_a_thread(answered: Callable[[bytes], Answer]) -> Callable[[bytes], Awaitable[Answer]]:
    async def threaded(asked: bytes) -> Answer:
        return await run_in_threadpool(answered, asked)

    return threaded


def _lane_of(
    answered: Callable[[bytes], Awaitable[Answer]], most: int = MOST_OF_FILE
) -> Callable[[Request], Awaitable[Response]]:
    async def heard(request: Request) -> Response:
        asked = await _body(request, most)
        if asked is None:
            return _plain(413)
        try:
            return _carried(await answered(asked))
        except NoAnswer:
            return _plain(400)

    return heard


async def _body(request: Request, most: int) -> bytes | None:
    """The whole body; None as soon as it is longer than `most` bytes, or its line was cut: then nobody
    hears what is answered."""
    body = bytearray()
    with suppress(ClientDisconnect):
        async for part in request.stream():
            body += part
            if len(body) > most:
                return None
        return bytes(body)
    return None


def _level(body: bytes | None) -> int:
    """What the form says; 0 for what is none."""
    said = QueryParams((body or b"").decode("ascii", errors="replace")).get("level", "")
    return int(said) if said in {str(level) for level in range(1, LEVELS + 1)} else 0


def _carried(answer: Answer) -> Response:
    status = STATUS[answer.outcome]
    headers = _HEADERS | _PATIENCE if status == _BUSY else _HEADERS
    kind = "application/octet-stream"
    return Response(answer.travelling, status, headers, media_type=kind)


def _json(status: int, content: object, more: Mapping[str, str] | None = None) -> Response:
    headers = _HEADERS | dict(more or {})
    return Response(_write(content), status, headers, media_type="application/json")


def _plain(status: int) -> Response:
    return Response("", status, _HEADERS)
