"""A notice from above: how its events are written for ever, and how it stands."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.encoding import decode, encode
from app.models.events.notices import MOST_WORDS, NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.unit.from_above import FromAbove, from_above, may_read
from app.models.unit.officer import Officer, Role
from tests.models.telling import START, device

GOLDEN = Path(__file__).parents[1] / "golden" / "notices-1.json"
NOTICE, SERVER, COUNTER = "a1" * 8, device(9), device(1)
TEXT = "Từ 14:00 hôm nay hệ thống hộ tịch tạm dừng. Hãy nhận hồ sơ giấy."


def said(seq: int, body: e.AnyBody, by: str = "server", on: str = SERVER) -> e.Event:
    at = START + timedelta(minutes=seq)
    saw = (e.EventName(SERVER, "0" * 16, 1),) if isinstance(body, NoticeWithdrawn) else ()
    return e.Event(e.EventName(on, "0" * 16, seq), about(body), saw, by, by, at, at, body)


SENT = said(1, NoticeSent(NOTICE, TEXT))
WITHDRAWN = said(2, NoticeWithdrawn(NOTICE))
READ = said(3, NoticeRead(NOTICE), by="lan", on=COUNTER)


def one(*events: e.Event) -> FromAbove:
    """The notice, as these events tell it."""
    own = [event for event in events if event.name.device == SERVER]
    (found,) = from_above(own, [event for event in events if event not in own])
    return found


def test_the_bytes_are_as_they_were_first_written() -> None:
    lines = GOLDEN.read_bytes().splitlines()
    assert [encode(event)[0] for event in (SENT, WITHDRAWN, READ)] == lines
    assert [decode(x.name, line, None) for x, line in zip((SENT, WITHDRAWN, READ), lines, strict=True)] == [SENT, WITHDRAWN, READ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "x" * (MOST_WORDS + 1)])
def test_words_nobody_reads_at_a_glance_are_none_of_ours(text: str) -> None:
    public, _ = encode(structs.replace(SENT, body=NoticeSent(NOTICE, text)))
    assert decode(SENT.name, public, None).body == e.Unknown("notice_sent")


def test_it_waits_until_it_is_read_and_tells_who_read_it_first() -> None:
    assert one(SENT).waits
    later = structs.replace(READ, name=READ.name._replace(seq=4), by="mai", saw=(READ.name,))
    read = one(SENT, later, READ)
    assert (read.waits, read.read_by, read.read_at) == (False, "lan", READ.at)


def test_what_was_withdrawn_waits_for_nobody_in_whatever_order_it_came() -> None:
    assert one(WITHDRAWN, SENT) == one(SENT, WITHDRAWN)
    assert not one(SENT, WITHDRAWN).waits
    assert from_above([WITHDRAWN], [READ]) == ()


def test_the_newest_stands_first() -> None:
    newer = said(5, NoticeSent("b2" * 8, "Đã chạy lại."))
    assert [x.notice for x in from_above([newer, SENT], [])] == ["b2" * 8, NOTICE]


def test_the_supervisor_reads_it_or_anybody_where_there_is_none() -> None:
    lan = Officer("lan", "Lê Thị Lan", frozenset({Role.RECEPTIONIST}))
    nga = Officer("nga", "Lê Thị Nga", frozenset({Role.SUPERVISOR}))
    assert may_read(nga, [lan, nga])
    assert not may_read(lan, [lan, nga])
    assert may_read(lan, [lan])
    assert may_read(lan, [lan, replace(nga, active=False)])
