"""Windows' way to print, into a PDF here: what a scanner reads of it is what was on the page."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import VIETNAM
from app.models.dossiers.print_state import PrintState
from app.models.unit.scanner_check import WHOLE
from app.printing.paper import Paper
from app.printing.papers import trial_page
from app.printing.printers.spooler import MUTE, Document, JobId, NotTaken
from app.ui.papers.qt_spooler import QtSpooler
from tests.printing import reading

AT = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
PAGE = Document(trial_page.render("Laser", AT, Paper.A5), "trang thử")


@pytest.mark.usefixtures("qapp")
def test_a_page_is_painted_with_its_codes_whole(tmp_path: Path) -> None:
    opened: list[JobId] = []
    spooler = QtSpooler(str(tmp_path / "out.pdf"))
    job = spooler.send(PAGE, "Laser", opened.append)
    assert opened == [job]
    assert WHOLE in reading.all_symbols((tmp_path / "out.pdf").read_bytes(), 300)


@pytest.mark.usefixtures("qapp")
def test_nobody_is_asked_what_became_of_it(tmp_path: Path) -> None:
    job = QtSpooler(str(tmp_path / "out.pdf")).send(PAGE, "Laser")
    assert job.startswith(MUTE)
    assert QtSpooler().job_state(job).state is PrintState.UNKNOWN


@pytest.mark.qt_log_ignore("Returned false", extend=True)  # Qt says so beside its answer
@pytest.mark.usefixtures("qapp")
def test_a_printer_that_begins_nothing_took_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="không nhận lệnh in"):
        QtSpooler(str(tmp_path / "none" / "out.pdf")).send(PAGE, "Laser")
    assert QApplication.instance()
