"""Keying what was filled by hand: which blank, when it was received, and by whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.desk.deeds.digitising import Scan
from app.desk.intake.blank_draft import BlankDraft
from app.models.errors import BadInput
from app.models.numbering import PROVISIONAL
from app.models.unit.officer import Officer, Role
from app.ui.deeds.doer_row import read_moment
from app.ui.intake.blank_scanned import BlankScanned
from app.ui.look.theme import Space, Weight
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import Words, column, row

WHEN = "9:10 23/11/2026"


@dataclass(frozen=True)
class Written:
    """What the pen wrote: the blank's code, the hour, and whose hand; the scan of it, and what is
    known of the next one."""

    blank: str
    at: datetime
    by: Officer
    scan: Scan | None
    following: BlankDraft


class BackEntry(QFrame):
    """A line above the intake while blanks are keyed; out of sight otherwise, and made for the first."""

    changed = Signal()
    """The hour is another."""
    edited = Signal()
    """Something of it is another, and wants to be kept."""
    scanned = Signal()
    """There is a scan of it now, or none any more."""
    said = Signal(str)
    """Why there is none."""
    closed = Signal()

    def __init__(self, officer: Officer) -> None:
        super().__init__()
        self._officer = officer
        self._officers: tuple[Officer, ...] = (officer,)
        self._fields: dict[str, Field[QWidget]] = {}
        self._sheet = BlankScanned()
        self._make_sheet: Callable[[], BlankScanned] | None = None
        self.hide()

    def _make(self) -> None:
        self._code, self._at = Line("T-________"), Line(WHEN)
        self._by: Choice[str] = Choice()
        leave = LeaveLink("Thôi nhập bù")
        leave.clicked.connect(self.leave)
        self._fields = {
            "code": Field("Mã trên tờ ghi tay", self._code, note_lines=2),
            "at": Field("Nhận lúc", self._at, note_lines=2),
            "officer": Field("Người nhận", self._by, note_lines=2),
        }
        title = row(Words("Nhập bù tờ ghi tay", weight=Weight.STRONG), None, leave)
        fields = row(*self._fields.values(), spacing=Space.BETWEEN)
        self._whole = column(title, fields, spacing=Space.TIGHT)
        self._whole.setContentsMargins(0, 0, Space.BETWEEN, 0)  # as the form keeps for its bar
        self.setLayout(self._whole)
        self._at.textEdited.connect(self.changed)
        for line in (self._code, self._at):
            line.textChanged.connect(self.edited)
        self._by.chosen.connect(self.edited)
        self._put_sheet()

    def scan_with(self, make: Callable[[], BlankScanned]) -> None:
        """From here on a blank is scanned as it is keyed, on what `make` gives."""
        self._make_sheet = make
        if self._fields:
            self._put_sheet()

    def _put_sheet(self) -> None:
        if self._make_sheet is None:
            return
        sheet, kept = self._make_sheet(), self._sheet.scan()
        if kept:
            sheet.resume(kept)
        self._sheet = sheet
        self._whole.addWidget(sheet)
        sheet.changed.connect(self.edited)
        sheet.changed.connect(self.scanned)
        sheet.said.connect(self.said)

    def doubt(self) -> str:
        """What is asked once before the blank is received; "" when it has its scan."""
        return "" if self.isHidden() else self._sheet.doubt()

    def begin(self, officers: Sequence[Officer], kept: BlankDraft | None = None) -> None:
        """Ask for a blank, received by one of `officers`, or go on with what was kept of one."""
        may = [x for x in officers if x.active and x.roles & {Role.RECEPTIONIST, Role.SUPERVISOR}]
        self._officers = tuple({x.login: x for x in (self._officer, *may)}.values())
        if not self._fields:
            self._make()
        self._by.offer([(x.login, x.name) for x in self._officers])
        if kept is not None:
            self._resume(kept)
        elif self.isHidden():
            self._sheet.clear()
            self.next()
        self.show()
        self.changed.emit()
        self.edited.emit()

    def next(self) -> None:
        """The next blank; hour and hand mostly stay the same day's."""
        self._sheet.kept()
        self._code.clear()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> BlankDraft | None:
        """As it stands; None while nothing is keyed back."""
        if self.isHidden():
            return None
        return BlankDraft(
            self._code.words(), self._at.words(), self._by.value() or "", self._sheet.scan()
        )

    def leave(self) -> None:
        """Back to what is received now."""
        self._sheet.clear()
        self.hide()
        self.closed.emit()

    def take_scan(self, text: str) -> bool:
        """Whether this was the code of a blank, and one is asked for."""
        if self.isHidden() or not PROVISIONAL.fullmatch(text):
            return False
        self._code.setText(text)
        self._at.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def at(self, now: datetime) -> datetime | None:
        """When it was received, as far as that can be read yet; None while nothing is keyed back."""
        if self.isHidden():
            return None
        try:
            return min(read_moment(self._at.words(), now) or now, now)
        except BadInput:
            return now

    def written(self, now: datetime) -> Written | None:
        """What is keyed back, if anything is. Says beside the field what is wrong, and raises `BadInput`."""
        if self.isHidden():
            return None
        self.refuse("", "")
        try:
            at = read_moment(self._at.words(), now)
            if at is None:
                raise BadInput("Ghi giờ nhận trên tờ.", "at")
        except BadInput as wrong:
            self.refuse("at", str(wrong))
            raise
        by = next(x for x in self._officers if x.login == self._by.value())
        following = BlankDraft(at=self._at.words(), by=by.login)
        return Written(self._code.words().upper(), at, by, self._sheet.scan(), following)

    def refuse(self, name: str, sentence: str) -> bool:
        """Say it beside the field it is about; False when that is none of these."""
        for field in self._fields.values():
            field.set_error("")
        if self.isHidden() or name not in self._fields:
            return False
        self._fields[name].set_error(sentence)
        self._fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _resume(self, kept: BlankDraft) -> None:
        self._code.setText(kept.code)
        self._at.setText(kept.at)
        if kept.by in {officer.login for officer in self._officers}:
            self._by.choose(kept.by)
        if kept.scan:
            self._sheet.resume(kept.scan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        """To the next field, and from the last to the intake: scanning has keys of its own."""
        self.focusNextChild()
        while (here := QApplication.focusWidget()) and self._sheet.isAncestorOf(here):
            self.focusNextChild()
