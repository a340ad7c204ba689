"""Says how many scans no server has yet, and how far the go is that carries them up."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar

from app.models.exchange.file_talk import Going
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.stepping import Stepping
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import Badge, Card, WrappingLabel, row

SAFE = "Không có tệp nào chờ gửi"


class ScansCard(Card):
    """Beside the exchange. Events go first; what is left in the middle goes on next time."""

    def __init__(self, only_here: Callable[[], int], carrying: Stepping[Going], jobs: Jobs) -> None:
        """`only_here` counts the files that only this computer holds; for the desk lane."""
        state = Badge()
        super().__init__("Tệp số hóa", state)
        self.tighten()
        self._only_here, self._carrying, self._jobs = only_here, carrying, jobs
        self._state = state
        self._said = WrappingLabel("", tone=Tone.QUIET)
        self._said.hide()
        self._far = QProgressBar()
        self._far.setTextVisible(False)
        self._far.setAccessibleName("Tệp số hóa đã lên")
        self._stop = LinkButton("Dừng, lần sau gửi tiếp", "Alt+D")
        self.body.addWidget(self._said)
        self.body.addLayout(row(self._far, self._stop, spacing=Space.BETWEEN))
        self._rest()
        self._stop.clicked.connect(self._leave)
        carrying.moved.connect(self._moved)
        carrying.ended.connect(self._ended)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    # --- inside -----------------------------------------------------------------------------------

    def _look(self) -> None:
        self._jobs.run(Lane.DESK, self._only_here, self._count)

    def _count(self, result: Ok[int] | Err) -> None:
        if isinstance(result, Err):
            return
        if result.value:
            self._state.say(f"{result.value} tệp chỉ có ở máy này", Tone.TODAY, "cloud-alert")
        else:
            self._state.say(SAFE, Tone.DONE, "cloud-check")

    def _moved(self, going: Going) -> None:
        if going.of:
            self._far.show()
            self._stop.show()
            self._far.setRange(0, going.of)
            self._far.setValue(going.done)

    def _ended(self, result: Ok[None] | Err) -> None:
        self._rest()
        self._said.setVisible(isinstance(result, Err))
        self._said.setText(str(result.error) if isinstance(result, Err) else "")
        self._look()

    def _leave(self) -> None:
        self._carrying.stop()
        self._rest()
        self._look()

    def _rest(self) -> None:
        self._far.hide()
        self._stop.hide()
