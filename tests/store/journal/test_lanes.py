"""What the server grants numbers again, and nothing else does."""

from datetime import date
from pathlib import Path

import pytest

from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events import facts
from tests.making import ACounter, a_counter
from tests.store.database.spreading import Stranger
from tests.store.database.telling import copied, explained, reasons


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1", 3)
    made.receive_many(3)
    return made


@pytest.fixture
def moved(counter: ACounter, tmp_path: Path) -> ACounter:
    """The counter's data on another machine: it holds nothing until it is granted."""
    counter.close()
    made = copied(counter, tmp_path / "moved", machine="máy 2", state=tmp_path / "moved" / "state")
    made.receive("Lê Văn Tạm")
    return made


def grant(counter: ACounter, lane: int, first: str, last: str, book: int = 21) -> None:
    """What the server writes for the incarnation this counter is in; here the counter stands in for it."""
    counter.store.keeping.put("server_device", counter.store.keys.public.device)
    own = counter.store.keys.public.device, counter.own_log()
    with counter.store.journal.deed(counter.clock()) as writing:
        for body in (e.LaneGranted(*own, lane, first, last), e.BookGranted(*own, book)):
            writing.append(body, by="server", at=counter.clock())


def test_a_granted_lane_and_book_make_official_codes_again(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-23", "2026-12-31")
    receipts = [moved.receive() for _ in range(2)]
    assert [receipt.code[-4:] for receipt in receipts] == ["0014", "0034"]
    assert [r.serial for r in receipts] == [facts.Serial("Hộ tịch", 2026, 21, n) for n in (1, 2)]
    explained(moved)


def test_only_the_server_enrolled_at_grants_a_lane(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-23", "2026-12-31")
    moved.store.keeping.put("server_device", "00" * 16)
    assert moved.receive().code.startswith("T-")


def test_a_lane_counts_for_the_code_dates_it_was_granted_for(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-24", "2026-11-25")
    with moved.store.journal.deed(moved.clock()) as writing:
        days = [date(2026, 11, day) for day in (23, 24, 25, 26)]
        assert [writing.next_code(day)[-4:] for day in days] == ["", "0014", "0014", ""]


def test_nobody_else_makes_a_granted_lane_last_longer(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-23", "2026-11-25")
    own, liar = (moved.store.keys.public.device, moved.own_log()), Stranger()
    body = e.LaneGranted(*own, 14, "2026-11-23", "2099-12-31")
    (said,) = moved.store.folding.events_of(moved.store.log.thing(about(body)))
    moved.store.take((liar.tells(body, about(body), (said.name,)),))
    with moved.store.journal.deed(moved.clock()) as writing:
        assert [writing.next_code(date(2026, 11, day))[-4:] for day in (25, 26)] == ["0014", ""]
        assert writing.holds()[0] == [(14, "2026-11-25")]


def test_a_lane_granted_again_lasts_longer(moved: ACounter) -> None:
    for last in ("2026-11-25", "2026-12-31"):
        grant(moved, 14, "2026-11-23", last)
    assert moved.store.journal.holds() == ([(14, "2026-12-31")], 21)


def test_of_two_books_granted_the_later_is_gone_on_in(moved: ACounter) -> None:
    for book in (21, 22):
        grant(moved, 14, "2026-11-23", "2026-12-31", book)
    assert moved.receive().serial == facts.Serial("Hộ tịch", 2026, 22, 1)


def test_a_lane_granted_to_another_incarnation_is_not_ours(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-23", "2026-12-31")
    with moved.store.journal.deed(moved.clock(), restored=True) as writing:
        assert writing.next_code(moved.clock().date()) == ""
    assert reasons(moved)[-1] == "no_marker"


def test_an_official_code_assigned_later_leaves_both_findable(moved: ACounter) -> None:
    (waiting,) = moved.desk.lookup.find("tạm")
    provisional = waiting.row.code
    grant(moved, 14, "2026-11-23", "2026-12-31")
    with moved.store.journal.deed(moved.clock()) as writing:
        code = writing.next_code(waiting.row.received_at.date())
        writing.append(e.CodeAssigned(code), thing=waiting.row.name, by="", at=moved.clock())
    for key in (code, provisional):
        assert moved.desk.lookup.named(key) == waiting.row.name
        assert [line.row.code for line in moved.desk.lookup.find(key)] == [code]
    assert moved.receive().code[-4:] == "0034"
