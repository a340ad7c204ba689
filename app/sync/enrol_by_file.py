"""Enrols this counter where no line goes: a request for whoever carries it, and the answer that comes back."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from app.models.errors import Refused
from app.models.exchange.bundle import Cover, cover_of
from app.models.exchange.carried_enrolment import opened_answer, request
from app.models.exchange.enrolment import Asked, Code, ask
from app.models.exchange.messages import MessageRejected
from app.models.exchange.talk import Heard, unheard
from app.store.own.keeping import SERVER
from app.store.practice import refuse_exchange
from app.store.store import Store
from app.sync.address import checked_url
from app.sync.bundle import put, whole
from app.sync.carrying import Read, read_bundle
from app.sync.enrol import Enrolment, numberless, proved
from app.sync.known import keep_server, note_reader, server_of
from app.sync.reached import Do, here
from app.sync.standing import REQUEST


class Joined(NamedTuple):
    """What an answer brought; `unit_name` is "" where this counter had read it before."""

    unit_name: str
    url: str
    read: Read


class _Waits(msgspec.Struct, frozen=True):
    url: str
    code: str
    asked: Asked


def check_request(url: str, code: str) -> None:
    """Raises `BadInput` for an address or a code of which no request can be made."""
    checked_url(url)
    Code.parse(code)


def write_request(store: Store, path: Path, url: str, code: str, do: Do = here) -> None:
    """Write a request for the server that gave `code`; it is remembered until its answer is read.

    Written again with the same code it is the same. Raises `BadInput`, `StorageFailed`; then an
    earlier one still waits.
    """
    do(lambda: refuse_exchange(store))
    address, one_time = checked_url(url), Code.parse(code)
    asked = do(lambda: _asked(store, one_time))
    content = request(asked, store.keys)

    def check(file: BinaryIO) -> None:
        file.seek(0)
        if file.read() != content:
            raise OSError(f"{path} reads otherwise than it was written")

    put(path, lambda file: file.write(content), check)
    waits = msgspec.json.encode(_Waits(address, str(one_time), asked)).decode()
    do(lambda: store.keeping.put(REQUEST, waits))


def read_answer(
    store: Store, path: Path, now: datetime, do: Do = here, heard: Heard = unheard, url: str = ""
) -> Joined:
    """Enrol by the answer to the request that waits, then take in what it brings, as any bundle.

    `url` is where the server is, if that isn't what the request was written with. Read again it
    changes nothing, and goes on where it was stopped. Raises `BadInput` and `MessageRejected` for what
    is no such answer or not whole, `Refused` where none is waited for; then nothing was changed.
    """
    do(lambda: refuse_exchange(store))
    mended = checked_url(url) if url else ""
    with whole(path) as file:
        file.seek(0)
        cover = cover_of(file)
    met = do(lambda: _met(store, cover, mended))
    if met is not None:
        do(lambda: _keep(store, met))
    read = read_bundle(store, path, now, do, heard)
    server = do(lambda: server_of(store))
    assert server is not None, "it was kept, or was kept before"
    return Joined(met.unit_name if met else "", server.url, read)


# --- inside -------------------------------------------------------------------------------------


def _waits(store: Store) -> _Waits | None:
    kept = store.keeping.get(REQUEST)
    return msgspec.json.decode(kept, type=_Waits) if kept else None


def _asked(store: Store, code: Code) -> Asked:
    """What is asked by `code`: the same again while its answer is waited for."""
    waits = _waits(store)
    if waits and waits.code == str(code):
        return waits.asked
    return ask(code, store.unit, store.counter, store.keys.public, numberless(store))


def _met(store: Store, cover: Cover, url: str) -> Enrolment | None:
    """Who answered the request that waits; None for the server this counter is enrolled at already."""
    waits = _waits(store)
    if waits is None:
        server = server_of(store)
        if server is None or not cover.enrolled or cover.by != server.keys.device:
            raise Refused(
                "Máy này không chờ trả lời ghi danh nào. Hãy ghi yêu cầu trước, rồi đọc trả lời của "
                "chính yêu cầu ấy."
            )
        return None
    answered = opened_answer(cover, waits.asked, store.keys)
    met = proved(answered, Code.parse(waits.code), waits.asked, url or waits.url)
    if met is None or met.server.keys.device != cover.by:
        raise MessageRejected(
            "Trả lời này không do máy chủ đã cấp mã ghi; chưa ghi danh. Hãy báo cấp trên kiểm tra."
        )
    return met


def _keep(store: Store, met: Enrolment) -> None:
    # the request last: whatever a power cut leaves, the answer can be read again
    keep_server(store, met.server)
    note_reader(store, SERVER, branches=met.branches)
    store.keeping.put(REQUEST, "")
