"""The strip that stays above the browser: which box, what goes in, one click copies the next.

It never takes the focus: the cursor stays in the browser's box, so a click here and Ctrl V there do.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.desk.province.entering import Screen
from app.models.dossiers.province_gap import Gap
from app.ui.look.theme import Space, Tone, Type, Weight, clothe
from app.ui.province.copying import Copying
from app.ui.widgets.buttons import KeyButton, PrimaryButton, QuietButton
from app.ui.widgets.parts import ElidedLabel, Words, WrappingLabel, column, row

TITLE = "Thanh chép — Một Cửa"
WIDTH = 560
READY = "Bấm “Chép tiếp” để bắt đầu"
TAKE_CODE, UPDATED = "Lấy mã", "Đã cập nhật"
DONE = f"Đã chép hết. Sao chép mã trên hệ thống tỉnh rồi bấm “{TAKE_CODE}”."
UPDATE = f"Đã chép hết. Lưu trên hệ thống tỉnh rồi bấm “{UPDATED}”."
NOTHING = "Không còn hồ sơ nào trong danh sách."
_FLAGS = (
    Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
)


class CopyStrip(QWidget):
    """One dossier's boxes, one at a time."""

    code_wanted = Signal()
    """What lies on the clipboard is the code that system gave, or it was told how this one ended."""

    def __init__(self, copying: Copying) -> None:
        super().__init__(None, _FLAGS)  # nobody's: it stays when the window is made small
        clothe(self)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(TITLE)
        self._copying = copying
        self._ends = DONE
        self._who = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._label = Words(READY, Type.SMALL, Tone.ACCENT, Weight.STRONG)
        self._words = ElidedLabel(size=Type.TITLE)
        self._then = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._note = WrappingLabel("", Type.SMALL, reserved_lines=2)
        self._back = QuietButton("Lùi", icon="chevron-left")
        self._again = QuietButton("Chép lại")
        self._code = QuietButton(TAKE_CODE)
        self._go = PrimaryButton("Chép tiếp", icon="chevron-right")
        self._lay_out()
        self._back.clicked.connect(copying.copy_before)
        self._again.clicked.connect(copying.copy_again)
        self._go.clicked.connect(copying.copy_next)
        self._code.clicked.connect(self.code_wanted)
        copying.moved.connect(self._show)

    def show_screen(self, screen: Screen | None) -> None:
        """Another dossier is copied; None: none is left."""
        self._who.setText(f"{screen.code} · {screen.owner}" if screen else NOTHING)
        for button in (self._code, self._go):
            button.setEnabled(screen is not None)
        is_there = screen is not None and screen.gap is Gap.BEHIND
        self._code.say(UPDATED if is_there else TAKE_CODE)
        self._ends = UPDATE if is_there else DONE
        self._show()

    def say(self, sentence: str, tone: Tone) -> None:
        """What came of the code; it stands there until the next dossier is begun."""
        self._note.say(sentence, tone)

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
            self._who, self._label, self._words, self._then, self._note,
            row(self._back, self._again, None, self._code, self._go), spacing=Space.TIGHT,
        )  # fmt: skip
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)
        self.setFixedWidth(WIDTH)

    def _show(self) -> None:
        box, then = self._copying.box, self._copying.following
        self._label.setText(box.label if box else READY if then else "")
        self._words.setText(box.words if box else "")
        self._then.setText(f"Tiếp theo: {then.label}" if then else self._ends if box else "")
        if box and self._copying.at == 0:
            self.say("", Tone.QUIET)
        self._back.setEnabled(box is not None)
        self._again.setEnabled(box is not None)
