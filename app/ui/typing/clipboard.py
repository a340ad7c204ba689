"""Puts personal data on the clipboard for one paste, asks nobody to remember it, and takes it off again."""

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)  # a DWORD of 0
# what Windows' history (Win+V), its cloud and other keepers of clipboards ask for, and KDE's
_KEEP_OUT = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    "x-kde-passwordManagerHint": b"secret",
}


def private(text: str) -> QMimeData:
    """The text, with the marks by which keepers of clipboards let it pass."""
    content = QMimeData()
    content.setText(text)
    for kind, said in _KEEP_OUT.items():
        content.setData(kind, said)
    return content


class Pasting(QObject):
    """What this program put there last; what others put there is none of its business."""

    changed = Signal()
    """Something else lies there now."""

    def __init__(self, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._put = ""
        clipboard.dataChanged.connect(self.changed)

    def put(self, text: str) -> None:
        """Let `text` be pasted."""
        self._put = text
        self._clipboard.setMimeData(private(text))

    def lies_there(self) -> str:
        """What was put there, if it still lies there; else ""."""
        return self._put if self._put and self._clipboard.text() == self._put else ""

    def text(self) -> str:
        """What can be pasted now, whoever put it there."""
        return self._clipboard.text()

    def take_away(self) -> None:
        """Leave nothing of ours behind; what somebody else copied stays."""
        if self.lies_there():
            self._clipboard.clear()
        self._put = ""
