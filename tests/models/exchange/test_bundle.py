"""A bundle as version 1 wrote it opens for ever; `golden/bundle-1.bin` was bound by `bound` below."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from app.models.exchange.bundle import Addressed, bind, check_whole, cover_of, fitting, messages
from app.models.exchange.chain import DeviceKeys, LogName
from app.models.exchange.messages import Known, MessageRejected, Run
from tests.sync.small import UNIT, SmallCounter

GOLDEN = Path(__file__).parents[1] / "golden" / "bundle-1.bin"
READER = DeviceKeys(sha256(b"reader of the golden bundle").digest() * 2)


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


def test_a_run_that_begins_beyond_is_left_and_what_follows_a_taken_one_fits() -> None:
    counter = SmallCounter("first", 1)
    for number in range(4):
        counter.receive(number)
    (run,) = counter.runs({counter.own: 0})
    first, rest = _cut(run, 2), run._replace(first=3, records=run.records[2:])
    assert fitting((first, rest), {}) == ((first, rest), 0)
    assert fitting((rest,), {}) == ((), 1)
    assert fitting((rest,), {LogName(*counter.own): Known(2, b"")}) == ((rest,), 0)


def _cut(run: Run, count: int) -> Run:
    return run._replace(records=run.records[:count])
