"""One unit of this server as a replica, each look into it a transaction of its own."""

from collections.abc import Mapping

from app.models.exchange.chain import LogName
from app.models.exchange.messages import STRETCH, Known, Run, Taken
from server.units.units import Units


class UnitReplica:
    """For what takes long: nobody waits for the unit's lock meanwhile."""

    def __init__(self, units: Units, unit: str) -> None:
        self._units, self._unit = units, unit

    def map(self) -> dict[LogName, Known]:
        with self._units.open(self._unit) as ledger:
            return ledger.map()

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        with self._units.open(self._unit) as ledger:
            return ledger.hash_at(log, seq)

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        with self._units.open(self._unit) as ledger:
            return ledger.runs(after, budget)

    def take(self, runs: tuple[Run, ...]) -> Taken:
        with self._units.open(self._unit) as ledger:
            return ledger.take(runs)
