"""A screen of a test's own: an X server nobody sees, a window manager, keys without a mouse, pictures."""

import os
import select
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

TOOLS = ("Xvfb", "openbox", "xdotool", "xkbcomp")
SIZE = "1366x768x24"
PATIENCE = 30.0  # seconds; only a fault, or a computer hopelessly busy, takes so long
GLANCE = 0.05  # seconds between two looks
# what a scanner types 4 ms apart stays together on a busy computer; who may not do so is only told
_FIRST = ("nice", "-n", "-10")

# Letters of no key of theirs xdotool puts on one spare key in turn, faster than windows read the
# map anew; so each has a key from the start.
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_SPARE = (*range(147, 191), *range(208, 255))
_KEYMAP = """xkb_keymap {{
    xkb_keycodes {{ include "evdev+aliases(qwerty)" }};
    xkb_types {{ include "complete" }};
    xkb_compat {{ include "complete" }};
    xkb_symbols {{ include "pc+us" {letters} }};
}};"""
# fields of an X window dump, each 4 bytes: header size, width, height, bytes a line, colours
_DUMP = {"header": 0, "width": 4, "height": 5, "line": 12, "colours": 19}


def lacking() -> str:
    """The tools this computer has not, in words; "" when a screen can be had."""
    return ", ".join(tool for tool in TOOLS if shutil.which(tool) is None)


class Screen:
    """Keys go to the window that has the focus."""

    def __init__(self, display: str, folder: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": str(folder)}
        self._folder = folder

    def press(self, *keys: str) -> None:
        """Press keys as X names them ("F9", "ctrl+b", "Return"), one after the other."""
        self.tool("key", *keys)

    def type(self, text: str) -> None:
        """Type as fast as a scanner; nothing may depend on a person's pace."""
        self.tool("type", "--delay", "4", text)

    def scan(self, text: str) -> None:
        """Type it and its Enter in one breath, as a scanner does."""
        self.tool("type", "--delay", "4", "--args", "1", text, "key", "Return")

    def title(self) -> str:
        """What the window with the focus is called; "" when there is none."""
        return self.tool("getactivewindow", "getwindowname").strip()

    def minimise(self) -> None:
        """Put the window that has the focus out of sight."""
        self.tool("getactivewindow", "windowminimize")

    def picture(self, file: Path) -> None:
        """Keep what is on the screen."""
        dump = (self._folder / "Xvfb_screen0").read_bytes()
        fields = {
            name: struct.unpack_from(">I", dump, 4 * place)[0] for name, place in _DUMP.items()
        }
        dots = dump[fields["header"] + 12 * fields["colours"] :]
        shape = (fields["width"], fields["height"], fields["line"])
        QImage(dots, *shape, QImage.Format.Format_RGB32).save(str(file))

    def tool(self, *words: str) -> str:
        """What xdotool answers; "" when it could not."""
        return _run(*_FIRST, "xdotool", *words, env=self.environment).stdout


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """An empty screen that lasts as long as the block, on a display nobody else has."""
    folder.mkdir()
    told, tell = os.pipe()
    words = ("-displayfd", str(tell), "-screen", "0", SIZE, "-fbdir", str(folder))
    quiet = ("-nolisten", "tcp", "-noreset")
    with running(*_FIRST, "Xvfb", *words, *quiet, pass_fds=(tell,)):
        os.close(tell)
        with os.fdopen(told) as answer:
            shown = Screen(f":{answer.readline().strip()}", folder)
        with running("openbox", env=shown.environment):
            until(lambda: bool(shown.tool("get_num_desktops")), "a window manager")
            _give_letters(shown)
            yield shown


def until(holds: Callable[[], bool], what: str, pause: Callable[[], None] | None = None) -> None:
    """Return once it holds; `pause` waits between two looks. AssertionError when it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        (pause or _glance)()


def _glance() -> None:
    select.select([], [], [], GLANCE)


@contextmanager
def running(*command: str, **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended with the block, if it did not end before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _give_letters(shown: Screen) -> None:
    letters = "".join(
        f'key <I{number}> {{ type[Group1]="ALPHABETIC", [U{ord(letter):04X}, U{ord(letter.upper()):04X}] }}; '
        for number, letter in zip(_SPARE, _LETTERS, strict=False)
    )
    keymap, display = _KEYMAP.format(letters=letters), shown.environment["DISPLAY"]
    _run("xkbcomp", "-w0", "-", display, env=shown.environment, input=keymap, check=True)


def _run(*command: str, check: bool = False, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=check, **how)
