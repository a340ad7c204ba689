"""What a sheet is: a register, a list or a board, of any number of rows and with a layout of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.printing.card import Card

Reached = Callable[[int], None]
"""Told how many rows are done, once a page or every few hundred; raises to stop the work."""


def unheard(rows: int) -> None:
    """For whoever waits without asking."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form of `resources/forms` with its values; `name` is its tab in a workbook."""

    form: str
    values: Mapping[str, object]
    name: str
    profile: str = "tt-03-2025"
    layout: str = ""
    """Instead of the form's own: a board on A3."""

    @property
    def rows(self) -> int:
        """How many rows its lists hold."""
        return sum(len(value) for value in self.values.values() if isinstance(value, list | tuple))


class Draw(Protocol):
    """Draws sheets, or cards, one after another into one file; given late, so that ReportLab is."""

    def __call__(
        self, sheets: Sequence[Sheet] | Sequence[Card], kind: str, reached: Reached = unheard
    ) -> bytes:
        """`kind` is "pdf" or "xlsx"; cards with a QR are always a PDF."""


def undrawn(
    sheets: Sequence[Sheet] | Sequence[Card], kind: str, reached: Reached = unheard
) -> bytes:
    """For a desk that was given nothing to draw with."""
    raise RuntimeError("nothing draws sheets here")
