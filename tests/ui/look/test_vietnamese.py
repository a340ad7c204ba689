"""What Qt says by itself is said in Vietnamese."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from tests.ui.commune import settle


@pytest.fixture
def asked(dressed: QApplication) -> Iterator[QFileDialog]:
    dialog = QFileDialog(None, "Khôi phục từ", "/")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    yield dialog
    dialog.close()


def test_a_file_that_is_not_there_is_told_in_vietnamese(
    asked: QFileDialog, dressed: QApplication
) -> None:
    told: list[str] = []

    def read_and_close() -> None:
        box = dressed.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.close()

    line = asked.findChild(QLineEdit)
    assert line is not None
    line.setText("/khong-co.motcua")
    QTimer.singleShot(0, read_and_close)
    asked.accept()
    settle(dressed)
    assert told == ["khong-co.motcua\nKhông có tệp này. Hãy xem lại tên."]
