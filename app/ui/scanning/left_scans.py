"""What becomes of a scan that no page took: a slip's dossier opens, a card's bearer is looked for."""

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.models.citizens.card import sought
from app.models.events.event import EventName
from app.ui.frame.command_list import KEY
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone

TRY_SCANNER = "Thử máy quét, học máy quét"
UNREAD = (
    "Máy quét gõ thẻ căn cước sai ký tự ngăn các mục: chưa đọc được, chưa điền gì. "
    f"Bấm {KEY}, chọn “{TRY_SCANNER}”."
)


class LeftScans(QObject):
    """Asks the desk, and says what it answered."""

    opened = Signal(object)
    """The `EventName` of the dossier whose slip it was."""
    wanted = Signal(str, str)
    """What to search for, and the card it stands on as it was scanned."""
    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, jobs: Jobs, over: QObject) -> None:
        super().__init__(over)
        self._desk, self._jobs = desk, jobs

    def take(self, text: str) -> None:
        """A scan that was none of the page's business."""
        if words := sought(text):
            self.wanted.emit(words, text)
        else:
            self._jobs.run(Lane.DESK, lambda: self._desk.lookup.named(text), self._named)

    def say_unread(self) -> None:
        """A card came that can't be read, from a scanner nobody has tried here."""
        self.told.emit(UNREAD, Tone.TODAY)

    def _named(self, result: Ok[EventName] | Err) -> None:
        if isinstance(result, Ok):
            self.opened.emit(result.value)
        else:
            self.told.emit(str(result.error), Tone.LATE)
