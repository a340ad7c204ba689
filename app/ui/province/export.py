"""Writes the file for the province's system where the officer says, beside the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.province.file import LONG_AGO, beside
from app.printing import named_file
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.file_dialogs import ask_where
from app.ui.widgets.going import Going
from app.ui.widgets.parts import column, row

KINDS = {"json": "DongBoHoSoMC (*.json)", "xlsx": "Excel (*.xlsx)"}
CHOICE_WIDTH = 260


@dataclass(frozen=True)
class Which:
    """Which dossiers go into the file: of so many days back, or those that wait, however old."""

    words: str
    days: int = 0
    pending: bool = False

    def span(self, today: date) -> tuple[date, date]:
        """The first and the last day."""
        return (LONG_AGO if self.pending else today - timedelta(days=self.days)), today


WHICH = {
    "pending": Which("Còn phải nhập", pending=True), "today": Which("Trong hôm nay"),
    "week": Which("Trong 7 ngày qua", 6), "month": Which("Trong 31 ngày qua", 30),
}  # fmt: skip


class ProvinceExport(QWidget):
    """Which dossiers, two buttons, and a bar while it takes long."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.going = Going()
        self._which = Choice([(name, which.words) for name, which in WHICH.items()])
        self._which.setAccessibleName("Hồ sơ ghi ra tệp")
        self._which.setFixedWidth(CHOICE_WIDTH)
        self._json = QuietButton("Ghi JSON", "Ctrl+S")
        self._xlsx = QuietButton("Ghi XLSX", "Ctrl+E")
        line = row(self._which, self._json, self._xlsx, None)
        self.setLayout(column(self.going, line, spacing=0))
        self._json.clicked.connect(lambda: self._ask("json"))
        self._xlsx.clicked.connect(lambda: self._ask("xlsx"))

    def write(self, kind: str, file: str) -> None:
        """Write the chosen dossiers into `file`; its ending may be left out."""
        if self.going.under_way:
            return
        path = Path(file if file.lower().endswith(f".{kind}") else f"{file}.{kind}")
        which = WHICH[self._which.value() or "pending"]
        since, until = which.span(self._desk.clock().date())
        way, desk = self.going.begin("Đang ghi hồ sơ cho hệ thống tỉnh…"), self._desk

        def work() -> int:
            count, content = beside(
                desk.store, desk.clock, desk.draw, kind, (since, until), which.pending, way.reached
            )
            named_file.write(path, content)
            return count

        self._jobs.run(Lane.NET, work, partial(self._written, path))

    # --- inside ---

    def _ask(self, kind: str) -> None:
        name = f"he-thong-tinh-{self._desk.clock():%Y-%m-%d}.{kind}"
        then: Callable[[str], None] = partial(self.write, kind)
        ask_where(self, "Ghi hồ sơ cho hệ thống tỉnh", KINDS[kind], kind, then, name)

    def _written(self, path: Path, result: Ok[int] | Err) -> None:
        self.going.end()
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
        else:
            self.told.emit(
                f"Đã ghi {result.value} hồ sơ vào {path}. Tệp có dữ liệu cá nhân, hãy giữ kín.",
                Tone.DONE,
            )
