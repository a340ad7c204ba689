"""One field that two people changed: what stood there, what is on file now, what was typed here."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.deeds.merging import Differing, Value
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.parts import WrappingLabel, column

UNSAID = "để trống"
UNCHOSEN = ("", "Chọn: phím ↓")
MINE, THEIRS = "Giữ của tôi", "Giữ trên hồ sơ"


class MergeRow(QWidget):
    """Where both changed it the arrow keys choose; elsewhere it only says what was kept."""

    chosen = Signal(object)
    """The `Value` that shall stand in the field."""

    def __init__(self, one: Differing, label: str, said: Callable[[Value], str]) -> None:
        """`said` puts what stands in this field into words; "" for nothing."""
        super().__init__()
        choice: Choice[str] = Choice([UNCHOSEN, ("mine", MINE), ("theirs", THEIRS)])
        self.choice = Field(f"{label}: giữ bản nào", choice, required=True, note_lines=1)
        self._choice = choice
        kept = "giữ của tôi" if one.is_mine else "giữ trên hồ sơ"
        head = label if one.is_asked else f"{label}: {kept}"
        self.told = (
            WrappingLabel(
                head, Type.SMALL, Tone.TODAY if one.is_asked else Tone.QUIET, Weight.STRONG
            ),
            WrappingLabel(f"Lúc bắt đầu: {said(one.was) or UNSAID}", Type.SMALL, Tone.QUIET),
            WrappingLabel(f"Trên hồ sơ nay: {said(one.on_file) or UNSAID}", Type.SMALL),
            WrappingLabel(f"Đang nhập: {said(one.typed) or UNSAID}", Type.SMALL),
        )
        self.setLayout(column(*self.told, self.choice, spacing=Space.TIGHT))
        self.choice.setVisible(one.is_asked)
        values = {"mine": one.typed, "theirs": one.on_file}
        choice.chosen.connect(lambda which: self.chosen.emit(values.get(which, one.typed)))
        choice.chosen.connect(lambda _: self.choice.set_error(""))

    @property
    def is_settled(self) -> bool:
        """Whether it was chosen."""
        return bool(self._choice.value())
