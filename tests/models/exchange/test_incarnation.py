from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.exchange.chain import LogName
from app.models.exchange.incarnation import (
    REMEMBERED_DAYS,
    Mark,
    Own,
    Reason,
    above,
    forgotten,
    in_doubt,
    remembered,
    why_anew,
)
from app.models.exchange.messages import Known

LOG = LogName("d" * 32, "1" * 16)
OWN = Own("H26.15.3", 3, LOG, "new")
HEAD = Known(7, b"\x07")
MARK = Mark(LOG.incarnation, 7, "07", {"code:261123:3": 43}, "máy 1", "812", "new")


def why(
    own: Own | None = OWN,
    head: Known | None = HEAD,
    mark: Mark | None = MARK,
    machine: str = "máy 1",
    folder: str = "812",
) -> Reason | None:
    return why_anew(own, head, mark, machine, folder)


def marked(**changes: object) -> Mark:
    return msgspec.structs.replace(MARK, **changes)


def test_a_counter_goes_on_while_marker_and_database_agree() -> None:
    assert why() is None


def test_a_counter_that_never_wrote_begins() -> None:
    assert why(own=None, head=None, mark=None) == "new"


def test_without_a_marker_it_begins_anew() -> None:
    assert why(mark=None) == "no_marker"


def test_on_another_machine_it_begins_anew_whatever_else_agrees() -> None:
    assert why(machine="máy 2") == "moved"
    assert why(own=None, head=None, machine="máy 2") == "moved"


def test_a_copy_of_the_folder_begins_anew() -> None:
    assert why(folder="813") == "restored"


@pytest.mark.parametrize("head", [Known(6, b"\x06"), Known(8, b"\x08"), Known(7, b"\x99")])
def test_a_difference_of_one_event_or_one_hash_begins_anew(head: Known) -> None:
    assert why(head=head) in ("crashed", "restored")


def test_a_marker_ahead_in_the_same_log_is_a_crash_and_anything_else_a_restore() -> None:
    assert why(head=Known(6, b"\x06")) == "crashed"
    assert why(head=Known(7, b"\x99")) == "restored"
    assert why(head=Known(8, b"\x08")) == "restored"
    assert why(own=replace(OWN, log=LOG._replace(incarnation="2" * 16))) == "restored"
    assert why(head=Known(6, b"\x06"), folder="813") == "restored"
    assert why(own=None, head=None) == "restored"


@pytest.mark.parametrize("lost", ["moved", "no_marker", "forked"])
def test_numbers_lost_on_this_machine_do_not_come_back_with_an_older_file(lost: Reason) -> None:
    assert why(own=OWN, head=Known(6, b"\x06"), mark=marked(reason=lost)) == lost
    assert why(folder="813", mark=marked(reason=lost)) == lost
    assert why_anew(OWN, HEAD, marked(reason=lost), "máy 1", "812", restored=True) == lost


def test_a_restore_begins_anew_though_everything_agrees() -> None:
    for head in (HEAD, Known(6, b"\x06")):
        assert why_anew(OWN, head, MARK, "máy 1", "812", restored=True) == "restored"


def test_only_a_marker_on_its_machine_keeps_lane_and_book() -> None:
    keeps = {r: replace(OWN, reason=r).keeps_its_numbers for r in ("new", "restored", "crashed")}
    loses = {r: replace(OWN, reason=r).keeps_its_numbers for r in ("moved", "no_marker", "forked")}
    assert all(keeps.values())
    assert not any(loses.values())


def test_what_the_marker_knows_beyond_the_database_is_in_doubt() -> None:
    mark = marked(numbers={"code:261123:3": 43, "book:Hộ tịch:2026:3": 9, "code:261120:3": 3})
    held = {"code:261123:3": 3, "code:261120:3": 3}
    assert in_doubt(mark, held) == (("book:Hộ tịch:2026:3", 0, 9), ("code:261123:3", 3, 43))
    assert in_doubt(None, held) == ()


def test_a_marker_keeps_every_book_and_the_newest_days() -> None:
    days = {f"code:26{month:02}{day:02}:3": 3 for month in (9, 10, 11) for day in range(1, 31)}
    kept = remembered({**days, "book:Hộ tịch:2024:3": 812})
    assert kept["book:Hộ tịch:2024:3"] == 812
    assert sorted(series for series in kept if series.startswith("code:")) == sorted(days)[-62:]


def test_a_day_a_full_marker_has_dropped_is_forgotten_and_no_other() -> None:
    full = {f"code:26{10 + n // 31:02}{n % 31 + 1:02}:3": 3 for n in range(REMEMBERED_DAYS)}
    assert forgotten(full, "260930")
    assert not forgotten(full, "261001")
    assert not forgotten(dict(list(full.items())[1:]), "260930")


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
)
def test_above_all_that_is_known_means_above_each(one: dict[str, int], two: dict[str, int]) -> None:
    highest = above(one, two)
    assert all(
        highest[series] >= number for known in (one, two) for series, number in known.items()
    )
    assert all(number in (one.get(s), two.get(s)) for s, number in highest.items())
