"""Shows whether the day can be left: a line each for the server, the second copy and the backup."""

from collections.abc import Sequence
from datetime import datetime

from app.ui.look.theme import Weight
from app.ui.safety.day_end import Point
from app.ui.widgets.parts import Badge, Card, Words

POINTS = 3


class DayCard(Card):
    """Three lines, under the day they tell of."""

    def __init__(self) -> None:
        super().__init__()
        self._day = Words(weight=Weight.STRONG)
        self._badges = [Badge() for _ in range(POINTS)]
        for part in (self._day, *self._badges):
            self.body.addWidget(part)

    def say(self, found: Sequence[Point], now: datetime) -> None:
        """Say how they stand."""
        self._day.setText(f"Cuối ngày {now:%d/%m}")
        for badge, point in zip(self._badges, found, strict=False):
            badge.say(*point)
