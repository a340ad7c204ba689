"""The head of a dossier's page: its code, who and what for, its status, and how its appointment stands."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.dossiers.lifecycle import Clock, Status, clock, label, status_code
from app.ui.dossier.columns import agency_limit, haste, spoken_due, spoken_since, standing
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.parts import Badge, Card, Pill, Words, WrappingLabel, column, row, take_down

RIGHT_WIDTH = 232

_TONES = {
    Status.RESOLVED: Tone.DONE,
    Status.RETURNED: Tone.DONE,
    Status.VOIDED: Tone.LATE,
    Status.WITHDRAWN: Tone.QUIET,
    Status.STOPPED: Tone.QUIET,
    Status.WAITING_SUPPLEMENT: Tone.TODAY,
    Status.WAITING_PAYMENT: Tone.TODAY,
}


def status_words(status: Status) -> str:
    """ "4 · Đang xử lý": the national code and its label."""
    number = status_code(status)
    return f"{number} · {label(status)}" if number else label(status)


class DossierHead(Card):
    """Who, what and until when, to be read at one glance."""

    def __init__(self) -> None:
        super().__init__()
        self._content = QWidget()
        self.body.addWidget(self._content)

    def show_view(self, view: DossierView) -> None:
        """Show how the dossier stands."""
        content = _content(view)
        self.body.replaceWidget(self._content, content)
        take_down(self._content)
        self._content = content


def _content(view: DossierView) -> QWidget:
    dossier = view.dossier
    code = Words(view.code, Type.FIGURE, weight=Weight.BOLD, figures=True)
    code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    status = Pill(status_words(dossier.status), _TONES.get(dossier.status, Tone.ACCENT))
    name = dossier.applicant.name if dossier.applicant else ""
    who = column(
        row(code, None),
        row(status, *_urgency(view), None),
        WrappingLabel(name, Type.TITLE, weight=Weight.STRONG),
        WrappingLabel(dossier.procedure_name),
        None,
        spacing=Space.TIGHT,
    )
    both = row(who, _appointment(view), spacing=Space.PAGE)
    both.setStretch(0, 1)
    content = QWidget()
    content.setLayout(both)
    return content


def _urgency(view: DossierView) -> tuple[QWidget, ...]:
    wanted = view.dossier.urgency
    if wanted is None:
        return ()
    return (Pill(haste(wanted.wished, view.now), Tone.TODAY, "chevrons-up"),)


def _agencies(view: DossierView) -> Iterator[QWidget]:
    """How each agency that has it stands against its own limit, which is not the citizen's."""
    for agency in view.away:
        if agency.answered or (agency.part.due and agency.left):
            words = f"{agency.part.agency}: {agency_limit(agency, view.now)}"
            late = not agency.answered and agency.left is not None and agency.left.late
            tone = Tone.LATE if late else Tone.QUIET
            yield WrappingLabel(words, Type.SMALL, tone, Weight.STRONG if late else Weight.PLAIN)


def _appointment(view: DossierView) -> QWidget:
    dossier = view.dossier
    runs = clock(dossier.status) is Clock.RUNS
    cell = standing(dossier.status, view.left, dossier.first_due, view.now)
    burns = runs and cell.tone is not Tone.QUIET
    due = Words(
        spoken_due(dossier.due, view.now),
        Type.FIGURE,
        cell.tone if burns else Tone.PLAIN,
        Weight.BOLD,
        figures=True,
    )
    left = f"Còn {cell.text}" if runs and not view.left.late else cell.text
    waits = dossier.status is Status.WAITING_SUPPLEMENT and view.left.late
    left, over = left.split(", ", 1) if waits else (left, "")  # too long for one line here
    since = spoken_since(dossier.holder_since, view.now)
    again = "Hẹn trả kết quả" if len(dossier.promises) == 1 else "Hẹn lại"
    appointment = QWidget()
    appointment.setFixedWidth(RIGHT_WIDTH)
    appointment.setLayout(
        column(
            Words(again, Type.SMALL, Tone.QUIET),
            due,
            Badge(left, cell.tone, cell.icon, weight=Weight.STRONG),
            *([WrappingLabel(f"Khi yêu cầu {over}", Type.SMALL, Tone.LATE)] if over else []),
            WrappingLabel(
                f"Đang ở {view.named(dossier.holder)}, từ {since}", Type.SMALL, Tone.QUIET
            ),
            *_agencies(view),
            None,
            spacing=0,
        )
    )
    return appointment
