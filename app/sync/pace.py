"""Decides when to try the next exchange; the clock, the chance and the waiting are the caller's."""

from dataclasses import dataclass, replace
from math import inf

EVERY = 300.0  # seconds between two exchanges when nothing happens
APART = 5.0  # seconds at least from an exchange to the one that a new event asks for
FIRST_RETRY = 5.0
LONGEST_RETRY = 600.0


@dataclass(frozen=True)
class Pace:
    """`due` is the instant of the next try, `ended` that of the last, in seconds of a clock that
    never jumps.

    `chance` is drawn from [0, 1) for each try, so that counters cut off together don't come back
    together. Nothing makes it give up.
    """

    due: float = 0.0
    failures: int = 0
    ended: float = -inf

    def wait(self, now: float) -> float:
        """Seconds until the next try."""
        return max(0.0, self.due - now)

    def succeeded(self, now: float, chance: float) -> "Pace":
        """After a signed acknowledgement."""
        return Pace(now + _jittered(EVERY, chance), ended=now)

    def failed(self, now: float, chance: float, longest: float = LONGEST_RETRY) -> "Pace":
        """After anything else: twice as long each time, up to `longest`."""
        longest = min(longest, FIRST_RETRY * 2.0 ** min(self.failures, 20))
        return Pace(now + _jittered(longest, chance), self.failures + 1, now)

    def new_event(self, now: float) -> "Pace":
        """At once while the line is up, several together when they come one upon another; while it
        is down the next try carries the event anyway."""
        at_once = max(now, self.ended + APART)
        return self if self.failures else replace(self, due=min(self.due, at_once))

    def news(self, now: float) -> "Pace":
        """Somebody who answers holds what we don't: at once, whatever failed before; several together."""
        return replace(self, due=min(self.due, max(now, self.ended + APART)))

    def worth_a_try(self, now: float) -> "Pace":
        """At once, whatever failed before: the network came up, or the day ends."""
        return replace(self, due=min(self.due, now))


def _jittered(seconds: float, chance: float) -> float:
    """Between half of it and all of it."""
    return seconds * (0.5 + chance / 2)
