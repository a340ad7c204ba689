"""The rows of the control slip: who gave a dossier to whom, when, and with what result."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from app.desk.looking.lookup import on_time
from app.desk.papers.facts import ONE_STOP_SHORT, Told, Values
from app.models.deadlines.calendar import vietnam_time
from app.models.dossiers.dossier import ONE_STOP, HandOver
from app.models.events import event as e
from app.models.events.forwarding import AgencyAnswered
from app.models.text import fold

WRITTEN_BY_HAND = timedelta(minutes=10)
"""What was keyed later than this after it happened was written on the paper slip first."""

_RESULTS = {fold(words): words for words in ("Trước hạn", "Đúng hạn", "Quá hạn")}


def control_rows(told: Told) -> list[Values]:
    """One row a hand-over, and the one by which the result came back to the one-stop shop.

    The result of a step is what its receiver wrote on taking it over; of the last, how the dossier
    stands against its promise. A row keyed from a slip filled in by hand says so.
    """
    rows = [one for row, deeds in _handed_over(told) for one in _rows(told, row, deeds)]
    back = told.last(e.Resolved, e.Refusal)
    return [*rows, _back(told, back)] if back else rows


def _handed_over(told: Told) -> Iterator[tuple[HandOver, list[e.Event]]]:
    """Each hand-over with its own event and the receiver's yes or no to it, or the agencies' answers."""
    deeds: list[list[e.Event]] = []
    for event in told.all(e.HandedOver, e.Forwarded, e.Accepted, e.SentBack, AgencyAnswered):
        if isinstance(event.body, e.HandedOver | e.Forwarded):
            deeds.append([event])
        elif deeds:
            deeds[-1].append(event)
    return zip(told.dossier.hand_overs, deeds, strict=True)


def _rows(told: Told, row: HandOver, deeds: list[e.Event]) -> Iterator[Values]:
    """The hand-over; of what other agencies had, the row by which it came back from each too.

    Such an agency signs on paper only, so the yes to it is ours, at its return.
    """
    given, *taken = deeds
    if not (row.forwarded and taken):
        yield _row(told, row, deeds)
        return
    yield _row(told, replace(row, note=""), [given])
    left = next((part.agency for part in row.outstanding), row.to)
    for back in taken:
        agency, note = left, row.note
        if isinstance(back.body, AgencyAnswered):
            agency, note = back.body.agency, ""
        came = HandOver(agency, back.by, back.at, note=note)
        yield {**_row(told, came, [back]), "giver": "", "taker": told.name_of(back.by)}


def _row(told: Told, row: HandOver, deeds: list[e.Event]) -> Values:
    given, *taken = deeds
    said = [deed.personal.note for deed in deeds if deed.personal and deed.personal.note]
    if given.personal and given.personal.reason:  # sent back by who had accepted it
        said.insert(0, given.personal.reason)
    results = [_RESULTS[fold(words)] for words in said if fold(words) in _RESULTS]
    notes = [words for words in (*said, row.note) if words and fold(words) not in _RESULTS]
    return {
        "ordinal": 0,
        "from": _party(told, row.giver),
        "to": _party(told, row.to),
        "at": row.at,
        "giver": told.name_of(given.by),
        "taker": told.name_of(taken[-1].by) if taken else "",
        "result": results[-1] if results else "",
        "note": "; ".join((*notes, *_keyed_later(deeds))),
    }


def _back(told: Told, event: e.Event) -> Values:
    return {
        "ordinal": 0,
        "from": told.name_of(event.by),
        "to": ONE_STOP_SHORT,
        "at": event.at,
        "giver": told.name_of(event.by),
        "taker": "",
        "result": on_time(told.dossier),
        "note": "; ".join(_keyed_later([event])),
    }


def _keyed_later(deeds: list[e.Event]) -> list[str]:
    """When the row was keyed, if it was written by hand before."""
    late = [deed.keyed_at for deed in deeds if deed.keyed_at - deed.at > WRITTEN_BY_HAND]
    return [f"nhập lại lúc {_moment(max(late))}"] if late else []


def _moment(at: datetime) -> str:
    return f"{vietnam_time(at):%H:%M ngày %d/%m}"


def _party(told: Told, holder: str) -> str:
    return ONE_STOP_SHORT if holder == ONE_STOP else told.name_of(holder)
