"""An error of C's in a method that Qt calls: told, where it used to end the program without a word."""

import subprocess
import sys

import pytest

# in a program of its own: the one this tests for has no other end
PROGRAM = """
import app.ui
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

application = QApplication(["", "-platform", "offscreen"])
gone = QWidget()
shiboken6.delete(gone)

class Watching(QWidget):
    def changeEvent(self, event):
        MISTAKE

try:
    Watching().setEnabled(False)
except Exception as error:
    print(error)
"""


@pytest.mark.parametrize("mistake", ["int('mười')", "gone.objectName()", "[][1]", "{}['khác']"])
def test_a_method_that_qt_calls_may_fail(mistake: str) -> None:
    command = [sys.executable, "-c", PROGRAM.replace("MISTAKE", mistake)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "changeEvent" in done.stdout or "khác" in done.stdout
