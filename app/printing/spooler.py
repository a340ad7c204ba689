"""What a spooler is: the system that takes a PDF to a printer and knows what became of it."""

from dataclasses import dataclass
from enum import Enum
from typing import NewType, Protocol

from app.printing.paper import Paper

JobId = NewType("JobId", str)
"""What a spooler calls a job it has taken; opaque to everyone else."""


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


class Progress(Enum):
    """How far a job is. Only `DONE` and `FAILED` are final."""

    QUEUED = "đang chờ"
    PRINTING = "đang in"
    DONE = "đã in"
    FAILED = "không in được"


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is and, where something hinders it, why, in Vietnamese."""

    progress: Progress
    reason: str = ""


class Spooler(Protocol):
    """CUPS, or on Windows the window's own, which renders the PDF through a QPrinter.

    Each method raises `OtherSideFailed` when it cannot be asked.
    """

    def printers(self) -> list[Printer]:
        """The queues, by name."""

    def send(self, pdf: bytes, printer: str, title: str, copies: int, paper: Paper) -> JobId:
        """Hands a PDF over; what returns is taken, not yet printed."""

    def job_state(self, job: JobId) -> JobState:
        """What became of a job; `OtherSideFailed` too when it is no longer known."""
