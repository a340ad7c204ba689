"""Compares what two replicas hold: what the other lacks, and what it holds of a branch not held here."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known, Map


class ToSend(NamedTuple):
    """What the other lacks: from which seq of which logs; and of its logs those that tell of a branch
    not held here, by their hashes."""

    after: dict[LogName, int]
    forks: tuple[LogName, ...]


HashAt = Callable[[LogName, int], bytes | None]


def to_send(mine: Map, theirs: Map, hash_at: HashAt) -> ToSend:
    """Compare by hash, not by number: a log the other holds with another hash has forked.

    Nor by name: what is one branch here may go by another name where another is held.
    """
    if mine == theirs:  # an idle exchange: there may be hundreds of logs
        return ToSend({}, ())
    told, here, hash_at = _by_root(theirs), _by_root(mine), cache(hash_at)
    after: dict[LogName, int] = {}
    for log, known in mine.items():
        points = [
            _shared(here[log.root], log, known, other, hash_at)
            for other in told.get(log.root, {}).values()
        ]
        reached = max((point for point in points if point is not None), default=None)
        if not points:
            after[log] = 0
        elif reached is not None and reached < known.seq:
            after[log] = reached
    forks = (
        log
        for log, other in theirs.items()
        if not _holds(here.get(log.root, {}), other, hash_at)
        and any(other.seq <= known.seq for known in here.get(log.root, {}).values())
    )
    return ToSend(after, tuple(forks))


def beyond(mine: Map, theirs: Map, hash_at: HashAt) -> tuple[LogName, ...]:
    """Of their logs those that go on further than is held here of any branch."""
    if mine == theirs:
        return ()
    here = _by_root(mine)
    return tuple(
        log
        for log, other in theirs.items()
        if log.root in here
        and not _holds(here[log.root], other, hash_at)
        and all(other.seq > known.seq for known in here[log.root].values())
    )


def _by_root(held: Map) -> dict[LogName, dict[LogName, Known]]:
    found: dict[LogName, dict[LogName, Known]] = {}
    for log, known in held.items():
        found.setdefault(log.root, {})[log] = known
    return found


def _on(log: LogName, known: Known, seq: int, hash_at: HashAt) -> bytes | None:
    """The hash after `seq` in this log's chain; None beyond its end."""
    if seq >= known.seq:
        return known.hash if seq == known.seq else None
    return hash_at(log, seq)


def _holds(branches: Map, other: Known, hash_at: HashAt) -> bool:
    return any(_on(*branch, other.seq, hash_at) == other.hash for branch in branches.items())


def _shared(branches: Map, log: LogName, known: Known, other: Known, hash_at: HashAt) -> int | None:
    """How far this log goes with what the other holds; None when that can't be told from here."""
    if _on(log, known, other.seq, hash_at) == other.hash:
        return other.seq
    for branch, end in branches.items():
        if branch != log and _on(branch, end, other.seq, hash_at) == other.hash:
            low, high = 0, min(other.seq, known.seq)  # equal at the one, beyond the other nowhere
            while low < high:
                middle = (low + high + 1) // 2
                same = _on(branch, end, middle, hash_at) == _on(log, known, middle, hash_at)
                low, high = (middle, high) if same else (low, middle - 1)
            return low
    return None


def readable(held: Map, *, branches: bool) -> Map:
    """What is told to a reader: one that reads no branches is told of none."""
    return held if branches else {log: known for log, known in held.items() if log == log.root}
