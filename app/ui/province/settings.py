"""The unit's own way with the province's system: whether, since when, and the boxes of its screen."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.desk.province import fields as province_fields
from app.models.errors import BadInput
from app.models.events.province import ProvinceDescribed
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choices import Tick
from app.ui.widgets.fields import DayLine, Field, TextBox
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import Words, WrappingLabel, column, row

TITLE = "Các trường của hệ thống tỉnh"
ABOUT = (
    "Mỗi dòng một trường, theo thứ tự con trỏ đi trên màn hình tỉnh: Nhãn | biến | cách viết. "
    "Đổi ở đây là đổi cho mọi quầy của đơn vị."
)
PROVISIONAL = "Đang dùng các trường có sẵn; thứ tự ấy là tạm, mỗi tỉnh một khác."
OWN = "Đang dùng các trường do đơn vị đặt."
SAVE_KEY, SHIPPED_KEY = "F9", "Ctrl+D"
SIDE = 380
DAY_WIDTH = 200


class _Boxes(TextBox):
    """As high as there is room."""

    def changeEvent(self, event: QEvent) -> None:
        QPlainTextEdit.changeEvent(self, event)


class ProvinceSettings(QWidget):
    """A text one changes, beside the variables it may name."""

    saved = Signal(object)
    """What the unit shall say: a `ProvinceDescribed`."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._used = Tick("Đơn vị nhập hồ sơ lên hệ thống của tỉnh")
        self._since = DayLine()
        self._since_field = Field(
            "Chỉ hồ sơ nhận từ ngày", self._since, hint="để trống: 30 ngày gần đây"
        )
        self._text = _Boxes()
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._field = Field("Các trường", self._text, note_lines=2)
        self._save = PrimaryButton("Lưu", SAVE_KEY)
        self._shipped = QuietButton("Trường có sẵn", SHIPPED_KEY)
        self._back = LeaveLink("Thôi")
        self._lay_out()
        self._text.textChanged.connect(lambda: self._field.set_error(""))
        self._save.clicked.connect(self._read)
        self._shipped.clicked.connect(self._take_shipped)
        self._back.clicked.connect(self.closed)

    def show_settings(self, known: ProvinceDescribed) -> None:
        """What stands now, to be changed."""
        fields = known.fields or province_fields.shipped()
        self._state.setText(OWN if known.fields else PROVISIONAL)
        self._used.box.setChecked(known.used)
        self._since.setText(_spoken(known.since))
        self._text.setPlainText(province_fields.written(fields))
        self._since_field.set_error("")
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it can't be kept; what was typed stays."""
        self._field.set_error(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    def _lay_out(self) -> None:
        head = row(Words(TITLE, Type.TITLE, weight=Weight.STRONG), None, self._back)
        self._since_field.setFixedWidth(DAY_WIDTH)
        known = ", ".join(province_fields.VARIABLES)
        side = QWidget()
        side.setFixedWidth(SIDE)
        side.setLayout(column(
            Words("Biến dùng được", Type.SMALL, Tone.QUIET), WrappingLabel(known, Type.SMALL),
            Words("Cách viết", Type.SMALL, Tone.QUIET),
            WrappingLabel(", ".join(province_fields.HOW), Type.SMALL), None,
        ))  # fmt: skip
        both = row(self._field, side, spacing=Space.PAGE)
        both.setStretch(0, 1)
        said = row(self._used, self._since_field)
        said.setStretch(0, 1)
        tall = self._field.layout()
        assert isinstance(tall, QVBoxLayout)
        tall.setStretch(1, 100)  # the text, not the room below it
        layout = column(
            head, WrappingLabel(ABOUT, tone=Tone.QUIET), self._state,
            said, both,
            row(self._shipped, None, self._save),
        )  # fmt: skip
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _take_shipped(self) -> None:
        self._text.setPlainText(province_fields.written(province_fields.shipped()))

    def _read(self) -> None:
        try:
            fields = province_fields.read(self._text.words())
        except BadInput as wrong:
            self._field.set_error(str(wrong))
            return
        try:
            day = self._since.day()
        except BadInput as wrong:
            self._since_field.set_error(str(wrong))
            return
        own = () if fields == province_fields.shipped() else fields
        since = day.isoformat() if day else ""
        self.saved.emit(ProvinceDescribed(self._used.box.isChecked(), since, own))


def _spoken(day: str) -> str:
    """An ISO day as people write it."""
    return "/".join(reversed(day.split("-"))) if day else ""
