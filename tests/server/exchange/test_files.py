"""The lane of files on both stores."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import Engine, func, select

from app.models.errors import OtherSideFailed
from app.models.events.digitising import Digitised
from app.models.events.event import EventName
from app.models.exchange import file_talk as talk
from app.models.exchange.sealed_file import key_of, sealed
from app.sync.files import Ask, asking
from server.store import tables as t
from server.units.oversight import Oversight
from tests.sync.small import UNIT, SmallCounter, SmallServer

SCAN = sealed(sha256(b"x").digest() * 6000, key_of(b"k" * 32))
NAME = sha256(SCAN).hexdigest()
PARTS = [SCAN[start : start + talk.PART] for start in range(0, len(SCAN), talk.PART)]


@contextmanager
def talking(server: SmallServer, counter: SmallCounter) -> Iterator[tuple[Ask, EventName]]:
    """The counter's line, once the server holds an event that names the scan; and that event."""
    body = Digitised(1, NAME, len(SCAN), 2)
    event = counter.write(body, thing=str(counter.receive(1)))
    server.exchange(counter)
    with asking(counter.keys, UNIT, server.address(), server.line) as ask:
        yield ask, event


def put(ask: Ask, event: EventName, *parts: bytes) -> talk.Held:
    """What is held after these parts, from the first on."""
    held = [
        ask(talk.Put(NAME, event, number * talk.PART, part)).held[0]
        for number, part in enumerate(parts)
    ]
    return held[-1]


def rows(owner: Engine) -> tuple[int, int]:
    """How many files, and parts."""
    with owner.connect() as connection:
        tables = (t.files, t.file_parts)
        files, parts = (connection.scalar(select(func.count()).select_from(x)) for x in tables)
        return files or 0, parts or 0


def test_parts_become_a_file_once_their_hash_is_its_name(
    server: SmallServer, counter: SmallCounter
) -> None:
    with talking(server, counter) as (ask, event):
        assert put(ask, event, *PARTS[:-1]) == talk.Held(len(PARTS[:-1]) * talk.PART, False)
        assert ask(talk.Get(NAME, 0)).part == b""
        assert put(ask, event, *PARTS) == talk.Held(len(SCAN), True)
        got = [ask(talk.Get(NAME, start)).part for start in range(0, len(SCAN) + 1, talk.PART)]
    assert b"".join(got) == SCAN


def test_a_part_sent_twice_or_out_of_turn_changes_nothing(
    server: SmallServer, counter: SmallCounter
) -> None:
    with talking(server, counter) as (ask, event):
        first = ask(talk.Put(NAME, event, 0, PARTS[0])).held
        assert ask(talk.Put(NAME, event, 0, PARTS[0])).held == first
        assert ask(talk.Put(NAME, event, 2 * talk.PART, PARTS[2])).held == first
        assert ask(talk.Put(NAME, event, talk.PART, b"short")).held == first


def test_wrong_bytes_are_dropped_and_the_right_ones_taken_afterwards(
    server: SmallServer, counter: SmallCounter, owner: Engine
) -> None:
    with talking(server, counter) as (ask, event):
        wrong = [PARTS[0], bytes(talk.PART), *PARTS[2:]]
        assert put(ask, event, *wrong) == talk.Held(0, False)
        assert rows(owner) == (1, 0)
        assert put(ask, event, *PARTS) == talk.Held(len(SCAN), True)


def test_nothing_is_kept_that_no_event_names(
    server: SmallServer, counter: SmallCounter, owner: Engine
) -> None:
    with talking(server, counter) as (ask, event):
        other = event._replace(seq=event.seq - 1)
        assert ask(talk.Put(NAME, other, 0, PARTS[0])).held == ()
        assert ask(talk.Put("0" * 64, event, 0, PARTS[0])).held == ()
        assert ask(talk.Put(NAME, event._replace(seq=2**52), 0, PARTS[0])).held == ()
    assert rows(owner) == (0, 0)


def test_another_process_goes_on_where_the_first_was_ended(
    server: SmallServer, counter: SmallCounter
) -> None:
    with talking(server, counter) as (ask, event):
        ask(talk.Put(NAME, event, 0, PARTS[0]))
    server.restart()
    with asking(counter.keys, UNIT, server.address(), server.line) as ask:
        assert ask(talk.Have((NAME,))).held == (talk.Held(talk.PART, False),)


def test_a_revoked_counter_gets_no_file(server: SmallServer, counter: SmallCounter) -> None:
    with talking(server, counter) as (ask, _):
        device = counter.keys.public.device
        Oversight(server.built.units, server.built.author).revoke(UNIT, device, 1, server.now)
        with pytest.raises(OtherSideFailed, match="thu hồi"):
            ask(talk.Have((NAME,)))


def test_an_answer_to_another_question_is_none(server: SmallServer, counter: SmallCounter) -> None:
    with talking(server, counter) as (ask, _):
        ask(talk.Have((NAME,)))
        kept = server.line.answered[-1]
        server.line.after = lambda _: httpx.Response(200, content=kept)
        with pytest.raises(OtherSideFailed):
            ask(talk.Have(("0" * 64,)))
