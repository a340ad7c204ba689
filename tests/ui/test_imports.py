import linecache
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
