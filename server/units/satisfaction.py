"""Keeps the boxes that counters sent, and sums them up by unit; a box is never opened further."""

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlalchemy import Engine, insert, select

from app.models.citizens.satisfaction import Ballot, Box, Summary, summed
from app.models.exchange.file_talk import Box as Sent
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.store.database import reading


def keep(ledger: Ledger, box: Sent) -> None:
    """Add what isn't held yet. Who sent it, and when, is not kept."""
    c, unit = t.ballots.c, ledger.unit
    came = {key.hex(): answers for key, answers in box.ballots}
    query = select(c.key).where(c.unit == unit, c.key.in_(came))
    held = set(ledger.connection.scalars(query))
    rows = [
        {"unit": unit, "key": key, "until": box.until.isoformat(), "answers": written(answers)}
        for key, answers in sorted(came.items())
        if key not in held
    ]
    if rows:
        ledger.connection.execute(insert(t.ballots), rows)


def said(
    engine: Engine, unit: str, since: date | None = None, until: date | None = None
) -> dict[str, Summary]:
    """By question, of the boxes that were full between these days; nothing answered by fewer than 5."""
    c = t.ballots.c
    query = select(c.key, c.until, c.answers).where(c.unit == unit)
    if since:
        query = query.where(c.until >= since.isoformat())
    if until:
        query = query.where(c.until <= until.isoformat())
    with reading(engine, unit) as connection:
        rows = connection.execute(query).all()
    ballots = tuple(ballot(*row) for row in rows)
    box = Box(since or date.min, until or date.max, ballots)
    questions = sorted({question for each in ballots for question in each.answers})
    sums = ((question, summed([box], question)) for question in questions)
    return {question: summary for question, summary in sums if summary}


def written(answers: Mapping[str, int]) -> str:
    """Answers as a row holds them."""
    return msgspec.json.encode(answers, order="sorted").decode()


def ballot(key: str, day: str, answers: str) -> Ballot:
    """A ballot from its row."""
    said = msgspec.json.decode(answers, type=dict[str, int])
    return Ballot(bytes.fromhex(key), date.fromisoformat(day), said)
