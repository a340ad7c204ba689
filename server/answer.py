"""What travels back to a counter on either lane, and what HTTP says of it."""

from http import HTTPStatus
from typing import NamedTuple

from app.models.errors import Refused
from server.database import StoreFailed

ELSEWHERE = "Gói này gửi cho một máy chủ khác; hãy ghi danh lại với máy chủ này."
STRANGER = "Máy chủ chưa biết máy này; hãy ghi danh bằng mã do cấp trên cấp."


class Answer(NamedTuple):
    """Signed, and sealed to who asked for that."""

    travelling: bytes
    status: HTTPStatus


def status_of(refused: Refused) -> HTTPStatus:
    """A refusal is an answer like another, unless the database did not do its part."""
    failed = isinstance(refused, StoreFailed)
    return HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
