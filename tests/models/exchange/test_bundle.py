"""A bundle as version 1 wrote it opens for ever; `golden/bundle-1.bin` was bound by `bound` below."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from app.models.exchange import file_talk as talk
from app.models.exchange.bundle import (
    MARK,
    Addressed,
    Cover,
    NoBundle,
    bind,
    check_whole,
    cover_of,
    fitting,
    messages,
    words_of_files,
)
from app.models.exchange.chain import DeviceKeys, LogName
from app.models.exchange.messages import Known, Message, MessageRejected, Run, map_hash, pack
from app.models.exchange.sealing import seal
from tests.models.chains import some_keys
from tests.sync.small import UNIT, SmallCounter

GOLDEN = Path(__file__).parents[1] / "golden" / "bundle-1.bin"
READER = DeviceKeys(sha256(b"reader of the golden bundle").digest() * 2)
WRITER, OTHER = some_keys(), some_keys("quầy 2")


def bound() -> bytes:
    """Sealed with keys drawn anew, so never the same twice."""
    counter, file = SmallCounter("first", 1), BytesIO()
    counter.receive(1)
    bind(file, counter, Addressed(UNIT, counter.keys, READER.public, 7, 5), {})
    return file.getvalue()


@pytest.mark.parametrize("content", [GOLDEN.read_bytes, bound], ids=["golden", "now"])
def test_a_bundle_of_the_first_version_opens(content: object) -> None:
    assert callable(content)
    file = BytesIO(content())
    check_whole(file)
    file.seek(0)
    counter = SmallCounter("first", 1)
    assert cover_of(file).by == counter.keys.public.device
    (message,) = messages(file, READER, UNIT)
    assert (message.number, message.seen) == (7, 5)
    assert message.map is not None
    assert [known.seq for known in message.map.values()] == [2]
    assert counter.take(message.runs).received == 1


def test_a_bundle_of_no_message_at_all_is_none() -> None:
    whole = bound()
    cover = whole[: whole.index(b"}\n") + 2] + bytes(4)
    file = BytesIO(cover + sha256(cover).digest())
    check_whole(file)
    with pytest.raises(MessageRejected):
        list(messages(file, READER, UNIT))


def of_pieces(pieces: Iterable[bytes], words: Iterable[bytes], **cover: str) -> BytesIO:
    """A bundle to the reader, whole and with the right hash, of whatever stands in it."""
    said = {"unit": UNIT, "by": WRITER.public.device, "to": READER.public.device}
    top = msgspec.json.encode(Cover(**{**said, **cover}, files=True))
    of = [len(each).to_bytes(4, "big") + each for each in (*pieces, b"", *words, b"")]
    body = MARK + top + b"\n" + b"".join(of)
    check_whole(file := BytesIO(body + sha256(body).digest()))
    return file


def piece(by: DeviceKeys, unit: str = UNIT, to: str = READER.public.device) -> bytes:
    return seal(pack(Message(unit, by.public, to, 1, map_hash({}), {}), by), READER.public)


def word(by: DeviceKeys, unit: str = UNIT, to: str = READER.public.device) -> bytes:
    what = talk.Question(unit, by.public.sign, by.public.seal, to, talk.Wanting(("a" * 64,)))
    return talk.ask(what, by, READER.public)


def test_what_its_writer_says_of_events_and_files_is_read() -> None:
    file = of_pieces([piece(WRITER)] * 2, [word(WRITER)] * 2)
    assert len(list(messages(file, READER, UNIT))) == 2
    assert len(list(words_of_files(file, READER, UNIT))) == 2


@pytest.mark.parametrize(
    ("said", "cover"),
    [
        ((OTHER,), {}),
        ((WRITER, "H50.99"), {}),
        ((WRITER, UNIT, OTHER.public.device), {}),
        ((WRITER,), {"by": OTHER.public.device}),
    ],
    ids=["another's", "another unit's", "to another", "under another's name"],
)
def test_what_another_said_or_to_another_is_taken_from_no_bundle(
    said: tuple[DeviceKeys, str], cover: dict[str, str]
) -> None:
    file = of_pieces([piece(WRITER), piece(*said)], [word(WRITER), word(*said)], **cover)
    with pytest.raises(NoBundle):
        list(messages(file, READER, UNIT))
    with pytest.raises(NoBundle):
        list(words_of_files(file, READER, UNIT))


def test_a_run_that_begins_beyond_is_left_and_what_follows_a_taken_one_fits() -> None:
    counter = SmallCounter("first", 1)
    for number in range(4):
        counter.receive(number)
    (run,) = counter.runs({counter.own: 0})
    first, rest = _cut(run, 2), run._replace(first=3, records=run.records[2:])
    assert fitting((first, rest), {}) == ((first, rest), 0)
    assert fitting((rest,), {}) == ((), 1)
    assert fitting((rest,), {LogName(*counter.own): Known(2, b"")}) == ((rest,), 0)


def test_a_run_fits_where_it_leaves_no_gap_and_lowers_nothing() -> None:
    counter = SmallCounter("first", 1)
    for number in range(4):
        counter.receive(number)
    (run,) = counter.runs({counter.own: 0})
    beyond = run._replace(first=4, records=run.records[3:])
    assert fitting((beyond,), {counter.own: Known(2, b"")}) == ((), 1)
    known = _cut(run, 1)
    assert fitting((known, beyond), {counter.own: Known(3, b"")}) == ((known, beyond), 0)


def test_of_a_parted_log_the_furthest_branch_says_what_fits() -> None:
    counter = SmallCounter("first", 1)
    for number in range(4):
        counter.receive(number)
    (run,) = counter.runs({counter.own: 3})
    branch = LogName(counter.own.device, f"{counter.own.incarnation}~aa")
    long, short = Known(3, b""), Known(2, b"")
    for held in ({branch: long, counter.own: short}, {counter.own: short, branch: long}):
        assert fitting((run,), held) == ((run,), 0)
        assert fitting((run,), dict(zip(held, (short, long), strict=True))) == ((run,), 0)


def _cut(run: Run, count: int) -> Run:
    return run._replace(records=run.records[:count])
