"""Folds events into the tables: one thing at a time, from nothing but its events."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from app.models import events as e
from app.models.chain import lookup_token
from app.models.event_bytes import decode
from app.models.exchange import Taken
from app.models.fold import Dossier, Effect, Folded, Verdict, fold, in_order
from app.models.numbering import Code, book_series, code_series
from app.models.search import search_tokens
from app.models.standing import STANDING, about
from app.store.database import Database, Row
from app.store.migrations import FOLD_TABLES

_DOSSIER_COLUMNS = (
    "thing, code, provisional_code, token, status, procedure, procedure_name, field, case_number,"
    " applicant, id_number, phone, received_at, received_by, due, first_due, promises, holder,"
    " holder_since, resolved_at, returned_at, register_group, register_year, book, serial"
)
_PUT_DOSSIER = (
    f"INSERT OR REPLACE INTO dossiers ({_DOSSIER_COLUMNS})"  # noqa: S608  # constant columns
    f" VALUES ({','.join('?' * 25)})"
)


def seconds(at: datetime | None) -> int | None:
    """An instant as the tables hold it."""
    return None if at is None else int(at.timestamp())


class _Stored(NamedTuple):
    """An event with what the last fold made of it."""

    event: e.Event
    id: int
    effect: str
    reason: str


class Folding:
    """Keeps the fold tables equal to the fold of the events, inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events_of(self, thing: int) -> list[e.Event]:
        """All events about a thing, in no particular order."""
        return [stored.event for stored in self._stored(thing)]

    def fold(self, things: Iterable[int]) -> Taken:
        """Fold these things anew; how many of their events wait or do nothing."""
        held = without = 0
        highest: dict[str, int] = {}
        for thing in sorted(things):
            stored = self._stored(thing)
            verdicts = self._put(thing, [each.event for each in stored])
            self._put_effects(stored, verdicts)
            held += sum(v.effect is Effect.HELD for v in verdicts)
            without += sum(v.effect is Effect.WITHOUT for v in verdicts)
            for verdict in verdicts:
                for series, number in numbers_of(verdict.event):
                    highest[series] = max(number, highest.get(series, 0))
        self._put_numbers(highest)
        return Taken(0, held, without)

    def rebuild(self) -> None:
        """Throw the fold tables away and fold every thing again."""
        for table in (*FOLD_TABLES, "search"):
            self._database.run(f"DELETE FROM {table}")  # noqa: S608  # our own table names
        self.fold(int(row[0]) for row in self._database.rows("SELECT id FROM things"))

    def dump(self) -> list[str]:
        """The fold tables as sorted lines, local row ids replaced by the things' names."""
        lines = []
        for table in FOLD_TABLES:
            join = "JOIN things ON things.id = thing" if table in ("dossiers", "visits") else ""
            name = "things.name, " if join else ""
            query = f"SELECT {name}{table}.* FROM {table} {join}"  # noqa: S608  # our own table names
            for row in self._database.each(query):
                values = (row[0], *row[2:]) if join else row
                lines.append(f"{table} {msgspec.json.encode(values).decode()}")
        return sorted(lines)

    # --- inside ---------------------------------------------------------------------------------

    def _stored(self, thing: int) -> list[_Stored]:
        sql = """
            SELECT device, incarnation, events.seq, public, personal, events.id, effect, reason
            FROM events JOIN logs ON logs.id = events.log WHERE thing = ?"""
        return [
            _Stored(decode(e.EventName(device, incarnation, seq), public, personal), *rest)
            for device, incarnation, seq, public, personal, *rest in self._database.rows(
                sql, (thing,)
            )
        ]

    def _put(self, thing: int, events: list[e.Event]) -> tuple[Verdict, ...]:
        opening = next((x for x in events if x.about == e.thing_of(x.name)), None)
        if opening is not None and isinstance(opening.body, e.LeftUnreceived):
            return self._put_visit(thing, opening, events)
        if any(type(x.body) in STANDING for x in events):
            return self._put_standing(events)
        folded = fold(events)
        self._put_dossier(thing, folded)
        return folded.verdicts

    def _put_effects(self, stored: list[_Stored], verdicts: Iterable[Verdict]) -> None:
        before = {each.event.name: each for each in stored}
        for verdict in verdicts:
            known = before[verdict.event.name]
            if (known.effect, known.reason) != (verdict.effect, verdict.reason):
                self._database.run(
                    "UPDATE events SET effect=?, reason=? WHERE id=?",
                    (verdict.effect, verdict.reason, known.id),
                )

    def _put_numbers(self, highest: dict[str, int]) -> None:
        self._database.many(
            "INSERT INTO numbers VALUES (?,?)"
            " ON CONFLICT DO UPDATE SET highest=max(highest, excluded.highest)",
            list(highest.items()),
        )

    def _put_standing(self, events: list[e.Event]) -> tuple[Verdict, ...]:
        ordered = in_order(events)
        last = ordered[-1] if ordered else None
        if last is not None and not isinstance(last.body, e.Unknown):
            opens = isinstance(last.body, e.IncarnationStarted)
            kind, _, key = (about(last.body) + (str(last.name) if opens else "")).partition(":")
            body = msgspec.json.encode(last.body, order="sorted").decode()
            self._database.run("INSERT OR REPLACE INTO standing VALUES (?,?,?)", (kind, key, body))
        placed = {event.name for event in ordered}
        held = tuple(Verdict(x, Effect.HELD, "") for x in events if x.name not in placed)
        return tuple(Verdict(event, Effect.APPLIED) for event in ordered) + held

    def _put_visit(
        self, thing: int, opening: e.Event, events: list[e.Event]
    ) -> tuple[Verdict, ...]:
        body = opening.body
        assert isinstance(body, e.LeftUnreceived)
        self._database.run(
            "INSERT OR REPLACE INTO visits VALUES (?,?,?,?,?,?)",
            (
                thing,
                seconds(opening.at),
                opening.by,
                body.outcome,
                body.procedure,
                body.procedure_name,
            ),
        )
        return tuple(Verdict(event, Effect.APPLIED) for event in events)

    def _put_dossier(self, thing: int, folded: Folded) -> None:
        dossier = folded.dossier
        if dossier is None:
            return
        before = self._database.one(
            "SELECT applicant, code, provisional_code, id_number, phone FROM dossiers WHERE thing=?",
            (thing,),
        )
        row = row_of(thing, dossier)
        self._database.run(_PUT_DOSSIER, row)
        if before != _searched(row):
            self._put_search(thing, dossier, new=before is None)

    def _put_search(self, thing: int, dossier: Dossier, *, new: bool) -> None:
        if not new:
            self._database.run("DELETE FROM search WHERE rowid=?", (thing,))
        applicant = dossier.applicant
        tokens = search_tokens(
            names=(applicant.name,) if applicant else (),
            codes=tuple(code for code in (dossier.code, dossier.provisional_code) if code),
            numbers=(applicant.identity.number, applicant.phone) if applicant else (),
        )
        self._database.run("INSERT INTO search (rowid, tokens) VALUES (?,?)", (thing, tokens))


def numbers_of(event: e.Event) -> list[tuple[str, int]]:
    """(series, number) for each number an event put on paper."""
    body = event.body
    found: list[tuple[str, int]] = []
    code = getattr(body, "code", "") if isinstance(body, e.Received | e.CodeAssigned) else ""
    if code:
        parsed = Code.parse(code)
        found.append((code_series(parsed.day, parsed.lane), parsed.number))
    serials = (getattr(body, "serial", None), getattr(body, "slip", None))
    found += ((book_series(s.group, s.year, s.book), s.number) for s in serials if s is not None)
    return found


def row_of(thing: int, dossier: Dossier) -> Row:
    """The dossier as its table's row."""
    applicant = dossier.applicant
    serial = dossier.received.serial or e.Serial("", 0, 0, 0)
    return (
        thing, dossier.code, dossier.provisional_code, lookup_token(dossier.salt), dossier.status.value,
        dossier.procedure, dossier.procedure_name, dossier.field, dossier.case,
        applicant.name if applicant else "", applicant.identity.number if applicant else "",
        applicant.phone if applicant else "",
        seconds(dossier.received_at), dossier.received_by,
        seconds(dossier.due), seconds(dossier.first_due), len(dossier.promises),
        dossier.holder, seconds(dossier.holder_since),
        seconds(dossier.resolved_at), seconds(dossier.returned_at),
        serial.group, serial.year, serial.book, serial.number,
    )  # fmt: skip


def _searched(row: Row) -> Row:
    return (row[9], row[1], row[2], row[10], row[11])
