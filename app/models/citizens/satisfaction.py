"""Counts what citizens said of the service, so that no report tells what any one of them said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import msgspec

from app.models.counts import Counts

LEVELS = 3
FEWEST = 5
"""Fewer ballots than these are shown to nobody."""

_Z = 1.959964  # of the normal distribution: 95 % lie within


class Questionnaire(msgspec.Struct, frozen=True):
    """What is asked: `levels` from the worst, `questions` by the names they are counted under.

    `overall` names the one asked at the counter, with the words of `invitation`. The contents are
    those of nghị định 61/2018/NĐ-CP Điều 31; the slip itself each province designs (thông tư
    01/2018/TT-VPCP Điều 12.4). Converting it raises `ValueError` where it can't be asked.
    """

    levels: tuple[str, str, str]
    questions: dict[str, str]
    overall: str
    invitation: str

    def __post_init__(self) -> None:
        if self.overall not in self.questions:
            raise ValueError(f"questions.{self.overall}")


def levels_of(words: str) -> tuple[str, str, str] | None:
    """Three levels from the worst, parted by ";"; None where these are no three."""
    said = tuple(word.strip() for word in words.split(";"))
    return (said[0], said[1], said[2]) if len(said) == LEVELS and all(said) else None


def in_own_words(asked: Questionnaire, invitation: str, levels: str) -> Questionnaire:
    """The same question in the unit's words, as far as it has its own."""
    return msgspec.structs.replace(
        asked, invitation=invitation or asked.invitation, levels=levels_of(levels) or asked.levels
    )


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one citizen said: by question a level from 1, the worst, to `LEVELS`.

    `key` is random; nothing finer than the day says when, and nothing says of what or to whom.
    """

    key: bytes
    day: date
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Turnout(Counts):
    """How often citizens were asked, and how often they answered, declined, or took it home."""

    asked: int = 0
    answered: int = 0
    declined: int = 0
    later: int = 0

    @property
    def unanswered(self) -> int:
        """The counter's work went on, or time ran out, before anything was said."""
        return self.asked - self.answered - self.declined - self.later


@dataclass(frozen=True, slots=True)
class Box:
    """Ballots of whole days, counted together or not at all, as of the last of these days."""

    since: date
    until: date
    ballots: tuple[Ballot, ...]


def boxes(ballots: Iterable[Ballot], today: date) -> list[Box]:
    """Part time into boxes: each ends on the first day it holds `FEWEST` ballots; never today.

    What is asked for doesn't move the borders. So whatever reports are drawn up, of whatever spans
    and however often, what tells two of them apart is a whole box.
    """
    by_day: dict[date, list[Ballot]] = {}
    for ballot in ballots:
        by_day.setdefault(ballot.day, []).append(ballot)
    found: list[Box] = []
    since, gathered = date.min, list[Ballot]()
    for day in sorted(day for day in by_day if day < today):
        gathered += by_day[day]
        if len(gathered) >= FEWEST:
            found.append(Box(since, day, tuple(gathered)))
            since, gathered = day + timedelta(1), []
    return found


@dataclass(frozen=True, slots=True)
class Summary:
    """`counts` of each level, from the worst."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def satisfied(self) -> float:
        """The share that chose any level but the worst, from 0 to 1."""
        return sum(self.counts[1:]) / self.answers

    @property
    def mean(self) -> float:
        """From 1, the worst, to `LEVELS`."""
        return sum(level * n for level, n in enumerate(self.counts, 1)) / self.answers

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share of all those served lies, with 95 % confidence (Wilson)."""
        n, p = self.answers, self.satisfied
        spread = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        middle, whole = p + _Z**2 / (2 * n), 1 + _Z**2 / n
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def summed(boxed: Iterable[Box], question: str) -> Summary | None:
    """The answers to one question; None when they are fewer than `FEWEST`."""
    said = Counter(
        ballot.answers[question]
        for box in boxed
        for ballot in box.ballots
        if question in ballot.answers
    )
    if said.total() < FEWEST:
        return None
    return Summary(tuple(said[level] for level in range(1, LEVELS + 1)))


def turnout(by_day: Mapping[date, Turnout], boxed: Sequence[Box]) -> Turnout:
    """Of the days of these boxes."""
    within = (
        each for day, each in by_day.items() if any(box.since <= day <= box.until for box in boxed)
    )
    return sum(within, Turnout())
