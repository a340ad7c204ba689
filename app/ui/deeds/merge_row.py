"""One field that two people changed: what stood there, what is on file now, what was typed here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.deeds.merging import Differing
from app.models.citizens.applicant import IdKind
from app.ui.dossier.facts import ID_LABELS
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.parts import WrappingLabel, column

UNSAID = "để trống"
UNCHOSEN = ("", "Chọn: phím ↓")
MINE, THEIRS = "Giữ của tôi", "Giữ trên hồ sơ"


class MergeRow(QWidget):
    """Where both changed it the arrow keys choose; elsewhere it only says what was kept."""

    chosen = Signal(str)
    """The words that shall stand in the field."""

    def __init__(self, one: Differing, label: str) -> None:
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
            WrappingLabel(f"Lúc bắt đầu: {_said(one.was)}", Type.SMALL, Tone.QUIET),
            WrappingLabel(f"Trên hồ sơ nay: {_said(one.on_file)}", Type.SMALL),
            WrappingLabel(f"Đang nhập: {_said(one.typed)}", Type.SMALL),
        )
        self.setLayout(column(*self.told, self.choice, spacing=Space.TIGHT))
        self.choice.setVisible(one.is_asked)
        words = {"mine": one.typed, "theirs": one.on_file}
        choice.chosen.connect(lambda which: self.chosen.emit(words.get(which, one.typed)))
        choice.chosen.connect(lambda _: self.choice.set_error(""))

    @property
    def is_settled(self) -> bool:
        """Whether it was chosen."""
        return bool(self._choice.value())


def _said(words: str) -> str:
    kinds = {kind.value: said for kind, said in ID_LABELS.items()}
    return kinds.get(words, "Không có giấy tờ" if words == IdKind.NONE.value else words) or UNSAID
