"""One page from the flatbed: which one scans is found first, or asked for where there are several."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.scanning.sane import Scanner
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.scanning.scanner_choice import ScannerChoice
from app.ui.scanning.sources import Open
from app.ui.widgets.going import Going

NO_SCANNER = "Không thấy máy quét nào. Hãy bật máy, hoặc để máy quét lưu vào thư mục quét."
SEVERAL = "Có {} máy quét. Chọn máy nào rồi bấm “Quét trang” lần nữa."


class Glass(QObject):
    """Whoever asks for a page shows `choice` and `going` beside what asked."""

    scanned = Signal(object)
    """The `Path` of the page."""
    said = Signal(str, object)
    """Why there is none: a sentence and its `Tone`."""

    def __init__(self, scans: Open, jobs: Jobs, choice: ScannerChoice, going: Going) -> None:
        super().__init__(choice)
        self._scans, self._jobs, self._choice, self._going = scans, jobs, choice, going

    def scan(self) -> None:
        """Look which scanners there are, then have one page of the one chosen."""
        if not self._going.under_way:
            self._going.begin("Tìm máy…")
            self._jobs.run(Lane.SCAN, lambda: self._scans().scanners(), self._found)

    # --- inside -----------------------------------------------------------------------------------

    def _found(self, result: Ok[list[Scanner]] | Err) -> None:
        self._going.end()
        if isinstance(result, Err):
            self.said.emit(str(result.error), Tone.LATE)
        elif not result.value:
            self.said.emit(NO_SCANNER, Tone.LATE)
        elif (device := self._choice.heed(result.value)) is None:
            self.said.emit(SEVERAL.format(len(result.value)), Tone.TODAY)
            self._choice.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            tell = self._going.begin("Quét…").reached_of
            self._jobs.run(Lane.SCAN, lambda: self._scans().scan(device.id, tell), self._came)

    def _came(self, result: Ok[Path] | Err) -> None:
        self._going.end()
        if isinstance(result, Err):
            self.said.emit(str(result.error), Tone.LATE)
        else:
            self.scanned.emit(result.value)
