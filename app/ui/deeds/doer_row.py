"""Who does the deeds of this page, and when: the officer now, unless it is said that it was another."""

import re
from collections.abc import Sequence
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.errors import BadInput
from app.models.unit.officer import Officer
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, Line, read_day
from app.ui.widgets.parts import Words, column, row

CHANGE_KEY = "Alt+K"
_MOMENT = re.compile(r"(\d{1,2})[:h](\d{2})(?:\s+(\S+))?", re.ASCII)


def read_moment(text: str, now: datetime) -> datetime | None:
    """When it happened: "16:10" is today, "16:10 23/11/2026" that day; None for nothing. Raises `BadInput`."""
    if not text.strip():
        return None
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise BadInput("Viết giờ và ngày, ví dụ 16:10 hoặc 16:10 23/11/2026.", "at")
    hour, minute, day = found.groups()
    try:
        chosen = read_day(day) if day else now.date()
        return datetime.combine(chosen, time(int(hour), int(minute)), now.tzinfo)
    except ValueError:
        raise BadInput(f"Không có giờ {hour}:{minute}. Viết lại, ví dụ 16:10.", "at") from None
    except BadInput as wrong:
        raise BadInput(str(wrong), "at") from None


class DoerRow(QWidget):
    """Folded to one line; unfolded, the doer and the moment can be given."""

    changed = Signal()
    """Another officer does it: other deeds may apply."""

    def __init__(self, officer: Officer) -> None:
        super().__init__()
        self._officer = officer
        self._offered: tuple[Officer, ...] = (officer,)
        self._choice: Choice[str] = Choice([(officer.login, officer.name)])
        self._at = Line("bây giờ")
        self._at_field = Field("Lúc", self._at, hint="16:10 hoặc 16:10 23/11/2026", note_lines=2)
        self._unfold = LinkButton("Ghi cho người khác", CHANGE_KEY)
        self._unfold.clicked.connect(self._toggle)
        self._details = QWidget()
        doer = Field("Người làm", self._choice, note_lines=0)
        self._details.setLayout(column(doer, self._at_field, spacing=0))
        self._details.hide()
        said = Words("Tôi làm, bây giờ", Type.SMALL, Tone.QUIET)
        self._said = said
        self.setLayout(column(row(said, None, self._unfold), self._details, spacing=Space.TIGHT))
        self._choice.chosen.connect(lambda _: self.changed.emit())

    def offer(self, officers: Sequence[Officer]) -> None:
        """Let one of these do it; the one chosen stays chosen."""
        active = tuple(x for x in officers if x.active)
        if active == self._offered:
            return
        self._offered = active
        chosen = self.officer().login
        self._choice.blockSignals(True)
        self._choice.offer([(officer.login, officer.name) for officer in active])
        self._choice.choose(chosen if chosen in self._choice_logins() else active[0].login)
        self._choice.blockSignals(False)

    def officer(self) -> Officer:
        """Who does it."""
        if self._details.isHidden():
            return self._officer
        return next(x for x in self._offered if x.login == self._choice.value())

    def at(self, now: datetime) -> datetime | None:
        """When it was done; None for now. Says beside the field what is wrong, and raises `BadInput`."""
        if self._details.isHidden():
            return None
        try:
            return read_moment(self._at.words(), now)
        except BadInput as wrong:
            self._at_field.set_error(str(wrong))
            raise

    def is_told_when(self) -> bool:
        """Whether a moment is typed here."""
        return not self._details.isHidden() and bool(self._at.words())

    def set_error(self, sentence: str) -> None:
        """Say beside the moment what is wrong with it."""
        self._at_field.set_error(sentence)

    def fold(self) -> None:
        """Back to the officer who sits here, now."""
        if not self._details.isHidden():
            self._toggle()

    def _toggle(self) -> None:
        unfolds = self._details.isHidden()
        self._details.setVisible(unfolds)
        self._unfold.say("Tôi làm, bây giờ" if unfolds else "Ghi cho người khác")
        self._said.setVisible(not unfolds)
        self._at.clear()
        self._choice.choose(self._officer.login)
        if unfolds:
            self._choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _choice_logins(self) -> set[str]:
        return {officer.login for officer in self._offered}
