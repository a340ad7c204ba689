"""Takes what citizens say by phone, one ballot a slip; no device, no address and no hour is kept.

A ballot waits here by its day until its box is full (`app.models.citizens.satisfaction.boxes`), then it lies
among the others. Whose turn is spent stands apart, under a keyed hash of the slip's token. With each
ballot all that wait are written anew in the order of their random keys, so that the order of the
rows tells nothing. docs/adr/0024 says what remains.
"""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum, auto
from functools import cache
from hmac import digest
from secrets import token_bytes

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

import resources
from app.models.citizens.satisfaction import LEVELS, Ballot, Questionnaire, boxes, in_own_words
from app.models.deadlines.calendar import VIETNAM
from app.models.dossiers.fold import in_order
from app.models.dossiers.lifecycle import Status
from app.models.dossiers.standing import about
from app.models.events import event as e
from server.ledger.folding import Folding
from server.store import tables as t
from server.store.database import reading
from server.units.satisfaction import ballot, written
from server.units.units import Found, Units

KEY_BYTES = 16
UNIT = about(e.UnitDescribed(name=""))


class Turn(Enum):
    """Why whoever holds the slip may not say how it was."""

    NOT_YET = auto()
    SPENT = auto()


@cache
def questionnaire() -> Questionnaire:
    """What ships; a unit's own words go before it."""
    shipped = resources.path("satisfaction/questions.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(shipped), Questionnaire)


class PhoneBallots:
    """Of all units; `secret` keys the marks."""

    def __init__(self, units: Units, secret: bytes) -> None:
        self._units, self._secret = units, secret

    def turn(self, token: str, found: Found) -> Questionnaire | Turn:
        """What to ask, once the result was given back, and once; or why nothing is asked."""
        if found.status is not Status.RETURNED:
            return Turn.NOT_YET
        with reading(self._units.engine, found.unit) as connection:
            if self._is_spent(connection, found.unit, token):
                return Turn.SPENT
            return _asked_by(connection, found.unit)

    def cast(self, token: str, level: int, now: datetime) -> None:
        """One ballot of that level from 1, the worst; a second one of the same slip counts not."""
        found = self._units.look_up(token)
        if found is None or found.status is not Status.RETURNED or not 1 <= level <= LEVELS:
            return
        unit, today = found.unit, now.astimezone(VIETNAM).date()
        with self._units.open(unit) as ledger:
            connection = ledger.connection
            if self._is_spent(connection, unit, token):
                return
            connection.execute(insert(t.phone_spent), {"unit": unit, "mark": self._mark(token)})
            said = Ballot(token_bytes(KEY_BYTES), today, {questionnaire().overall: level})
            _mix(connection, unit, said, today)

    def _is_spent(self, connection: Connection, unit: str, token: str) -> bool:
        c = t.phone_spent.c
        query = select(c.mark).where(c.unit == unit, c.mark == self._mark(token))
        return connection.scalar(query) is not None

    def _mark(self, token: str) -> str:
        return digest(self._secret, token.encode(), "sha256").hex()


def _asked_by(connection: Connection, unit: str) -> Questionnaire:
    """In the unit's words, as far as its counters have told them."""
    told = Folding(connection, unit, "").events_about([UNIT]).get(UNIT, [])
    said = [x.body for x in in_order(told) if isinstance(x.body, e.UnitDescribed) and not x.revoked]
    if not said:
        return questionnaire()
    return in_own_words(questionnaire(), said[-1].rating_invitation, said[-1].rating_levels)


def _mix(connection: Connection, unit: str, said: Ballot, today: date) -> None:
    """Write anew all that wait; those whose box is full lie among the others from now on."""
    c = t.phone_ballots.c
    rows = connection.execute(select(c.key, c.day, c.answers).where(c.unit == unit)).all()
    waiting = {each.key: each for each in (*(ballot(*row) for row in rows), said)}
    for box in boxes(waiting.values(), today):
        for each in box.ballots:
            del waiting[each.key]
        _write(connection, t.ballots, unit, box.ballots, "until", box.until)
    connection.execute(delete(t.phone_ballots).where(c.unit == unit))
    for day in sorted({each.day for each in waiting.values()}):
        of_the_day = [each for each in waiting.values() if each.day == day]
        _write(connection, t.phone_ballots, unit, of_the_day, "day", day)


def _write(
    connection: Connection,
    table: Table,
    unit: str,
    ballots: Sequence[Ballot],
    when: str,
    day: date,
) -> None:
    rows = [
        {
            "unit": unit, "key": each.key.hex(), when: day.isoformat(),
            "answers": written(each.answers),
        }
        for each in sorted(ballots, key=lambda each: each.key)
    ]  # fmt: skip
    connection.execute(insert(table), rows)
