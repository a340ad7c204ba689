"""Asks why, in one line at the foot of a page, before several dossiers are sent back."""

from PySide6.QtCore import Qt

from app.ui.look.theme import Space, Tone, Weight
from app.ui.widgets.asking_bar import AskingBar
from app.ui.widgets.fields import Line
from app.ui.widgets.parts import Words, row

NO_REASON = "Hãy ghi lý do."


class ReasonBar(AskingBar):
    """ "Trả lại 2 hồ sơ vì …": typed, and Enter sends back."""

    def __init__(self, deed: str) -> None:
        super().__init__(deed)
        self._deed = deed
        self._count = Words(weight=Weight.STRONG)
        self._said = Words(tone=Tone.LATE)
        self._reason = Line("lý do, người nhận lại sẽ đọc")
        self._reason.setAccessibleName(f"Lý do {deed.lower()}")
        self._reason.textEdited.connect(lambda: self._said.setText(""))
        parts = (self._count, self._reason, self._said, self._close, self._go)
        layout = row(*parts, spacing=Space.BETWEEN)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._reason)

    def ask(self, count: int) -> None:
        """Ask why `count` dossiers are sent back."""
        self._count.setText(f"{self._deed} {count} hồ sơ vì")
        self._said.setText("")
        self._reason.clear()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        if reason := self._reason.words():
            self.settled.emit(reason)
        else:
            self._said.setText(NO_REASON)
