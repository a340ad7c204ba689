"""Where the scan of a receipt filled by hand comes from, as keying it needs that."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.deeds.digitising import Scan

NOT_YET = (
    "Chưa quét tờ ghi tay. Quét bằng Alt Q, Ctrl O, hay F9 lần nữa để quét sau: hồ sơ đứng ở "
    "“Còn thiếu” (F6) đến khi có."
)
LEFT = "Còn thiếu bản quét tờ ghi tay: F6, “Còn thiếu”, rồi Alt S."


class BlankScanned(QWidget):
    """Without a scanner lane there is nothing to scan with, and nothing is asked."""

    said = Signal(str)
    """Why there is no scan."""
    changed = Signal()
    """There is one now, or none any more."""

    def __init__(self) -> None:
        super().__init__()
        self._scan: Scan | None = None

    def scan(self) -> Scan | None:
        """The scan taken, sealed; None while there is none."""
        return self._scan

    def resume(self, scan: Scan) -> None:
        """Go on with the scan that was taken before the program ended."""
        self._scan = scan

    def clear(self) -> None:
        """The next blank has no scan yet; one that was taken is given up."""

    def kept(self) -> None:
        """The scan is tied to its dossier; what it was made of is needed no more."""

    def doubt(self) -> str:
        """What is asked once before a blank is received without its scan."""
        return ""
