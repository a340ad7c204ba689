"""A long day of signals and calls doesn't wear the interpreter out (PySide6 6.12.0 does)."""

import subprocess
import sys

A_LONG_DAY = """
import app.ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rings = Signal()

bell = Bell()
for _ in range(20_000):
    bell.rings.emit()
    bell.parent()
"""


def test_signals_can_be_emitted_all_day() -> None:
    day = subprocess.run(
        [sys.executable, "-c", A_LONG_DAY], capture_output=True, text=True, check=False
    )
    assert (day.returncode, day.stderr) == (0, "")
