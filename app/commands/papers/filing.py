"""Writes papers into files that were named."""

from pathlib import Path

from app.desk.papers.paperwork import Paper
from app.desk.papers.press import Press
from app.models.errors import Refused
from app.printing import named_file
from app.printing.printers.spooler import FOLDER, JobId, NotTaken


def keep_paper(press: Press, paper: Paper, file: Path) -> None:
    """Write a print into a file, as a printer would be given it."""
    press.go(paper.job, f"{FOLDER}{file}")
    press.opened(paper.job, JobId(f"{FOLDER}{file.absolute()}"))
    try:
        write(file, paper.pdf)
    except Refused as failed:
        press.sent(paper.job, NotTaken(str(failed)))
        raise
    press.sent(paper.job)


def write(file: Path, pdf: bytes) -> None:
    """Raises `BadInput` for a place that takes none, `Refused` for a full disk."""
    named_file.write(file, pdf, "Hãy chọn thư mục khác rồi in lại; hồ sơ đã được lưu.")
