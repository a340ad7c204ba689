"""What is asked when a dossier is forwarded, and when an agency answers: which, and about what."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import MOST, UNITS, Agency, limit_of
from app.models.deadlines.appointment import LimitUnit
from app.models.errors import BadInput
from app.ui.deeds.doer_row import read_moment
from app.ui.deeds.fields import Paragraph, Question, written
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import column, row

ANOTHER_KEY = "Alt+A"
MOST_LINES = 6  # of what is typed in this card, the longest name an agency may have


class _Asked(QWidget):
    """One agency; the fields by the names errors give, the later agencies' with their number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        of = "" if number == 1 else f" thứ {number}"
        self._name, self._work = Paragraph(1, most=MOST_LINES), Paragraph(1, most=MOST_LINES)
        self._limit = Line("số")
        self._unit = Choice([(unit, words) for unit, words in UNITS.items()])
        name = written(f"Cơ quan nhận{of}", self._name, required=number == 1, note_lines=1)
        work = written("Công việc", self._work, note_lines=0)
        limit = Field("Thời hạn của cơ quan", self._limit, note_lines=2)
        unit = Field("Tính bằng", self._unit, note_lines=2)
        last = "" if number == 1 else str(number)
        self.fields: dict[str, Field[Any]] = {
            f"to{last}": name, f"note{last}": work, f"agency_limit{last}": limit,
            f"agency_unit{last}": unit,
        }  # fmt: skip
        self._at = f"agency_limit{last}"
        self.setLayout(column(name, work, row(limit, unit, spacing=Space.BETWEEN), spacing=0))

    def agency(self) -> Agency | None:
        """As typed; None while nothing is. Raises `BadInput` beside its own limit."""
        try:
            limit = limit_of(self._limit.words(), self._unit.value() or LimitUnit.WORKING_DAY)
        except BadInput as wrong:
            raise BadInput(str(wrong), self._at) from None
        told = Agency(self._name.line(), self._work.line(), limit)
        return None if told == Agency("") else told


def agencies() -> Question:
    """One agency, and more of them as they are wanted; all have the dossier at once."""
    first = _Asked(1)
    asked, fields, whole = [first], dict(first.fields), QWidget()
    below = column(first, spacing=0)
    whole.setLayout(below)
    more = LinkButton("Thêm cơ quan", ANOTHER_KEY)
    more.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def another() -> None:
        one = _Asked(len(asked) + 1)
        asked.append(one)
        fields.update(one.fields)
        below.addWidget(one)
        one.show()  # now, since the focus goes to its first field
        more.setVisible(len(asked) < MOST)
        next(iter(one.fields.values())).control.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(details: Details) -> Details:
        told = tuple(found for one in asked if (found := one.agency()))
        if not told:
            raise BadInput("Chưa ghi cơ quan nhận. Hãy ghi tên cơ quan.", "to")
        return replace(details, agencies=told, to="; ".join(one.name for one in told))

    more.clicked.connect(another)
    return Question((whole, row(more, None)), fields, add)


def answer(view: DossierView) -> Question:
    """Which of the agencies that still have it answered, when that came, and what it said."""
    whole = {
        one.part.agency: ": ".join(filter(None, (one.part.agency, one.work)))
        for one in view.away
        if not one.answered
    }
    which, at, said = Choice([(name, name) for name in whole]), Line("bây giờ"), Paragraph(2)
    which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    agency = Field("Cơ quan", which, required=True, note_lines=3)
    agency.set_hint(next(iter(whole.values()), ""))  # the list shows what it has room for
    which.chosen.connect(lambda name: agency.set_hint(whole[name]))
    came = Field("Nhận lúc", at, hint="16:10 hoặc 16:10 23/11/2026", note_lines=2)
    told = written("Nội dung trả lời", said, note_lines=0)

    def add(details: Details) -> Details:
        return replace(
            details, to=which.value() or "", note=said.line(), at=read_moment(at.words(), view.now)
        )

    return Question((agency, came, told), {"to": agency, "at": came, "note": told}, add)
