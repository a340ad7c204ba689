"""Scans one page from a flatbed on Linux, by SANE's `scanimage`.

The program of Debian's sane-utils, not a library: a driver that hangs or crashes takes its own process
with it, and no other.
"""

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from app.models.errors import OtherSideFailed, Refused

DOTS = 200  # an inch: small print stays readable, and a page of colour stays under a megabyte
LOOK_EVERY = 0.2  # seconds between two looks at how far it is
FIND_WITHIN = 30.0  # seconds; network back ends answer slowly
END_WITHIN = 5.0  # seconds for a scanner to bring its lamp home once it was told to stop
A4_MM = (210.0, 297.0)

NOT_INSTALLED = (
    "Máy này chưa có phần mềm điều khiển máy quét (gói sane-utils). Hãy nhờ tin học cài, "
    "hoặc để máy quét lưu vào thư mục quét."
)
# what scanimage says → what the officer reads
_SENTENCES = (
    ("busy", "Máy quét đang bận. Hãy chờ quét xong việc kia rồi thử lại."),
    ("out of documents", "Khay nạp của máy quét hết giấy. Hãy đặt giấy rồi quét lại."),
    ("jammed", "Máy quét bị kẹt giấy. Hãy gỡ giấy rồi quét lại."),
    ("cover is open", "Nắp máy quét đang mở. Hãy đóng nắp rồi quét lại."),
    ("denied", "Không có quyền dùng máy quét. Hãy nhờ tin học cấp quyền cho tài khoản này."),
)

_HAS_FAILED = re.compile(r"scanimage: sane_(start|read): .*\n")

Tell = Callable[[int, int], None]
"""Hears how many parts of a hundred are done; what it raises ends the scan."""


class Scanner(NamedTuple):
    """`id` is what the system calls it, `name` what is written on it."""

    id: str
    name: str


def find() -> list[Scanner]:
    """The scanners there are. Raises `Refused` without SANE, `OtherSideFailed` when it says nothing."""
    listed = told_by(["scanimage", "-f", "%d\t%v %m%n"], NOT_INSTALLED)
    # SANE takes a web camera for a scanner too
    return [scanner for scanner in listed if not scanner.id.startswith("v4l:")]


def scan(device: str, page: Path, tell: Tell) -> None:
    """Scan what lies on the glass into `page`, a PNG. Raises `OtherSideFailed`, `Refused`."""
    command = ["scanimage", "-d", device, *wanted(_told_options(device)), "--format=png", "-p"]
    with TemporaryFile() as said:
        process = _started([*command, "-o", str(page)], said)
        watch(process, lambda: _tell_of(_read(said), tell))
        if process.returncode:
            raise _failed(_read(said))


def told_by(command: Sequence[str], lacking: str) -> list[Scanner]:
    """What a command lists, a scanner a line; `lacking` is what is said where there is no such command."""
    try:
        told = subprocess.run(
            command,
            capture_output=True, timeout=FIND_WITHIN, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except FileNotFoundError as error:
        raise Refused(lacking) from error
    except subprocess.TimeoutExpired as error:
        raise OtherSideFailed("Tìm máy quét quá lâu. Hãy kiểm tra dây nối rồi thử lại.") from error
    lines = (line.partition("\t") for line in told.stdout.splitlines() if "\t" in line)
    return [Scanner(device, name) for device, _, name in lines]


def watch(process: "_Process", look: Callable[[], None]) -> None:
    """Look now and then until it ends; what `look` raises ends it."""
    try:
        while not _ended(process):
            look()
    finally:
        if process.poll() is None:
            process.terminate()
            if not _ended(process, END_WITHIN):
                process.kill()
                process.wait()


def wanted(listing: str) -> list[str]:
    """What to ask of a scanner, from what it lists of itself: colour, 200 dots, a page of A4."""
    options: list[str] = []
    if mode := _mode(listing):
        options += ["--mode", mode]
    if dots := _dots(listing):
        options += ["--resolution", str(dots)]
    for side, most in zip("xy", A4_MM, strict=True):
        if found := re.search(rf"^\s+-{side} [\d.]+\.\.([\d.]+)mm", listing, re.MULTILINE):
            options += [f"-{side}", str(min(most, float(found[1])))]
    return options


def _mode(listing: str) -> str:
    found = re.search(r"--mode (.+?) \[", listing)
    modes = found[1].split("|") if found else []
    for start in ("color", "24bit", "gray", "true gray"):
        for mode in modes:
            if mode.lower().startswith(start):
                return mode
    return ""


def _dots(listing: str) -> int:
    """The resolution nearest to what is asked for; 0 when it can't be set."""
    if found := re.search(r"--resolution (\d+)\.\.(\d+)dpi", listing):
        return min(max(DOTS, int(found[1])), int(found[2]))
    found = re.search(r"--resolution ([\d|]+)dpi", listing)
    listed = [int(dots) for dots in found[1].split("|") if dots] if found else []
    enough = [dots for dots in listed if dots >= DOTS]
    return min(enough) if enough else max(listed, default=0)


def _told_options(device: str) -> str:
    with TemporaryFile() as said:
        process = _started(["scanimage", "-d", device, "-A"], said, out=said)
        try:
            process.wait(FIND_WITHIN)
        except subprocess.TimeoutExpired as error:
            raise OtherSideFailed("Máy quét không trả lời. Hãy tắt, bật rồi thử lại.") from error
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            raise _failed(_read(said))
        return _read(said)


def _started(command: list[str], said: IO[bytes], out: IO[bytes] | None = None) -> "_Process":
    try:
        return subprocess.Popen(command, stdout=out or subprocess.DEVNULL, stderr=said)
    except FileNotFoundError as error:
        raise Refused(NOT_INSTALLED) from error


_Process = subprocess.Popen[bytes]


def _ended(process: "_Process", within: float = LOOK_EVERY) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", errors="replace")


def _tell_of(said: str, tell: Tell) -> None:
    if _HAS_FAILED.search(said):  # some back ends never end after that
        raise _failed(said)
    found = re.findall(r"Progress: ([\d.]+)%", said)
    tell(int(float(found[-1])) if found else 0, 100)


def _failed(said: str) -> OtherSideFailed:
    words = said.lower()
    for sign, sentence in _SENTENCES:
        if sign in words:
            return OtherSideFailed(sentence)
    return OtherSideFailed("Máy quét báo lỗi. Hãy kiểm tra dây nối, tắt bật máy quét rồi thử lại.")
