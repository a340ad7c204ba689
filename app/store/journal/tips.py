"""What a counter holds to its last event: where no head that travels was signed yet, one is now."""

from collections.abc import Mapping

from app.models.exchange.branches import begins, parents_first
from app.models.exchange.chain import DeviceKeys, LogName
from app.models.exchange.messages import STRETCH, Known, Run, Taken
from app.store.database.database import Database
from app.store.journal.log import Log
from app.store.journal.salvage import salvaged


class Tips:
    """The `Replica` of a reader of its own: read within a snapshot, so that map and runs agree.

    Heads are signed for the runs alone and kept nowhere: they would weigh on every later exchange.
    """

    def __init__(self, database: Database, log: Log, unit: str, keys: DeviceKeys) -> None:
        self._database = database
        self._log = log
        self._unit = unit
        self._keys = keys

    def map(self) -> dict[LogName, Known]:
        """This device's logs to their end, the others' to their last signed head."""
        own = self._database.rows(
            "SELECT device, incarnation, seq, hash FROM logs WHERE device=? AND seq>0",
            (self._keys.public.device,),
        )
        return {**self._log.map(), **{LogName(d, i): Known(seq, h) for d, i, seq, h in own}}

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        return self._log.hash_at(log, seq)

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        """What follows `after`; short of it where the file is damaged."""
        runs, room = list[Run](), budget
        grown = self._log.branching.grown()
        for log in parents_first(after, grown):
            seq = max(after[log], begins(grown, log))
            keys = self._keys if log.device == self._keys.public.device else None
            start = Known(seq, self.hash_at(log, seq) or b"")
            for run in salvaged(self._database, self._unit, log, start, keys):
                runs.append(run)
                room -= sum(len(r.public) + len(r.personal or b"") for r in run.records)
                if room <= 0:
                    return tuple(runs)
        return tuple(runs)

    def take(self, runs: tuple[Run, ...]) -> Taken:
        raise NotImplementedError("a second copy is only written")
