"""When they shall come back, and why; then what saving will do, and the buttons that save."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.desk.draft import IntakeDraft
from app.desk.intake.intake import Preview
from app.ui.intake.appointment_words import Said, fee_said, hour, long_day, reasons
from app.ui.intake.case_words import case_said
from app.ui.intake.post_card import OFFERED, POST_KEY, TAKEN_BACK
from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.parts import Card, Divider, Words, WrappingLabel, column, row

TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
WIDTH, NARROW = 376, 352
SAVE_KEY, PRINT_KEY, ANOTHER_KEY, FEE_KEY = "F9", "Ctrl+F9", "Shift+F9", "Alt+L"
NO_HOUR = "— giờ —"
NOTHING_YET = "Chọn thủ tục để thấy ngày hẹn"
WHAT_TO_DO = (
    "Gõ vài chữ của tên thủ tục, không cần dấu, hoặc mã; ↑\u00a0↓ rồi Enter để chọn."
    " Quét căn cước lúc nào cũng được."
)
NO_LIMIT = "Nhập thời hạn để thấy ngày hẹn"
NO_CODE = "mã tạm, cấp khi lưu"
NEAR_BY = "nơi nộp hồ sơ"
LEAVING = "Đang ghi không tiếp nhận. Muốn lưu hồ sơ thì bấm Esc."


class Reason(QWidget):
    """One line of the explanation."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("")
        self._words = WrappingLabel("", Type.SMALL)
        layout = row(self._icon, self._words)
        layout.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def say(self, said: Said) -> None:
        self._icon.draw(said.icon, said.tone)
        self._words.setText(said.text)
        self._words.set_tone(said.tone)


class Reasons(QScrollArea):
    """The explanation from top to bottom; it scrolls when a limit is long."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[Said] = []
        self._rows: list[Reason] = []
        self._lines: QVBoxLayout = column(spacing=Space.TIGHT)
        whole = QWidget()
        whole.setLayout(column(self._lines, None, spacing=0))
        self.setWidget(whole)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Vì sao hẹn như vậy")

    def show_reasons(self, said: list[Said]) -> None:
        """Show these lines; those that stay aren't touched."""
        if said == self._said:
            return
        self._said = said
        self.updateGeometry()
        while len(self._rows) < len(said):
            self._rows.append(Reason())
            self._lines.addWidget(self._rows[-1])
        for line, one in zip(self._rows, said, strict=False):
            line.say(one)
        for place, line in enumerate(self._rows):
            line.setVisible(place < len(said))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, Measure.ROW + Space.PAGE if self._said else 0)


class Facts(QWidget):
    """What saving will write: labels to the left, values to the right, each in its own colour."""

    def __init__(self, labels: Sequence[QWidget]) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.BETWEEN)
        self._grid.setVerticalSpacing(Measure.FOCUS)
        self._grid.setColumnStretch(1, 1)
        self._values: list[WrappingLabel] = []
        self._said: dict[int, Said] = {}
        for place, label in enumerate(labels):
            value = WrappingLabel()
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setFixedHeight(Measure.ICON_RAIL)
            self._values.append(value)
            self._grid.addWidget(label, place, 0, TOP_LEFT)
            self._grid.addWidget(value, place, 1)
        self.setLayout(self._grid)

    def say(self, place: int, said: Said) -> None:
        """Value number `place`; one that says so already isn't touched."""
        if self._said.get(place) != said:
            self._said[place] = said
            self._values[place].setText(said.text)
            self._values[place].set_tone(said.tone)


class AppointmentCard(Card):
    """The promise and its reasons above; what saving will do below, always in the same place."""

    def __init__(self) -> None:
        super().__init__()
        self.tighten()
        self.setFixedWidth(WIDTH)
        self._saving = "Lưu và in phiếu hẹn"
        self.save = PrimaryButton(self._saving, SAVE_KEY)
        self.and_print = QuietButton("Lưu và in", PRINT_KEY)
        self.and_print.setFixedHeight(Measure.PRIMARY)
        self.another = LinkButton("Lưu, thêm hồ sơ cho người này", ANOTHER_KEY)
        self.fee = LinkButton("Lệ phí", FEE_KEY)
        self.post = LinkButton("Bưu chính", POST_KEY)
        self._printing = Said("2 liên A5")
        self._hour = Words("", Type.PROMISE, Tone.ACCENT, Weight.BOLD)
        self._day = WrappingLabel("", Type.TITLE, weight=Weight.STRONG)
        self._case = WrappingLabel("", weight=Weight.STRONG)
        self._advice = WrappingLabel("", tone=Tone.QUIET)
        self._reasons = Reasons()
        labels = ("Mã dự kiến", "Sổ dự kiến", "In")
        code, book, printing = (Words(label, Type.SMALL, Tone.QUIET) for label in labels)
        self._facts = Facts([code, book, self.post, self.fee, printing])
        self._refused = WrappingLabel("", Type.SMALL, Tone.LATE)
        self._saves = QWidget()
        self._lay_out()
        self._promise(NO_HOUR, NOTHING_YET, WHAT_TO_DO)

    def _lay_out(self) -> None:
        self.body.addWidget(Words("Hẹn trả kết quả", Type.SMALL, Tone.QUIET))
        self.body.addLayout(column(self._hour, self._day, spacing=0))
        self.body.addWidget(self._case)
        self.body.addWidget(self._advice)
        self.body.addWidget(self._reasons, 1)
        self.body.addWidget(self._refused)  # in the room the reasons leave, where it moves nothing
        self.body.addWidget(Divider())
        self.body.addWidget(self._facts)
        save = row(self.save, self.and_print)
        save.setStretch(0, 1)
        room = self._saves.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._saves.setSizePolicy(room)
        self._saves.setLayout(column(save, row(self.another, None)))
        self.body.addWidget(self._saves)
        self.and_print.hide()
        self._refused.hide()
        self._case.hide()

    def give_way(self, *, is_narrow: bool) -> None:
        """Take less room beside the form."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)

    def show_preview(self, preview: Preview, draft: IntakeDraft, now: datetime) -> None:
        """What receiving `draft` now would mean."""
        if preview.appointment:
            due = preview.appointment.due
            self._promise(hour(due), long_day(due), "")
        else:
            missing = (NO_LIMIT, "") if preview.procedure else (NOTHING_YET, WHAT_TO_DO)
            self._promise(NO_HOUR, *missing)
        self._say_case(preview)
        self._reasons.show_reasons(reasons(preview, now))
        for place, said in enumerate(_facts(preview, draft, self._printing)):
            self._facts.say(place, said)
        self.post.setAccessibleName(TAKEN_BACK if draft.by_post else OFFERED)
        self.and_print.setHidden(preview.slip_required)
        self._saving = "Lưu và in phiếu hẹn" if preview.slip_required else "Lưu"
        if self.save.isEnabled():
            self.save.say(self._saving)

    def say_printing(self, words: str, tone: Tone) -> None:
        """How a slip prints here: copies, paper, printer and whether it is ready."""
        self._printing = Said(words, tone)

    def say_refused(self, sentence: str) -> None:
        """Say above the buttons why nothing was saved; "" when it was."""
        self._say_above(sentence, Tone.LATE)

    def say_doubt(self, sentence: str) -> None:
        """Ask above the buttons whether to save all the same."""
        self._say_above(sentence, Tone.TODAY)

    def stand_back(self, *, is_back: bool) -> None:
        """Offer no save while somebody leaves without being received."""
        self._saves.setVisible(not is_back)
        self.say_doubt(LEAVING if is_back else "")

    def set_busy(self, is_busy: bool) -> None:
        """Say that a save takes its time; meanwhile no other begins."""
        for button in (self.save, self.and_print, self.another):
            button.setDisabled(is_busy)
        self.save.say("Đang lưu…" if is_busy else self._saving)

    def _say_above(self, sentence: str, tone: Tone) -> None:
        self._refused.setText(sentence)
        self._refused.set_tone(tone)
        self._refused.setVisible(bool(sentence))

    def _say_case(self, preview: Preview) -> None:
        """By which case the promise is worked out, where the procedure has several."""
        procedure = preview.procedure
        has_several = procedure is not None and len(procedure.cases) > 1
        said = case_said(preview.case) if preview.case and has_several else ""
        if said != self._case.text():
            self._case.setText(said)
            self._case.setVisible(bool(said))

    def _promise(self, at: str, day: str, advice: str) -> None:
        if (at, day) != (self._hour.text(), self._day.text()):
            self._hour.setText(at)
            self._hour.set_tone(Tone.QUIET if at == NO_HOUR else Tone.ACCENT)
            self._day.setText(day)
            self._advice.setText(advice)
            self._advice.setVisible(bool(advice))


def _facts(preview: Preview, draft: IntakeDraft, printing: Said) -> tuple[Said, ...]:
    """Code, register line, place of return, fee, what prints: in the order shown."""
    serial = preview.serial
    book = f"Quyển {serial.book:02d}, số {serial.number:02d}" if serial else "—"
    owed = fee_said(draft, preview.fee) if preview.procedure else Said("—", Tone.QUIET)
    return (
        Said(preview.code or NO_CODE, Tone.QUIET),
        Said(book, Tone.QUIET),
        Said("trả qua bưu chính" if draft.by_post else f"trả tại {draft.return_place or NEAR_BY}"),
        owed,
        printing if preview.slip_required else Said("khi công dân cần"),
    )
