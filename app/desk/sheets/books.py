"""Fills the registers: each book of a group of fields and year, line by line, voided numbers too."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time

from app.clock import VIETNAM
from app.desk.papers.facts import unit_values
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Effect, Folded
from app.models.dossiers.lifecycle import Clock, Status, clock, label
from app.models.events import event as e
from app.printing.forms import forms
from app.printing.sheet import Reached, Sheet, unheard
from app.store.store import Store

Line = dict[str, object]
Book = tuple[str, int, int]
"""Group of fields, year, quyển."""

VOIDED = label(Status.VOIDED)
NO_BOOK = "Hồ sơ chưa vào sổ"
MISSING = "Không có hồ sơ trong phần in"
WAYS = {
    "self": "Trực tiếp",
    "authorised": "Trực tiếp, người được ủy quyền",
    "post": "Bưu chính công ích",
}
EVERY = 100  # lines between two words on how far it is


class Books:
    """The registers of the unit (Sổ theo dõi hồ sơ); reads only."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def groups(self) -> list[str]:
        """The groups of fields a register was opened for, in order."""
        return [group for group in self._store.registers.groups() if group]

    def count(self, since: date, until: date, group: str = "") -> int:
        """How many dossiers were received from `since` to `until`, both days included."""
        return self._store.registers.count(*span(since, until), group)

    def register(
        self, since: date, until: date, group: str = "", reached: Reached = unheard
    ) -> list[Sheet]:
        """The books with the dossiers received from `since` to `until`, both days included.

        One sheet a book; a group without a line is one empty sheet. `reached` hears the lines read.
        """
        found = self._store.registers.lines(*span(since, until), group)
        kept: dict[Book, list[Line]] = {}
        profiles: dict[Book, str] = {}
        for number, folded in enumerate(found, 1):
            dossier = folded.dossier
            assert dossier is not None, "the table holds what was folded"
            book = _book(dossier)
            kept.setdefault(book, []).append(line(folded, dossier))
            profiles[book] = dossier.received.profile
            if number % EVERY == 0:
                reached(number)
        kept = kept or {(group or "Tất cả lĩnh vực", since.year, 0): []}
        return [
            self._sheet(book, lines, since, until, profiles.get(book, forms.CURRENT))
            for book, lines in kept.items()
        ]

    # --- inside -----------------------------------------------------------------------------------

    def _sheet(
        self, book: Book, lines: list[Line], since: date, until: date, profile: str
    ) -> Sheet:
        group, year, number = book
        today = self._clock().date()
        closed = bool(year) and since <= date(year, 1, 1) and min(until, today) >= _end(year)
        whole = list(_with_gaps(lines)) if number else lines
        serials = [str(each["serial"]) for each in whole if each["serial"]]
        values = {
            **unit_values(self._store.standing.unit()),
            "date": today,
            "number": "",
            "field_group": group or NO_BOOK,
            "year": str(year) if year else "",
            "book": f"{number:02}" if number else "–",
            "opened_on": date(year or since.year, 1, 1),
            "since": max(since, date(year, 1, 1)) if year else since,
            "until": min(until, _end(year)) if year else until,
            "closed_on": _end(year) if closed else None,
            "open_until": None if closed else min(until, today),
            "lines": str(len(whole)),
            "first_serial": serials[0] if serials else "–",
            "last_serial": serials[-1] if serials else "–",
            "voided": str(sum(str(each["closing"]).startswith(VOIDED) for each in lines)),
            "pages": 0,
            "register": whole,
        }
        return Sheet("register", values, f"{group or NO_BOOK} {year}-{number:02}", profile)


def span(since: date, until: date) -> tuple[datetime, datetime]:
    """The first and the last second of these days, both included."""
    last = time.max.replace(microsecond=0)
    return datetime.combine(since, time.min, VIETNAM), datetime.combine(until, last, VIETNAM)


def _end(year: int) -> date:
    return date(year, 12, 31)


def line(folded: Folded, dossier: Dossier) -> Line:
    """One line of a register, as of now."""
    received, owner = dossier.received, dossier.owner
    returned = _last(folded, e.Returned) if dossier.status is Status.RETURNED else None
    contact = (owner.address, owner.phone) if owner else ()
    first = dossier.promises[0].due
    return {
        "serial": f"{received.serial.number:02}" if received.serial else "",
        "code": dossier.shown_code,
        "procedure": dossier.procedure_name,
        "sets": received.sets,
        "applicant": owner.name if owner else "",
        "contact": "; ".join(filter(None, contact)),
        "agency": received.resolving_agency,
        "received": dossier.received_at,
        "due": first,
        "again": f"Hẹn lại {dossier.due:%H:%M %d/%m/%Y}" if dossier.due != first else "",
        "forwarded": dossier.hand_overs[0].at if dossier.hand_overs else None,
        "resolved": dossier.resolved_at,
        "returned": dossier.returned_at if returned else None,
        "closing": _closing(folded, dossier),
        "way": _way(returned),
        "collector": returned.personal.collector if returned and returned.personal else "",
        "note": "",
    }


def _way(returned: e.Event | None) -> str:
    body = returned.body if returned else None
    return WAYS[body.way] if isinstance(body, e.Returned) else ""


def _closing(folded: Folded, dossier: Dossier) -> str:
    """How a dossier ended, when not by its return; a voided number says why."""
    if dossier.status is Status.VOIDED:
        voided = _last(folded, e.Voided)
        why = voided.personal.reason if voided and voided.personal else ""
        return f"{VOIDED}: {why}" if why else VOIDED
    closed = clock(dossier.status) is Clock.CLOSED and dossier.status is not Status.RETURNED
    return label(dossier.status) if closed else ""


def _last(folded: Folded, body: type[e.Body]) -> e.Event | None:
    """The last event of this type that had an effect."""
    events = (v.event for v in reversed(folded.verdicts) if v.effect is Effect.APPLIED)
    return next((event for event in events if isinstance(event.body, body)), None)


def _book(dossier: Dossier) -> Book:
    serial = dossier.received.serial
    return (serial.group, serial.year, serial.book) if serial else ("", 0, 0)


def _with_gaps(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with one for each stretch of serials between them that no dossier bears."""
    before = 0
    for each in lines:
        number = int(str(each["serial"]))
        if before and number > before + 1:
            yield {**_BLANK, "serial": _stretch(before + 1, number - 1), "closing": MISSING}
        before = number
        yield each


def _stretch(first: int, last: int) -> str:
    return f"{first:02}" if first == last else f"{first:02}–{last:02}"


_BLANK: Line = dict.fromkeys(
    ("code", "procedure", "applicant", "contact", "agency", "again", "way", "collector", "note"), ""
) | dict.fromkeys(("sets", "received", "due", "forwarded", "resolved", "returned"))
