"""Which online dossier the intake takes in, and until when it must be answered; and letting go of it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.online.waiting import Waiting
from app.ui.dossier.columns import spoken_due
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import WrappingLabel, row

LET_GO, LET_GO_KEY = "Không phải hồ sơ này", "Alt+O"


class OnlineLine(QWidget):
    """A line above the form; out of sight while nothing online is taken in."""

    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = WrappingLabel("", tone=Tone.ACCENT)
        button = LinkButton(LET_GO, LET_GO_KEY)
        button.clicked.connect(self.let_go)
        layout = row(Icon("inbox", Tone.ACCENT), self._words, button, spacing=Space.BETWEEN)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_code(self, code: str) -> None:
        """Say which one; "" for none."""
        self._words.say(f"Hồ sơ trực tuyến {code}." if code else "", Tone.ACCENT)
        self.setVisible(bool(code))

    def show_waiting(self, one: Waiting | None, now: datetime) -> None:
        """Say until when it waits, in the colour of how little is left."""
        if one is None or self.isHidden():
            return
        tone = Tone.LATE if one.left.late else Tone.TODAY if one.is_near else Tone.ACCENT
        by = f"trả lời trước {spoken_due(one.answer_by, now)}"
        left = f" ({one.left.text().lower()})" if one.left.late else ""
        came = f"đến lúc {spoken_due(one.row.arrived, now)}"
        doubt = f" {one.doubt} Hãy chọn thủ tục đúng." if one.doubt else ""
        self._words.say(f"Hồ sơ trực tuyến {one.row.code}, {came}; {by}{left}.{doubt}", tone)

    def text(self) -> str:
        return self._words.text()
