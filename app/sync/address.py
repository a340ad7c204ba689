"""Where a counter's server is, and by which keys it is known."""

import ipaddress
from typing import NamedTuple

import httpx

from app.models.errors import BadInput
from app.models.exchange.chain import PublicKeys


class ServerAddress(NamedTuple):
    """`keys` were proved at enrolment; whoever answers without them is not the server.

    `pin` is the key of its certificate over HTTPS, "" for one that the web trusts.
    """

    url: str
    keys: PublicKeys
    pin: str = ""


def checked_url(text: str) -> str:
    """The address without a slash at its end. Raises `BadInput`.

    Messages are signed and sealed, but who talks to whom and when is not for the world to see: plain
    HTTP serves this computer and a local network only.
    """
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL as error:
        raise BadInput(_SENTENCE, "url") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise BadInput(_SENTENCE, "url")
    if url.scheme == "http" and not _is_near(url.host):
        raise BadInput(
            "Máy chủ ở ngoài mạng nội bộ phải dùng địa chỉ https://, để dữ liệu không bị đọc trộm.",
            "url",
        )
    return str(url).rstrip("/")


_SENTENCE = (
    "Địa chỉ máy chủ không đúng; ví dụ https://motcua.tinh.gov.vn hoặc http://192.168.1.10:8710."
)


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local") or "." not in host
