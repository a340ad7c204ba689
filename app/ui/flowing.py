"""Words that change: they take as many lines as they need, and give the room back when they need fewer."""

from app.ui.parts import WrappingLabel


class Flowing(WrappingLabel):
    """A `WrappingLabel` whose text is set again and again."""

    def _take_room(self) -> None:
        self.setMinimumHeight(0)  # Qt's heightForWidth is never below the minimum
        super()._take_room()
