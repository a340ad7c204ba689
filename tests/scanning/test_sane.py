"""A flatbed by SANE's own test back end, and what other scanners list of themselves."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from app.models.errors import OtherSideFailed, Refused
from app.scanning import sane

HP = """
    --mode Lineart|Gray|Color [Lineart]
    --resolution 75|100|200|300dpi [75]
    -x 0..215.9mm [215.9]
    -y 0..297.011mm [297.011]
"""
OLD = """
    --mode Lineart|24bit Color [Lineart]
    --resolution 50..150dpi (in steps of 1) [50]
    -y 0..200mm [200]
"""


@pytest.fixture
def with_sane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test back end, twice its devices."""
    if shutil.which("scanimage") is None:
        pytest.skip("no SANE on this computer")
    (tmp_path / "dll.conf").write_text("test\n", encoding="ascii")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))


def test_a_scanner_is_asked_for_colour_two_hundred_dots_and_a_page() -> None:
    assert sane.wanted(HP) == [
        "--mode", "Color", "--resolution", "200", "-x", "210.0", "-y", "297.0",
    ]  # fmt: skip


def test_what_a_scanner_cannot_do_is_not_asked_of_it() -> None:
    assert sane.wanted(OLD) == ["--mode", "24bit Color", "--resolution", "150", "-y", "200.0"]
    assert sane.wanted("") == []


@pytest.mark.usefixtures("with_sane")
def test_the_scanners_there_are_have_names() -> None:
    found = sane.find()
    assert found[0] == sane.Scanner("test:0", "Noname frontend-tester")


@pytest.mark.usefixtures("with_sane")
def test_a_page_is_scanned_and_its_progress_told(tmp_path: Path) -> None:
    told: list[int] = []
    sane.scan("test:0", tmp_path / "trang.png", lambda done, _: told.append(done))
    with Image.open(tmp_path / "trang.png") as page:
        assert page.mode == "RGB"
        assert page.width > 1000
    assert all(0 <= done <= 100 for done in told)


@pytest.mark.usefixtures("with_sane")
def test_a_scan_can_be_ended_and_takes_its_process_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = ["--read-delay=yes", "--read-delay-duration", "200000", "--read-limit=yes"]
    monkeypatch.setattr(sane, "wanted", lambda _: [*slow, "--read-limit-size", "64"])

    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        sane.scan("test:0", tmp_path / "trang.png", stop)


@pytest.mark.usefixtures("with_sane")
@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("JAMMED", "kẹt giấy"),
        ("NO_DOCS", "hết giấy"),
        ("COVER_OPEN", "Nắp"),
        ("IO_ERROR", "báo lỗi"),
    ],
)
def test_what_a_scanner_complains_of_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, says: str
) -> None:
    failing = ["--read-return-value", f"SANE_STATUS_{status}"]
    monkeypatch.setattr(sane, "wanted", lambda _: failing)
    with pytest.raises(OtherSideFailed, match=says):
        sane.scan("test:0", tmp_path / "trang.png", lambda _done, _of: None)


def test_a_driver_that_complains_and_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jammed = "printf 'Progress: 0.0%%\\rscanimage: sane_read: Document feeder jammed\\n' >&2"
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\ncase $* in *-A*) exit 0;; esac\n{jammed}\nkill -STOP $$\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sane, "END_WITHIN", 0.1)
    with pytest.raises(OtherSideFailed, match="kẹt giấy"):
        sane.scan("test:0", tmp_path / "trang.png", lambda _done, _of: None)


@pytest.mark.usefixtures("with_sane")
def test_a_scanner_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(OtherSideFailed):
        sane.scan("khong-co:0", tmp_path / "trang.png", lambda _done, _of: None)


def test_without_sane_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="sane-utils"):
        sane.find()
    with pytest.raises(Refused, match="sane-utils"):
        sane.scan("test:0", tmp_path / "trang.png", lambda _done, _of: None)
