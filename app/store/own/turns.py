"""Keeps the numbers of the waiting line: this PC's own, no fold, and no event tells of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from app.clock import VIETNAM
from app.models.citizens.turns import Turn, TurnState, label
from app.store.database.database import Database
from app.store.journal.meaning import seconds


class Turns:
    """A row a number and day; what is changed lasts through a power cut."""

    def __init__(self, database: Database, counter: int) -> None:
        self._database = database
        self._counter = counter

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One change of the line, whole or not at all: window and command line share it."""
        with self._database.transaction():
            yield

    def of(self, day: date) -> list[Turn]:
        """The numbers taken that day, in order."""
        sql = """
            SELECT number, priority, state, taken_at, called_at, calls FROM turns
            WHERE day=? ORDER BY number"""
        return [self._turn(*row) for row in self._database.rows(sql, (day.isoformat(),))]

    def take(self, at: datetime, priority: str) -> Turn:
        """The next number of the day; inside the caller's `changing`."""
        day = at.date().isoformat()
        row = self._database.one("SELECT max(number) FROM turns WHERE day=?", (day,))
        number = (row[0] or 0) + 1 if row else 1
        self._database.run(
            "INSERT INTO turns VALUES (?,?,?,?,?,NULL,0)",
            (day, number, priority, TurnState.WAITING.value, seconds(at)),
        )
        return Turn(label(self._counter, number), number, priority, TurnState.WAITING, at)

    def put(self, day: date, turn: Turn) -> None:
        """Keep what became of a number; inside the caller's `changing`."""
        self._database.run(
            "UPDATE turns SET state=?, called_at=?, calls=? WHERE day=? AND number=?",
            (turn.state.value, seconds(turn.called_at), turn.calls, day.isoformat(), turn.number),
        )

    def _turn(
        self, number: int, priority: str, state: str, taken: int, called: int | None, calls: int
    ) -> Turn:
        return Turn(
            label(self._counter, number), number, priority, TurnState(state),
            datetime.fromtimestamp(taken, VIETNAM),
            None if called is None else datetime.fromtimestamp(called, VIETNAM), calls,
        )  # fmt: skip
