"""What the events about one online dossier come to: still waited with, or answered and how."""

from collections.abc import Sequence
from typing import NamedTuple

from app.models.dossiers.fold import REVOKED, Effect, Verdict, in_order
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.online import OnlineAnswered, OnlineArrived

WAITING = "chờ sự kiện trước đó từ máy khác"
ANSWERED = "nơi khác đã trả lời hồ sơ trực tuyến này"
UNREADABLE = "không nói về việc này, hoặc phiên bản này không đọc được"


class Arrival(NamedTuple):
    """An online dossier: the event that says most lately that it came, and the answer to it.

    An answer holds till it is known and another given; of two given apart the first holds. What was
    to be supplemented waits again once it comes in anew, and so does what was taken in by a number
    that was voided.
    """

    arrived: e.Event | None
    answered: e.Event | None
    verdicts: tuple[Verdict, ...]

    @property
    def answer(self) -> str:
        """How it was answered; "" while it waits."""
        said = self.answered.body if self.answered else None
        if self.arrived is None or not isinstance(said, OnlineAnswered) or said.answer == "voided":
            return ""
        assert self.answered is not None
        came_anew = said.answer == "supplement" and self.arrived.at > self.answered.at
        return "" if came_anew else said.answer

    @property
    def opened(self) -> str:
        """The dossier or visit that its answer opened; "" while it waits."""
        said = self.answered.body if self.answered else None
        return said.opened if self.answer and isinstance(said, OnlineAnswered) else ""


def arrival(thing: str, events: Sequence[e.Event]) -> Arrival:
    """Fold the events about the online dossier `thing`, in whatever order they came."""
    ordered = in_order(events)
    placed = {event.name for event in ordered}
    verdicts = [Verdict(x, Effect.HELD, WAITING) for x in events if x.name not in placed]
    arrived: e.Event | None = None
    answered: e.Event | None = None
    for event in ordered:
        why_not = _why_not(thing, event, answered, ordered)
        verdicts.append(Verdict(event, Effect.WITHOUT if why_not else Effect.APPLIED, why_not))
        if why_not:
            continue
        if isinstance(event.body, OnlineAnswered):
            answered = event
        elif arrived is None or event.at > arrived.at:
            arrived = event
    return Arrival(arrived, answered, tuple(verdicts))


def _why_not(
    thing: str, event: e.Event, answered: e.Event | None, ordered: Sequence[e.Event]
) -> str:
    """Why an event changes nothing; "" when it has its effect."""
    if event.revoked:
        return REVOKED
    if not isinstance(event.body, OnlineArrived | OnlineAnswered) or about(event.body) != thing:
        return UNREADABLE
    if isinstance(event.body, OnlineArrived) or answered is None:
        return ""
    return "" if answered.name in _seen(event, ordered) else ANSWERED


def _seen(event: e.Event, ordered: Sequence[e.Event]) -> set[e.EventName]:
    """All that an event's author knew of the thing."""
    saw_of = {one.name: one.saw for one in ordered}
    known, left = set(event.saw), list(event.saw)
    while left:
        further = [name for name in saw_of.get(left.pop(), ()) if name not in known]
        known.update(further)
        left += further
    return known
