"""Carries bytes to the server and back; whatever is not plainly an answer is a failure in words."""

import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx

from app.models.errors import OtherSideFailed
from app.models.exchange.messages import MOST_PACKED
from app.sync.certificate import bare, trusting

MOST_ANSWERED = MOST_PACKED + 64 * 1024

# seconds; a full message takes half a minute at 64 kbit/s, but each of its parts much less
_PATIENCE = httpx.Timeout(20.0, read=90.0)
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "motcua"}


def _no_more() -> None:
    """For whoever has nothing to do while an answer is on its way."""


@contextmanager
def line(way: httpx.BaseTransport | ssl.SSLContext | None = None) -> Iterator[httpx.Client]:
    """A connection kept for one talk; `way` is a transport, or whose certificates are right.

    A proxy set up on the computer is used, a redirect never followed. Raises `OtherSideFailed`.
    """
    transport = way if isinstance(way, httpx.BaseTransport) else None
    trust = way if isinstance(way, ssl.SSLContext) else bare()
    with _through_proxy():
        client = httpx.Client(
            transport=transport, timeout=_PATIENCE, headers=_HEADERS, verify=trust
        )
    with client:
        yield client


@asynccontextmanager
async def waiting_line(trust: ssl.SSLContext) -> AsyncIterator[httpx.AsyncClient]:
    """The same on an event loop: whoever waits for an answer can be told to leave it."""
    with _through_proxy():
        client = httpx.AsyncClient(timeout=_PATIENCE, headers=_HEADERS, verify=trust)
    async with client:
        yield client


def trust_for(url: str, pin: str) -> ssl.SSLContext:
    """Whose certificate is right at `url`."""
    return trusting(pin) if url.startswith("https:") else bare()


def post(
    client: httpx.Client, url: str, body: bytes, kind: str, meanwhile: Callable[[], None] = _no_more
) -> tuple[int, bytes]:
    """(status, answer) of posting `body` of media type `kind`; raises `OtherSideFailed`.

    `meanwhile` is called when all has been sent and nothing is waited for yet.
    """

    def going() -> Iterator[bytes]:
        yield body
        meanwhile()

    answer, headers = bytearray(), _of(kind) | {"Content-Length": str(len(body))}
    with _in_words(), client.stream("POST", url, content=going(), headers=headers) as response:
        for part in response.iter_raw():
            _add(answer, part)
        return response.status_code, bytes(answer)


async def post_waiting(
    client: httpx.AsyncClient, url: str, body: bytes, kind: str
) -> tuple[int, bytes]:
    """As `post`, on an event loop."""
    answer, headers = bytearray(), _of(kind)
    with _in_words():
        async with client.stream("POST", url, content=body, headers=headers) as response:
            async for part in response.aiter_raw():
                _add(answer, part)
            return response.status_code, bytes(answer)


def reach(url: str, trust: ssl.SSLContext) -> None:
    """Meet the server once, for its certificate's sake; raises `OtherSideFailed`."""
    with line(trust) as client:
        post(client, f"{url}/", b"", "application/octet-stream")


def _of(kind: str) -> dict[str, str]:
    return {"Content-Type": kind}


def _add(answer: bytearray, part: bytes) -> None:
    answer += part
    if len(answer) > MOST_ANSWERED:
        raise OtherSideFailed("Máy chủ trả lời quá dài; có thể đường truyền bị chen ngang.")


@contextmanager
def _through_proxy() -> Iterator[None]:
    """In which a client is made, for whatever proxy the system names. Raises `OtherSideFailed`."""
    try:
        yield
    # of SOCKS 5 a library is lacking, other kinds are unknown, and what is no address is none
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise OtherSideFailed(
            "Máy này đặt proxy mà chương trình không dùng được (SOCKS, hoặc địa chỉ sai). Dữ liệu vẫn còn "
            "đủ ở máy này; hãy đổi sang proxy HTTP hoặc bỏ proxy trong cài đặt mạng (ALL_PROXY, HTTPS_PROXY), "
            "rồi mở lại chương trình."
        ) from error


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise OtherSideFailed(
            "Máy chủ không trả lời kịp. Dữ liệu vẫn còn đủ ở máy này và sẽ được gửi lại."
        ) from error
    except httpx.HTTPError as error:
        if _has_cause(error, ssl.SSLCertVerificationError):
            raise OtherSideFailed(
                "Chứng thư của máy chủ không phải chứng thư đã ghi danh; chưa gửi gì. Hãy hỏi cấp trên: "
                "nếu máy chủ đã đổi chứng thư, hãy xin mã rồi ghi danh lại."
            ) from error
        raise OtherSideFailed(
            "Không nối được với máy chủ. Dữ liệu vẫn còn đủ ở máy này; kiểm tra mạng rồi gửi lại."
        ) from error


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None
