"""A crash of C's: nothing can tell the officer any more, so the log tells where it was."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import ctypes, sys
from pathlib import Path
from app import main
from app.settings import Places

def crash(doors, name="Lý A Sử"):
    ctypes.string_at(0)

main.run(Places(Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "state"), then=crash)
"""


def test_the_log_tells_where_a_crash_was_and_of_nobody(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    without_screen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=without_screen, capture_output=True, check=False)
    logged = (tmp_path / "state" / "motcua.log").read_text(encoding="utf-8")
    assert done.returncode != 0
    assert "in crash\n" in logged
    assert "Lý" not in logged
