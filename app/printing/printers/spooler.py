"""What a spooler is: the system that takes a PDF to a printer and knows what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import NewType, Protocol

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.printing.paper import Paper

FOLDER = "PDF:"
"""Begins the name of a printer that is a folder."""

ROLL = "K80:"
"""Begins the name of a roll printer reached past any queue."""

MUTE = (ROLL, "qt:")
"""How jobs begin of which nothing is ever heard again: of rolls, and of Windows through Qt."""

JobId = NewType("JobId", str)
"""What a spooler calls a job it has opened; opaque to everyone else."""

Opened = Callable[[JobId], None]
"""Told of a job before anything of it can reach paper, so that it can be written down first."""


def where(printer: str) -> str:
    """A printer as people call it."""
    if printer.startswith(FOLDER):
        return f"thư mục {printer.removeprefix(FOLDER)}"
    return printer.removeprefix(ROLL)


class NotTaken(OtherSideFailed):
    """The printer didn't take the job and never will: the same paper may go again."""


class Readiness(Enum):
    """What a printer is doing."""

    IDLE = "sẵn sàng"
    BUSY = "đang in"
    STOPPED = "đã dừng"


@dataclass(frozen=True, slots=True)
class Printer:
    """A queue; `reason` says in Vietnamese what hinders it, "" for nothing known."""

    name: str
    default: bool
    state: Readiness
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is and, where something hinders it, why, in Vietnamese."""

    state: PrintState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What goes to a printer; `reference` tells its job from any other of the same title.

    The copies of a form are pages of its PDF: `copies` is how often the whole is printed.
    """

    pdf: bytes
    title: str
    paper: Paper = Paper.A5
    copies: int = 1
    reference: str = ""

    @property
    def name(self) -> str:
        """What its job is called."""
        return f"{self.title} {self.reference}".strip()


def ignore(_: JobId) -> None:
    """For whoever keeps no book of jobs."""


class Spooler(Protocol):
    """CUPS, or on Windows the window's own, which renders the PDF through a QPrinter.

    Each method raises `OtherSideFailed` when it cannot be asked.
    """

    def printers(self) -> list[Printer]:
        """The queues, by name."""

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        """Hands a document over; what returns is taken, not yet printed.

        Raises `NotTaken` when it is sure that nothing of it will come to paper, any other
        `OtherSideFailed` when that can't be known.
        """

    def job_state(self, job: JobId) -> JobState:
        """What became of a job: `OPENED` when it was never wholly taken, `UNKNOWN` when forgotten."""

    def withdraw(self, job: JobId) -> JobState:
        """Take back a job that was never wholly handed over: `REFUSED`, or what it came to instead."""
