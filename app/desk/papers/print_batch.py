"""Prints one form of many dossiers, one job each: every event before its paper, and each told apart.

It runs beside the desk, as a delivery does. It ends early when it is told to, or when the printer
takes no more; what was not begun by then is no event, and is still to be printed as an original.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.desk.at_desk import AtDesk
from app.desk.papers.delivery import Delivery
from app.desk.papers.paperwork import Paper, Paperwork
from app.models.errors import OtherSideFailed, Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer

Reached = Callable[[int, int], bool]
"""Told how many papers are dealt with and of how many; False ends the batch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch: papers sent, dossiers left out with the reason, and why it ended early.

    `skipped` were printed before; `left` were not begun.
    """

    sent: int
    skipped: int
    refused: tuple[tuple[EventName, str], ...]
    left: int
    failed: str = ""

    def and_then(self, later: "Batch") -> "Batch":
        """What came of this batch and of the one that took up what it left."""
        return Batch(
            self.sent + later.sent,
            self.skipped + later.skipped,
            (*self.refused, *later.refused),
            later.left,
            later.failed,
        )


class PrintBatch:
    """One form for many dossiers, on one printer."""

    def __init__(
        self, paperwork: Paperwork, delivery: Delivery, at_desk: AtDesk, officer: Officer
    ) -> None:
        self._paperwork, self._delivery = paperwork, delivery
        self._at_desk, self._officer = at_desk, officer

    def run(
        self, form: str, names: Sequence[EventName], printer: str, size: str = "",
        reached: Reached = lambda done, of: True,
    ) -> Batch:  # fmt: skip
        """Print `form` for each of `names` that doesn't have it yet."""
        sent = skipped = 0
        refused: list[tuple[EventName, str]] = []
        for done, name in enumerate(names):
            if not reached(done, len(names)):
                return Batch(sent, skipped, tuple(refused), len(names) - done)
            try:
                paper = self._at_desk(lambda: self._issued(form, name, size))  # noqa: B023  # at once
            except Refused as refusal:
                refused.append((name, str(refusal)))
                continue
            if paper is None:
                skipped += 1
                continue
            try:
                self._delivery.send(paper, printer)
            except OtherSideFailed as failed:
                return Batch(sent, skipped, tuple(refused), len(names) - done, str(failed))
            sent += 1
        reached(len(names), len(names))
        return Batch(sent, skipped, tuple(refused), 0)

    def _issued(self, form: str, name: EventName, size: str) -> Paper | None:
        """The paper; None where this form was printed before, or may have been."""
        if self._paperwork.printed(form, name):
            return None
        return self._paperwork.issue(form, name, self._officer, size)
