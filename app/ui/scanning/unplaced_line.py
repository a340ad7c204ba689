"""A scan whose paper a correction took off the checklist: said in amber, looked at, placed by one key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.dossiers.checklist import unplaced
from app.models.dossiers.dossier import Attachment, Dossier
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import WrappingLabel, column, row

PLACE_KEY, SEE_KEY = "Alt+V", "Alt+E"


class UnplacedLine(QWidget):
    """The first of them; out of sight while every scan has its paper."""

    placed = Signal(object)
    """The `Attachment` that belongs to the paper chosen."""
    seen = Signal(object)
    """The `Attachment` somebody wants to look at."""

    def __init__(self) -> None:
        super().__init__()
        self._first: Attachment | None = None
        self._words = WrappingLabel(size=Type.SMALL, tone=Tone.TODAY)
        place = LinkButton("Đặt vào đây", PLACE_KEY)
        place.setAccessibleName("Đặt bản quét vào giấy đang chọn")
        see = LinkButton("Xem", SEE_KEY)
        see.setAccessibleName("Xem bản quét chưa có chỗ")
        place.clicked.connect(lambda: self.placed.emit(self._first))
        see.clicked.connect(lambda: self.seen.emit(self._first))
        self.setLayout(column(self._words, row(place, None, see), spacing=Space.TIGHT))
        self.hide()

    def show_of(self, dossier: Dossier) -> bool:
        """Say the first without a paper, and how many are behind it; whether there is one."""
        found = tuple(unplaced(dossier))
        self._first = found[0] if found else None
        self._words.setText(sentence_of(found))
        self.setVisible(bool(found))
        return bool(found)

    def text(self) -> str:
        return self._words.text()


def sentence_of(found: Sequence[Attachment]) -> str:
    """Which scan it is, and how many more; "" where none is left over."""
    if not found:
        return ""
    first = found[0]
    more = f" Còn {len(found) - 1} bản nữa như vậy." if len(found) > 1 else ""
    return f"Bản quét “{first.document}”, {first.pages} trang: giấy đã bị bỏ khỏi hồ sơ.{more}"
