"""Finds numbers that stand on more than one dossier: copies of a PC that hadn't met gave them out."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from app.clock import VIETNAM
from app.models.dossiers.lifecycle import Status
from app.models.events import event as e
from app.store.database.database import Database, Row

AT_ONCE = 5000
"""Entries of an index read in one step: a few milliseconds, so that no deed waits long."""

# the columns of an index that lead it, and the condition the index has, repeated word for word
_NUMBERS = (
    (("code",), ""),
    (("provisional_code",), "AND provisional_code != ''"),
    (("register_group", "register_year", "book", "serial"), ""),
)


COLUMNS = (
    "name, code, provisional_code, register_group, register_year, book, serial, applicant,"
    " received_at, received_by, status"
)


class Bearer(NamedTuple):
    """A dossier that bears such a number; `received_by` is a login, `serial` 0 where it has none.

    `status` is None for a visit that left unreceived, which bears a slip's.
    """

    dossier: e.EventName
    code: str
    provisional_code: str
    group: str
    year: int
    book: int
    serial: int
    applicant: str
    received_at: datetime
    received_by: str
    status: Status | None


class GivenTwice:
    """Queries only. Every index is walked: of what came late nothing tells where it stands in it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> int:
        """Which event came last: until another does, the answer stays."""
        row = self._database.one("SELECT max(id) FROM events")
        return int(row[0] or 0) if row else 0

    def steps(self) -> Iterator[list[frozenset[Bearer]]]:
        """What each portion holds: the dossiers of one number, without those whose number is voided."""
        for columns, condition in _NUMBERS:
            after: Row | None = (" ", 0, 0, 0)[: len(columns)]  # beyond those without a number
            while after is not None:
                repeated, after = self._portion(columns, condition, after)
                yield [
                    borne for number in repeated if len(borne := self._bearers(columns, number)) > 1
                ]

    # --- inside ---------------------------------------------------------------------------------

    def _portion(
        self, columns: Sequence[str], condition: str, after: Row
    ) -> tuple[list[Row], Row | None]:
        """(numbers that come more than once, after which the next portion begins, if there is one)."""
        names = ", ".join(columns)
        sql = f"""
            SELECT {names} FROM dossiers WHERE ({names}) > ({_marks(after)}) {condition}
            ORDER BY {names} LIMIT {AT_ONCE}"""  # noqa: S608  # our own names
        rows = self._database.rows(sql, after)
        is_last = len(rows) < AT_ONCE
        # one number's entries stay together
        whole = rows if is_last else [row for row in rows if row != rows[-1]] or rows
        repeated = dict.fromkeys(one for one, other in pairwise(whole) if one == other)
        return list(repeated), None if is_last else whole[-1]

    def _bearers(self, columns: Sequence[str], number: Row) -> frozenset[Bearer]:
        sql = f"""
            SELECT {COLUMNS}
            FROM dossiers JOIN things ON things.id = thing
            WHERE ({", ".join(columns)}) = ({_marks(number)}) AND status != 'voided'"""  # noqa: S608  # likewise
        return frozenset(bearer(row) for row in self._database.rows(sql, number))


def bearer(row: Row) -> Bearer:
    """From `COLUMNS`."""
    name, code, provisional, group, year, book, serial, applicant, at, by, status = row
    return Bearer(
        e.EventName.parse(name), code, provisional, group, year, book, serial, applicant,
        datetime.fromtimestamp(at, VIETNAM), by, Status(status),
    )  # fmt: skip


def _marks(values: Row) -> str:
    return ", ".join("?" * len(values))
