"""The waiting line of one counter PC: numbers taken today, which is called next, how long they wait.

No law that was read says how citizens wait, so the order is the plainest: who has priority first,
then by number. A number is not a person: nothing here says who holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from string import ascii_uppercase

from app.models.text import digit_word

SHOWN = 5  # called numbers that stay in sight


class TurnState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Turn:
    """A number of today; `priority` is the unit's own word for why it goes first, "" for none."""

    label: str
    number: int
    priority: str
    state: TurnState
    taken_at: datetime
    called_at: datetime | None = None
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """A day's line: who stands at the counter, who waits in the order of calling, who was called.

    `called` is the newest first and begins with `current`; `mean_wait` is of those called, and None
    before the first.
    """

    current: Turn | None = None
    waiting: tuple[Turn, ...] = ()
    called: tuple[Turn, ...] = ()
    away: tuple[Turn, ...] = ()
    mean_wait: timedelta | None = None


def label(counter: int, number: int) -> str:
    """ "B007": each counter PC has a letter, so that two of them never give out the same number."""
    letter = ascii_uppercase[counter - 1] if 1 <= counter <= len(ascii_uppercase) else f"{counter}-"
    return f"{letter}{number:03}"


def spoken(turn: Turn, counter: int) -> str:
    """ "Mời số A, không không bảy, đến quầy 1.": digit by digit, as numbers are called in a room."""
    letter = turn.label.rstrip("0123456789")
    digits = " ".join(digit_word(digit) for digit in turn.label[len(letter) :])
    return f"Mời số {letter.strip('-')}, {digits}, đến quầy {counter}."


def queue_of(turns: Iterable[Turn]) -> Queue:
    """The line that a day's turns make."""
    everyone = list(turns)
    waiting = [turn for turn in everyone if turn.state is TurnState.WAITING]
    called = [turn for turn in everyone if turn.called_at and turn.state is not TurnState.WAITING]
    called.sort(key=_when_called, reverse=True)
    waits = [_when_called(turn) - turn.taken_at for turn in called]
    return Queue(
        current=next((turn for turn in called if turn.state is TurnState.CALLED), None),
        waiting=tuple(sorted(waiting, key=lambda turn: (not turn.priority, turn.number))),
        called=tuple(called[:SHOWN]),
        away=tuple(turn for turn in called if turn.state is TurnState.AWAY),
        mean_wait=sum(waits, timedelta()) / len(waits) if waits else None,
    )


def ahead_of(queue: Queue, turn: Turn) -> int:
    """How many are called before `turn`, as the line stands."""
    return next((n for n, each in enumerate(queue.waiting) if each.number == turn.number), 0)


def minutes(span: timedelta) -> int:
    """Whole minutes, a begun one counted from its half on."""
    return max(0, round(span.total_seconds() / 60))


def _when_called(turn: Turn) -> datetime:
    return turn.called_at or turn.taken_at
