"""Brings into sight what is still to be built, a step a turn, so that nothing else waits for all of it."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.typing.held_keys import HeldKeys


class Coming(QObject):
    """What was asked for last is on its way; keys pressed meanwhile are typed where it puts the focus."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._typed_ahead = HeldKeys(self)
        self._is_on_its_way = self._is_stepping = False
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._step)

    def begin(self, *steps: Callable[[], object]) -> None:
        """Take `steps` one after the other; what was on its way before is left where it is."""
        self._steps = deque(steps)
        self._typed_ahead.forget()
        self._typed_ahead.hold()
        self._is_on_its_way = True
        self._turn.start()

    @property
    def is_under_way(self) -> bool:
        """Whether there is a step to take yet, or a key to be typed that waited for it."""
        return self._is_on_its_way or self._typed_ahead.gives_back()

    def leave(self) -> None:
        """Take no further step, and forget the keys meant for what was on its way: nobody may find them
        typed elsewhere. But where a step of it, or one of those keys, led on, the others go there."""
        self._steps.clear()
        self._turn.stop()
        if not self._is_stepping:
            self._is_on_its_way = False
            self._typed_ahead.forget()

    def _step(self) -> None:
        step, self._is_stepping = self._steps.popleft(), True
        try:
            step()
        except Exception:
            self._steps.clear()
            raise
        finally:
            self._is_stepping = False
            if self._steps:
                # anew: a timer that repeats is due before all that fell due meanwhile
                self._turn.start()
            else:
                self._is_on_its_way = False
                self._typed_ahead.give_back()
