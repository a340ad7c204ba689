"""What the unit says of itself and works by: each setting with its default and what it changes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.desk import Desk
from app.models.errors import BadInput
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.unit.describing import opened
from app.models.unit.officer import Officer, Role
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.unit.hours_section import HoursSection
from app.ui.unit.rating_section import RatingSection
from app.ui.unit.sections import (
    NamesSection,
    PaperSection,
    ReceiptsSection,
    RulesSection,
    Section,
    StagesSection,
    Standing,
)
from app.ui.widgets.buttons import LinkButton, PrimaryButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.fields import show_beside
from app.ui.widgets.in_sight import InSight
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS, Page
from app.ui.widgets.parts import Words, WrappingLabel, column, row
from app.ui.widgets.room import Scrolled

KEPT = "Đã ghi. Giấy in từ nay theo điều mới; giấy đã in thì giữ nguyên."
SAME = "Chưa có gì khác với điều đang ghi."
ONLY_READ = "Chỉ người quản trị đổi được; phụ trách bộ phận đổi được phần “Hai giai đoạn”."

UNKEPT = "Phần này có điều nhập dở, chưa ghi lại."
UNKEPT_AND_CHANGED = f"{UNKEPT} Điều đang ghi đã đổi từ đó: xem lại trước khi ghi."

Work = Callable[[], None]


class UnitPage(Page):
    """Thiết lập đơn vị."""

    title = "Thiết lập đơn vị"
    left = Signal()

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._standing: Standing | None = None
        self._names, self._rules, self._paper = NamesSection(), RulesSection(), PaperSection()
        self._stages, self._receipts = StagesSection(), ReceiptsSection()
        self._hours, self._rating = HoursSection(), RatingSection()
        self._sections: dict[str, tuple[str, Section]] = {
            "names": ("Tên, địa chỉ", self._names),
            "hours": ("Giờ mở cửa", self._hours),
            "rules": ("Thời hạn", self._rules),
            "paper": ("Giấy in, nơi cất", self._paper),
            "stages": ("Hai giai đoạn", self._stages),
            "receipts": ("Biên lai điện tử", self._receipts),
            "rating": ("Đánh giá", self._rating),
        }
        self._blank: dict[Section, object] = {}
        self._has_changed = False
        self._which = Segments(
            [(name, title) for name, (title, _) in self._sections.items()], "Phần"
        )
        self._stack, self._said = InSight(), WrappingLabel("", reserved_lines=2)
        self._keep = PrimaryButton("Ghi lại", PRIMARY_KEY)
        self._drop = LinkButton("Bỏ điều nhập dở", "Alt+Q")
        self._leave = LeaveLink("Xong")
        self._lay_out()
        self._which.chosen.connect(self.show_section)
        self._keep.clicked.connect(self.keep)
        self._drop.clicked.connect(self._forget)
        self._leave.clicked.connect(self.left)
        self._paper.logo_chosen.connect(self.choose_logo)

    def entered(self) -> None:
        self.refresh()
        self.show_section(self._which.value())

    def refresh(self) -> None:
        """Read what stands; what was typed and not kept stays where it was typed."""
        self._jobs.run(Lane.DESK, lambda: standing_of(self._desk), self._show)

    def show_section(self, name: str) -> None:
        """Bring one part into sight, with the focus."""
        self._stack.setCurrentWidget(self._sections[name][1])
        self._which.choose(name)
        self._say_unkept()
        fields = self._section().fields.values()
        next(iter(fields)).setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Have what the part in sight says stand from now on."""
        if self._standing is None:
            return
        try:
            work = self._work(self._standing)
        except BadInput as wrong:
            self._show_wrong(wrong)
            return
        if work is None:
            self._said.say(SAME, Tone.QUIET)
        else:
            self._jobs.run(Lane.DESK, work, partial(self._kept, self._section()))

    def choose_logo(self, file: Path | None) -> None:
        """Print this at the head of every paper, or nothing."""
        choose = self._desk.letterhead.choose_logo
        self._jobs.run(Lane.DESK, lambda: choose(file, self._officer), partial(self._kept, None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for _, section in self._sections.values():
            self._stack.addWidget(section)
        title = Words(self.title, Type.TITLE, weight=Weight.STRONG)
        foot = row(self._said, self._drop, self._keep, spacing=Space.PAGE)
        foot.setStretch(0, 1)
        layout = column(
            row(title, None, self._leave), row(self._which, None), Scrolled(self._stack), foot,
            spacing=Space.BETWEEN,
        )  # fmt: skip
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _section(self) -> Section:
        return self._sections[self._which.value()][1]

    def _may_change(self) -> bool:
        roles = self._officer.roles
        return Role.ADMINISTRATOR in roles or (
            Role.SUPERVISOR in roles and self._section() is self._stages
        )

    def _work(self, standing: Standing) -> Work | None:
        """What is to be done at the desk; None when nothing differs. Raises `BadInput`."""
        section, unit, officer = self._section(), standing.unit, self._officer
        office = self._desk.office
        if section is self._stages:
            codes = self._stages.codes
            if tuple(sorted(codes)) == unit.two_stage:
                return None
            return lambda: _silent(office.change(officer, two_stage=codes))
        if section is self._hours:
            hours = self._hours.hours
            is_same = opened(unit, hours) == unit
            return None if is_same else lambda: _silent(office.change(officer, hours=hours))
        if section is self._receipts:
            book = _book(self._receipts.typed)
            return lambda: self._desk.fee_receipts.enter(book, officer)
        if section is self._paper:
            return self._paper_work(standing)
        said = {n: words for n, words in section.said().items() if words != getattr(unit, n)}
        return (lambda: _silent(office.change(officer, said))) if said else None

    def _paper_work(self, standing: Standing) -> Work | None:
        desk, officer, note = self._desk, self._officer, self._paper.note
        before = dict(standing.unit.shelves)
        shelves = [(f, at) for f, at in self._paper.shelves.items() if at != before.get(f, "")]
        is_noted = note != standing.note
        if not (shelves or is_noted):
            return None

        def work() -> None:
            if is_noted:
                desk.letterhead.write_note(note, officer)
            if shelves:
                desk.office.change(officer, shelves=shelves)

        return work

    def _kept(self, section: Section | None, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._show_wrong(result.error)
        else:
            if section:
                self._blank.pop(section, None)
            self._say_unkept()
            self._said.say(KEPT, Tone.DONE)
            self.refresh()

    def _show_wrong(self, error: Exception) -> None:
        self._said.say(str(error), Tone.LATE)
        show_beside(self._section().fields, error)

    def _show(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Err):
            self._said.say(str(result.error), Tone.LATE)
            return
        was, self._standing = self._standing, result.value
        self._has_changed = was is not None and was.unit != result.value.unit
        self._paper.show_logo(result.value)
        for _, section in self._sections.values():
            if not self._is_unkept(section):
                section.show_standing(result.value)
                self._blank[section] = section.state()
        if self._is_unkept(self._section()):
            self._say_unkept()

    def _is_unkept(self, section: Section) -> bool:
        return section in self._blank and section.state() != self._blank[section]

    def _say_unkept(self) -> None:
        is_unkept = self._is_unkept(self._section())
        self._drop.setVisible(is_unkept)
        if is_unkept:
            self._said.say(UNKEPT_AND_CHANGED if self._has_changed else UNKEPT, Tone.TODAY)
        else:
            self._said.say("" if self._may_change() else ONLY_READ, Tone.QUIET)

    def _forget(self) -> None:
        """What stands, in place of what was typed in the part in sight."""
        self._blank.pop(self._section(), None)
        self.refresh()
        self.show_section(self._which.value())


def standing_of(desk: Desk) -> Standing:
    """What stands; for the desk lane."""
    standing, head = desk.store.standing, desk.letterhead
    books = [account.book for account in desk.fee_receipts.accounts()]
    return Standing(standing.unit(), head.note, head.logo, standing.procedures(), books)


def _book(typed: dict[str, str]) -> ReceiptBookIssued:
    """An electronic book, as typed. Raises `BadInput`."""
    digits = typed["digits"]
    if digits and not (digits.isascii() and digits.isdigit()):
        raise BadInput("Số chữ số chỉ gồm chữ số, như 7 hay 8.", "digits")
    return ReceiptBookIssued(
        typed["sign"], typed["form"], electronic=True, provider=typed["provider"],
        digits=int(digits or 0),
    )  # fmt: skip


def _silent(_: object) -> None:
    """What came of it is read anew."""
