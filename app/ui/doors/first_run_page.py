"""The first run: twelve questions at most, then a counter that can receive.

Until the counter is made everything is in memory and can be gone back to; then it stands whole.
"""

from pathlib import Path
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from app.models.errors import BadInput
from app.models.unit.founding import Founding
from app.models.unit.scanner_check import SHOWN
from app.ui.doors.door_page import DoorPage
from app.ui.doors.first_run_after import CodeStep, CopyStep, DoneStep, ServerStep
from app.ui.doors.first_run_steps import (
    CalendarStep,
    FirstOfficerStep,
    OtherOfficersStep,
    PrinterStep,
    ReviewStep,
    ScannerStep,
    Step,
    UnitStep,
)
from app.ui.exchange.enrol_by_file import Carries
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.papers.code_desk import Codes
from app.ui.papers.papers import printer_names
from app.ui.scanning.scanner_page import DrawQr
from app.ui.widgets.buttons import LinkButton, PrimaryButton
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row
from app.ui.widgets.room import Scrolled
from app.ui.widgets.underway import MAKING, ONCE, Underway

WIDTH, SIZE = 720, QSize(900, 680)
FIRST = 1000  # share of the height that the card takes before what is above and below it
FOUNDING = "Đang tạo quầy: danh mục thủ tục, lịch nghỉ, tài khoản."
ASKED = "Đã ghi yêu cầu ghi danh; tệp trả lời mang về thì đọc ở F8."
WHOLE_OR_NOT = "Chừng mười giây. Mất điện lúc này thì chưa có gì được tạo; mở lại và làm lại."


class NewCounter(Codes, Carries, Protocol):
    """What makes the counter and what follows; see `app.first_run.NewCounter`."""

    def found(self, said: Founding) -> None:
        """For the desk lane."""

    def join(self, url: str, code: str) -> str:
        """The unit as the server calls it; for the line's lane."""

    def keep_copy(self, folder: Path) -> str:
        """What came of it, in a sentence; for the lane that copies."""


class FirstRunPage(DoorPage):
    """Asks step by step; `leave` is emitted once somebody can sign in."""

    def __init__(self, new: NewCounter, jobs: Jobs, draw_qr: DrawQr) -> None:
        super().__init__()
        self._new, self._jobs = new, jobs
        self._is_busy = False
        self._unit, self._first = UnitStep(), FirstOfficerStep()
        self._others = OtherOfficersStep(self._first.officer)
        self._calendar, self._printer, self._scanner = CalendarStep(), PrinterStep(), ScannerStep()
        asked = [self._unit, self._first, self._others, self._calendar, self._printer]
        self._review = ReviewStep(asked)
        self._server, self._copy, self._done = ServerStep(new, jobs), CopyStep(), DoneStep()
        self._steps: list[Step] = [
            *asked, self._scanner, self._review,
            CodeStep(new, jobs), self._server, self._copy, self._done,
        ]  # fmt: skip
        self._rooms = {step: Scrolled(step) for step in self._steps}
        self._place = 0
        self._told: list[str] = []
        self._which, self._title = Words(size=Type.SMALL, tone=Tone.QUIET), Words(size=Type.FIGURE, weight=Weight.BOLD)  # fmt: skip
        self._why = WrappingLabel(tone=Tone.QUIET)
        self._error = WrappingLabel(tone=Tone.LATE)
        self._stack, self._underway = QStackedWidget(), Underway()
        self._back = LinkButton("Quay lại", "Alt+Left")
        self._skip = LinkButton("Bỏ qua", "Alt+B")
        self._practise = LinkButton("Tập dùng trên xã mẫu", "Alt+T")
        self._restore = LinkButton("Khôi phục từ bản sao lưu", "Alt+K")
        self._go = PrimaryButton("Tiếp", "Return")
        self.setLayout(self._laid_out())
        self._back.clicked.connect(self.go_back)
        self._skip.clicked.connect(self.pass_over)
        self._practise.clicked.connect(self.practise)
        self._restore.clicked.connect(self.restore)
        self._go.clicked.connect(self.go_on)
        by_file = self._server.by_file
        by_file.wrong.connect(self._show_error)
        by_file.asked.connect(self._asked)
        by_file.began.connect(self._hold)
        by_file.failed.connect(self._let_go)
        by_file.joined.connect(self._joined_by_file)
        jobs.run(Lane.NET, printer_names, self._printer.offer)
        jobs.run(Lane.NET, lambda: draw_qr(SHOWN), self._scanner.draw)
        self._show_step(0)

    def sizeHint(self) -> QSize:
        return SIZE

    def entered(self) -> None:
        """Put the focus where the next thing is typed."""
        order = self.step().order()
        (order[0] if order else self._go).setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self) -> Step:
        """The one in sight."""
        return self._steps[self._place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow()
        elif event.key() == Qt.Key.Key_Escape and self._is_busy:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """Take the answer, and do what it asks for."""
        step = self.step()
        if self._is_busy or not step.is_answered():
            return
        if step is self._review:
            self._found()
        elif step is self._server:
            self._join()
        elif step is self._copy:
            self._keep_copy()
        elif step is self._done:
            self.leave.emit()
        else:
            self._show_step(self._place + 1)

    def go_back(self) -> None:
        """To the question before; the answers stay."""
        if not self._is_busy and self._back.isEnabled():
            self._show_step(self._place - 1)

    def pass_over(self) -> None:
        """Without an answer to the next one."""
        if not self._is_busy and self.step().heading.may_skip:
            self._show_step(self._place + 1)

    def show_making(self, done: int, of: int) -> None:
        self._busy(MAKING, ONCE, done, of)

    def ask_again(self, error: str) -> None:
        self._show_step(self._place)
        self._error.setText(error)

    # --- inside -----------------------------------------------------------------------------------

    def _laid_out(self) -> QVBoxLayout:
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setSpacing(Space.WITHIN)
        for part in (self._which, self._title, self._why):
            card.body.addWidget(part)
        for room in (*self._rooms.values(), self._underway):
            self._stack.addWidget(room)
        card.body.addWidget(self._stack)
        card.body.addWidget(self._error)
        for link in (self._back, self._skip, self._practise, self._restore):
            link.setFixedHeight(Measure.ICON_RAIL)
        card.body.addLayout(
            row(
                self._back,
                self._practise,
                self._restore,
                None,
                self._skip,
                self._go,
                spacing=Space.PAGE,
            )
        )
        card.setMaximumHeight(SIZE.height() - 2 * Space.PAGE)
        whole = column(None, row(None, card, None), None)
        whole.setStretch(1, FIRST)
        return whole

    def _show_step(self, place: int) -> None:
        self._place, self._is_busy = place, False
        step, made = self.step(), self._steps.index(self._review) < place
        if step is self._review:
            self._review.show_all()
        elif step is self._done:
            self._done.tell(
                "\n".join(self._told) or "Máy in, ghi danh, bản thứ hai: làm sau ở F12 và F8."
            )
        self._which.setText(f"Thiết lập quầy · bước {place + 1}/{len(self._steps)}")
        self._title.setText(step.heading.title)
        self.setWindowTitle(f"{step.heading.title} — Thiết lập quầy — Một Cửa")
        self._why.setText(step.heading.why)
        self._error.setText("")
        self._stack.setCurrentWidget(self._rooms[step])
        self._go.say(step.heading.deed)
        self._go.setEnabled(True)
        self._back.setEnabled(place > 0 and not made)
        self._back.setVisible(self._back.isEnabled())
        self._skip.setVisible(step.heading.may_skip)
        for link in (self._practise, self._restore):
            link.setVisible(place == 0)
        self.entered()

    def _follow(self) -> None:
        """Enter leads from field to field, and from the last one on."""
        order, at = self.step().order(), QApplication.focusWidget()
        if at in order[:-1] and not self.step().is_blank():
            order[order.index(at) + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.go_on()

    def _busy(self, what: str, calm: str, done: int = 0, of: int = 0) -> None:
        self._is_busy = True
        self._underway.say(what, calm)
        self._underway.show_progress(done, of, monotonic())
        self._stack.setCurrentWidget(self._underway)
        for button in (self._back, self._skip, self._practise, self._restore):
            button.hide()
        self._go.setEnabled(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self) -> None:
        self._busy(FOUNDING, WHOLE_OR_NOT)
        said = Founding(
            self._unit.code, self._unit.name, (self._first.officer(), *self._others.officers),
            self._unit.number, self._calendar.hour, self._printer.printer,
        )  # fmt: skip
        self._jobs.run(Lane.DESK, lambda: self._new.found(said), self._founded)

    def _founded(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Ok):
            self._show_step(self._place + 1)
        else:
            self.ask_again(str(result.error))

    def _join(self) -> None:
        url, code = self._server.answer
        self._busy("Đang ghi danh với máy chủ.", "Máy chủ im lặng thì thôi chờ sau một lúc.")
        self._jobs.run(Lane.LINE, lambda: self._new.join(url, code), self._joined)

    def _joined(self, result: Ok[str] | Err) -> None:
        said = Ok(f"Đã ghi danh: {result.value}.") if isinstance(result, Ok) else result
        self._after(said)

    def _keep_copy(self) -> None:
        folder = self._copy.folder
        self._busy("Đang chép bản thứ hai.", "Lần đầu chép tất cả.")
        self._jobs.run(Lane.COPY, lambda: self._new.keep_copy(folder), self._after)

    def _after(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            self._told.append(result.value)
            self._show_step(self._place + 1)
            return
        self._show_step(self._place)
        self._show_error(result.error)

    def _asked(self) -> None:
        self._told = [*self._but_asked(), ASKED]

    def _joined_by_file(self, words: str) -> None:
        self._told = self._but_asked()
        self._after(Ok(words))

    def _but_asked(self) -> list[str]:
        return [said for said in self._told if said != ASKED]

    def _hold(self) -> None:
        """While an answer is read, which shows how far it is by itself."""
        self._is_busy = True

    def _let_go(self) -> None:
        self._is_busy = False

    def _show_error(self, error: Exception) -> None:
        """Beside the field it is about, or beside the last."""
        name = error.field if isinstance(error, BadInput) else ""
        fields = self.step().fields
        (fields.get(name) or list(fields.values())[-1]).set_error(str(error))
