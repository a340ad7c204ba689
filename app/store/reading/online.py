"""Reads the table of online dossiers: those that wait to be checked, and one by its official code."""

from dataclasses import dataclass
from datetime import datetime

from app.clock import VIETNAM
from app.models.dossiers.arrivals import Arrival, arrival
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.online import OnlineArrived
from app.store.database.database import Database, Row
from app.store.database.migrations import ONLINE_WAITING
from app.store.journal.folding import Folding

_COLUMNS = "code, arrived, procedure, procedure_name, applicant, phone, answer, opened"


@dataclass(frozen=True, slots=True)
class OnlineRow:
    """An online dossier; `answer` is "" while it waits, and `opened` names what the answer opened."""

    code: str
    arrived: datetime
    procedure: str
    procedure_name: str
    applicant: str
    phone: str
    answer: str
    opened: str


class Online:
    """Queries only; what they read is written by the fold."""

    def __init__(self, database: Database, folding: Folding) -> None:
        self._database, self._folding = database, folding

    def waiting(self, limit: int = 500) -> list[OnlineRow]:
        """Those nobody answered yet, the earliest first."""
        sql = f"SELECT {_COLUMNS} FROM online WHERE {ONLINE_WAITING} ORDER BY arrived, code LIMIT ?"  # noqa: S608  # ours
        return [_row(row) for row in self._database.rows(sql, (limit,))]

    def count(self) -> int:
        """How many wait."""
        row = self._database.one(f"SELECT count(*) FROM online WHERE {ONLINE_WAITING}")  # noqa: S608  # ours
        return int(row[0]) if row else 0

    def arrivals(self, limit: int) -> list[datetime]:
        """When those came that wait, the earliest first."""
        sql = f"SELECT arrived FROM online WHERE {ONLINE_WAITING} ORDER BY arrived LIMIT ?"  # noqa: S608  # ours
        rows = self._database.rows(sql, (limit,))
        return [datetime.fromtimestamp(row[0], VIETNAM) for row in rows]

    def row(self, code: str) -> OnlineRow | None:
        """The one of an official code."""
        return self._one("code", code)

    def opened(self, name: e.EventName) -> OnlineRow | None:
        """The one that a dossier or a visit answers."""
        return self._one("opened", str(name))

    def arrival(self, code: str) -> Arrival:
        """All that is known of it, with the person; nothing at all of a code nobody brought in."""
        thing = about(OnlineArrived(code))
        row = self._database.one("SELECT id FROM things WHERE name=?", (thing,))
        return arrival(thing, self._folding.events_of(row[0]) if row else [])

    def _one(self, column: str, value: str) -> OnlineRow | None:
        sql = f"SELECT {_COLUMNS} FROM online WHERE {column} = ? AND {column} != ''"  # noqa: S608  # ours
        row = self._database.one(sql, (value,))
        return _row(row) if row else None


def _row(row: Row) -> OnlineRow:
    code, arrived, *rest = row
    return OnlineRow(code, datetime.fromtimestamp(arrived, VIETNAM), *rest)
