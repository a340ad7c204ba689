"""Takes an order for sheets from the desk to a preview, a file or a printer."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.forms import FEE_RECEIPT
from app.desk.papers.print_places import Place
from app.models.events.event import EventName
from app.printing import named_file
from app.printing.card import Card
from app.printing.paper import Paper
from app.printing.printers import printers
from app.printing.printers.spooler import Document, JobId, ignore
from app.printing.sheet import Sheet
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import printer_names, system
from app.ui.papers.sheet_following import Following
from app.ui.papers.sheet_orders import NAMES, SheetOrder, chosen, sheets_of
from app.ui.papers.sheet_preview import SheetPreview
from app.ui.widgets.file_dialogs import ask_where
from app.ui.widgets.going import Going

FILTERS = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}


class SheetDesk(QObject):
    """One order at a time; what takes long is done beside the desk, and can be stopped."""

    told = Signal(str, object)
    """A sentence and its tone."""
    stood = Signal(str, object)
    """How the sheet sent last stands: a sentence and its tone."""
    paper_wanted = Signal(str, object)
    """A form and the `EventName` of its dossier, to be shown and printed as papers are."""
    busy = Signal(bool)

    def __init__(self, desk: Desk, jobs: Jobs, going: Going, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._jobs, self._going, self._over = desk, jobs, going, over
        self._following = Following(jobs, self)
        self._following.told.connect(self.told)
        self._following.told.connect(self.stood)

    def preview(self, order: SheetOrder) -> None:
        """Show the pages, and let a printer be chosen; a fee receipt goes the way of papers."""
        if order.what == FEE_RECEIPT:
            self._want_receipt(order)
            return
        self._make(order, "pdf", partial(self._drawn, order))

    def save(self, order: SheetOrder, kind: str) -> None:
        """Write a file, "pdf" or "xlsx", where the officer says."""
        if order.what == FEE_RECEIPT:
            self._want_receipt(order)
            return
        name = f"{order.title}.{kind}"
        ask_where(
            self._over, "Lưu tệp", FILTERS[kind], kind, partial(self._make_file, order, kind), name
        )

    # --- inside -----------------------------------------------------------------------------------

    def _make_file(self, order: SheetOrder, kind: str, chosen: str) -> None:
        file = Path(chosen if chosen.lower().endswith(kind) else f"{chosen}.{kind}")
        self._make(order, kind, partial(self._made, file))

    def _make(self, order: SheetOrder, kind: str, then: Callable[[Ok[bytes] | Err], None]) -> None:
        if self._going.under_way:
            return
        desk, at_desk = self._desk, self._jobs.at_desk
        way = self._going.begin(f"Đang lập {NAMES[order.what].lower()}…")
        self.busy.emit(True)

        def work() -> bytes:
            sheets = at_desk(lambda: sheets_of(desk, order, way.reached))
            way.total = total(sheets)
            return desk.draw(sheets, kind, way.reached)

        def came_back(result: Ok[bytes] | Err) -> None:
            self._going.end()
            self.busy.emit(False)
            then(result)

        self._jobs.run(Lane.NET, work, came_back)

    def _want_receipt(self, order: SheetOrder) -> None:
        """It is printed as any paper of a dossier; what is for several is given to all of them now."""
        desk = self._desk

        def work() -> EventName:
            if order.others:
                sheets_of(desk, order)
            return chosen(order)

        self._jobs.run(Lane.DESK, work, self._receipt_ready)

    def _receipt_ready(self, result: Ok[EventName] | Err) -> None:
        if isinstance(result, Err):
            self._refuse(result)
        else:
            self.paper_wanted.emit(FEE_RECEIPT, result.value)

    def _drawn(self, order: SheetOrder, result: Ok[bytes] | Err) -> None:
        if isinstance(result, Err):
            self._refuse(result)
            return
        preview = SheetPreview(result.value, NAMES[order.what], self._over)
        preview.printer_chosen.connect(partial(self._print, order, result.value))
        preview.file_wanted.connect(partial(self.save, order, "pdf"))
        preview.show()
        self._jobs.run(Lane.NET, partial(self._printers_for, order), preview.offer)

    def _printers_for(self, order: SheetOrder) -> list[str]:
        """The printers, the one these sheets went to last before the others; for the net lane."""
        places = self._desk.places
        usual = self._jobs.at_desk(lambda: places.usual(order.place).printer)
        return sorted(printer_names(), key=lambda name: name != usual)

    def _print(self, order: SheetOrder, pdf: bytes, printer: str) -> None:
        if order.is_large:
            self.told.emit(
                "Máy in văn phòng không có khổ A3. Hãy lưu PDF rồi in nơi khác.", Tone.LATE
            )
            return
        document = Document(pdf, order.title, Paper.A4)
        places, at_desk = self._desk.places, self._jobs.at_desk

        def work() -> JobId:
            at_desk(lambda: places.choose(order.place, Place(printer, Paper.A4.value)))
            return printers.send(document, printer, ignore, *system())

        self._jobs.run(Lane.NET, work, partial(self._sent, NAMES[order.what], printer))

    def _sent(self, title: str, printer: str, result: Ok[JobId] | Err) -> None:
        if isinstance(result, Err):
            self._refuse(result)
        else:
            self._following.follow(title, printer, result.value)

    def _made(self, file: Path, result: Ok[bytes] | Err) -> None:
        if isinstance(result, Err):
            self._refuse(result)
            return
        content = result.value
        self._jobs.run(Lane.NET, lambda: named_file.write(file, content), partial(self._kept, file))

    def _kept(self, file: Path, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._refuse(result)
        else:
            self.told.emit(f"Đã ghi {file}.", Tone.DONE)

    def _refuse(self, result: Err) -> None:
        self.told.emit(str(result.error), Tone.LATE)


def total(sheets: Sequence[Sheet] | Sequence[Card]) -> int:
    """How many rows there are to draw."""
    return sum(sheet.rows for sheet in sheets if isinstance(sheet, Sheet))
