"""What became of a dossier's papers on this counter: a line a copy, and what the officer may say of it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from app.desk.papers.forms import FORMS
from app.models.dossiers.print_state import AWAITED, LABEL, PrintState
from app.printing.printers import spooler
from app.store.own.print_jobs import PrintJob
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import Words, WrappingLabel, column, row

Spoiled = frozenset[tuple[str, int]]

_LOOKS = {
    PrintState.UNKNOWN: (Tone.TODAY, "triangle-alert"),
    PrintState.FAILED: (Tone.LATE, "triangle-alert"),
    PrintState.REFUSED: (Tone.LATE, "triangle-alert"),
    PrintState.DONE: (Tone.DONE, "circle-check"),
}
_ON_PAPER = (PrintState.ACCEPTED, PrintState.PRINTING, PrintState.DONE, PrintState.FAILED)
SPOILED = "hỏng giấy, theo lời cán bộ"


class PrintList(QWidget):
    """The last print of each form; earlier ones stand in the history."""

    came_out = Signal(object)
    never_came = Signal(object)
    """The `EventName` of a print whose paper the officer holds, or doesn't."""
    spoiled = Signal(object, int)
    """A `PrintJob` and which of its copies is no paper to give away."""

    def __init__(
        self, prints: tuple[PrintJob, ...], spoiled: Spoiled, copies: Mapping[str, tuple[str, ...]]
    ) -> None:
        super().__init__()
        shown = column(Words("Giấy đã in ở quầy này", weight=Weight.STRONG))
        for job in last_of_each(prints):
            labels = copies.get(job.form, ("",))
            shown.addLayout(self._print(job, spoiled, labels))
        self.setLayout(shown)

    # --- inside -----------------------------------------------------------------------------------

    def _print(self, job: PrintJob, spoiled: Spoiled, labels: tuple[str, ...]) -> QLayout:
        name = FORMS[job.form].name if job.form in FORMS else job.form
        where = f"{job.at:%H:%M %d/%m/%Y} · {spooler.where(job.printer)}" if job.printer else ""
        lines = (WrappingLabel(words, Type.SMALL, Tone.QUIET) for words in (where, job.reason))
        return column(
            WrappingLabel(f"{name[:1].upper()}{name[1:]}, {job.mark or 'bản gốc'}"),
            *(line for line in lines if line.text()),
            *(self._copy(job, number, label, spoiled) for number, label in enumerate(labels, 1)),
            *self._question(job),
            spacing=0,
        )

    def _copy(self, job: PrintJob, number: int, label: str, spoiled: Spoiled) -> QWidget:
        is_spoiled = bool({(str(job.event), number), (str(job.event), 0)} & spoiled)
        tone, icon = (Tone.LATE, "circle-x") if is_spoiled else look(job)
        said = SPOILED if is_spoiled else LABEL[job.state]
        state = WrappingLabel(f"{label.strip('()')} – {said}" if label else said, tone=tone)
        line = row(Icon(icon, tone), state)
        line.setStretch(1, 1)
        if job.state in _ON_PAPER and not is_spoiled:
            again = LinkButton("Hỏng giấy, in lại")
            again.clicked.connect(partial(self.spoiled.emit, job, number))
            line.addWidget(again)
        shown = QWidget()
        shown.setLayout(line)
        return shown

    def _question(self, job: PrintJob) -> list[QWidget]:
        """Asked while nobody but the officer can know."""
        if job.state is not PrintState.UNKNOWN:
            return []
        yes, no = LinkButton("Giấy đã ra"), LinkButton("Giấy không ra")
        yes.clicked.connect(partial(self.came_out.emit, job.event))
        no.clicked.connect(partial(self.never_came.emit, job.event))
        asked = QWidget()
        asked.setLayout(row(yes, Space.PAGE, no, None))
        return [asked]


def last_of_each(prints: tuple[PrintJob, ...]) -> list[PrintJob]:
    """The last print of each form, the latest first."""
    return list({job.form: job for job in prints}.values())[::-1]


def look(job: PrintJob) -> tuple[Tone, str]:
    """The colour and icon of a state."""
    if job.state in AWAITED:
        return (Tone.TODAY, "triangle-alert") if job.reason else (Tone.QUIET, "printer")
    return _LOOKS[job.state]


def wants_a_look(prints: tuple[PrintJob, ...]) -> bool:
    """Whether a print is not as it should be."""
    return any(look(job)[1] == "triangle-alert" for job in last_of_each(prints))
