"""Frees what only refers to itself, between two events of the GUI thread and nowhere else.

Python looks for such garbage in whichever thread happens to allocate, also in the middle of what Qt
does to a widget. A widget freed there takes the program with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

OFTEN = 1_000
"""ms between two looks."""


class Sweeper(QObject):
    """Takes the search for garbage over from Python, for as long as the process lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=OFTEN)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def keep_what_stands(self) -> None:
        """What is built by now lives as long as the window: no later sweep looks at it again."""
        gc.collect()
        gc.freeze()

    def sweep(self) -> None:
        """Free the garbage of the oldest generation that is due, as Python itself would choose it."""
        limits = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = (0 < most < count for count, most in limits)  # 0: that one is never due
        generation = max((place for place, is_due in enumerate(due) if is_due), default=None)
        if generation is not None:
            gc.collect(generation)
