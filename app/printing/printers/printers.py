"""The printers of this counter: queues of the system, folders that take PDF files, and roll printers.

`PDF:<folder>` writes each job into that folder; `K80:<host[:port]>` and `K80:<device or file>` give
a roll printer its dots (ESC/POS) past any queue.
"""

import re
from itertools import count
from pathlib import Path

from app.models.dossiers.print_state import PrintState
from app.printing.paper import Paper
from app.printing.printers import roll
from app.printing.printers.cups import Cups
from app.printing.printers.spooler import (
    FOLDER,
    ROLL,
    Document,
    JobId,
    JobState,
    NotTaken,
    Opened,
    Printer,
    Spooler,
    ignore,
)

_SYSTEM: Spooler = Cups()


def printers(system: Spooler = _SYSTEM) -> list[Printer]:
    """The queues of the system; `OtherSideFailed` when it cannot be asked."""
    return system.printers()


def send(
    document: Document, printer: str, opened: Opened = ignore, system: Spooler = _SYSTEM
) -> JobId:
    """Hands a document to a queue, folder or roll printer; see `Spooler.send`."""
    if printer.startswith(FOLDER):
        return _write(document, Path(printer.removeprefix(FOLDER)), opened)
    if printer.startswith(ROLL):
        if document.paper is not Paper.K80:
            raise NotTaken("Máy in cuộn chỉ in khổ K80. Hãy chọn máy in khác cho giấy này.")
        opened(JobId(printer))
        roll.deliver(document.pdf, printer.removeprefix(ROLL))
        return JobId(printer)
    return system.send(document, printer, opened)


def job_state(job: JobId, system: Spooler = _SYSTEM) -> JobState:
    """What became of a job; `OtherSideFailed` when nobody can be asked now."""
    if job.startswith(FOLDER):
        there = Path(job.removeprefix(FOLDER)).exists()
        return JobState(PrintState.DONE if there else PrintState.UNKNOWN)
    if job.startswith(ROLL):  # it never says what became of its dots
        return JobState(PrintState.UNKNOWN)
    return system.job_state(job)


def withdraw(job: JobId, system: Spooler = _SYSTEM) -> JobState:
    """Take back a job that was never wholly handed over; see `Spooler.withdraw`."""
    if job.startswith((FOLDER, ROLL)):
        return JobState(PrintState.REFUSED)
    return system.withdraw(job)


def _write(document: Document, folder: Path, opened: Opened) -> JobId:
    """One file a job, whole or not at all."""
    stem = re.sub(r"[^\w.-]+", " ", document.title).strip(" .")[:80] or "giay"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{stem} ({n}).pdf" if n > 1 else f"{stem}.pdf" for n in count(1))
        path = next(folder / name for name in names if not (folder / name).exists())
        job = JobId(f"{FOLDER}{path}")
        opened(job)
        making = path.with_name(f"{path.name}.part")
        making.write_bytes(document.pdf)
        making.replace(path)
    except OSError as error:
        raise NotTaken(
            f"Không ghi được tệp PDF vào thư mục “{folder}”. "
            "Hãy kiểm tra thư mục và chỗ trống rồi in lại; hồ sơ đã được lưu."
        ) from error
    return job
