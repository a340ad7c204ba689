"""Takes a recovery code from its drawing to paper; only what is on paper is kept."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.printing.paper import Paper
from app.printing.printers import printers
from app.printing.printers.spooler import FOLDER, Document, ignore
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import printer_names, system
from app.ui.papers.sheet_preview import SheetPreview

if TYPE_CHECKING:
    from app.counter import CodePaper

TITLE = "Mã khôi phục"
BY_HAND = "Đã chép tay ra giấy"
KEPT = "Mã khôi phục mới đã dùng từ bây giờ. Hãy cất giấy vào két."
NOT_KEPT = "Chưa lập mã mới; mã trước, nếu có, vẫn dùng."


class Codes(Protocol):
    """See `app.safekeeping.Safekeeping`."""

    def draw_code(self) -> "CodePaper": ...

    def keep_code(self, paper: "CodePaper") -> None: ...


class CodeDesk(QObject):
    """A code that was neither printed nor copied by hand is forgotten: nobody would have it."""

    kept = Signal()
    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, codes: Codes, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._codes, self._jobs, self._over = codes, jobs, over

    def draw(self) -> None:
        """Show a new code on its paper, and let a printer be chosen."""
        self._jobs.run(Lane.NET, self._codes.draw_code, self._drawn)

    # --- inside -----------------------------------------------------------------------------------

    def _drawn(self, result: "Ok[CodePaper] | Err") -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
            return
        paper = result.value
        preview = SheetPreview(paper.pdf, TITLE, self._over, BY_HAND)
        preview.printer_chosen.connect(partial(self._print, paper))
        preview.file_wanted.connect(preview.accept)
        preview.file_wanted.connect(partial(self._keep, paper))
        preview.rejected.connect(partial(self.told.emit, NOT_KEPT, Tone.QUIET))
        preview.show()
        self._jobs.run(Lane.NET, _paper_printers, preview.offer)

    def _print(self, paper: "CodePaper", printer: str) -> None:
        def work() -> None:
            printers.send(Document(paper.pdf, TITLE, Paper.A4), printer, ignore, *system())
            self._codes.keep_code(paper)

        self._jobs.run(Lane.NET, work, self._told)

    def _keep(self, paper: "CodePaper") -> None:
        self._jobs.run(Lane.NET, partial(self._codes.keep_code, paper), self._told)

    def _told(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
        else:
            self.told.emit(KEPT, Tone.DONE)
            self.kept.emit()


def _paper_printers() -> list[str]:
    """Those that give paper: a code lies in no file."""
    return [name for name in printer_names() if not name.startswith(FOLDER)]
