"""The printers of this counter: queues of the system, and folders that take PDF files.

A printer named `PDF:<folder>` writes each job into that folder.
"""

import re
from itertools import count
from pathlib import Path

from app.models.errors import OtherSideFailed
from app.printing.cups import Cups
from app.printing.paper import Paper
from app.printing.spooler import JobId, JobState, Printer, Progress, Spooler

FOLDER = "PDF:"

_SYSTEM: Spooler = Cups()


def printers(system: Spooler = _SYSTEM) -> list[Printer]:
    """The queues of the system; `OtherSideFailed` when it cannot be asked."""
    return system.printers()


def send(
    pdf: bytes,
    printer: str,
    title: str,
    copies: int = 1,
    paper: Paper = Paper.A5,
    system: Spooler = _SYSTEM,
) -> JobId:
    """Hands a PDF to a queue or a folder; `OtherSideFailed` when it does not take it.

    The copies of a form are pages of its PDF: `copies` is how often the whole is printed.
    """
    if printer.startswith(FOLDER):
        return _write(pdf, Path(printer.removeprefix(FOLDER)), title)
    return system.send(pdf, printer, title, copies, paper)


def job_state(job: JobId, system: Spooler = _SYSTEM) -> JobState:
    """What became of a job; `OtherSideFailed` when that cannot be known."""
    if job.startswith(FOLDER):
        return JobState(Progress.DONE)
    return system.job_state(job)


def _write(pdf: bytes, folder: Path, title: str) -> JobId:
    stem = re.sub(r"[^\w.-]+", " ", title).strip(" .")[:80] or "giay"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{stem} ({n}).pdf" if n > 1 else f"{stem}.pdf" for n in count(1))
        path = next(folder / name for name in names if not (folder / name).exists())
        path.write_bytes(pdf)
    except OSError as error:
        raise OtherSideFailed(
            f"Không ghi được tệp PDF vào thư mục “{folder}”. "
            "Hãy kiểm tra thư mục và chỗ trống rồi in lại; hồ sơ đã được lưu."
        ) from error
    return JobId(f"{FOLDER}{path}")
