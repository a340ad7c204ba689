"""Set up Một Cửa on this computer: the one command a person types.

    python3 run.py          sets up, then opens the demonstration commune
    python3 run.py test     sets up, then runs every check
    python3 run.py lock     brings the lock files up to pyproject.toml; with --upgrade to the newest

What follows these words goes on to the demonstration, to pytest or to uv.

Only the standard library is at hand here, and the syntax stays that of Python 3.7, so that an older
Python gets a sentence instead of a traceback. A second run installs nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = PROGRAMS / f"python{SUFFIX}"
STAMP = VENV / "installed.sha256"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
LOCK_COMMAND = "python3 run.py lock"

OLDEST_PYTHON = (3, 11)

# Qt's wheels bring everything but these (found by adding them one by one to a bare Debian 12).
SYSTEM_LIBRARIES = (
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
    *("libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
    "libcups2",
)
# A print queue and a printer on loopback; what a screen reader is told through; a scanner; what a
# program tells the disk.
TEST_TOOLS = (
    *("xvfb", "xdotool", "openbox", "poppler-utils", "postgresql"),
    *("avahi-daemon", "cups", "cups-ipp-utils"),
    *("at-spi2-core", "dbus-daemon", "sane-utils", "strace", "faketime"),
)

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("mypy", "--platform", "win32", "app", "server", "resources", "run.py"),
    ("lint-imports", "--no-logo"),
)
PYTEST: tuple[str, ...] = ("pytest", "-n", "2", "--dist", "worksteal")


class CannotGoOn(Exception):
    """This computer lacks something; the message says in Vietnamese what to do."""


def main() -> int:
    command, rest = parse_arguments()
    try:
        if command == "demo":
            set_up(RUNTIME_LOCK, SYSTEM_LIBRARIES)
            return open_demo(rest)
        set_up(DEV_LOCK, SYSTEM_LIBRARIES + TEST_TOOLS)
        return run_checks(rest) if command == "test" else renew_locks(rest)
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parse_arguments() -> tuple[str, list[str]]:
    parser = argparse.ArgumentParser(description="Cài đặt và mở Một Cửa.")
    parser.add_argument(
        "command",
        nargs="?",
        choices=("demo", "test", "lock"),
        default="demo",
        help="demo: mở xã thử nghiệm (mặc định; thêm --headless để không mở cửa sổ); "
        "test: chạy mọi phép kiểm tra; lock: tính lại các tệp khóa phiên bản",
    )
    known, rest = parser.parse_known_args()
    return known.command, rest


# What the computer must have


def set_up(lock: Path, packages: tuple[str, ...]) -> None:
    """Make `.venv` hold exactly what `lock` lists, and the system have `packages` (Debian only)."""
    refuse_old_python()
    install_system_packages(packages)
    if not is_installed(lock):
        make_venv()
        install(lock)


def refuse_old_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise CannotGoOn(
            f"Một Cửa cần Python 3.11 trở lên; máy này đang dùng Python {sys.version.split()[0]}.\n"
            "Hãy cài Python mới hơn (Debian 12, Ubuntu 24.04 và Windows từ python.org đều có) "
            "rồi chạy lại bằng bản ấy, ví dụ: python3.11 run.py"
        )


def install_system_packages(wanted: tuple[str, ...]) -> None:
    """Install what Debian's package database lacks; root is needed only if something does."""
    if shutil.which("dpkg-query") is None:
        return
    present = debian_packages()
    missing = [name for name in wanted if name not in present]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not is_root():
        raise CannotGoOn(
            "Máy còn thiếu thư viện hệ thống, và chỉ quản trị viên mới cài được. "
            f"Hãy chạy lệnh sau rồi chạy lại:\n  sudo {' '.join(command)}"
        )
    say(f"Cài thư viện hệ thống: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    for step in (["apt-get", "update", *quiet], [*command, *quiet]):
        if subprocess.call(step, env=environment, stdin=subprocess.DEVNULL):
            raise CannotGoOn(
                "Không cài được thư viện hệ thống (lời của apt-get ở trên). Hãy kiểm tra mạng "
                "và nguồn gói của máy, rồi chạy lại."
            )


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def debian_packages() -> set[str]:
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status} ${Package}\n"],
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    ).stdout
    lines = (line.split() for line in listing.splitlines())
    # Debian 13 and Ubuntu 24.04 renamed some libraries: libcups2 is libcups2t64 there.
    return {name.removesuffix("t64") for status, name in lines if status == "installed"}


# .venv


def make_venv() -> None:
    """Make `.venv`, or make it anew if it came half made or from another folder."""
    if runs(PYTHON, "-m", "pip", "--version"):
        return
    say("Tạo .venv")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise CannotGoOn(
            f"Không tạo được {VENV} (lý do ở trên). Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa."
        )


def install(lock: Path) -> None:
    say("Cài các gói Python (lần đầu tải khoảng 120 MB)")
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input"]
    if not sys.stdout.isatty():
        pip.append("--quiet")
    # Setuptools warns at length of an editable install; there is nothing an officer could do.
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    locked = ("--require-hashes", "-r", str(lock))
    ourselves = ("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    for what in (locked, ourselves):
        if subprocess.call([*pip, *what], env=environment):
            raise CannotGoOn(
                "Không cài được các gói Python (lời của pip ở trên). Thường là do mất mạng: hãy "
                "kiểm tra đường truyền và cấu hình pip của máy, rồi chạy lại; "
                "phần đã tải không phải tải lại."
            )
    STAMP.write_text(fingerprint(lock), encoding="ascii")


def is_installed(lock: Path) -> bool:
    """True if `.venv` works and was made from `lock`; the development lock holds all of both."""
    installed = STAMP.read_text(encoding="ascii") if STAMP.exists() else ""
    return installed in {fingerprint(lock), fingerprint(DEV_LOCK)} and runs(PYTHON, "-c", "")


def fingerprint(lock: Path) -> str:
    """Name everything an installation depends on: the lock, our entry points, Python, the place."""
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes()):
        digest.update(hashlib.sha256(part).digest())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def runs(*command: object) -> bool:
    """True if the command can be started and succeeds."""
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


# What it was set up for


def has_screen() -> bool:
    return os.name == "nt" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_demo(rest: list[str]) -> int:
    if "--headless" not in rest and not has_screen():
        rest = ["--headless", *rest]
    say("Diễn lại một ngày ở quầy, không cửa sổ" if "--headless" in rest else "Mở xã thử nghiệm")
    return start("python", "-m", "app.demo", "--folder", "demo", *rest)


def renew_locks(rest: list[str]) -> int:
    """Resolve for every system at once, with hashes, and with no address of a registry inside."""
    compile_for_all = ("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--quiet")
    shape = ("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", LOCK_COMMAND)
    uv = (*compile_for_all, *shape, *rest, "pyproject.toml", "--group", "build")
    development = ("--group", "dev", "--constraint", RUNTIME_LOCK.name)
    return start(*uv, "-o", RUNTIME_LOCK.name) or start(*uv, *development, "-o", DEV_LOCK.name)


def run_checks(rest: list[str]) -> int:
    """Run every check, whatever the earlier ones found; the tests' own summary comes last."""
    failed = [check for check in CHECKS if run_check(check)]
    say(" ".join(PYTEST))
    if start(*PYTEST, *rest):
        failed.append(PYTEST)
    for check in failed:
        print(f"KHÔNG ĐẠT: {' '.join(check)}", file=sys.stderr)
    return 1 if failed else 0


def run_check(check: tuple[str, ...]) -> int:
    say(" ".join(check))
    started = time.monotonic()
    status = start(*check)
    print(f"  {time.monotonic() - started:.0f} s", flush=True)
    return status


def start(program: str, *words: str) -> int:
    """Run a program of `.venv` in our folder; give its exit status."""
    return subprocess.call([str(PROGRAMS / f"{program}{SUFFIX}"), *words], cwd=str(ROOT))


def say(sentence: str) -> None:
    print(f"— {sentence}", flush=True)


if __name__ == "__main__":
    # A pipe on Windows is cp1252 and cannot hold these sentences.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
