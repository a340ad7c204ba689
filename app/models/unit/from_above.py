"""Tells from the events how each notice from above stands in a unit: said, withdrawn, read by whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.models.dossiers.fold import in_order
from app.models.events import event as e
from app.models.events.notices import NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.unit.officer import Officer, Role


class FromAbove(NamedTuple):
    """One notice; `read_by` is the login of who read it first, "" while nobody has."""

    notice: str
    text: str
    at: datetime
    withdrawn: bool
    read_by: str
    read_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody should still read it."""
        return not self.withdrawn and self.read_at is None


def from_above(said: Iterable[e.Event], read: Iterable[e.Event]) -> tuple[FromAbove, ...]:
    """Every notice, the newest first.

    `said` are events of the unit's own server, `read` those that count of anybody in the unit.
    """
    sent: dict[str, e.Event] = {}
    withdrawn = set[str]()
    for event in in_order(said):
        if isinstance(event.body, NoticeSent):
            sent.setdefault(event.body.notice, event)
        elif isinstance(event.body, NoticeWithdrawn):
            withdrawn.add(event.body.notice)
    readings = {
        event.body.notice: event
        for event in reversed(in_order(read))
        if isinstance(event.body, NoticeRead)
    }
    found = [_standing(x, withdrawn, readings.get(notice)) for notice, x in sent.items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.notice), reverse=True))


def may_read(officer: Officer, officers: Iterable[Officer]) -> bool:
    """Whose reading counts: the supervisor's, or anybody's where the unit has none."""
    has_one = any(one.active and Role.SUPERVISOR in one.roles for one in officers)
    return officer.active and (Role.SUPERVISOR in officer.roles or not has_one)


def _standing(said: e.Event, withdrawn: set[str], read: e.Event | None) -> FromAbove:
    assert isinstance(said.body, NoticeSent)
    name = said.body.notice
    by, at = (read.by, read.at) if read else ("", None)
    return FromAbove(name, said.body.text, said.at, name in withdrawn, by, at)
