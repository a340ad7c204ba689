"""Windows' printers through Qt: the twin of CUPS where there is none.

Qt gives a job to the system and never hears of it again, so what became of it isn't known here.
"""

from uuid import uuid4

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.models.dossiers.print_state import PrintState
from app.printing.graphics.raster import pictures
from app.printing.paper import MM, Paper
from app.printing.printers.spooler import (
    Document,
    JobId,
    JobState,
    NotTaken,
    Opened,
    Printer,
    Readiness,
    ignore,
)
from app.ui.papers.pages_window import image

_STATES = {
    QPrinter.PrinterState.Active: Readiness.BUSY,
    QPrinter.PrinterState.Error: Readiness.STOPPED,
    QPrinter.PrinterState.Aborted: Readiness.STOPPED,
}
_PAGES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.A5: QPageSize.PageSizeId.A5}


class QtSpooler:
    """Renders the PDF at the printer's own resolution; `file` prints into a PDF instead, for tests."""

    def __init__(self, file: str = "") -> None:
        self._file = file

    def printers(self) -> list[Printer]:
        """The printers installed, by name."""
        installed = sorted(QPrinterInfo.availablePrinters(), key=lambda info: info.printerName())
        return [
            Printer(info.printerName(), info.isDefault(), _STATES.get(info.state(), Readiness.IDLE))
            for info in installed
        ]

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        """Paint every page; raises `NotTaken` when the printer doesn't take the job."""
        job = JobId(f"qt:{uuid4().hex}")
        opened(job)
        target = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._file:
            target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            target.setOutputFileName(self._file)
        else:
            target.setPrinterName(printer)
        target.setDocName(document.name)
        target.setCopyCount(document.copies)
        layout = QPageLayout(
            _page_size(document.paper), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
        target.setPageLayout(layout)
        target.setFullPage(True)
        _paint(document.pdf, target, printer)
        return job

    def job_state(self, job: JobId) -> JobState:
        """Nobody knows: Qt gave it to the system, and can't ask further."""
        return JobState(PrintState.UNKNOWN)

    def withdraw(self, job: JobId) -> JobState:
        """Only what Qt refused is asked about here, and that was never begun."""
        return JobState(PrintState.REFUSED)


def _page_size(paper: Paper) -> QPageSize:
    """The size by its name, so that the printer takes it from the right tray; a roll by its width."""
    if paper in _PAGES:
        return QPageSize(_PAGES[paper])
    size = QSizeF(paper.measures.width / MM, paper.measures.height / MM)
    return QPageSize(size, QPageSize.Unit.Millimeter, paper.value)


def _paint(pdf: bytes, target: QPrinter, printer: str) -> None:
    painter = QPainter()
    if not painter.begin(target):
        raise NotTaken(
            f"Máy in “{printer}” không nhận lệnh in. Hãy kiểm tra máy in đã bật và còn giấy rồi in lại."
        )
    try:
        for number, page in enumerate(pictures(pdf, target.resolution())):
            if number:
                target.newPage()
            painter.drawImage(0, 0, image(page))
    finally:
        painter.end()
