"""What the paper of a waiting number says; drawn by `turn_slip`."""

from dataclasses import dataclass
from datetime import datetime

FORM = "turn"


@dataclass(frozen=True, slots=True)
class TurnValues:
    """`ahead` are called before it; `mean_wait` in minutes is today's so far, 0 while unknown."""

    one_stop: str
    label: str
    priority: str
    taken_at: datetime
    ahead: int
    mean_wait: int
