"""Decides when a counter begins a new incarnation, and whether that goes on in its own numbers.

Each write compares the sealed marker, which lies outside the data, with the database. Any
difference (a restored backup, a copied folder, a commit that failed) starts a new incarnation: on
the same machine it numbers on above the marker; on another, or without a marker, it holds no lane
and no book until the server grants new ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known

Reason = Literal["new", "restored", "crashed", "moved", "no_marker", "forked"]

REMEMBERED_DAYS = 62  # of code series, newest by date; older dates get provisional codes
_KEEPS_ITS_NUMBERS = ("new", "restored", "crashed")
_MAY_HAVE_A_TWIN = (None, "restored", "crashed")  # who begins for another reason holds no numbers


def keeps_numbers(reason: Reason) -> bool:
    """True for an incarnation that goes on in its counter's own lane and book."""
    return reason in _KEEPS_ITS_NUMBERS


@dataclass(frozen=True)
class Own:
    """What a counter is: its device, the incarnation it writes in, and why that one began."""

    unit: str
    counter: int
    log: LogName
    reason: Reason
    known: tuple[str, ...] = ()
    """The device's incarnations known of when this one began."""
    marked: tuple[str, int] = ("", 0)
    """The incarnation the marker then told of, and its last event."""

    @property
    def keeps_its_numbers(self) -> bool:
        """True while the counter's own lane and book are this incarnation's."""
        return keeps_numbers(self.reason)


class Mark(msgspec.Struct, frozen=True):
    """The device's own log as of its last write, and the highest number of each series it drew from.

    `machine` and `folder` are where that was; `reason` is the incarnation's, as is `known`.
    """

    incarnation: str
    seq: int
    hash: str
    numbers: dict[str, int]
    machine: str
    folder: str
    reason: Reason
    known: tuple[str, ...] = ()


def why_anew(
    own: Own | None, head: Known | None, mark: Mark | None, machine: str, folder: str, *,
    restored: bool = False,
) -> Reason | None:  # fmt: skip
    """Why a new incarnation must begin; None when marker and database agree.

    `restored` begins one though they agree. Numbers that were lost on this machine don't come back
    with an older file: of `reason` the marker's word holds, not the database's.
    """
    if mark is None:
        return "new" if own is None else "no_marker"
    if mark.machine != machine:
        return "moved"
    here = (own.log.root.incarnation, head.seq, head.hash.hex()) if own and head else None
    if here == (mark.incarnation, mark.seq, mark.hash) and folder == mark.folder and not restored:
        return None
    if mark.reason not in _KEEPS_ITS_NUMBERS:
        return mark.reason
    half_done = here is not None and here[0] == mark.incarnation and here[1] < mark.seq
    return "crashed" if half_done and folder == mark.folder and not restored else "restored"


class Life(NamedTuple):
    """An incarnation as it is held here: the one it left ("" for none), and its last event.

    `apart`: it began without our numbers, at an event that is held here; so it draws nothing of ours.
    """

    left: str
    seq: int
    apart: bool = False


def has_a_twin(
    own: Own, lives: Mapping[str, Life], mark: Mark | None, reason: Reason | None = None
) -> bool:
    """True when some other copy of this device writes too; `lives` are its incarnations held here.

    Two copies that each hold a marker agree with it for ever, or each believe it was they that were
    put back (`reason`): only the other's events tell of it. It began an incarnation that is neither our
    past nor the marker's and may draw from our numbers, or went on in the one we left. A counter that
    goes on in numbers granted to its incarnation alone shares them with no copy.
    """
    if reason not in _MAY_HAVE_A_TWIN or (reason is None and not own.keeps_its_numbers):
        return False
    past, waiting = {""}, [own.log.incarnation, *own.known]
    if mark is not None:
        waiting += [mark.incarnation, *mark.known]
    while waiting:
        incarnation = waiting.pop()
        if incarnation not in past:
            past.add(incarnation)
            waiting += [lives[incarnation].left] if incarnation in lives else []
    left, last = own.marked
    went_on = left in lives and left != own.log.incarnation and lives[left].seq > last
    return went_on or any(not _stands_apart(other, lives, past) for other in lives)


def _stands_apart(incarnation: str, lives: Mapping[str, Life], past: set[str]) -> bool:
    """True for one of our `past`, and for one that left it `apart`, or left such a one."""
    while incarnation not in past:
        life = lives.get(incarnation)
        if life is None or not life.apart:
            return False
        incarnation = life.left
    return True


def in_doubt(mark: Mark | None, held: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    """(series, after, up to): numbers the marker knows and the database doesn't."""
    marked = sorted(mark.numbers.items()) if mark else ()
    return tuple((s, held.get(s, 0), n) for s, n in marked if n > held.get(s, 0))


def above(*known: Mapping[str, int]) -> dict[str, int]:
    """The highest number of each series."""
    highest: dict[str, int] = {}
    for numbers in known:
        for series, number in numbers.items():
            highest[series] = max(number, highest.get(series, 0))
    return highest


def remembered(numbers: Mapping[str, int]) -> dict[str, int]:
    """What of `numbers` a marker keeps: every book, and the codes of the newest days."""
    days = _code_days(numbers)[-REMEMBERED_DAYS:]
    return {
        series: highest
        for series, highest in numbers.items()
        if not series.startswith("code:") or series.split(":")[1] in days
    }


def forgotten(numbers: Mapping[str, int], code_date: str) -> bool:
    """True for a day older than a full marker remembers: its numbers can't be told any more."""
    days = _code_days(numbers)
    return len(days) >= REMEMBERED_DAYS and code_date < days[0]


def _code_days(numbers: Mapping[str, int]) -> list[str]:
    return sorted({series.split(":")[1] for series in numbers if series.startswith("code:")})
