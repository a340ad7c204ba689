"""Asks for a file or a folder beside the window, which goes on meanwhile."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[str], None]


def ask_folder(over: QWidget, title: str, then: Then, start: str | None = None) -> None:
    """`then` hears the folder that is chosen; looked for from `start`, or from home."""
    dialog = QFileDialog(over, title, str(Path.home()) if start is None else start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(then)
    _open(dialog)


def ask_where(
    over: QWidget, title: str, kinds: str, suffix: str, then: Then, name: str = ""
) -> None:
    """`then` hears the file to be written, which is offered as `name` and ends with `suffix`."""
    dialog = QFileDialog(over, title, str(Path.home()), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    dialog.fileSelected.connect(then)
    _open(dialog)


def ask_open(over: QWidget, title: str, kinds: str, then: Then) -> None:
    """`then` hears the file that is to be read."""
    dialog = QFileDialog(over, title, str(Path.home()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(then)
    _open(dialog)


def ask_several(
    over: QWidget, title: str, kinds: str, then: Callable[[list[Path]], None], start: str
) -> None:
    """`then` hears the files that are to be read; looked for from `start`."""
    dialog = QFileDialog(over, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda files: then([Path(file) for file in files]))
    _open(dialog)


def _open(dialog: QFileDialog) -> None:
    """Nobody waits for it, and it is gone once it is closed."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
