"""Copies the boxes of one dossier one after another: the next, the one before, the same again."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.desk.province.fields import Filled
from app.ui.typing.clipboard import Pasting

NOWHERE = -1


class Copying(QObject):
    """Stands before the first box until something is copied; blank boxes are passed over."""

    moved = Signal()
    """Another box is copied, other boxes are to be copied, or something else lies on the clipboard."""
    ended = Signal()
    """The last one is copied, or was before: what follows is the code."""

    def __init__(self, pasting: Pasting, parent: QObject) -> None:
        super().__init__(parent)
        self._pasting = pasting
        self._boxes: tuple[Filled, ...] = ()
        self._at = NOWHERE
        pasting.changed.connect(self.moved)

    def begin(self, boxes: Sequence[Filled]) -> None:
        """Stand before the first of other boxes; what was copied of the ones before is taken away."""
        self._pasting.take_away()
        self._boxes, self._at = tuple(boxes), NOWHERE
        self.moved.emit()

    @property
    def at(self) -> int:
        """The number of the box copied last, from 0; −1 for none."""
        return self._at

    @property
    def box(self) -> Filled | None:
        """The box copied last."""
        return self._boxes[self._at] if self._at != NOWHERE else None

    @property
    def following(self) -> Filled | None:
        """The box that comes next."""
        number = self._next(1)
        return self._boxes[number] if number != NOWHERE else None

    def lies_there(self) -> str:
        """What of it can be pasted now."""
        return self._pasting.lies_there()

    def copy_next(self) -> None:
        """Copy the box that comes next."""
        self._step(self._next(1))

    def copy_before(self) -> None:
        """Copy the box before."""
        if (number := self._next(-1)) != NOWHERE:
            self._step(number)

    def copy_again(self) -> None:
        """Copy the same box again."""
        if self._at != NOWHERE:
            self._step(self._at)

    def copy(self, number: int) -> None:
        """Copy a box by its number, and go on from there."""
        if 0 <= number < len(self._boxes) and self._boxes[number].words:
            self._step(number)

    # --- inside ---

    def _step(self, number: int) -> None:
        if number != NOWHERE:
            self._at = number
            self._pasting.put(self._boxes[number].words)
            self.moved.emit()
        if self._next(1) == NOWHERE:
            self.ended.emit()

    def _next(self, by: int) -> int:
        """The nearest box with words in that direction."""
        number = self._at + by
        while 0 <= number < len(self._boxes):
            if self._boxes[number].words:
                return number
            number += by
        return NOWHERE
