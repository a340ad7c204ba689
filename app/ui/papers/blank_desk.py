"""Prints receipts to be filled by hand, for the day there is no power."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.blanks import PAPER, Blank
from app.models.errors import BadInput
from app.printing.paper import Paper
from app.printing.printers import printers
from app.printing.printers.spooler import Document, ignore, where
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import system

COUNT = 10
NO_PRINTER = "Chưa chọn máy in của quầy. Hãy chọn ở F12 “Máy in của quầy” rồi in lại."


class BlankDesk(QObject):
    """They go where receipts go; nothing is recorded of them."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._jobs = desk, jobs

    def print(self) -> None:
        """Draw and print `COUNT` of them."""
        self._jobs.run(Lane.DESK, self._draw, self._send)

    def _draw(self) -> tuple[str, list[Blank]]:
        printer = self._desk.places.usual("receipt").printer
        if not printer:
            raise BadInput(NO_PRINTER, "printer")
        return printer, [self._desk.blanks.draw() for _ in range(COUNT)]

    def _send(self, result: Ok[tuple[str, list[Blank]]] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
            return
        printer, blanks = result.value

        def work() -> str:
            for blank in blanks:
                document = Document(blank.pdf, f"blank {blank.code}", Paper[PAPER])
                printers.send(document, printer, ignore, *system())
            return where(printer)

        self._jobs.run(Lane.NET, work, self._sent)

    def _sent(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            said = f"Đã gửi {COUNT} giấy hẹn ghi tay tới {result.value}. Cất ở quầy, dùng khi mất điện."
            self.told.emit(said, Tone.DONE)
        else:
            self.told.emit(str(result.error), Tone.LATE)
