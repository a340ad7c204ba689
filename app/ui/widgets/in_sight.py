"""A stack that takes the room of the part in sight; Qt's own takes that of its largest."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

_IGNORED = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)


class InSight(QStackedWidget):
    """One of several parts."""

    def __init__(self) -> None:
        super().__init__()
        self._own: dict[QWidget, QSizePolicy] = {}
        self.currentChanged.connect(self._give_room)

    def _give_room(self, _: int) -> None:
        for number in range(self.count()):
            part = self.widget(number)
            assert part is not None
            own = self._own.setdefault(part, part.sizePolicy())
            part.setSizePolicy(own if part is self.currentWidget() else _IGNORED)

    def addWidget(self, part: QWidget) -> int:
        number = super().addWidget(part)
        self._give_room(number)
        return number
