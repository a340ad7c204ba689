"""Carries bytes to the server and back; whatever is not plainly an answer is a failure in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from app.models.errors import OtherSideFailed
from app.models.exchange import MOST_PACKED

MOST_ANSWERED = MOST_PACKED + 64 * 1024

# seconds; a full message takes half a minute at 64 kbit/s, but each of its parts much less
_PATIENCE = httpx.Timeout(20.0, read=90.0)


@contextmanager
def line(transport: httpx.BaseTransport | None = None) -> Iterator[httpx.Client]:
    """A connection kept for one talk. A proxy set up on the computer is used, a redirect never followed."""
    headers = {"Accept-Encoding": "identity", "User-Agent": "motcua"}
    with httpx.Client(transport=transport, timeout=_PATIENCE, headers=headers) as client:
        yield client


def post(client: httpx.Client, url: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """(status, answer) of posting `body` of media type `kind`; raises `OtherSideFailed`."""
    answer = bytearray()
    try:
        with client.stream("POST", url, content=body, headers={"Content-Type": kind}) as response:
            for part in response.iter_raw():
                answer += part
                if len(answer) > MOST_ANSWERED:
                    raise OtherSideFailed(
                        "Máy chủ trả lời quá dài; có thể đường truyền bị chen ngang."
                    )
            return response.status_code, bytes(answer)
    except httpx.TimeoutException as error:
        raise OtherSideFailed(
            "Máy chủ không trả lời kịp. Dữ liệu vẫn còn đủ ở máy này và sẽ được gửi lại."
        ) from error
    except httpx.HTTPError as error:
        raise OtherSideFailed(
            "Không nối được với máy chủ. Dữ liệu vẫn còn đủ ở máy này; kiểm tra mạng rồi gửi lại."
        ) from error
