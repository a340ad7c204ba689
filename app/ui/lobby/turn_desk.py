"""Takes the deeds of the waiting line to the desk and says what came of them, from whatever page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.desk import Desk
from app.desk.papers.forms import TICKET
from app.models.citizens.turns import Queue, Turn
from app.printing.paper import Paper
from app.printing.printers import printers
from app.printing.printers.spooler import Document, JobId, ignore
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import system

MINUTE = 60_000  # ms; the waiting grows older


class TurnDesk(QObject):
    """A number goes to paper where tickets have a roll printer; else it is only shown."""

    stood = Signal(object)
    """The `Queue` as it stands."""
    called = Signal(object)
    """The `Turn` that was called just now, again or for the first time."""
    taken = Signal(object)
    """The `Turn` that was given out just now."""
    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._turns = desk, jobs, desk.turns
        self.queue = Queue()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.look)

    def begin(self, *, is_used: bool) -> None:
        """Look at the line now and then, as long as this counter has one."""
        if is_used:
            self._minute.start()
            self.look()
        else:
            self._minute.stop()

    def look(self) -> None:
        """Read the line."""
        self._jobs.run(Lane.DESK, self._turns.queue, self._stands)

    # --- deeds ------------------------------------------------------------------------------------

    def take(self, priority: str = "") -> None:
        """Give out a number."""
        turns = self._turns

        def work() -> tuple[Turn, Queue]:
            return turns.take(priority), turns.queue()

        self._jobs.run(Lane.DESK, work, self._taken)

    def call_next(self) -> None:
        """Whoever stands at the counter is done; the next one comes."""
        self._jobs.run(Lane.DESK, self._turns.call_next, self._called)

    def call_again(self) -> None:
        self._jobs.run(Lane.DESK, self._turns.call_again, self._called)

    def skip(self) -> None:
        """Whoever was called isn't there."""
        self._do(self._turns.skip, "Đã ghi vắng; quay lại thì trả số ấy vào hàng.")

    def hand_back(self, turn: Turn) -> None:
        """A number that was called waits again."""
        turns = self._turns
        self._do(lambda: turns.hand_back(turn.number), f"Số {turn.label} chờ lại ở chỗ cũ.")

    # --- inside -----------------------------------------------------------------------------------

    def _do(self, work: Callable[[], Queue], said: str) -> None:
        def came_back(result: Ok[Queue] | Err) -> None:
            self._stands(result)
            if isinstance(result, Ok):
                self.told.emit(said, Tone.PLAIN)

        self._jobs.run(Lane.DESK, work, came_back)

    def _stands(self, result: Ok[Queue] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
            return
        self.queue = result.value
        self.stood.emit(self.queue)

    def _called(self, result: Ok[Queue] | Err) -> None:
        self._stands(result)
        if isinstance(result, Err):
            return
        current = self.queue.current
        if current is None:
            self.told.emit("Không còn số nào đang chờ.", Tone.PLAIN)
            return
        left = len(self.queue.waiting)
        self.told.emit(f"Mời số {current.label}; còn {left} số đang chờ.", Tone.DONE)
        self.called.emit(current)

    def _taken(self, result: Ok[tuple[Turn, Queue]] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
            return
        turn, queue = result.value
        self._stands(Ok(queue))
        self.told.emit(f"Đã lấy số {turn.label}.", Tone.DONE)
        self.taken.emit(turn)
        self._print(turn)

    def _print(self, turn: Turn) -> None:
        """For the net lane; it is the original of nothing, so nothing is kept of it."""
        desk, at_desk = self._desk, self._jobs.at_desk

        def work() -> JobId | None:
            printer = at_desk(lambda: desk.places.own(TICKET).printer)
            if not printer:
                return None
            pdf = at_desk(lambda: desk.turns.slip(turn))
            return printers.send(
                Document(pdf, f"số {turn.label}", Paper.K80, 1), printer, ignore, *system()
            )

        self._jobs.run(Lane.NET, work, self._printed)

    def _printed(self, result: Ok[JobId | None] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
