"""Shows how far a long work is, and stops it when asked."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from app.models.errors import Refused
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.parts import Words, row

PATIENCE = 500  # ms before a bar is worth looking at
OFTEN = 100  # ms between two looks
STOPPED = "Đã dừng; chưa ghi tệp nào."


@dataclass
class Way:
    """How far a work is: it writes `rows` of `total` (0: nobody knows) in its lane, the bar reads
    them and says `stopped`.
    """

    total: int = 0
    rows: int = 0
    stopped: bool = False
    when_stopped: str = STOPPED

    def reached(self, rows: int) -> None:
        """Called by the work; raises `Refused` once it shall stop."""
        self.rows = rows
        if self.stopped:
            raise Refused(self.when_stopped)

    def reached_of(self, rows: int, total: int) -> None:
        """As `reached`, by a work that knows of how many."""
        self.total = total
        self.reached(rows)

    def heard(self, rows: int, total: int) -> None:
        """So many are done, of so many; raises nothing."""
        self.rows, self.total = rows, total


class Going(QWidget):
    """A bar with words and a button that stops; out of sight while nothing takes long."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Words(tone=Tone.QUIET)
        self._bar = QProgressBar()
        self._stop = QuietButton("Dừng", "Esc")
        self._way: Way | None = None
        self._later = QTimer(self, singleShot=True, interval=PATIENCE)
        self._looking = QTimer(self, interval=OFTEN)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        layout = row(self._words, self._bar, self._stop, spacing=Space.BETWEEN)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFixedHeight(Measure.CONTROL)
        self._later.timeout.connect(self._appear)
        self._looking.timeout.connect(self._look)
        self._stop.clicked.connect(self.stop)
        self.setVisible(False)

    def begin(self, words: str, when_stopped: str = STOPPED) -> Way:
        """Something begins; what it must tell how far it is."""
        self._way = Way(when_stopped=when_stopped)
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._later.start()
        return self._way

    def end(self) -> None:
        """It came to its end, or was stopped."""
        self._later.stop()
        self._looking.stop()
        self._way = None
        self.setVisible(False)

    def stop(self) -> None:
        """Ask the work to stop at its next row."""
        if self._way:
            self._way.stopped = True
            self._words.setText("Đang dừng…")

    @property
    def under_way(self) -> bool:
        return self._way is not None

    def _appear(self) -> None:
        self.setVisible(True)
        self._looking.start()
        self._look()

    def _look(self) -> None:
        if self._way and self._way.total:
            self._bar.setRange(0, self._way.total)
            self._bar.setValue(min(self._way.rows, self._way.total))
