"""Folds the events of one dossier into what they mean; reads nothing but the events.

What an event saw comes before it; among the rest the smallest name first. So replicas that hold
the same events agree, whatever the order in which they came.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from msgspec.structs import replace

from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import REVERSAL, Deed, deed_of
from app.models.dossiers.references import UNCLEAR
from app.models.dossiers.steps import NoEffect, applied, opened
from app.models.errors import Refused
from app.models.events import event as e

REVOKED = "máy ghi việc này đã bị thu hồi trước đó"
WAITING = "chờ sự kiện trước đó từ máy khác"
UNCLEAR_SENTENCE = "máy bị nhân bản: không rõ việc này thuộc hồ sơ nào"
VERSION = 8  # of the fold: a change of meaning raises it and every table is rebuilt


class Effect(StrEnum):
    APPLIED = "applied"
    HELD = "held"
    WITHOUT = "without_effect"


class Verdict(NamedTuple):
    """What the fold made of one event; `reason` is the sentence when it had no effect."""

    event: e.Event
    effect: Effect
    reason: str = ""


class Folded(NamedTuple):
    """The dossier (None while its opening event is missing) and a verdict per event, in order."""

    dossier: Dossier | None
    verdicts: tuple[Verdict, ...]

    def arrived(self, then: str) -> Dossier:
        """The dossier; raises `Refused` while it is None, saying what to do once it came."""
        if self.dossier is None:
            raise Refused(f"Hồ sơ này chưa về đủ từ máy khác; hãy đồng bộ rồi {then}.")
        return self.dossier


def in_order(events: Iterable[e.Event]) -> list[e.Event]:
    """The events in canonical order; those that saw something missing are left out."""
    events = list(events)
    if len(events) == 1 and not events[0].saw:  # a dossier just received: a day brings hundreds
        return events
    by_name = {event.name: event for event in events}
    waits: dict[e.EventName, int] = {}
    after: dict[e.EventName, list[e.EventName]] = {}
    for name, event in by_name.items():
        waits[name] = len(event.saw)
        for seen in event.saw:
            after.setdefault(seen, []).append(name)
    ready = [name for name, count in waits.items() if count == 0]
    heapify(ready)
    ordered: list[e.Event] = []
    while ready:
        name = heappop(ready)
        ordered.append(by_name[name])
        for later in after.get(name, ()):
            waits[later] -= 1
            if waits[later] == 0:
                heappush(ready, later)
    return ordered


def heads(events: Iterable[e.Event]) -> tuple[e.EventName, ...]:
    """What the next deed's `saw` names: the placed events that no other placed one has seen."""
    placed = in_order(events)
    seen = {name for event in placed for name in event.saw}
    return tuple(sorted(event.name for event in placed if event.name not in seen))


def fold(events: Iterable[e.Event]) -> Folded:
    """Fold the events about one dossier; those that can't be placed yet are held."""
    events = tuple(events)
    folding = _Folding()
    verdicts = [folding.take(event) for event in in_order(events)]
    if len(verdicts) < len(events):
        placed = {verdict.event.name for verdict in verdicts}
        held = sorted((event for event in events if event.name not in placed), key=lambda x: x.name)
        verdicts += [Verdict(event, Effect.HELD, why_held(event)) for event in held]
    return Folded(folding.dossier, tuple(verdicts))


def stages(events: Iterable[e.Event]) -> Iterator[tuple[e.Event, Dossier | None]]:
    """Each event that can be placed, in canonical order, with the dossier as it stood after it."""
    folding = _Folding()
    for event in in_order(events):
        folding.take(event)
        yield event, folding.dossier


def why_held(event: e.Event) -> str:
    """What an event that can't be placed waits for."""
    return UNCLEAR_SENTENCE if UNCLEAR in event.saw else WAITING


@dataclass(slots=True)
class _Folding:
    """Walks the ordered events; keeps what each state-changing deed replaced, for undo."""

    dossier: Dossier | None = None
    before: list[tuple[e.EventName, Deed, Dossier]] = field(default_factory=list)
    seen: dict[e.EventName, tuple[e.EventName, ...]] = field(default_factory=dict)

    def take(self, event: e.Event) -> Verdict:
        self.seen[event.name] = event.saw
        try:
            self.dossier = self._after(event)
        except NoEffect as why:
            return Verdict(event, Effect.WITHOUT, str(why))
        return Verdict(event, Effect.APPLIED)

    def _after(self, event: e.Event) -> Dossier:
        if event.revoked:
            raise NoEffect(REVOKED)
        if isinstance(event.body, e.Received):
            if self.dossier is not None or event.about != e.thing_of(event.name):
                raise NoEffect("hồ sơ này đã được tiếp nhận bằng một sự kiện khác")
            return opened(event, event.body)
        if self.dossier is None:
            raise NoEffect("chưa có hồ sơ để thực hiện")
        if isinstance(event.body, e.Undone):
            return self._undone(event.body)
        after = applied(self.dossier, event, partial(self._saw, event))
        deed = deed_of(event.body)
        if deed is not None:
            self.before.append((event.name, deed, self.dossier))
            after = replace(after, last_change=event.name, last_deed=deed)
        return after

    def _saw(self, event: e.Event, earlier: e.EventName) -> bool:
        """Whether `earlier` was seen, straight or through what was seen."""
        left, known = list(event.saw), set(event.saw)
        while left:
            further = [name for name in self.seen[left.pop()] if name not in known]
            known.update(further)
            left += further
        return earlier in known

    def _undone(self, body: e.Undone) -> Dossier:
        assert self.dossier is not None
        if not self.before or str(self.before[-1][0]) != body.deed:
            raise NoEffect("thao tác này không còn là thao tác cuối cùng của hồ sơ")
        _, deed, before = self.before[-1]
        if REVERSAL[deed][0] is not Deed.UNDO:
            raise NoEffect(REVERSAL[deed][1])
        self.before.pop()
        # paper that went out, a scan, a code or number that came stay, whatever is taken back
        return replace(
            before, prints=self.dossier.prints, spoiled=self.dossier.spoiled,
            code=self.dossier.code, attachments=self.dossier.attachments,
            certified=self.dossier.certified, province=self.dossier.province,
        )  # fmt: skip
