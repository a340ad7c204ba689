"""What the server or a hub answers on each of its paths, without the web around it."""

from collections.abc import Coroutine
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from app.models.errors import UNREADABLE, Refused
from app.models.exchange.enrolment import Asked
from server.exchange.files import NoAnswer
from server.exchange.upstream import Upstream
from server.store.database import StoreFailed
from server.units.enrolment import Enrolment
from server.web.web import STATUS

T = TypeVar("T")


def answered(upstream: Upstream, path: str, body: bytes, now: datetime) -> tuple[int, bytes]:
    """(status, bytes) of an exchange, or of the lanes of files and of news."""
    try:
        match path:
            case "/files":
                answer = upstream.files.answered(body)
            case "/news":
                answer = at_once(upstream.news.answered(body))
            case _:
                answer = upstream.answered(body, now)
    except NoAnswer:
        return 400, b""
    return STATUS[answer.outcome], answer.travelling


def enrolled(enrolment: Enrolment, body: bytes, now: datetime) -> tuple[int, bytes]:
    """(status, bytes) of a question to be enrolled."""
    try:
        asked = msgspec.json.decode(body, type=Asked)
        return 200, msgspec.json.encode(enrolment.enrol(asked, now))
    except UNREADABLE:
        return 400, b'{"trouble": "?"}'
    except StoreFailed:
        return 503, b'{"trouble": "?"}'
    except Refused as refused:
        return 403, msgspec.json.encode({"trouble": str(refused)})


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """What it gives; it must not have to wait."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("it waits for something")
