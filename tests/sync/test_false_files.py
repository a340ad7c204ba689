"""Whatever a server says of files, no go of their lane runs for ever, and nothing half is taken for whole."""

from collections.abc import Callable
from itertools import islice

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange import file_talk as talk
from app.sync.files import NotHeld, fetch_file, leave_near, send_files
from tests.sync.scans import Scanning, a_scan, one, server

__all__ = ["one", "server"]

SCAN = a_scan()
MANY = 50  # steps no go takes for a scan this small


class Saying:
    """A server that answers as it likes, and how often each thing was asked."""

    def __init__(self, says: Callable[[talk.What], talk.Answer]) -> None:
        self.says = says
        self.asked: list[talk.What] = []

    def __call__(self, what: talk.What) -> talk.Answer:
        self.asked.append(what)
        assert len(self.asked) < MANY
        return self.says(what)


def test_a_server_that_takes_nothing_in_is_asked_twice(one: Scanning) -> None:
    one.digitise(SCAN)
    ask = Saying(lambda _: talk.Answer(b"", (talk.Held(0, False),)))
    list(islice(send_files(one.attachments, ask, one.counter.clock()), MANY))
    assert [type(what) for what in ask.asked].count(talk.Put) == 2


@pytest.mark.parametrize("held", [(), (talk.Held(0, False),) * 2], ids=["none", "two"])
def test_a_server_that_tells_of_more_or_less_than_it_was_asked_is_not_believed(
    one: Scanning, held: tuple[talk.Held, ...]
) -> None:
    one.digitise(SCAN)
    ask = Saying(lambda _: talk.Answer(b"", held))
    for go in (send_files(one.attachments, ask, one.counter.clock()),
               leave_near(one.attachments, ask)):  # fmt: skip
        with pytest.raises(OtherSideFailed, match="Nơi trả lời"):
            list(go)


@pytest.mark.parametrize(
    ("whole", "part"), [(True, b""), (False, SCAN[: talk.PART])], ids=["empty", "not whole"]
)
def test_a_part_that_is_none_or_of_no_whole_file_is_not_taken(
    one: Scanning, whole: bool, part: bytes
) -> None:
    file = one.digitise(SCAN)
    one.forget(file)
    ask = Saying(lambda _: talk.Answer(b"", (talk.Held(len(SCAN), whole),), part))
    with pytest.raises(NotHeld):
        list(fetch_file(one.attachments, file, len(SCAN), ask, one.counter.clock()))
    assert one.attachments.files.arrived(file) == 0


def test_what_the_hub_holds_already_is_not_counted_as_left_there(one: Scanning) -> None:
    one.digitise(SCAN)
    ask = Saying(lambda _: talk.Answer(b"", (talk.Held(len(SCAN), True),)))
    assert [going.files for going in leave_near(one.attachments, ask)] == [0]
