"""Keeps what citizens said, and apart from it whose turn is spent: nothing joins the two.

Not even the file does. A page of a table keeps its rows in the order they were written, and two
tables written in step could be read side by side; so with each ballot the whole day's are written
anew, in the order of their random keys. Only the write-ahead log still tells it, for some minutes,
to whoever has the key of the data.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from app.models.citizens.satisfaction import Ballot, Box, Turnout, boxes
from app.models.digest import keyed_sha256, sha256
from app.store.database.database import Database
from app.store.journal.journal import Random
from app.store.own.keeping import Keeping

KEY_BYTES = 16
SENT = "boxes_sent"  # the setting: in which month, and up to which box


class Ballots:
    """The box of this counter; tables that are no fold, and no event tells of them."""

    def __init__(self, database: Database, random: Random) -> None:
        self._database = database
        self._random = random
        self._keeping = Keeping(database)
        device = bytes.fromhex(self._keeping.get("device"))
        self._marking = sha256(b"motcua spent 1" + device)

    def is_spent(self, tokens: Sequence[str]) -> bool:
        """Whether every one of these dossiers, by their tokens, has had its say."""
        marks = self._marks(tokens)
        held = ",".join("?" * len(marks))
        row = self._database.one(f"SELECT count(*) FROM spent WHERE mark IN ({held})", marks)  # noqa: S608  # marks only
        return row == (len(marks),)

    def cast(self, tokens: Sequence[str], day: date, answers: Mapping[str, int]) -> bool:
        """Put one ballot in for these dossiers, whose turn it was; False when it is spent.

        Both or neither: a crash leaves no ballot whose turn isn't spent, and no spent turn without.
        """
        with self._database.transaction():
            if self.is_spent(tokens):
                return False
            self._database.many(
                "INSERT OR IGNORE INTO spent VALUES (?)", [(mark,) for mark in self._marks(tokens)]
            )
            cast = (self._random(KEY_BYTES), msgspec.json.encode(answers, order="sorted").decode())
            self._mix(day.isoformat(), cast)
            self._count(day, Turnout(asked=1, answered=1))
            return True

    def count(self, day: date, one: Turnout) -> None:
        """Keep what became of being asked, where it was no ballot."""
        with self._database.transaction():
            self._count(day, one)

    def ballots(self, until: date) -> list[Ballot]:
        """Those of the days before `until`, which is not over; in an order that says nothing."""
        rows = self._database.rows(
            "SELECT day, key, answers FROM ballots WHERE day < ? ORDER BY day, key",
            (until.isoformat(),),
        )
        return [
            Ballot(key, date.fromisoformat(day), msgspec.json.decode(said, type=dict[str, int]))
            for day, key, said in rows
        ]

    def turnout(self) -> dict[date, Turnout]:
        """By day, who was asked and what became of it."""
        rows = self._database.rows("SELECT day, asked, answered, declined, later FROM turnout")
        return {date.fromisoformat(day): Turnout(*counts) for day, *counts in rows}

    def unsent(self, today: date) -> list[Box]:
        """The full boxes that the server hasn't heard of; each month all of them once more, for it
        may have been put back from a backup."""
        month, _, until = self._keeping.get(SENT).partition(" ")
        after = until if month == f"{today:%Y-%m}" else ""
        sql = "SELECT 1 FROM ballots WHERE day > ? AND day < ?"
        if self._database.one(sql, (after, today.isoformat())) is None:
            return []  # most exchanges of a day: the years before needn't be read
        held = boxes(self.ballots(today), today)
        return [box for box in held if box.until.isoformat() > after]

    def note_sent(self, box: Box, today: date) -> None:
        """The server holds this one, and those before it."""
        self._keeping.put(SENT, f"{today:%Y-%m} {box.until}")

    def take_over(self, old: Database) -> None:
        """Add what the data in whose place these come holds beyond them; a day's larger count holds."""
        ballots = old.rows("SELECT day, key, answers FROM ballots ORDER BY day, key")
        spent = old.rows("SELECT mark FROM spent ORDER BY mark")
        turnout = old.rows("SELECT day, asked, answered, declined, later FROM turnout")
        with self._database.transaction():
            self._database.many("INSERT OR IGNORE INTO ballots VALUES (?,?,?)", ballots)
            self._database.many("INSERT OR IGNORE INTO spent VALUES (?)", spent)
            self._database.many(
                "INSERT INTO turnout VALUES (?,?,?,?,?)"
                " ON CONFLICT DO UPDATE SET asked = max(asked, excluded.asked),"
                " answered = max(answered, excluded.answered),"
                " declined = max(declined, excluded.declined), later = max(later, excluded.later)",
                turnout,
            )

    def _mix(self, day: str, cast: tuple[bytes, str]) -> None:
        sql = "SELECT key, answers FROM ballots WHERE day=?"
        mixed = sorted([*self._database.rows(sql, (day,)), cast])
        self._database.run("DELETE FROM ballots WHERE day=?", (day,))
        self._database.many("INSERT INTO ballots VALUES (?,?,?)", [(day, *row) for row in mixed])

    def _count(self, day: date, one: Turnout) -> None:
        self._database.run(
            "INSERT INTO turnout VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            " asked = asked + excluded.asked, answered = answered + excluded.answered,"
            " declined = declined + excluded.declined, later = later + excluded.later",
            (day.isoformat(), one.asked, one.answered, one.declined, one.later),
        )

    def _marks(self, tokens: Sequence[str]) -> list[bytes]:
        """What a spent turn is listed under: without the device's secret nobody's name."""
        return [keyed_sha256(self._marking, token.encode()) for token in tokens]
