"""Reads what the province's system still has to be told of, and who stands there under which code."""

from dataclasses import dataclass
from datetime import datetime

from app.clock import VIETNAM
from app.models.dossiers.lifecycle import Status
from app.models.dossiers.province_gap import Gap
from app.models.events import event as e
from app.store.database.database import Database, Row
from app.store.database.migrations import TO_PROVINCE
from app.store.journal.meaning import seconds

_COLUMNS = (
    "things.name, code, provisional_code, status, procedure_name, applicant, principal,"
    " received_at, province_code, to_province"
)
_FROM = "FROM dossiers JOIN things ON things.id = dossiers.thing"


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A dossier that system lacks, or knows as it was; `owner` is for whom it is."""

    name: e.EventName
    code: str
    status: Status
    procedure_name: str
    owner: str
    received_at: datetime
    province_code: str
    gap: Gap


class ProvinceQueries:
    """Queries only; what they read is written by the fold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, since: datetime) -> dict[Gap, int]:
        """How many dossiers received from `since` on it lacks, and how many it knows as they were."""
        sql = f"""
            SELECT to_province, count(*) FROM dossiers
            WHERE {TO_PROVINCE} AND to_province IN (1, 2) AND received_at >= ?
            GROUP BY to_province"""  # noqa: S608  # our own condition
        found = {Gap(kind): int(count) for kind, count in self._rows(sql, seconds(since))}
        return {kind: found.get(kind, 0) for kind in (Gap.ABSENT, Gap.BEHIND)}

    def lacking(self, kind: Gap, since: datetime, limit: int) -> list[ProvinceRow]:
        """The oldest of one kind, received from `since` on."""
        sql = f"""
            SELECT {_COLUMNS} FROM (
                SELECT thing AS picked FROM dossiers
                WHERE {TO_PROVINCE} AND to_province = ? AND received_at >= ?
                ORDER BY received_at, thing LIMIT ?
            ) JOIN dossiers ON dossiers.thing = picked JOIN things ON things.id = picked
            ORDER BY received_at, picked"""  # noqa: S608  # our own condition
        return [_row(row) for row in self._rows(sql, int(kind), seconds(since), limit)]

    def pending(self, since: datetime, until: datetime) -> list[e.EventName]:
        """All it lacks or knows as they were, received in this span, the oldest first."""
        sql = f"""
            SELECT things.name {_FROM} WHERE {TO_PROVINCE} AND to_province IN (1, 2)
            AND received_at BETWEEN ? AND ? ORDER BY received_at, thing"""
        return [
            e.EventName.parse(row[0]) for row in self._rows(sql, seconds(since), seconds(until))
        ]

    def touched(self, since: datetime, until: datetime) -> list[e.EventName]:
        """The dossiers received, resolved or returned in this span, the oldest first."""
        sql = f"""
            SELECT things.name {_FROM}
            WHERE received_at BETWEEN ?1 AND ?2 OR holder_since BETWEEN ?1 AND ?2
            OR resolved_at BETWEEN ?1 AND ?2 OR returned_at BETWEEN ?1 AND ?2
            ORDER BY received_at, thing"""
        return [
            e.EventName.parse(row[0]) for row in self._rows(sql, seconds(since), seconds(until))
        ]

    def claimed(self, code: str) -> list[tuple[e.EventName, str]]:
        """(name, our code) of the dossiers that bear `code`: as ours, or in that system."""
        sql = f"""
            SELECT things.name, code, provisional_code {_FROM}
            WHERE dossiers.thing IN (
                SELECT thing FROM dossiers WHERE code = ?1
                UNION SELECT thing FROM dossiers WHERE province_code = ?1 AND province_code != '')"""  # noqa: S608  # our own columns
        return [
            (e.EventName.parse(name), own or early) for name, own, early in self._rows(sql, code)
        ]

    def _rows(self, sql: str, *marks: object) -> list[Row]:
        return self._database.rows(sql, marks)


def _row(row: Row) -> ProvinceRow:
    name, code, early, status, procedure_name, applicant, principal, received_at, there, kind = row
    return ProvinceRow(
        e.EventName.parse(name), code or early, Status(status), procedure_name,
        principal or applicant, datetime.fromtimestamp(received_at, VIETNAM), there, Gap(kind),
    )  # fmt: skip
