"""Says what a thing's events come to: a verdict on each, and the rows they make."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

import msgspec

from app.models.deadlines.calendar import DayKind
from app.models.dossiers.arrivals import arrival
from app.models.dossiers.concurrent import tasks
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import REVOKED, Effect, Verdict, fold, in_order, why_held
from app.models.dossiers.province_gap import gap
from app.models.dossiers.standing import STANDING, about
from app.models.events import event as e
from app.models.events import facts
from app.models.events.assisting import Assisted
from app.models.events.online import OnlineArrived
from app.models.events.province import ProvinceDescribed
from app.models.exchange.chain import lookup_token
from app.models.numbering import FIRST_GRANTED_LANE, LANES, Code, book_series, code_series
from app.models.procedures.procedure import from_json
from app.store.database.database import Row

UNREADABLE = "không nói về việc này, hoặc phiên bản này không đọc được"

# an event may name any instant; the tables keep those a board can count the days to
_EARLIEST = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
_LATEST = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())


class Meaning(NamedTuple):
    """`row` goes into `table`, behind the thing's own row id where the table has one."""

    verdicts: tuple[Verdict, ...]
    table: str = ""
    row: Row = ()


def seconds(at: datetime | None) -> int | None:
    """An instant as the tables hold it."""
    if at is None:
        return None
    whole = int(at.timestamp())
    return whole if _EARLIEST <= whole <= _LATEST else min(max(whole, _EARLIEST), _LATEST)


def meaning(thing: str, events: Sequence[e.Event]) -> Meaning:
    """What the events about `thing` come to; its name tells which kind of thing it is."""
    opening = next((event for event in events if str(event.name) == thing), None)
    match opening.body if opening else None:
        case e.LeftUnreceived() as body:
            assert opening is not None
            return _visit(opening, body, events)
        case Assisted():
            return _help(events)
        case e.IncarnationStarted():
            return _standing(thing, events)
        case _ if thing.startswith("online:"):
            return _online(thing, events)
        case _ if ":" in thing:
            return _standing(thing, events)
        case _:
            return _dossier(events)


def numbers_of(event: e.Event) -> list[tuple[str, int]]:
    """(series, number) for each number an event put on paper."""
    code, body = code_of(event), event.body
    found = [(code_series(code.day, code.lane), code.number)] if code else []
    serials = (getattr(body, name, None) for name in ("serial", "slip", "certified"))
    found += ((book_series(s.group, s.year, s.book), s.number) for s in serials if s is not None)
    return found


def code_of(event: e.Event) -> Code | None:
    """The dossier code an event gave out, if it gave one that is a code."""
    match event.body:
        case e.Received(code=given) | e.CodeAssigned(code=given):
            return _code(given)
        case _:
            return None


def _code(given: str) -> Code | None:
    try:
        return Code.parse(given) if given else None
    except ValueError:
        return None


# --- dossiers, visits and helps -----------------------------------------------------------------


def _dossier(events: Sequence[e.Event]) -> Meaning:
    folded = fold(events)
    if folded.dossier is None:
        return Meaning(folded.verdicts)
    dossier = folded.dossier
    row = (
        *_row(dossier),
        len(tasks(folded)),
        *_wanted(dossier),
        *_in_province(dossier),
        *_away(dossier),
    )
    return Meaning(folded.verdicts, "dossiers", row)


def _row(dossier: Dossier) -> Row:
    applicant = dossier.applicant
    serial = dossier.received.serial or facts.Serial("", 0, 0, 0)
    return (
        dossier.code, dossier.provisional_code, lookup_token(dossier.salt), dossier.status.value,
        dossier.procedure, dossier.procedure_name, dossier.field, dossier.case,
        applicant.name if applicant else "", applicant.identity.number if applicant else "",
        applicant.phone if applicant else "",
        seconds(dossier.received_at), dossier.received_by,
        seconds(dossier.due), seconds(dossier.first_due), len(dossier.promises),
        dossier.holder, seconds(dossier.holder_since),
        seconds(dossier.resolved_at), seconds(dossier.returned_at),
        serial.group, serial.year, serial.book, serial.number,
        int(dossier.runs), int(dossier.apology is not None),
    )  # fmt: skip


def _wanted(dossier: Dossier) -> Row:
    """Who authorised the filer; whether it is wanted early, and by when."""
    principal, urgency = dossier.principal, dossier.urgency
    return (
        principal.name if principal else "",
        int(urgency is not None),
        seconds(urgency.wished) if urgency else None,
    )


def _in_province(dossier: Dossier) -> Row:
    """Its code there, and what that system still has to be told."""
    return (dossier.province.code if dossier.province else "", int(gap(dossier)))


def _away(dossier: Dossier) -> Row:
    """Whether another agency has it, and by when that said it would be done; whether the post shall."""
    due = dossier.away.part_due if dossier.away else None
    return (int(dossier.away is not None), seconds(due), int(dossier.goes_by_post))


def _visit(opening: e.Event, body: e.LeftUnreceived, events: Sequence[e.Event]) -> Meaning:
    if opening.revoked:
        return Meaning(tuple(Verdict(event, Effect.WITHOUT, REVOKED) for event in events))
    at = seconds(opening.at)
    row = (at, opening.by, body.outcome, body.procedure, body.procedure_name)
    verdicts = (
        Verdict(event, Effect.APPLIED)
        if event is opening or isinstance(event.body, e.Printed | e.PrintSpoiled)
        else Verdict(event, Effect.WITHOUT, UNREADABLE)
        for event in events
    )
    return Meaning(tuple(verdicts), "visits", row)


def last_word(events: Iterable[e.Event], *, and_back: bool = False) -> e.Event | None:
    """What stands of a help: said last, unless that takes the help back; `and_back`: before that."""
    said = [x for x in in_order(events) if isinstance(x.body, Assisted) and not x.revoked]
    if and_back:
        said = [event for event in said if not _takes_back(event)]
    return said[-1] if said and not _takes_back(said[-1]) else None


def _takes_back(event: e.Event) -> bool:
    return isinstance(event.body, Assisted) and event.body.taken_back


def _help(events: Sequence[e.Event]) -> Meaning:
    placed = {event.name for event in in_order(events)}
    verdicts = tuple(_help_verdict(event, event.name in placed) for event in events)
    last = last_word(events)
    if last is None:
        return Meaning(verdicts)
    body = last.body
    assert isinstance(body, Assisted)
    row = (
        seconds(last.at), last.by, body.procedure, body.procedure_name, body.level, body.outcome,
        body.minutes,
    )  # fmt: skip
    return Meaning(verdicts, "helps", row)


def _help_verdict(event: e.Event, is_placed: bool) -> Verdict:
    if not is_placed:
        return Verdict(event, Effect.HELD, why_held(event))
    if event.revoked:
        return Verdict(event, Effect.WITHOUT, REVOKED)
    if isinstance(event.body, Assisted):
        return Verdict(event, Effect.APPLIED)
    return Verdict(event, Effect.WITHOUT, UNREADABLE)


def _online(thing: str, events: Sequence[e.Event]) -> Meaning:
    found = arrival(thing, events)
    event = found.arrived
    if event is None or not isinstance(event.body, OnlineArrived):
        return Meaning(found.verdicts)
    who = event.personal.applicant if event.personal else None
    row = (
        event.body.code, seconds(event.at), event.body.procedure, event.body.procedure_name,
        who.name if who else "", who.phone if who else "", found.answer, found.opened,
    )  # fmt: skip
    return Meaning(found.verdicts, "online", row)


# --- what stands in the unit --------------------------------------------------------------------


def _standing(thing: str, events: Sequence[e.Event]) -> Meaning:
    ordered = in_order(events)
    placed = {event.name for event in ordered}
    last: e.Event | None = None
    verdicts = [Verdict(x, Effect.HELD, why_held(x)) for x in events if x.name not in placed]
    for event in ordered:
        if event.revoked:
            verdicts.append(Verdict(event, Effect.WITHOUT, REVOKED))
        elif _speaks_of(thing, event):
            last = event
            verdicts.append(Verdict(event, Effect.APPLIED))
        else:
            verdicts.append(Verdict(event, Effect.WITHOUT, UNREADABLE))
    if last is None:
        return Meaning(tuple(verdicts))
    kind, _, key = (thing if ":" in thing else f"incarnation:{thing}").partition(":")
    body = msgspec.json.encode(last.body, order="sorted").decode()
    return Meaning(tuple(verdicts), "standing", (kind, key, body))


def _speaks_of(thing: str, event: e.Event) -> bool:
    """True when the event is about this very thing and whoever asks for it can read it."""
    body = event.body
    if isinstance(body, e.Unknown) or type(body) not in STANDING:
        return False
    named = str(event.name) if isinstance(body, e.IncarnationStarted) else about(body)
    return named == thing and _is_sound(body)


def _is_sound(body: e.Body) -> bool:
    try:
        match body:
            case e.ProcedureSet(procedure=procedure):
                from_json(procedure)
            case e.DaySet(date=day, kind=kind):
                date.fromisoformat(day)
                DayKind(kind)
            case e.UnitDescribed(return_by=return_by, cut_off=cut_off):
                return not any(time.fromisoformat(at).tzinfo for at in (return_by, cut_off))
            case ProvinceDescribed(since=since):
                date.fromisoformat(since or "2026-01-01")
            case e.LaneGranted(lane=lane):
                return FIRST_GRANTED_LANE <= lane <= LANES
            case _:
                pass
    except (ValueError, msgspec.DecodeError):
        return False
    return True
