"""Online dossiers that wait in the province's system: taken up one by one, or answered, by the hour."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.online.waiting import Brought, Waiting
from app.models.dossiers.lifecycle import Deed
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.deeds.deeds import KEYS
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import (
    CODE_WIDTH,
    DUE_WIDTH,
    LEFT_WIDTH,
    Now,
    procedure_cell,
    short_code,
    spoken_due,
)
from app.ui.intake.foot import OUTCOME_SAID, LeaveStrip, Outcome
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import ENTER, QuietButton
from app.ui.widgets.file_dialogs import ask_open
from app.ui.widgets.going import Going
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

TITLE = "Hồ sơ trực tuyến"
ABOUT = (
    "Kiểm tra và trả lời công dân trong 08 giờ làm việc kể từ khi hồ sơ đến hệ thống tỉnh. "
    "Nhập tệp danh sách của hệ thống ấy; nhập lại không thành hai."
)
FILES = "Danh sách hồ sơ (*.xlsx *.csv *.json *.jsonl);;Mọi tệp (*)"
READING = "Đang nhập hồ sơ trực tuyến…"
READ_LESS = "Đã dừng. Những hồ sơ đã nhập thì còn; nhập lại tệp là nhập tiếp."
FILE_KEY = "Ctrl+O"
UNKNOWN = "Chưa có trong danh mục"
WHAT_TO_DO = (
    "Vẫn tiếp nhận được: bấm Enter rồi tự chọn thủ tục đúng. Nếu là thủ tục mới thì bấm F8 đồng bộ "
    "để lấy danh mục, chưa có thì báo người quản trị nhập danh mục."
)
MOST_WRONG = 3  # rows told in one sentence


def online_columns(now: Now) -> list[Column[Waiting]]:
    """Whose, what for, since when it waits, and what is left of its eight hours."""
    return [
        Column("Mã của tỉnh", lambda one: Cell(short_code(one.row.code), whole=one.row.code),
               CODE_WIDTH, figures=True),
        Column("Chủ hồ sơ", lambda one: Cell(one.row.applicant), share=2),
        Column("Thủ tục", asked_cell, share=3),
        Column("Đến lúc", lambda one: Cell(spoken_due(one.row.arrived, now())), DUE_WIDTH,
               figures=True),
        Column("Trả lời trước", lambda one: Cell(spoken_due(one.answer_by, now()), tone_of(one)),
               DUE_WIDTH, figures=True),
        Column("Còn lại", left_cell, LEFT_WIDTH),
    ]  # fmt: skip


def asked_cell(one: Waiting) -> Cell:
    """The procedure; one that the catalogue doesn't have is seen to be none of it."""
    cell = procedure_cell(one.row.procedure_name or one.row.procedure)
    if one.is_known:
        return cell
    words = "\n".join(filter(None, (cell.text, UNKNOWN)))
    return Cell(words, Tone.TODAY, "triangle-alert", whole=cell.whole)


def tone_of(one: Waiting) -> Tone:
    """Red once the eight hours are over, amber when little is left of them."""
    if one.left.late:
        return Tone.LATE
    return Tone.TODAY if one.is_near else Tone.PLAIN


def left_cell(one: Waiting) -> Cell:
    """What is left, in words, colour and icon."""
    icon = "triangle-alert" if one.left.late else "clock" if one.is_near else "circle"
    tone = tone_of(one)
    strong = tone is not Tone.PLAIN
    return Cell(one.left.text(), tone if strong else Tone.QUIET, icon, strong=strong)


def said_of(brought: Brought) -> str:
    """What a file brought, with the first of what is wrong in it."""
    told = [f"Dòng {one.line}: {one.reason}" for one in brought.wrong[:MOST_WRONG]]
    return " ".join((brought.sentence(), *told))


class OnlinePage(WorkPage):
    """Hồ sơ trực tuyến."""

    title = TITLE
    left = Signal()
    """Esc: back to where one came from."""
    taken_up = Signal(object)
    """The `IntakeDraft` the intake begins with."""
    slip_wanted = Signal(str, object)
    """The form that says why it wasn't received, and the `EventName` of the visit."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        self._view = TableView(
            Table(online_columns(desk.clock), lambda one: one.row.code), _nothing_waits()
        )
        self._view.setAccessibleName("Hồ sơ trực tuyến chờ kiểm tra")
        self._meant = Words(weight=Weight.STRONG, figures=True)
        self._file = QuietButton("Nhập tệp", FILE_KEY, "file-plus")
        self._supplement = QuietButton("Yêu cầu bổ sung", KEYS[Deed.REQUEST_SUPPLEMENT])
        self._refuse = QuietButton("Từ chối", KEYS[Deed.REFUSE])
        self._take = QuietButton("Tiếp nhận", ENTER, "inbox")
        self._back = LeaveLink("Quay lại")
        self._doubt = WrappingLabel(tone=Tone.TODAY, reserved_lines=2)
        self._going = Going()
        self._strip = LeaveStrip()
        self._asked = ""
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Look again, while in sight."""
        if self.isVisible():
            self._looking.ask(self._desk.online.waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._strip.isHidden():
            self._close_strip()
        elif self._going.under_way:
            self._going.stop()
        else:
            self.left.emit()

    def read(self, file: str) -> None:
        """Bring in what lies in `file`, portion by portion between the deeds."""
        if self._going.under_way:
            return
        way, bring_in = self._going.begin(READING, READ_LESS), self._desk.online.bring_in
        work = partial(bring_in, Path(file), self._officer, way.reached_of, self._jobs.at_desk)
        self._jobs.run(Lane.NET, work, self._brought)

    # --- put together ---

    def _lay_out(self) -> None:
        head = row(Words(self.title, Type.TITLE, weight=Weight.STRONG), None, self._back)
        deeds = (self._file, self._supplement, self._refuse, self._take)
        foot = row(self._meant, None, *deeds, spacing=Space.WITHIN)
        about = WrappingLabel(ABOUT, tone=Tone.QUIET)
        parts = (head, about, self._view, self._doubt, self._going, self._strip, foot)
        layout = column(*parts, spacing=Space.WITHIN)
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._strip.hide()
        for button in (self._file, self._supplement, self._refuse, self._take):
            button.setEnabled(False)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._file.clicked.connect(self._ask_which)
        self._take.clicked.connect(self._take_up)
        self._view.opened.connect(lambda _: self._take_up())
        self._view.moved.connect(lambda _: self._say_meant())
        self._supplement.clicked.connect(lambda: self._ask_why("supplement"))
        self._refuse.clicked.connect(lambda: self._ask_why("refusal"))
        self._strip.recorded.connect(self._leave)
        self._strip.closed.connect(self._close_strip)

    # --- what is shown ---

    def _show(self, result: Ok[list[Waiting]] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        self.say_about(f"{len(result.value)} hồ sơ chờ kiểm tra")
        self._view.show_rows(result.value)
        self._doubt.setVisible(not all(one.is_known for one in result.value))
        self._say_meant()

    def _say_meant(self) -> None:
        current, may = self._view.current(), self._officer.may(Deed.RECEIVE)
        self._meant.setText(current.row.code if current else "")
        doubt = current.doubt if current else ""
        self._doubt.setText(f"{doubt} {WHAT_TO_DO}" if doubt else "")
        self._file.setEnabled(may)
        for button in (self._supplement, self._refuse, self._take):
            button.setEnabled(may and current is not None)

    # --- brought in ---

    def _ask_which(self) -> None:
        ask_open(self, "Danh sách của hệ thống tỉnh", FILES, self.read)

    def _brought(self, result: Ok[Brought] | Err) -> None:
        self._going.end()
        if isinstance(result, Err):
            self.tell(str(result.error))
        else:
            brought = result.value
            tone = Tone.TODAY if brought.wrong or brought.unknown else Tone.DONE
            self.tell(said_of(brought), tone)
        self.changed.emit()
        self.refresh()

    # --- taken up, or answered ---

    def _take_up(self) -> None:
        current = self._view.current()
        if current is None or not self._officer.may(Deed.RECEIVE):
            return
        code = current.row.code
        self._jobs.run(Lane.DESK, lambda: self._desk.online.draft(code), self._go_on)

    def _go_on(self, result: Ok[IntakeDraft] | Err) -> None:
        if isinstance(result, Ok):
            self.taken_up.emit(result.value)
        else:
            self.tell(str(result.error))
            self.refresh()

    def _ask_why(self, outcome: Outcome) -> None:
        if current := self._view.current():
            self._asked = current.row.code
            self._strip.ask(outcome, (), IntakeDraft(name=current.row.applicant))

    def _close_strip(self) -> None:
        self._strip.clear()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, outcome: Outcome, reason: str, prints: bool) -> None:
        desk, officer, code = self._desk, self._officer, self._asked
        typed = self._strip.named(IntakeDraft()).name

        def work() -> EventName:
            draft = desk.online.draft(code)
            draft = msgspec.structs.replace(draft, name=draft.name or typed)
            return desk.intake.leave(draft, outcome, officer, reason)

        self._jobs.run(Lane.DESK, work, partial(self._left, outcome, prints))

    def _left(self, outcome: Outcome, prints: bool, result: Ok[EventName] | Err) -> None:
        if isinstance(result, Err):
            self._strip.refuse(str(result.error))
            return
        self._close_strip()
        self.tell(f"{OUTCOME_SAID[outcome]} {there_said(self._asked)}", Tone.DONE)
        self.changed.emit()
        self.refresh()
        if prints:
            self.slip_wanted.emit(outcome, result.value)


def there_said(code: str) -> str:
    """What is still to be done where the citizen looks."""
    return f"Hãy trả lời hồ sơ {code} cả trong hệ thống tỉnh."


def _nothing_waits() -> EmptyState:
    return EmptyState(
        "circle-check",
        "Không có hồ sơ trực tuyến nào chờ kiểm tra.",
        f"Bấm {FILE_KEY.replace('+', ' ')} để nhập danh sách của hệ thống tỉnh.",
    )
