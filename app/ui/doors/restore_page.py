"""Puts a backup or second copy in the place of this PC's data: what it holds, what will happen, then it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.errors import BadInput, Refused
from app.models.text import grouped
from app.models.unit.passwords import checked
from app.models.unit.recovery_code import RecoveryCode
from app.store.offered import Done, Held, Offered, Opening
from app.store.restore import Stage
from app.ui.doors.door_page import DoorPage
from app.ui.exchange.words import moment
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Field, Line, secret, show_beside
from app.ui.widgets.file_dialogs import ask_folder, ask_open
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row
from app.ui.widgets.underway import Underway

T = TypeVar("T")

WIDTH, SIZE = 760, QSize(940, 700)
BACKUPS = "Bản sao lưu (*.motcua)"
BY_CODE, BY_PASSWORD = "code", "password"
STAGES: Mapping[Stage, str] = {
    Stage.UNPACK: "Đang chép bản sao lưu vào máy.",
    Stage.CHECK: "Đang kiểm tra từng trang của bản sao lưu.",
    Stage.REST: "Đang lấy những việc sau bản sao lưu.",
    Stage.TAKE_OVER: "Đang lấy lại việc chỉ có trong dữ liệu đang ở máy này.",
    Stage.REPLACE: "Đang thay, rồi kiểm tra lại toàn bộ. Đừng tắt máy.",
}
CALM = "Bấm Esc để dừng: đến trước bước thay, dữ liệu ở máy này còn nguyên."
STOPPED = "Đã dừng. Chưa thay gì."


class Restores(Protocol):
    """See `app.restoring.Restoring`; for the lane that copies."""

    @property
    def replaces(self) -> bool: ...

    def look(self, source: Path) -> Offered: ...

    def open(self, offered: Offered, opening: Opening) -> Held: ...

    def restore(
        self, offered: Offered, opening: Opening, reached: Callable[[Stage], None]
    ) -> Done: ...


class RestorePage(DoorPage):
    """Khôi phục; `leave` is emitted once there is nothing more to do here."""

    def __init__(self, restores: Restores, jobs: Jobs) -> None:
        super().__init__()
        self._restores, self._jobs = restores, jobs
        self._offered: Offered | None = None
        self._opening: Opening | None = None
        self._is_busy = self._was_stopped = self._is_done = False
        self._file, self._folder = QuietButton("Chọn bản sao lưu", "Ctrl+O"), QuietButton("Chọn bản thứ hai", "Ctrl+D")  # fmt: skip
        self._what = WrappingLabel(
            "Tệp sao lưu, hoặc thư mục bản thứ hai trên USB.", tone=Tone.QUIET
        )
        self._how = Segments([(BY_CODE, "Mã khôi phục trong két"), (BY_PASSWORD, "Mật khẩu, trên máy đã ghi nó")], "Mở bằng")  # fmt: skip
        self._login, self._code = Choice[str](), Line("6 nhóm, mỗi nhóm 6 ký tự")
        self._password, self._again = secret(), secret()
        self._fields: dict[str, Field[Any]] = {
            "login": Field("Cán bộ", self._login),
            "code": Field("Mã khôi phục", self._code, note_lines=2),
            "password": Field("Mật khẩu", self._password, note_lines=2),
            "again": Field("Gõ lại", self._again, note_lines=2),
        }
        self._holds, self._comes = WrappingLabel(), WrappingLabel(tone=Tone.QUIET)
        self._underway, self._ended = Underway(), WrappingLabel()
        self._error = WrappingLabel(tone=Tone.LATE, reserved_lines=2)
        self._stack, self._asked = QStackedWidget(), self._asking()
        self._back, self._go = (
            LinkButton("Thôi", "Alt+Left"),
            PrimaryButton("Xem bản này giữ gì", "F9"),
        )
        self.setWindowTitle("Khôi phục — Một Cửa")
        self.setLayout(self._laid_out())
        self._join()
        self._show_asked()

    def sizeHint(self) -> QSize:
        return SIZE

    def entered(self) -> None:
        self._file.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def choose(self, source: str) -> None:
        """A backup, or the folder of a second copy."""
        self._run(lambda: self._restores.look(Path(source)), self._looked, "Đang đọc.")

    def go_on(self) -> None:
        """Open it, then restore it, then leave."""
        if self._is_done:
            self.leave.emit()
        elif self._is_busy:
            return
        elif self._opening is None:
            self._open()
        else:
            self._restore(self._opening)

    def go_back(self) -> None:
        """Stop what is under way; else one step back, and from the first one away."""
        if self._is_busy:
            self._was_stopped = True
        elif self._opening is None or self._is_done:
            self.leave.emit()
        else:
            self._show_asked()

    # --- inside -----------------------------------------------------------------------------------

    def _asking(self) -> QWidget:
        asked = QWidget()
        opening = column(
            row(self._how, None),
            row(self._fields["login"], self._fields["code"], spacing=Space.PAGE),
            row(self._fields["password"], self._fields["again"], spacing=Space.PAGE),
        )
        self._means = QWidget()
        self._means.setLayout(opening)
        whole = column(row(self._file, self._folder, None), self._what, self._means, None,
                       spacing=Space.BETWEEN)  # fmt: skip
        asked.setLayout(whole)
        return asked

    def _laid_out(self) -> QVBoxLayout:
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        card.body.addWidget(Words("Khôi phục dữ liệu", Type.FIGURE, weight=Weight.BOLD))
        told, ended = QWidget(), QWidget()
        told.setLayout(column(self._holds, self._comes, None, spacing=Space.BETWEEN))
        ended.setLayout(column(self._ended, None))
        for step in (self._asked, told, self._underway, ended):
            self._stack.addWidget(step)
        card.body.addWidget(self._stack)
        card.body.addWidget(self._error)
        card.body.addLayout(row(self._back, None, self._go))
        return column(None, row(None, card, None), None)

    def _join(self) -> None:
        self._file.clicked.connect(lambda: ask_open(self, "Khôi phục từ", BACKUPS, self.choose))
        self._folder.clicked.connect(lambda: ask_folder(self, "Bản thứ hai ở", self.choose))
        self._how.chosen.connect(self._show_means)
        self._go.clicked.connect(self.go_on)
        self._back.clicked.connect(self.go_back)

    def _show_asked(self) -> None:
        self._opening = None
        self._stand(0, "Xem bản này giữ gì", "Thôi")
        self._means.setVisible(self._offered is not None)
        self._go.setEnabled(self._offered is not None)
        self._show_means(self._how.value())

    def _stand(self, step: int, deed: str, back: str) -> None:
        self._is_busy = False
        self._stack.setCurrentIndex(step)
        self._error.setText("")
        self._go.say(deed)
        self._go.setEnabled(True)
        self._back.say(back)
        self._back.show()

    def _show_means(self, means: str) -> None:
        is_code = means == BY_CODE
        self._fields["code"].setVisible(is_code)
        self._fields["again"].setVisible(is_code)
        hint = "Đặt mới, để vào ở máy này." if is_code else "Mật khẩu lúc ghi bản này."
        self._fields["password"].set_hint(hint)

    def _looked(self, result: Ok[Offered] | Err) -> None:
        if isinstance(result, Err):
            self._show_asked()
            self._error.setText(str(result.error))
            return
        self._offered = offered = result.value
        self._login.offer([(login, login) for login in offered.logins])
        self._what.setText(_offered_words(offered))
        self._how.choose(BY_CODE if offered.code_made else BY_PASSWORD)
        self._show_asked()
        (self._code if offered.code_made else self._password).setFocus()

    def _typed(self) -> Opening:
        """How it is to be opened. Raises `BadInput`."""
        login, password = self._login.value() or "", self._password.text()
        if self._how.value() == BY_PASSWORD:
            return Opening(login, password)
        code = self._code.words()
        RecoveryCode.parse(code)
        return Opening(login, checked(password, self._again.text()), code)

    def _open(self) -> None:
        offered = self._offered
        for field in self._fields.values():
            field.set_error("")
        try:
            opening = self._typed()
        except BadInput as wrong:
            self._show_wrong(wrong)
            return
        if offered is None:
            return

        def opened(result: Ok[Held] | Err) -> None:
            if isinstance(result, Err):
                self._show_asked()
                self._show_wrong(result.error)
            else:
                self._show_held(opening, result.value)

        self._run(lambda: self._restores.open(offered, opening), opened, "Đang mở.")

    def _show_held(self, opening: Opening, held: Held) -> None:
        assert self._offered
        self._holds.setText("\n".join(_held_words(held, self._offered)))
        self._comes.setText("\n".join(_coming_words(opening, replaces=self._restores.replaces)))
        self._stand(1, "Khôi phục", "Quay lại")
        self._opening = opening
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self, opening: Opening) -> None:
        offered = self._offered
        assert offered
        heard = self._jobs.teller(self._show_stage)

        def reached(stage: Stage) -> None:
            if self._was_stopped and stage <= Stage.REPLACE:
                raise Refused(STOPPED)
            heard(stage)

        self._wait(STAGES[Stage.UNPACK])
        self._back.say("Dừng")
        self._back.show()
        restore = self._restores.restore
        self._jobs.run(Lane.COPY, lambda: restore(offered, opening, reached), self._restored)

    def _show_stage(self, stage: Stage) -> None:
        step = f"Bước {stage + 1} trong {len(Stage)}. {STAGES[stage]}"
        self._underway.say(step, CALM if stage < Stage.REPLACE else "")
        self._underway.show_progress(0, 0, monotonic())
        self._back.setVisible(stage < Stage.REPLACE)

    def _restored(self, result: Ok[Done] | Err) -> None:
        if isinstance(result, Err):
            self._show_asked()
            self._show_wrong(result.error)
            return
        self._is_done = True
        self._ended.setText("\n".join(_done_words(result.value)))
        self._stand(3, "Đến cửa đăng nhập", "")
        self._back.hide()
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, work: Callable[[], T], then: Callable[[Ok[T] | Err], None], what: str) -> None:
        self._wait(what)
        self._jobs.run(Lane.COPY, work, then)

    def _wait(self, what: str) -> None:
        self._is_busy, self._was_stopped = True, False
        self._underway.say(what, "")
        self._underway.show_progress(0, 0, monotonic())
        self._stack.setCurrentWidget(self._underway)
        self._go.setEnabled(False)
        self._back.hide()
        self._error.setText("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_wrong(self, error: Exception) -> None:
        self._error.setText(str(error))
        show_beside(self._fields, error)


# --- in words -----------------------------------------------------------------------------------


def _offered_words(offered: Offered) -> str:
    more = f", thêm {offered.bundles} gói việc sau đó" if offered.bundles else ""
    made = moment(offered.code_made) if offered.code_made else ""
    opens = (
        f"Mở bằng mã khôi phục lập lúc {made}, hoặc bằng mật khẩu trên chính máy đã ghi."
        if made
        else "Ghi khi chưa có mã khôi phục: chỉ mở được trên chính máy đã ghi."
    )
    return f"{offered.source.name}, ghi lúc {moment(offered.written)}{more}. {opens}"


def _held_words(held: Held, offered: Offered) -> list[str]:
    newest = f", nhận gần nhất lúc {moment(held.newest)}" if held.newest else ""
    lines = [
        f"•  {held.name}, mã {held.unit}, quầy {held.counter}",
        f"•  {grouped(held.dossiers)} hồ sơ{newest}",
        f"•  Ghi lúc {moment(offered.written)}",
    ]
    if offered.bundles:
        lines.append(f"•  Thêm {offered.bundles} gói việc làm sau bản ấy, sẽ được lấy vào")
    return lines


def _coming_words(opening: Opening, *, replaces: bool) -> list[str]:
    lines = ["Bấm Khôi phục thì:"]
    if replaces:
        lines.append("•  Dữ liệu đang ở máy này được cất sang tệp khác, không xóa.")
        lines.append("•  Việc nào chỉ có trong dữ liệu ấy được lấy lại, nếu đọc được.")
    lines.append("•  Số hồ sơ đã in không bao giờ được cấp lại.")
    if opening.code:
        lines.append(
            f"•  Máy này mới có {opening.login} vào được; người khác thì cấp lại mật khẩu."
        )
    return lines


def _done_words(done: Done) -> list[str]:
    state = "đã kiểm tra, đúng" if done.is_right else "kiểm tra thấy KHÔNG khớp, hãy gọi tin học"
    lines = [f"Đã khôi phục: {grouped(done.events)} sự kiện, {state}."]
    if done.set_aside:
        lines.append(f"Dữ liệu cũ nằm ở {done.set_aside.name}, cùng thư mục.")
        lines.append(f"Đã lấy lại {grouped(done.taken_over)} sự kiện chỉ có trong ấy.")
    return [*lines, *done.findings]
