"""Folds events into the tables: one thing at a time, from nothing but its events."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from app.models import events as e
from app.models.chain import lookup_token
from app.models.event_bytes import decode
from app.models.exchange import Taken
from app.models.fold import Dossier, Effect, Folded, Verdict, fold, in_order
from app.models.numbering import Code, book_series, code_series
from app.models.search import search_tokens
from app.store.database import Database, Row
from app.store.migrations import FOLD_TABLES

# body type → (kind, the fields that name the thing): of these the last word stands
_STANDING: dict[type[e.Body], tuple[str, tuple[str, ...]]] = {
    e.UnitDescribed: ("unit", ()),
    e.OfficerAdded: ("officer", ("login",)),
    e.ProcedureSet: ("procedure", ("code",)),
    e.DaySet: ("day", ("date",)),
    e.Enrolled: ("device", ("device",)),
    e.LaneGranted: ("lane", ("device", "incarnation", "lane")),
    e.BookGranted: ("book", ("device", "incarnation", "book")),
    e.Revoked: ("revoked", ("device", "incarnation")),
    e.IncarnationStarted: ("incarnation", ()),
}

_DOSSIER_COLUMNS = (
    "thing, code, provisional_code, token, status, procedure, procedure_name, field, case_number,"
    " applicant, id_number, phone, received_at, received_by, due, first_due, promises, holder,"
    " holder_since, resolved_at, returned_at, register_group, register_year, book, serial"
)
_PUT_DOSSIER = (
    f"INSERT OR REPLACE INTO dossiers ({_DOSSIER_COLUMNS})"  # noqa: S608  # constant columns
    f" VALUES ({','.join('?' * 25)})"
)


def about(body: e.Body) -> str:
    """The thing an event of the unit is about; a dossier's deeds are about the dossier instead."""
    kind, fields = _STANDING[type(body)]
    return f"{kind}:{'.'.join(str(getattr(body, field)) for field in fields)}"


def seconds(at: datetime | None) -> int | None:
    """An instant as the tables hold it."""
    return None if at is None else int(at.timestamp())


class Folding:
    """Keeps the fold tables equal to the fold of the events, inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events_of(self, thing: int) -> list[e.Event]:
        """All events about a thing, in no particular order."""
        sql = """
            SELECT device, incarnation, events.seq, public, personal FROM events
            JOIN logs ON logs.id = events.log WHERE thing = ?"""
        return [
            decode(e.EventName(device, incarnation, seq), public, personal)
            for device, incarnation, seq, public, personal in self._database.rows(sql, (thing,))
        ]

    def fold(self, things: Iterable[int]) -> Taken:
        """Fold these things anew; how many of their events wait or do nothing."""
        held = without = 0
        for thing in sorted(things):
            verdicts = self._fold_one(thing)
            held += sum(v.effect is Effect.HELD for v in verdicts)
            without += sum(v.effect is Effect.WITHOUT for v in verdicts)
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

    def _fold_one(self, thing: int) -> tuple[Verdict, ...]:
        events = self.events_of(thing)
        opening = next((x for x in events if x.about == e.thing_of(x.name)), None)
        if opening is not None and isinstance(opening.body, e.LeftUnreceived):
            verdicts = self._put_visit(thing, opening, events)
        elif any(type(x.body) in _STANDING for x in events):
            verdicts = self._put_standing(events)
        else:
            folded = fold(events)
            verdicts = folded.verdicts
            self._put_dossier(thing, folded)
        self._put_effects(verdicts)
        return verdicts

    def _put_effects(self, verdicts: Iterable[Verdict]) -> None:
        for verdict in verdicts:
            self._database.run(
                "UPDATE events SET effect=?, reason=? WHERE seq=? AND log ="
                " (SELECT id FROM logs WHERE device=? AND incarnation=?) AND (effect, reason) != (?, ?)",
                (
                    verdict.effect, verdict.reason, verdict.event.name.seq, verdict.event.name.device,
                    verdict.event.name.incarnation, verdict.effect, verdict.reason,
                ),
            )  # fmt: skip

    def _put_standing(self, events: list[e.Event]) -> tuple[Verdict, ...]:
        ordered = in_order(events)
        for event in ordered:
            self._remember(event)
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
        self._remember(opening)
        return tuple(Verdict(event, Effect.APPLIED) for event in events)

    def _put_dossier(self, thing: int, folded: Folded) -> None:
        for verdict in folded.verdicts:
            self._remember(verdict.event)
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

    def _remember(self, event: e.Event) -> None:
        """Keep the highest number of each series this event used."""
        for series, number in numbers_of(event):
            self._database.run(
                "INSERT INTO numbers VALUES (?,?) ON CONFLICT DO UPDATE SET highest=max(highest, excluded.highest)",
                (series, number),
            )


def numbers_of(event: e.Event) -> list[tuple[str, int]]:
    """(series, number) for each number an event put on paper."""
    body = event.body
    found: list[tuple[str, int]] = []
    code = getattr(body, "code", "") if isinstance(body, e.Received | e.CodeAssigned) else ""
    if code:
        parsed = Code.parse(code)
        found.append((code_series(parsed.day, parsed.lane), parsed.number))
    for serial in (getattr(body, "serial", None), getattr(body, "slip", None)):
        if serial is not None:
            found.append((book_series(serial.group, serial.year, serial.book), serial.number))
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
