"""Carries an exchange in a file: writes a bundle for somebody, reads one that was brought."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import Signal

from app.models.exchange.bundle import Bound
from app.models.exchange.talk import Heard
from app.sync.bundle import ALL, Scans
from app.ui.exchange.words import ReadBundle, has_read, has_written, megabytes, who
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.file_dialogs import ask_open, ask_where
from app.ui.widgets.going import Going
from app.ui.widgets.parts import Card, Words, WrappingLabel, row

SUFFIX = ".motcua"
FILTER = f"Gói Một Cửa (*{SUFFIX});;Mọi tệp (*)"
READER_WIDTH, SCANS_WIDTH = 160, 232
MEGABYTE = 1_000_000
SIZES = (500, 100, 20)  # megabytes a bundle may be kept to
NO_SCANS = Scans(0, 0)
READING = "Đang đọc gói… Cứ làm việc với những gì đã về."
READ_LESS = "Đã dừng. Những gì đã nhận thì còn; đọc lại gói là nhận tiếp."

Told = TypeVar("Told")
Step = Callable[[], None]
"""Called before each slice of the work; raises `Refused` once it shall stop."""


class Bundles(Protocol):
    """Writing and reading bundles, for a lane that may wait for a disk."""

    def write_bundle(self, file: Path, to: str, step: Step, most: int) -> Bound:
        """`most` bytes of scans; `ALL` for as many as there is room for."""

    def scans_for(self, to: str) -> Scans:
        """For the desk lane."""

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
        self._most: Choice[int] = Choice()
        self._most.setMinimumWidth(SCANS_WIDTH)
        self._most.setAccessibleName("Kèm bản số hóa")
        self._offer_scans(NO_SCANS)
        self._to.chosen.connect(self._look_for_scans)
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
            row(
                Words("Gửi cho", tone=Tone.QUIET),
                self._to,
                None,
                spacing=Space.WITHIN,
            )
        )
        self.body.addLayout(row(self._most, write, None, spacing=Space.WITHIN))
        self.body.addLayout(row(Words("Gói vừa mang về", tone=Tone.QUIET), read, None, spacing=Space.WITHIN))  # fmt: skip
        self.body.addWidget(self._said)
        self.body.addWidget(self._going)

    def offer(self, readers: tuple[str, ...]) -> None:
        """Whom a bundle can be written to; who was chosen stays so."""
        chosen = self._to.value()
        self._to.offer([(reader, _upper(who(reader))) for reader in readers])
        if chosen in readers:
            self._to.choose(chosen)
        self._look_for_scans()

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
        way, most = self._going.begin("Đang ghi gói…"), self._most.value()
        work = partial(
            self._bundles.write_bundle, Path(file), to, lambda: way.reached(way.rows + 1),
            ALL if most is None else most,
        )  # fmt: skip
        self._jobs.run(Lane.NET, work, partial(self._written, file))

    def read(self, file: str) -> None:
        """Take in what lies in `file`."""
        way = self._going.begin(READING, READ_LESS)
        work = partial(
            self._bundles.read_bundle, Path(file), lambda: way.reached(way.rows), way.heard
        )
        self._jobs.run(Lane.NET, work, self._was_read)

    # --- inside -----------------------------------------------------------------------------------

    def _look_for_scans(self) -> None:
        if to := self._to.value():
            self._jobs.run(Lane.DESK, partial(self._bundles.scans_for, to), self._show_scans)

    def _show_scans(self, result: Ok[Scans] | Err) -> None:
        self._offer_scans(result.value if isinstance(result, Ok) else NO_SCANS)

    def _offer_scans(self, scans: Scans) -> None:
        """What was chosen stays so, as long as it is a choice."""
        chosen, offered = self._most.value(), choices(scans)
        self._most.offer(offered)
        if chosen is not None and chosen in dict(offered):
            self._most.choose(chosen)
        self._most.setEnabled(len(offered) > 1)

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


def choices(scans: Scans) -> list[tuple[int, str]]:
    """How many bytes of scans a bundle may carry, and what is said of it; all of them first."""
    if not scans.files:
        return [(ALL, "Không có bản số hóa chờ")]
    smaller = [size for size in SIZES if size * MEGABYTE < scans.size]
    return [
        (ALL, f"Kèm {scans.files} bản số hóa, {megabytes(scans.size)}"),
        *((size * MEGABYTE, f"Kèm nhiều nhất {size} MB") for size in smaller),
        (0, "Không kèm bản số hóa"),
    ]


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
