"""Counts the prints of one paper, and says what the next one is marked with (ADR 14)."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn

MADE_BY: Mapping[str, tuple[type[e.Body], ...]] = MappingProxyType(
    {
        "supplement": (e.SupplementRequested,),
        "refusal": (e.Refusal, e.Resolved),
        "apology": (e.Apologised,),
        "stop": (Stopped, Withdrawn),
        "forward": (e.Forwarded,),
        "change-case": (e.CaseChanged,),
    }
)
"""The deeds that make a paper of their own each time."""


@dataclass(frozen=True)
class Prints:
    """`printed` of a paper that may be in the world, `outdated` by a correction; 0 makes an original.

    `to_send` are on no paper, and may still go as what they were written down as.
    """

    printed: int
    outdated: int
    to_send: tuple[e.EventName, ...] = ()

    @property
    def mark(self) -> str:
        """What the next print bears; "" for the original."""
        if self.printed == 0:
            return ""
        again = self.printed - self.outdated
        reprint = f"BẢN IN LẠI lần {again}" if again else ""
        return " – ".join(part for part in ("THAY THẾ" if self.outdated else "", reprint) if part)

    @property
    def replaces(self) -> bool:
        """Whether the next print takes the place of those before the correction."""
        return 0 < self.printed == self.outdated


def prints_since(
    events: Sequence[e.Event], form: str, unsent: Container[e.EventName] = ()
) -> Prints:
    """The prints of `form` since the deed that made this very paper; `unsent` are on no paper.

    A second notice, with a number of its own, is no reprint of the first.
    """
    made = _last_of(events, *MADE_BY.get(form, ()))
    corrected = max(made, _last_of(events, e.Corrected))
    before, since = (
        [(x.name, x.body) for x in some if isinstance(x.body, e.Printed) and x.body.form == form]
        for some in (events[made + 1 : corrected + 1], events[corrected + 1 :])
    )
    gone = [body for name, body in before if name not in unsent]
    outdated = _next_ordinal(gone)
    printed = _next_ordinal([*gone, *(body for name, body in since if name not in unsent)])
    to_send = (name for name, body in since if name in unsent and body.ordinal == printed)
    return Prints(printed, outdated, tuple(to_send))


def _next_ordinal(prints: Sequence[e.Printed]) -> int:
    """Past every ordinal there is: another counter counted those that were on no paper here."""
    return max((len(prints), *(print_.ordinal + 1 for print_ in prints)))


def _last_of(events: Sequence[e.Event], *types: type[e.Body]) -> int:
    """Where the last of these types stands; -1 when there is none."""
    return max((n for n, event in enumerate(events) if isinstance(event.body, types)), default=-1)
