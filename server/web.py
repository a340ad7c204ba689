"""The server's addresses: three for counters, two for citizens."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Lifespan

from app.models.enrolment import Asked
from app.models.errors import Refused
from app.models.exchange import MOST_PACKED
from app.models.file_talk import MOST_ASKED as MOST_OF_FILE
from server import pages
from server.answer import Answer, Outcome
from server.database import StoreFailed, insisting
from server.enrolment import Enrolment
from server.files import Files, NoAnswer
from server.units import Units
from server.upstream import Upstream

MOST_EXCHANGED = MOST_PACKED + 65 * 1024
MOST_ASKED = 4096

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{pages.STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
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
) -> Starlette:
    """The ASGI application; it keeps nothing between two requests. `lifespan` works beside it."""

    async def exchange(request: Request) -> Response:
        packed = await _body(request, MOST_EXCHANGED)
        if packed is None:
            return _plain(413)
        return _carried(await run_in_threadpool(upstream.answered, packed, now()))

    async def enrol(request: Request) -> Response:
        body = await _body(request, MOST_ASKED)
        try:
            asked = _read_asked(body or b"")
            return _json(200, await run_in_threadpool(enrolment.enrol, asked, now()))
        except StoreFailed as failed:
            return _json(_BUSY, {"trouble": str(failed)}, _PATIENCE)
        except msgspec.DecodeError:
            return _json(400, {"trouble": "Yêu cầu ghi danh hỏng; hãy thử lại."})
        except Refused as refused:
            return _json(403, {"trouble": str(refused)})

    def look_up(request: Request) -> Response:
        try:
            found = insisting(lambda: units.look_up(str(request.path_params["token"])))
        except StoreFailed:
            return HTMLResponse(pages.busy(), _BUSY, _HEADERS | _PATIENCE)
        page = pages.dossier(found) if found else pages.missing()
        return HTMLResponse(page, 200 if found else 404, _HEADERS)

    def home(_request: Request) -> Response:
        return HTMLResponse(pages.home(), headers=_HEADERS)

    def missing(_request: Request, _error: Exception) -> Response:
        return HTMLResponse(pages.missing(), 404, _HEADERS)

    routes = [
        Route("/", home),
        Route("/t/{token}", look_up),
        Route("/exchange", exchange, methods=["POST"]),
        Route("/files", _lane_of(upstream.files), methods=["POST"]),
        Route("/enrol", enrol, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: missing}, lifespan=lifespan)


def _lane_of(files: Files) -> Callable[[Request], Awaitable[Response]]:
    async def file(request: Request) -> Response:
        asked = await _body(request, MOST_OF_FILE)
        if asked is None:
            return _plain(413)
        try:
            return _carried(await run_in_threadpool(files.answered, asked))
        except NoAnswer:
            return _plain(400)

    return file


async def _body(request: Request, most: int) -> bytes | None:
    """The whole body; None as soon as it is longer than `most` bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)


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
