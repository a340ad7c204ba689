"""The bundle: an exchange in a file, for where no line goes.

A cover (one line of JSON after the mark: for whom it is, and nothing secret), then messages as they
travel on any line, each behind its length (4 bytes, big-endian), a length of 0, and SHA-256 of all
before. Where the cover says so, words of the lane of files stand before the hash likewise, ended by a
length of 0 too. All is signed and sealed, so cover and hash only tell in words what went wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from app.models.digest import running_sha256
from app.models.errors import UNREADABLE, BadInput
from app.models.exchange.chain import DeviceKeys, LogName, PublicKeys
from app.models.exchange.file_talk import What, hear
from app.models.exchange.fitting import pack_fitting
from app.models.exchange.lacking import readable, to_send
from app.models.exchange.messages import (
    MOST_PACKED,
    Map,
    Message,
    MessageRejected,
    Replica,
    Run,
    map_hash,
    unpack,
)
from app.models.exchange.points import branches
from app.models.exchange.sealing import MOST_ADDED, seal, unseal

MARK = b"motcua bundle 1\n"
LONGEST_COVER = 8192
MOST_SEALED = MOST_PACKED + 64 * 1024 + MOST_ADDED

NONE_OF_OURS = "Tệp này không phải gói dữ liệu của Một Cửa. Hãy chọn tệp khác."
_CUT = "Gói dữ liệu bị cắt cụt hoặc hỏng khi chép; chưa nhận gì. Hãy ghi lại gói rồi chép lại."


class NoBundle(MessageRejected, BadInput):
    """The file is none of ours, or not whole any more: another file is wanted."""


class Cover(msgspec.Struct, frozen=True, omit_defaults=True):
    """What anybody may read: the unit, the devices it goes from and to, whether files follow the events.

    `enrolled` is the sealed answer to a request of enrolment (`carried_enrolment`), if this is one.
    """

    unit: str
    by: str
    to: str
    files: bool = False
    enrolled: str = ""


@dataclass(frozen=True)
class Addressed:
    """From whom to whom, and the exchange numbers: ours, and the highest seen of the reader.

    `branches`: the reader has said that it reads them. `enrolled` goes into the cover.
    """

    unit: str
    sender: DeviceKeys
    reader: PublicKeys
    number: int
    seen: int
    branches: bool = False
    enrolled: str = ""


@dataclass(frozen=True)
class Bound:
    """What went into a bundle, in counts: events, messages, logs of which the reader has another branch,
    files, and those there was no room for.
    """

    sent: int = 0
    messages: int = 0
    forks: int = 0
    files: int = 0
    files_left: int = 0


def bind(
    file: BinaryIO, replica: Replica, addressed: Addressed, theirs: Map,
    words: Iterable[bytes] | None = None,
) -> Bound:  # fmt: skip
    """Write all that a reader who holds `theirs` lacks, at least one message; then what is said of
    files, sealed to the reader, if anything is.
    """
    by = addressed.sender.public.device
    cover = Cover(
        addressed.unit, by, addressed.reader.device,
        files=words is not None, enrolled=addressed.enrolled,
    )  # fmt: skip
    hashed = running_sha256()

    def put(piece: bytes) -> None:
        hashed.update(piece)
        file.write(piece)

    put(MARK + msgspec.json.encode(cover) + b"\n")
    mine = readable(replica.map(), branches=addressed.branches)
    lacking = to_send(mine, theirs, replica.hash_at)
    told = {**mine, **branches(replica, theirs, lacking)}
    after = dict(lacking.after)
    if addressed.branches:
        # there is no answer to find where they parted by: so all of it
        roots = {log.root for log in lacking.forks}
        told, after = dict(mine), {**after, **{log: 0 for log in mine if log.root in roots}}
    sent = count = 0
    for packed, said in _messages(replica, addressed, told, after):
        sealed = seal(packed, addressed.reader)
        put(len(sealed).to_bytes(4, "big") + sealed)
        sent, count = sent + sum(len(run.records) for run in said.runs), count + 1
    put(bytes(4))
    if words is not None:
        for piece in words:
            put(len(piece).to_bytes(4, "big") + piece)
        put(bytes(4))
    file.write(hashed.finalize())
    return Bound(sent, count, len(lacking.forks))


def _messages(
    replica: Replica, addressed: Addressed, told: Map, after: Mapping[LogName, int]
) -> Iterator[tuple[bytes, Message]]:
    """(packed, said) until nothing is left; the first tells the map."""
    message = Message(
        addressed.unit, addressed.sender.public, addressed.reader.device, addressed.number,
        map_hash(told), told, seen=addressed.seen, branches=True,
    )  # fmt: skip
    left = dict(after)
    while True:
        packed, said = pack_fitting(
            message._replace(runs=replica.runs(left) if left else ()), addressed.sender
        )
        yield packed, said
        for run in said.runs:
            left[run.log] = run.last
        left = {log: seq for log, seq in left.items() if seq < told[log].seq}
        if not left or not said.runs:
            return
        message = message._replace(map=None)


# --- reading ------------------------------------------------------------------------------------


def cover_of(file: BinaryIO) -> Cover:
    """The cover, the file left behind it; raises `MessageRejected` when it is none of ours."""
    if file.read(len(MARK)) != MARK:
        raise NoBundle(NONE_OF_OURS)
    line = file.readline(LONGEST_COVER)
    try:
        return msgspec.json.decode(line, type=Cover)
    except UNREADABLE as error:
        raise NoBundle(NONE_OF_OURS) from error


def check_whole(file: BinaryIO) -> None:
    """Read a bundle to its end, its cover too; raises `MessageRejected` when it isn't whole."""
    file.seek(0)
    hashed = running_sha256()

    def read(size: int) -> bytes:
        piece = file.read(size)
        hashed.update(piece)
        return piece

    cover = cover_of(file)
    length = file.tell()
    file.seek(0)
    read(length)
    for _ in range(1 + cover.files):
        for _ in _pieces(read):
            pass
    if file.read(33) != hashed.finalize():
        raise NoBundle(_CUT)


def messages(file: BinaryIO, keys: DeviceKeys, unit: str) -> Iterator[Message]:
    """The messages to us, each from the sender of the first; raises `MessageRejected`."""
    file.seek(0)
    cover = cover_of(file)
    if cover.unit != unit:
        raise MessageRejected(f"Gói này của đơn vị {cover.unit}, không phải của đơn vị này.")
    if cover.to != keys.public.device:
        raise MessageRejected("Gói này gửi cho máy khác của đơn vị; hãy mang đến đúng máy ấy.")
    sender = None
    for sealed in _pieces(file.read):
        message = unpack(unseal(sealed, keys))
        sender = sender or message.sender
        meant = message.unit == unit and message.to == keys.public.device
        if not meant or message.sender != sender or message.sender.device != cover.by:
            raise NoBundle(NONE_OF_OURS)
        yield message
    if sender is None:
        raise NoBundle(_CUT)


def words_of_files(file: BinaryIO, keys: DeviceKeys, unit: str) -> Iterator[What]:
    """What the writer says of files, in its order; raises `MessageRejected`.

    For a bundle whose messages were read: they tell that its writer is one of the unit.
    """
    file.seek(0)
    cover = cover_of(file)
    if not cover.files:
        return
    for _ in _pieces(file.read):
        pass
    for sealed in _pieces(file.read):
        question = hear(sealed, keys)[0]
        meant = question.unit == unit and question.to == keys.public.device
        if not meant or question.sender.device != cover.by:
            raise NoBundle(NONE_OF_OURS)
        yield question.what


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while True:
        prefix = read(4)
        length = int.from_bytes(prefix, "big")
        if len(prefix) < 4 or length > MOST_SEALED:
            raise NoBundle(_CUT)
        if not length:
            return
        piece = read(length)
        if len(piece) < length:
            raise NoBundle(_CUT)
        yield piece


def fitting(runs: Iterable[Run], held: Map) -> tuple[tuple[Run, ...], int]:
    """(the runs that begin where we stand or before, how many begin beyond).

    A reader put back from a backup lacks what its last signed map named: its answer tells. Of a
    forked log the furthest branch counts.
    """
    runs = tuple(runs)
    reached: dict[LogName, int] = {}
    for log, known in held.items():
        reached[log.root] = max(known.seq, reached.get(log.root, 0))
    fit = []
    for run in runs:
        known_to = reached.get(run.log.root, 0)
        if run.first <= known_to + 1:
            fit.append(run)
            reached[run.log.root] = max(run.last, known_to)
    return tuple(fit), len(runs) - len(fit)
