"""Seeks where a log has parted: what is told of it instead of its end, which the other doesn't know."""

from app.models.exchange.chain import LogName
from app.models.exchange.lacking import ToSend, beyond
from app.models.exchange.messages import Known, Map, Message, Replica

STEP = 50  # events to go back at first in search of where a log parted: clones meet within days


class Points:
    """Points that both sides may hold of forked logs, from which the peer then sends.

    Found by going back in growing steps, or by what it sent last.
    """

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._told: dict[LogName, int] = {}
        self._steps: dict[LogName, int] = {}

    @property
    def state(self) -> frozenset[tuple[LogName, int]]:
        """What was told last; a talk that tells it again moves no further."""
        return frozenset(self._told.items())

    def told(
        self, answer: Message, mine: Map, theirs: Map, lacking: ToSend, *, is_first: bool
    ) -> dict[LogName, Known]:
        """What to tell of forked logs after this answer; `is_first`: the peer hasn't heard our map."""
        if not answer.branches:
            return branches(self._replica, theirs, lacking)
        parted = set(lacking.forks)
        if not is_first:
            parted |= self._further(answer, mine, theirs)
        ends = {log.root: 0 for log in parted}
        for log in parted:
            held = (known.seq for each, known in mine.items() if each.root == log.root)
            ends[log.root] = max(ends[log.root], min(theirs[log].seq, max(held)))
        for root, end in ends.items():
            came = [run.last for run in answer.runs if run.log.root == root]
            step = self._steps.get(root, STEP)
            back = max(self._told.get(root, end) - step, 0)
            self._told[root] = max(came) if came else back
            self._steps[root] = step if came else step * 4
        self._told = {log: at for log, at in self._told.items() if log in ends}
        return self._hashes(mine)

    def _further(self, answer: Message, mine: Map, theirs: Map) -> set[LogName]:
        """Where they go on further than we do, and yet sent nothing that goes on from where we stand."""
        came_of = {run.log.root for run in answer.runs}
        further = beyond(mine, theirs, self._replica.hash_at)
        return {log for log in further if log.root not in came_of or log.root in self._told}

    def _hashes(self, mine: Map) -> dict[LogName, Known]:
        """Of the logs and their branches the hashes after the points, where they don't end before."""
        return {
            log: Known(self._told[log.root], self._hash_at(log))
            for log, known in mine.items()
            if log.root in self._told and self._told[log.root] < known.seq
        }

    def _hash_at(self, log: LogName) -> bytes:
        return self._replica.hash_at(log, self._told[log.root]) or b""


def branches(replica: Replica, theirs: Map, lacking: ToSend) -> dict[LogName, Known]:
    """Of a forked log a map tells our hash where theirs stands: so that they see it too."""
    return {
        log.root: Known(theirs[log].seq, replica.hash_at(log.root, theirs[log].seq) or b"")
        for log in lacking.forks
    }
