"""Reads the dossier table: search, board, register, one dossier with its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.clock import VIETNAM
from app.models.dossiers.fold import Folded, fold
from app.models.dossiers.lifecycle import Status
from app.models.events import event as e
from app.models.search import EITHER, number_token, paired_tokens, query_tokens
from app.store.database.database import Database, Row
from app.store.database.migrations import OPEN, TO_LOOK_AT
from app.store.journal.folding import Folding
from app.store.journal.meaning import seconds

# one row a dossier, in the order of DossierRow
COLUMNS = (
    "things.name, code, provisional_code, status, procedure, procedure_name, field, applicant, id_number,"
    " phone, received_at, due, first_due, promises, holder, holder_since, resolved_at, returned_at,"
    " runs, apologised, principal, urgent, wished, away, away_due, register_group, register_year, book, serial"
)
FROM = "FROM dossiers JOIN things ON things.id = dossiers.thing"


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as lists show it; instants in Vietnam's zone."""

    name: e.EventName
    code: str
    status: Status
    procedure: str
    procedure_name: str
    field: str
    applicant: str
    id_number: str
    phone: str
    received_at: datetime
    due: datetime
    first_due: datetime
    promises: int
    holder: str
    holder_since: datetime
    resolved_at: datetime | None
    returned_at: datetime | None
    runs: bool
    apologised: bool
    principal: str
    urgent: bool
    wished: datetime | None
    away: bool
    away_due: datetime | None
    register_group: str
    register_year: int
    book: int
    serial: int


class Dossiers:
    """Queries only; what they read is written by the fold."""

    def __init__(self, database: Database, folding: Folding) -> None:
        self._database = database
        self._folding = folding

    def find(self, words: str, limit: int = 50) -> list[DossierRow]:
        """Name with or without marks, code or its last digits, ID number, phone; newest first.

        Two questions may be asked at once, `EITHER` between them.
        """
        if EITHER in words.strip():
            found = {
                row.name: row for one in words.split(EITHER, 1) for row in self.find(one, limit)
            }
            return sorted(found.values(), key=lambda row: row.received_at, reverse=True)[:limit]
        general = query_tokens(words)
        return self._matching(paired_tokens(words), limit) or self._matching(general, limit)

    def _matching(self, tokens: tuple[str, ...], limit: int) -> list[DossierRow]:
        if not tokens:
            return []
        sql = f"""
            SELECT {COLUMNS} FROM (
                SELECT rowid AS thing FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?
            ) AS hits JOIN dossiers USING (thing) JOIN things ON things.id = thing
            ORDER BY thing DESC"""  # noqa: S608  # constant columns
        match = " ".join(f'"{token}"' for token in tokens)
        return [row_of(row) for row in self._database.rows(sql, (match, limit))]

    def late(self, before: datetime, limit: int = 10_000) -> list[DossierRow]:
        """Running dossiers whose first promise falls before `before`, the longest overdue first."""
        sql = f"""
            SELECT {COLUMNS} {FROM} WHERE {OPEN} AND runs AND first_due < ?
            ORDER BY first_due, received_at, code LIMIT ?"""  # constant columns
        return [row_of(row) for row in self._database.rows(sql, (seconds(before), limit))]

    def named(self, key: str) -> e.EventName | None:
        """The dossier of a code, provisional code, look-up token or code in the province's system.

        The newest if several claim it.
        """
        for column in ("code", "provisional_code", "token", "province_code"):
            sql = f"SELECT things.name {FROM} WHERE {column} = ? ORDER BY thing DESC"  # ours
            row = self._database.one(sql, (key,))
            if row is not None and key:
                return e.EventName.parse(row[0])
        return None

    def opened(self, name: e.EventName) -> Folded:
        """One dossier folded from its events, with a verdict on each."""
        row = self._database.one("SELECT id FROM things WHERE name=?", (str(name),))
        return fold(self._folding.events_of(row[0]) if row else [])

    def of_person(self, id_number: str, but: str = "", limit: int = 20) -> list[DossierRow]:
        """The dossiers of one ID number, newest first: what waits for this person, what they filed."""
        # no index of its own: each slice of an arrival would write as many of its pages as it has events
        token = number_token(id_number)
        sql = f"""
            SELECT {COLUMNS} {FROM}
            WHERE thing IN (SELECT rowid FROM search WHERE search MATCH ?) AND id_number = ? AND code != ?
            ORDER BY thing DESC LIMIT ?"""  # noqa: S608  # constant columns
        rows = self._database.rows(sql, (token, id_number, but, limit)) if token else []
        return [row_of(row) for row in rows]

    def register(self, since: datetime, until: datetime, group: str = "") -> list[DossierRow]:
        """The register's lines of a span, by book and serial."""
        held = "AND register_group = ?" if group else ""
        sql = f"""
            SELECT {COLUMNS} {FROM} WHERE received_at BETWEEN ? AND ? {held}
            ORDER BY register_group, register_year, book, serial"""  # constant columns
        marks: Sequence[object] = (seconds(since), seconds(until), *((group,) if group else ()))
        return [row_of(row) for row in self._database.rows(sql, marks)]

    def usage(self, since: datetime) -> dict[str, int]:
        """How often each procedure was received lately: what intake offers first."""
        sql = "SELECT procedure, count(*) FROM dossiers WHERE received_at >= ? GROUP BY procedure"
        return dict(self._database.rows(sql, (seconds(since),)))

    def last_cases(self, by: str, since: datetime) -> dict[str, int]:
        """The case in which `by` last received each procedure lately."""
        sql = """
            SELECT procedure, case_number, max(received_at) FROM dossiers
            WHERE received_at >= ? AND received_by = ? GROUP BY procedure"""  # the row of the maximum
        rows = self._database.rows(sql, (seconds(since), by))
        return {procedure: case for procedure, case, _ in rows}

    def visits(self, since: datetime, until: datetime) -> list[Row]:
        """(at, by, outcome, procedure, procedure_name) of those who left without being received."""
        sql = "SELECT at, by, outcome, procedure, procedure_name FROM visits WHERE at BETWEEN ? AND ? ORDER BY at"
        return self._database.rows(sql, (seconds(since), seconds(until)))

    def with_tasks(self) -> list[e.EventName]:
        """The dossiers in which deeds done apart left something to look at, the oldest first."""
        sql = f"SELECT things.name {FROM} WHERE {TO_LOOK_AT} ORDER BY +received_at, thing"  # the plus: by the index of tasks
        return [e.EventName.parse(row[0]) for row in self._database.rows(sql)]

    def count_with_tasks(self) -> int:
        return self._number(f"SELECT count(*) FROM dossiers WHERE {TO_LOOK_AT}")  # noqa: S608  # ours

    def latest_received(self) -> datetime | None:
        """When the newest dossier was received, by whichever counter's clock."""
        row = self._database.one("SELECT max(received_at) FROM dossiers")
        return _instant(row[0]) if row else None

    def total(self) -> int:
        return self._number("SELECT count(*) FROM dossiers")

    def _number(self, sql: str, marks: Mapping[str, object] | Row = ()) -> int:
        row = self._database.one(sql, marks)
        return int(row[0]) if row else 0


def _instant(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, VIETNAM)


def row_of(row: Row) -> DossierRow:
    """What `COLUMNS` brought."""
    name, code, provisional, status, *rest = row
    (procedure, procedure_name, field, applicant, id_number, phone, received_at, due, first_due,
     promises, holder, holder_since, resolved_at, returned_at, runs, apologised, principal, urgent,
     wished, away, away_due, *serial) = rest  # fmt: skip
    return DossierRow(
        e.EventName.parse(name), code or provisional, Status(status), procedure, procedure_name, field,
        applicant, id_number, phone, datetime.fromtimestamp(received_at, VIETNAM),
        datetime.fromtimestamp(due, VIETNAM), datetime.fromtimestamp(first_due, VIETNAM), promises,
        holder, datetime.fromtimestamp(holder_since, VIETNAM), _instant(resolved_at),
        _instant(returned_at), bool(runs), bool(apologised), principal, bool(urgent),
        _instant(wished), bool(away), _instant(away_due), *serial,
    )  # fmt: skip
