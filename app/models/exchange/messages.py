"""The exchange: maps that say what a replica holds, and the messages two replicas trade.

One message serves every carrier. It is text lines, zstd-compressed: a header (JSON), then for each
event its public bytes and its personal bytes (empty: none; `#` and hex: erased, here is its hash),
last the sender's Ed25519 signature over all lines before, in hex. The sender's map in a signed
message is the acknowledgement; nothing else is. docs/wire.md is this file in words.
"""

import re
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple, Protocol

import msgspec

from app.models.digest import sha256
from app.models.errors import UNREADABLE, Refused
from app.models.events.encoding import Record, as_record
from app.models.exchange.chain import (
    DeviceKeys,
    Head,
    LogName,
    PublicKeys,
    genesis,
    head_holds,
    links,
)

VERSION = 1
MOST_PACKED = 256 * 1024
MOST_UNPACKED = 4 * 1024 * 1024
STRETCH = MOST_UNPACKED // 2  # bytes of events that a message brings
FIRST_STRETCH = STRETCH // 4  # likewise, where the other side can do nothing until it comes
MOST_WINDOW = 8 * 1024 * 1024
COMPRESSION = 9

BROKEN = "Gói dữ liệu hỏng hoặc không phải của Một Cửa."

# what a machine may begin: nothing that would part a name in two, and no `~`, behind which a
# branch is named (docs/adr/0017-both-branches-of-a-fork.md)
_LOG = re.compile("[0-9A-Za-z]{1,100}(~[0-9a-f]{16})?")


class Known(NamedTuple):
    """How far a log is held: the last seq and the chain's hash there."""

    seq: int
    hash: bytes


Map = Mapping[LogName, Known]


class MessageRejected(Refused):
    """The message is refused whole: not whole, not signed, another unit's, too large, no chain."""


class Run(NamedTuple):
    """A stretch of one log: `records` from seq `first`, ending on the last of the signed `heads`."""

    log: LogName
    keys: PublicKeys
    first: int
    records: tuple[Record, ...]
    heads: tuple[Head, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.records) - 1


class Passed(NamedTuple):
    """The server's word as a hub passes it on: a whole message it signed, and the map it names."""

    packed: bytes
    map: Map


class Message(NamedTuple):
    """What one replica says to another.

    `number` only rises for each sender; `answers` is the digest of the message replied to. `map`
    is left out (None) while only `map_hash` is compared. `trouble` is a Vietnamese sentence.
    `seen` is the highest number seen of the reader, for carriers that bring no answer. `knows` is
    the hash of the server's map the asker was last passed on, `passed` a newer one. `branches`: the
    sender reads logs with `~` in their names.
    """

    unit: str
    sender: PublicKeys
    to: str
    number: int
    map_hash: str
    map: Map | None = None
    runs: tuple[Run, ...] = ()
    answers: str = ""
    trouble: str = ""
    seen: int = 0
    knows: str = ""
    passed: Passed | None = None
    branches: bool = False


class Detached(MessageRejected):
    """The run begins where nothing is held that it goes on from."""

    def __init__(self) -> None:
        super().__init__("Gói dữ liệu thiếu các sự kiện trước đó; hãy gửi lại từ đầu.")


class Taken(NamedTuple):
    """What came of taking runs in: events new here, and of those how many wait or do nothing."""

    received: int = 0
    held: int = 0
    without_effect: int = 0

    def __add__(self, other: object) -> "Taken":
        assert isinstance(other, Taken)
        return Taken(*(a + b for a, b in zip(self, other, strict=True)))


class Replica(Protocol):
    """Whoever holds a unit's events: a counter's store, the server's ledger, a hub's."""

    def map(self) -> Map: ...

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        """The chain's hash after `seq`; None when that much of the log isn't held."""

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        """What the other lacks, about `budget` bytes, each run ending on a signed head."""

    def take(self, runs: tuple[Run, ...]) -> Taken:
        """Check, keep and fold what is new; raises `MessageRejected` and keeps nothing of a bad run."""


MapRow = tuple[str, str, int, str]
"""Device, incarnation, seq and the hash there in hex: a line of a map as it is written down."""


class _RunHeader(msgspec.Struct, frozen=True, omit_defaults=True):
    log: LogName
    keys: tuple[str, str]
    first: int
    count: int
    heads: tuple[tuple[int, str, str], ...]


class _Header(msgspec.Struct, frozen=True, omit_defaults=True):
    v: int
    unit: str
    sender: tuple[str, str]
    to: str
    number: int
    map_hash: str
    map: tuple[MapRow, ...] | None = None
    runs: tuple[_RunHeader, ...] = ()
    answers: str = ""
    trouble: str = ""
    seen: int = 0
    knows: str = ""
    passed: tuple[str, tuple[MapRow, ...]] | None = None
    branches: bool = False


_decode_header = msgspec.json.Decoder(_Header).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def map_hash(held: Map) -> str:
    """Equal when two replicas hold the same; 64 hex digits."""
    in_order = ((log, held[log]) for log in sorted(held))
    lines = (f"{log.device} {log.incarnation} {k.seq} {k.hash.hex()}\n" for log, k in in_order)
    return sha256("".join(lines).encode()).hex()


def map_rows(held: Map) -> tuple[MapRow, ...]:
    """The map as it is written down, sorted."""
    return tuple(
        (log.device, log.incarnation, k.seq, k.hash.hex()) for log, k in sorted(held.items())
    )


def map_of(rows: Iterable[MapRow]) -> dict[LogName, Known]:
    """What `map_rows` wrote; raises `ValueError` for a hash that isn't hex."""
    return {LogName(device, inc): Known(seq, bytes.fromhex(h)) for device, inc, seq, h in rows}


def take(run: Run, unit: str, held: Known | None) -> tuple[int, list[tuple[Record, bytes]]]:
    """Check a run against the log held so far: (first new seq, the new records and their hashes).

    What is already held is skipped when its hashes agree. Raises `MessageRejected` when the run
    leaves a gap, doesn't chain onto what is held, or isn't signed by its device to the end.
    """
    if not _LOG.fullmatch(run.log.incarnation):
        raise MessageRejected(BROKEN)
    known = held or Known(0, genesis(unit, run.log))
    if run.first > known.seq + 1:
        raise Detached
    skipped = known.seq + 1 - run.first
    new = run.records[max(skipped, 0) :]
    chained = links(known.hash, new)
    hashes = dict(enumerate([known.hash, *chained], known.seq))
    for head in run.heads:
        if head.seq >= known.seq and hashes.get(head.seq) != head.hash:
            raise MessageRejected("Chuỗi sự kiện không khớp; dữ liệu bị sửa hoặc máy bị nhân bản.")
        if not head_holds(run.keys, unit, run.log, head):
            raise MessageRejected("Chữ ký của máy gửi không đúng; không nhận gói này.")
    if new and (not run.heads or run.heads[-1].seq != run.last):
        raise MessageRejected("Gói dữ liệu không kết thúc ở một mốc đã ký; không nhận gói này.")
    return known.seq + 1, list(zip(new, chained, strict=True))


def take_branch(
    run: Run, unit: str, starts: Iterable[bytes], holds: Callable[[int, bytes], bool]
) -> tuple[bytes, list[tuple[Record, bytes]]]:
    """Check a run against a log that has parted, or parts with it: (the hash it goes on from, the
    new records and their hashes).

    `starts` are the hashes held before its first event, one a branch: the signed heads tell which it
    goes on from. `holds` says whether an event of that seq and hash is held. Raises `MessageRejected`.
    """
    if not _LOG.fullmatch(run.log.incarnation):
        raise MessageRejected(BROKEN)
    ends = [head for head in run.heads if run.first <= head.seq <= run.last]
    if not ends or ends[-1].seq != run.last:
        raise MessageRejected("Gói dữ liệu không kết thúc ở một mốc đã ký; không nhận gói này.")
    for start in starts:
        hashes = links(start, run.records)
        if all(hashes[head.seq - run.first] == head.hash for head in ends):
            break
    else:
        raise Detached
    if not all(head_holds(run.keys, unit, run.log, head) for head in ends):
        raise MessageRejected("Chuỗi sự kiện không khớp; dữ liệu bị sửa hoặc máy bị nhân bản.")
    # of a chain that is held only in part, its beginning is
    places = range(len(hashes))
    known = bisect_left(places, True, key=lambda at: not holds(run.first + at, hashes[at]))
    new = list(zip(run.records, hashes, strict=True))[known:]
    return hashes[known - 1] if known else start, new


def pack(message: Message, keys: DeviceKeys) -> bytes:
    """The message as it travels; signed with `keys`, which must be the sender's."""
    import zstandard

    header = _Header(
        v=VERSION,
        unit=message.unit,
        sender=(message.sender.sign.hex(), message.sender.seal.hex()),
        to=message.to,
        number=message.number,
        map_hash=message.map_hash,
        map=None if message.map is None else map_rows(message.map),
        runs=tuple(_run_header(run) for run in message.runs),
        answers=message.answers,
        trouble=message.trouble,
        seen=message.seen,
        knows=message.knows,
        passed=None if message.passed is None else _passed_row(message.passed),
        branches=message.branches,
    )
    lines = [_encode(header)]
    for run in message.runs:
        for record in run.records:
            lines += (record.public, _personal_line(record))
    body = b"\n".join(lines)
    signature = keys.sign(sha256(b"motcua message 1\n" + body)).hex().encode()
    return zstandard.ZstdCompressor(level=COMPRESSION).compress(body + b"\n" + signature)


def fits(packed: bytes) -> bool:
    """True when a message that was packed here is one that every reader takes in."""
    import zstandard

    unfolded = zstandard.frame_content_size(packed)
    return len(packed) <= MOST_PACKED and unfolded <= MOST_UNPACKED


def unpack(packed: bytes) -> Message:
    """The message in `packed`, its signature checked; raises `MessageRejected`."""
    body, _, signature = _inflate(packed).rpartition(b"\n")
    lines = body.split(b"\n")
    try:
        header = _decode_header(lines[0])
        sender = PublicKeys(bytes.fromhex(header.sender[0]), bytes.fromhex(header.sender[1]))
        signed = sender.signed(
            bytes.fromhex(signature.decode()), sha256(b"motcua message 1\n" + body)
        )
        if not signed:
            raise MessageRejected("Chữ ký của gói dữ liệu không đúng; không nhận gói này.")
        return _message(header, sender, lines[1:])
    except UNREADABLE as error:
        raise MessageRejected(BROKEN) from error


def digest(packed: bytes) -> str:
    """What a reply's `answers` must name."""
    return sha256(packed).hex()


def _message(header: _Header, sender: PublicKeys, lines: list[bytes]) -> Message:
    if header.v != VERSION:
        raise MessageRejected("Bên kia dùng phiên bản mới hơn; hãy cập nhật chương trình.")
    if len(lines) != 2 * sum(run.count for run in header.runs):
        raise MessageRejected("Gói dữ liệu bị cắt cụt; hãy gửi lại.")
    records = iter(_records(lines))
    runs = tuple(_run(run, records) for run in header.runs)
    held = None if header.map is None else map_of(header.map)
    return Message(
        header.unit, sender, header.to, header.number, header.map_hash, held, runs,
        header.answers, header.trouble, header.seen, header.knows,
        None if header.passed is None else _passed(header.passed), header.branches,
    )  # fmt: skip


def _inflate(packed: bytes) -> bytes:
    import zstandard

    if len(packed) > MOST_PACKED + 64 * 1024:
        raise MessageRejected("Gói dữ liệu quá lớn; không nhận.")
    try:
        # read() bounds what a bomb may unfold to; decompress() would trust the frame's own size
        with zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW).stream_reader(
            packed
        ) as reader:
            plain = reader.read(MOST_UNPACKED + 1)
    except zstandard.ZstdError as error:
        raise MessageRejected(BROKEN) from error
    if len(plain) > MOST_UNPACKED:
        raise MessageRejected("Gói dữ liệu quá lớn; không nhận.")
    return plain


def _personal_line(record: Record) -> bytes:
    if record.personal is not None:
        return record.personal
    return b"#" + record.personal_hash.hex().encode() if record.personal_hash else b""


def _records(lines: list[bytes]) -> Iterable[Record]:
    for public, personal in zip(lines[::2], lines[1::2], strict=True):
        erased = bytes.fromhex(personal[1:].decode()) if personal.startswith(b"#") else None
        yield as_record(public, None if erased is not None else personal or None, erased)


def _run_header(run: Run) -> _RunHeader:
    heads = tuple((head.seq, head.hash.hex(), head.signature.hex()) for head in run.heads)
    keys = (run.keys.sign.hex(), run.keys.seal.hex())
    return _RunHeader(run.log, keys, run.first, len(run.records), heads)


def _run(header: _RunHeader, records: Iterable[Record]) -> Run:
    keys = PublicKeys(bytes.fromhex(header.keys[0]), bytes.fromhex(header.keys[1]))
    heads = tuple(Head(s, bytes.fromhex(h), bytes.fromhex(g)) for s, h, g in header.heads)
    return Run(header.log, keys, header.first, tuple(islice(records, header.count)), heads)


def _passed_row(passed: Passed) -> tuple[str, tuple[MapRow, ...]]:
    return b64encode(passed.packed).decode(), map_rows(passed.map)


def _passed(row: tuple[str, tuple[MapRow, ...]]) -> Passed:
    return Passed(b64decode(row[0]), map_of(row[1]))
