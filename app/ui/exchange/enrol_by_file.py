"""Enrols a counter that no line reaches: writes a request for whoever carries it, reads the answer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.errors import BadInput
from app.models.exchange.talk import Heard
from app.models.text import grouped
from app.ui.exchange.bundle_card import FILTER, READ_LESS, SUFFIX, Step
from app.ui.exchange.words import ReadBundle
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.file_dialogs import ask_open, ask_where
from app.ui.widgets.going import Going
from app.ui.widgets.parts import WrappingLabel, column, row

NAME = f"yeu-cau-ghi-danh{SUFFIX}"
NO_LINE = (
    "Máy này chưa nối được: xin cấp trên mã dùng nhiều ngày, điền hai ô trên rồi ghi yêu cầu ra USB. "
    "Cấp trên trả lời bằng một tệp mang theo mọi dữ liệu của đơn vị."
)
WAITS = (
    "Đã ghi yêu cầu, đang chờ trả lời của {}. Tệp trả lời mang về thì đọc ở đây; đóng máy cũng không sao. "
    "Địa chỉ ghi nhầm thì sửa ở ô trên trước khi đọc."
)
READING = "Đang đọc trả lời… Dữ liệu về đến đâu dùng được đến đó."


class Answer(Protocol):
    """What an answer brought; see `app.sync.enrol_by_file.Joined`."""

    @property
    def unit_name(self) -> str: ...
    @property
    def read(self) -> ReadBundle: ...


class Carries(Protocol):
    """Requests and their answers, for a lane that may wait for a disk."""

    def check_request(self, url: str, code: str) -> None:
        """Raises `BadInput` for what no request can be made of."""

    def write_request(self, file: Path, url: str, code: str) -> None: ...

    def read_answer(self, file: Path, url: str, step: Step, heard: Heard) -> Answer:
        """`url`: where the server is, "" for where the request says."""


class EnrolByFile(QWidget):
    """Two deeds and one sentence; `typed` gives the address and the code that stand above it."""

    wrong = Signal(object)
    """What was typed makes no request: the error."""
    asked = Signal()
    """A request was written."""
    began = Signal()
    """An answer is being read, and nothing else should be begun."""
    failed = Signal()
    """Nothing came of that; it stands here why."""
    joined = Signal(str)
    """The counter is enrolled: what came, in words."""

    def __init__(self, carries: Carries, jobs: Jobs, typed: Callable[[], tuple[str, str]]) -> None:
        super().__init__()
        self._carries, self._jobs, self._typed = carries, jobs, typed
        self._waits_for = ""
        self._said = WrappingLabel(NO_LINE, tone=Tone.QUIET, reserved_lines=2)
        self._going = Going()
        write = QuietButton("Ghi yêu cầu ra USB", "Ctrl+S")
        read = QuietButton("Đọc trả lời", "Ctrl+O")
        write.clicked.connect(self.ask_where)
        read.clicked.connect(self.ask_which)
        self.setLayout(
            column(
                self._said,
                row(write, read, None, spacing=Space.WITHIN),
                self._going,
                spacing=Space.BETWEEN,
            )
        )

    def wait_for(self, url: str) -> None:
        """A request was written to the server there, and its answer is still to come."""
        if url != self._waits_for:  # said once: what came of an answer stands here too
            self._waits_for = url
            self._said.say(WAITS.format(url), Tone.QUIET)

    def ask_where(self) -> None:
        """Let the officer say where the request goes, once it can be made."""
        if self._going.under_way:
            return
        url, code = self._typed()
        check = partial(self._carries.check_request, url, code)
        self._jobs.run(Lane.NET, check, partial(self._ask_where, url, code))

    def ask_which(self) -> None:
        """Let the officer say which answer is read."""
        if not self._going.under_way:
            ask_open(self, "Đọc trả lời của cấp trên", FILTER, self.read)

    def write(self, file: str, url: str, code: str) -> None:
        """Write the request into `file`."""
        work = partial(self._carries.write_request, Path(file), url, code)
        self._jobs.run(Lane.NET, work, partial(self._written, url))

    def read(self, file: str) -> None:
        """Enrol by the answer in `file`, and take in what it brings."""
        way = self._going.begin(READING, READ_LESS)
        url, _ = self._typed()
        work = partial(
            self._carries.read_answer, Path(file), url, lambda: way.reached(way.rows), way.heard
        )
        self.began.emit()
        self._jobs.run(Lane.NET, work, self._was_read)

    # --- inside -----------------------------------------------------------------------------------

    def _ask_where(self, url: str, code: str, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.wrong.emit(result.error)
            return
        write = partial(self.write, url=url, code=code)
        ask_where(self, "Ghi yêu cầu ghi danh vào", FILTER, SUFFIX, write, NAME)

    def _written(self, url: str, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._said.say(str(result.error), Tone.LATE)
            return
        self._waits_for = ""
        self.wait_for(url)
        self.asked.emit()

    def _was_read(self, result: Ok[Answer] | Err) -> None:
        self._going.end()
        if isinstance(result, Err):
            if isinstance(result.error, BadInput) and result.error.field == "url":
                self.wrong.emit(result.error)
            else:
                self._said.say(str(result.error), Tone.LATE)
            self.failed.emit()
            return
        self.joined.emit(in_words(result.value))


def in_words(answer: Answer) -> str:
    """What came of reading one."""
    who = f"Đã ghi danh: {answer.unit_name}" if answer.unit_name else "Đã ghi danh từ trước"
    received = answer.read.taken.received
    return f"{who}; nhận {grouped(received)} việc." if received else f"{who}."
