"""The strip that stays above the browser: which box, what goes in, one click copies the next.

It never takes the focus: the cursor stays in the browser's box, so a click here and Ctrl V there do.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.desk.province import Screen
from app.ui.buttons import KeyButton, PrimaryButton, QuietButton
from app.ui.copying import Copying
from app.ui.parts import ElidedLabel, Words, column, row
from app.ui.theme import Space, Tone, Type, Weight

TITLE = "Thanh chép — Một Cửa"
WIDTH = 560
READY = "Bấm “Chép tiếp” để bắt đầu"
DONE = "Đã chép hết. Sao chép mã trên hệ thống tỉnh rồi bấm “Lấy mã”."
_FLAGS = (
    Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
)


class CopyStrip(QWidget):
    """One dossier's boxes in three lines."""

    code_wanted = Signal()
    """What lies on the clipboard is the code that system gave."""
    closed = Signal()

    def __init__(self, copying: Copying, over: QWidget) -> None:
        super().__init__(over, _FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(TITLE)
        self._copying = copying
        self._who = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._label = Words(READY, Type.SMALL, Tone.ACCENT, Weight.STRONG)
        self._words = ElidedLabel(size=Type.TITLE)
        self._then = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._back = QuietButton("Lùi", icon="chevron-left")
        self._again = QuietButton("Chép lại")
        self._code = QuietButton("Lấy mã")
        self._go = PrimaryButton("Chép tiếp", icon="chevron-right")
        self._lay_out()
        self._back.clicked.connect(copying.copy_before)
        self._again.clicked.connect(copying.copy_again)
        self._go.clicked.connect(copying.copy_next)
        self._code.clicked.connect(self.code_wanted)
        copying.moved.connect(self._show)

    def show_screen(self, screen: Screen) -> None:
        """Another dossier is copied."""
        self._who.setText(f"{screen.code} · {screen.owner}")
        self._show()

    def say(self, sentence: str, tone: Tone) -> None:
        """What came of the code."""
        self._then.set_tone(tone)
        self._then.setText(sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        if handle is not None:
            handle.startSystemMove()

    # --- inside ---

    def _lay_out(self) -> None:
        buttons: tuple[KeyButton, ...] = (self._back, self._again, self._code, self._go)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = column(
            self._who, self._label, self._words, self._then,
            row(self._back, self._again, None, self._code, self._go), spacing=Space.TIGHT,
        )  # fmt: skip
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)
        self.setFixedWidth(WIDTH)

    def _show(self) -> None:
        box, then = self._copying.box, self._copying.following
        self._label.setText(box.label if box else READY)
        self._words.setText(box.words if box else "")
        self.say(f"Tiếp theo: {then.label}" if then else DONE, Tone.QUIET)
        self._back.setEnabled(box is not None)
        self._again.setEnabled(box is not None)
