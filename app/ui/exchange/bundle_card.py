"""Carries an exchange in a file: writes a bundle for somebody, reads one that was brought."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import Signal

from app.models.exchange.bundle import Bound
from app.models.exchange.talk import Heard
from app.ui.exchange.words import ReadBundle, has_read, has_written, who
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.file_dialogs import ask_open, ask_where
from app.ui.widgets.going import Going
from app.ui.widgets.parts import Card, Words, WrappingLabel, row

SUFFIX = ".motcua"
FILTER = f"Gói Một Cửa (*{SUFFIX});;Mọi tệp (*)"
READER_WIDTH = 200
READING = "Đang đọc gói… Cứ làm việc với những gì đã về."
READ_LESS = "Đã dừng. Những gì đã nhận thì còn; đọc lại gói là nhận tiếp."

Told = TypeVar("Told")
Step = Callable[[], None]
"""Called before each slice of the work; raises `Refused` once it shall stop."""


class Bundles(Protocol):
    """Writing and reading bundles, for a lane that may wait for a disk."""

    def write_bundle(self, file: Path, to: str, step: Step) -> Bound: ...

    def read_bundle(self, file: Path, step: Step, heard: Heard) -> ReadBundle: ...


class BundleCard(Card):
    """Two deeds, what came of the last, and how far one is that takes long."""

    carried = Signal()
    """Something was written or read: how things stand may be otherwise."""

    def __init__(self, bundles: Bundles, jobs: Jobs) -> None:
        super().__init__("Không có mạng: mang bằng USB")
        self._bundles, self._jobs = bundles, jobs
        self._to: Choice[str] = Choice()
        self._to.setMinimumWidth(READER_WIDTH)
        self._to.setAccessibleName("Gói gửi cho")
        self._going = Going()
        self._said = WrappingLabel(
            "Gói chỉ nơi nhận mở được; đọc hai lần hay sai thứ tự cũng không hại gì.",
            tone=Tone.QUIET, reserved_lines=3,
        )  # fmt: skip
        write = QuietButton("Ghi gói", "Ctrl+S")
        read = QuietButton("Đọc gói", "Ctrl+O")
        write.clicked.connect(self.ask_where)
        read.clicked.connect(self.ask_which)
        self.body.addLayout(
            row(Words("Gửi cho", tone=Tone.QUIET), self._to, write, None, spacing=Space.WITHIN)
        )
        self.body.addLayout(row(Words("Gói vừa mang về", tone=Tone.QUIET), read, None, spacing=Space.WITHIN))  # fmt: skip
        self.body.addWidget(self._said)
        self.body.addWidget(self._going)

    def offer(self, readers: tuple[str, ...]) -> None:
        """Whom a bundle can be written to; who was chosen stays so."""
        chosen = self._to.value()
        self._to.offer([(reader, _upper(who(reader))) for reader in readers])
        if chosen in readers:
            self._to.choose(chosen)

    def ask_where(self) -> None:
        """Let the officer say where the bundle goes; the window goes on meanwhile."""
        to = self._to.value()
        if not to or self._going.under_way:
            return
        write, name = partial(self.write, to=to), f"goi-cho-{to}{SUFFIX}"
        ask_where(self, "Ghi gói vào", FILTER, SUFFIX, write, name)

    def ask_which(self) -> None:
        """Let the officer say which bundle is read."""
        if not self._going.under_way:
            ask_open(self, "Đọc gói", FILTER, self.read)

    def write(self, file: str, to: str) -> None:
        """Write all that `to` lacks into `file`."""
        way = self._going.begin("Đang ghi gói…")
        work = partial(
            self._bundles.write_bundle, Path(file), to, lambda: way.reached(way.rows + 1)
        )
        self._jobs.run(Lane.NET, work, partial(self._written, file))

    def read(self, file: str) -> None:
        """Take in what lies in `file`."""
        way = self._going.begin(READING, READ_LESS)
        work = partial(
            self._bundles.read_bundle, Path(file), lambda: way.reached(way.rows), way.heard
        )
        self._jobs.run(Lane.NET, work, self._was_read)

    # --- inside -----------------------------------------------------------------------------------

    def _written(self, file: str, result: Ok[Bound] | Err) -> None:
        self._end(result, lambda bound: has_written(bound, Path(file).name))

    def _was_read(self, result: Ok[ReadBundle] | Err) -> None:
        self._end(result, has_read)

    def _end(self, result: Ok[Told] | Err, words: Callable[[Told], str]) -> None:
        self._going.end()
        if isinstance(result, Ok):
            self._said.say(words(result.value), Tone.DONE)
        else:
            self._said.say(str(result.error), Tone.LATE)
        self.carried.emit()


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
