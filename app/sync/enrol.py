"""Makes this counter known to a server with a one-time code, and the server known to this counter."""

from typing import NamedTuple

import httpx
import msgspec

from app.models.chain import PublicKeys
from app.models.enrolment import Answered, Code, answerer, ask
from app.models.errors import OtherSideFailed
from app.sync.address import ServerAddress, checked_url
from app.sync.http import line, post

OK, REFUSED = 200, 403


class Enrolment(NamedTuple):
    """The server this counter now belongs to, and what it calls the unit."""

    server: ServerAddress
    unit_name: str


class _Trouble(msgspec.Struct):
    trouble: str


def enrol(
    url: str,
    code: str,
    keys: PublicKeys,
    counter: int,
    unit: str,
    transport: httpx.BaseTransport | None = None,
) -> Enrolment:
    """Enrol this device as `counter` of `unit`; asked again with the same code, nothing changes.

    Raises `BadInput` for a wrong address or a code that is none, `OtherSideFailed` with the
    server's sentence, or when whoever answers doesn't know the code's secret.
    """
    address, one_time = checked_url(url), Code.parse(code)
    asked = ask(one_time, unit, counter, keys)
    with line(transport) as client:
        status, body = post(
            client, f"{address}/enrol", msgspec.json.encode(asked), "application/json"
        )
    try:
        if status == REFUSED:
            raise OtherSideFailed(msgspec.json.decode(body, type=_Trouble).trouble)
        answered = msgspec.json.decode(body, type=Answered)
    except msgspec.DecodeError:
        answered = None
    server = answerer(answered, one_time.secret, asked) if answered and status == OK else None
    if answered is None or server is None:
        raise OtherSideFailed(
            "Nơi trả lời không phải là máy chủ đã cấp mã; kiểm tra địa chỉ rồi thử lại."
        )
    return Enrolment(ServerAddress(address, server), answered.unit_name)
