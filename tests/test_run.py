"""Setting up: what a computer lacks is told in Vietnamese, and what it has is not done again."""

import ast
import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

import run

EVERYTHING = {*run.SYSTEM_LIBRARIES, *run.TEST_TOOLS}


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "is_root", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose `.venv` runs, with nothing installed in it yet."""
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(f"{name} as it was", encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(run, "RUNTIME_LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(run, "DEV_LOCK", tmp_path / "requirements-dev.lock")
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    return tmp_path


def test_an_old_python_can_still_read_the_script() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(run.CannotGoOn, match=r"Python 3\.11 trở lên"):
        run.refuse_old_python()


@pytest.mark.usefixtures("ordinary_user")
def test_without_root_the_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "debian_packages", lambda: EVERYTHING - {"libegl1", "libcups2"})
    with pytest.raises(run.CannotGoOn, match=r"sudo apt-get install .* libegl1 libcups2$"):
        run.install_system_packages(run.SYSTEM_LIBRARIES)


@pytest.mark.usefixtures("ordinary_user")
def test_without_root_a_python_that_cannot_make_a_venv_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "debian_packages", lambda: EVERYTHING)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(run.CannotGoOn, match=r"python3\.\d+-venv$"):
        run.install_system_packages(run.SYSTEM_LIBRARIES)


@pytest.mark.usefixtures("ordinary_user")
def test_no_root_is_needed_when_the_libraries_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "debian_packages", lambda: EVERYTHING)
    run.install_system_packages(run.SYSTEM_LIBRARIES + run.TEST_TOOLS)


@pytest.mark.skipif(os.name == "nt", reason="only Debian has this database")
def test_a_renamed_library_counts_and_a_removed_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "dpkg-query"
    database.write_text(
        "#!/bin/sh\necho installed libcups2t64\necho config-files libgl1\n", "utf-8"
    )
    database.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run.debian_packages() == {"libcups2"}


def test_a_second_run_installs_nothing(checkout: Path) -> None:
    assert not run.is_installed(run.RUNTIME_LOCK)
    run.STAMP.write_text(run.fingerprint(run.RUNTIME_LOCK), encoding="ascii")
    assert run.is_installed(run.RUNTIME_LOCK)
    assert not run.is_installed(run.DEV_LOCK)


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed_again(checkout: Path, changed: str) -> None:
    run.STAMP.write_text(run.fingerprint(run.RUNTIME_LOCK), encoding="ascii")
    (checkout / changed).write_text("renewed", encoding="utf-8")
    assert not run.is_installed(run.RUNTIME_LOCK)


def test_what_developers_install_serves_the_demonstration_too(checkout: Path) -> None:
    run.STAMP.write_text(run.fingerprint(run.DEV_LOCK), encoding="ascii")
    assert run.is_installed(run.RUNTIME_LOCK)


def test_a_failed_download_is_told_and_not_remembered(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.STAMP.write_text(run.fingerprint(run.RUNTIME_LOCK), encoding="ascii")
    monkeypatch.setattr(run, "PYTHON", Path(shutil.which("false") or "false"))
    with pytest.raises(run.CannotGoOn, match="mất mạng"):
        run.install(run.RUNTIME_LOCK)
    assert not run.STAMP.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a screen")
@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_without_a_screen_no_window_is_tried(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not run.has_screen()
    monkeypatch.setenv(display, ":0")
    assert run.has_screen()
