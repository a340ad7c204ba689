"""Notices from above at a counter: heard of its own server only, read once by who is in charge."""

from pathlib import Path

import pytest

from app.models.dossiers.fold import Effect
from app.models.dossiers.standing import about
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events.notices import NoticeSent, NoticeWithdrawn
from app.models.unit.officer import Role
from app.store.reading.notices import Notices as Stored
from tests.making import NGA, ACounter, a_counter, exchange
from tests.store.database.spreading import Stranger, an_empty_store, effects
from tests.store.journal.test_revoking import knows

NOTICE = "a1" * 8
SENT = NoticeSent(NOTICE, "Từ 14:00 hệ thống hộ tịch tạm dừng.")


@pytest.fixture
def server() -> Stranger:
    return Stranger("máy chủ")


@pytest.fixture
def counter(tmp_path: Path, server: Stranger) -> ACounter:
    made = a_counter(tmp_path / "1")
    knows(made.store, server)
    return made


def says(counter: ACounter, server: Stranger, body: e.AnyBody) -> None:
    counter.store.take((server.tells(body, about(body)),))


def test_it_waits_until_the_supervisor_has_read_it_for_all_counters(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    says(counter, server, SENT)
    notices, nga = counter.desk.notices, counter.officer
    assert [x.text for x in notices.all(nga).waiting] == [SENT.text]
    notices.read(NOTICE, nga)
    other = knows(an_empty_store(tmp_path / "2", 2), server)
    exchange(counter.store, other)
    (read,) = Stored(other.database).all()
    assert (read.waits, read.read_by) == (False, nga.login)
    with pytest.raises(Refused, match="đã có người đọc"):
        notices.read(NOTICE, nga)


def test_who_is_not_in_charge_is_told_whose_it_is(counter: ACounter, server: Stranger) -> None:
    says(counter, server, SENT)
    counter.desk.office.add_officer("moi", "Người Mới", [Role.RECEPTIONIST], by=NGA)
    new = counter.desk.officer("moi")
    assert not counter.desk.notices.all(new).may_read
    with pytest.raises(Refused, match="người phụ trách"):
        counter.desk.notices.read(NOTICE, new)


def test_only_the_units_own_server_announces_and_withdraws(
    counter: ACounter, server: Stranger
) -> None:
    liar = Stranger("kẻ lạ")
    says(counter, liar, NoticeSent("b2" * 8, "Hãy chuyển tiền."))
    assert counter.desk.notices.all(counter.officer).notices == ()
    says(counter, server, SENT)
    says(counter, liar, NoticeWithdrawn(NOTICE))
    assert len(counter.desk.notices.all(counter.officer).waiting) == 1
    says(counter, server, NoticeWithdrawn(NOTICE))
    assert counter.desk.notices.all(counter.officer).waiting == ()


def test_a_program_that_knows_no_notices_carries_them_on(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    """As these types were to the program before: another type, a thing of a kind it never heard of."""
    public = b'{"about":"memo:1","at":"2026-11-23T08:00:00+07:00","body":{"type":"memo_sent"},"by":"server"}'
    counter.store.take((server.says(public),))
    assert effects(counter.store)[0][0] == Effect.WITHOUT
    other = an_empty_store(tmp_path / "2", 2)
    exchange(counter.store, other)
    assert other.map() == counter.store.map()
    assert public in [row[0] for row in other.database.rows("SELECT public FROM events")]
