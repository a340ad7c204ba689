import linecache
import subprocess
import sys
from pathlib import Path

import pytest

import app.ui  # noqa: F401 - which gives Python's own import back


def test_no_source_is_read_again_to_import_what_comes_after_qt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "comes_after_qt.py"
    file.write_text("PLAIN = True\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(linecache.cache, str(file), raising=False)
    exec("import comes_after_qt")
    assert str(file) not in linecache.cache


UNWANTED = {"importlib.resources", "json", "subprocess"}
"""Each keeps some 0.3 MiB, the last 0.9, for what few windows come to."""

WHAT_STANDS = (
    "import sys; from app import main; main.load_what_is_behind_the_door(); print(*sys.modules)"
)


def test_a_window_at_rest_holds_nothing_that_few_come_to() -> None:
    said = subprocess.check_output([sys.executable, "-c", WHAT_STANDS], encoding="utf-8")
    assert "app.ui.window" in said.split()
    assert UNWANTED.isdisjoint(said.split())
