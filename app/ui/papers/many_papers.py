"""One paper for many dossiers in one run: those that lack it, how far it is, and an end at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.delivery import Delivery
from app.desk.papers.forms import FORMS
from app.desk.papers.print_batch import Batch, PrintBatch
from app.desk.papers.print_places import Place
from app.desk.sheets.books import span
from app.models.dossiers.lifecycle import Status
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.printing.printers.spooler import where
from app.store.reading.dossiers import DossierRow
from app.ui.dossier.columns import REGISTERED
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone
from app.ui.papers.papers import system
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.going import Going, Way
from app.ui.widgets.parts import EmptyState, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Table

PAPERS = ("receipt", "control", "label")
PAPER_WIDTH = 280
AT_ONCE = 5
"""Papers between which another print may go first: somebody may be waiting at the desk."""
NO_PRINTER = "Chưa chọn máy in cho {}. Hãy chọn ở “Máy in của quầy” (F12), hoặc in một giấy trước, rồi in lại."


@dataclass(frozen=True)
class Unprinted:
    """The dossiers of a span without the paper `form`, and where that paper goes here."""

    form: str
    rows: tuple[DossierRow, ...]
    place: Place


def unprinted(desk: Desk, form: str, since: date, until: date, group: str) -> Unprinted:
    """Received in these days, their number not voided, and no print of `form`; at the desk only."""
    days = span(since, until)
    printed = desk.press.printed(form, *days)
    rows = desk.store.dossiers.register(*days, group)
    lacking = (row for row in rows if row.name not in printed and row.status is not Status.VOIDED)
    return Unprinted(form, tuple(lacking), desk.places.usual(form))


@dataclass
class _Run:
    """A run under way: what is still to print, and what came of the rest."""

    form: str
    place: Place
    left: list[EventName]
    way: Way
    done: Batch


class ManyPapers(QWidget):
    """The dossiers that lack a paper; all of them are printed, or those marked."""

    told = Signal(str, object)
    """A sentence and its tone."""
    printed = Signal()
    """Papers went to a printer: what became of them is to be asked."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, going: Going) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs, self._going = desk, officer, jobs, going
        delivery = Delivery(desk.press, jobs.at_desk, *system())
        self._batch = PrintBatch(desk.paperwork, delivery, jobs.at_desk, officer)
        self._looking = Latest(jobs, self._show, self)
        self._asked: tuple[date, date, str] | None = None
        self._found = Unprinted(PAPERS[0], (), Place("", ""))
        self._run: _Run | None = None
        self._typed_ahead = HeldKeys(self)
        self._paper = Choice([(form, FORMS[form].name) for form in PAPERS])
        self._count = WrappingLabel(tone=Tone.QUIET)
        self._view = TableView(
            Table(REGISTERED, lambda row: row.name, markable=True), _nothing_lacks()
        )
        self._view.setAccessibleName("Hồ sơ chưa in giấy này")
        self._print = QuietButton("In", "Ctrl+P", "printer")
        self._lay_out()
        self._paper.chosen.connect(lambda _: self._choose_paper())
        self._view.table.marks_changed.connect(self._say_meant)
        self._print.clicked.connect(self._begin)

    def look(self, since: date, until: date, group: str) -> None:
        """Read the dossiers of these days and this register ("" for all) that lack the paper."""
        self._asked = since, until, group
        form = self._form()
        self._looking.ask(lambda: unprinted(self._desk, form, since, until, group))

    def refresh(self) -> None:
        """Read the same days again, if they are in sight."""
        if self._asked and self.isVisible():
            self.look(*self._asked)

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        paper = Field("Giấy", self._paper)
        paper.setFixedWidth(PAPER_WIDTH)
        foot = row(paper, self._print, self._count, spacing=Space.BETWEEN)
        foot.setStretch(2, 1)
        layout = column(self._view, foot, spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._view)

    def _form(self) -> str:
        return self._paper.value() or PAPERS[0]

    def _choose_paper(self) -> None:
        """Until it is known who lacks this paper nothing is printed, and keys wait."""
        self._say_meant()
        if self._asked and self.isVisible():
            self._typed_ahead.hold()
            self.refresh()

    def _is_of_the_choice(self) -> bool:
        return self._found.form == self._form()

    def _meant(self) -> Sequence[DossierRow]:
        return self._view.table.marked() or self._found.rows

    def _show(self, result: Ok[Unprinted] | Err) -> None:
        with self._typed_ahead:
            if isinstance(result, Err):
                self.told.emit(str(result.error), Tone.LATE)
                return
            self._found = result.value
            self._view.show_rows(self._found.rows)
            self._say_meant()

    def _say_meant(self) -> None:
        count, printer = len(self._meant()), self._found.place.printer
        self._print.say(f"In {count} giấy" if count else "In")
        self._print.setEnabled(bool(count) and self._run is None and self._is_of_the_choice())
        to = f"ra {where(printer)}" if printer else "chưa chọn máy in"
        marked = "đã đánh dấu" if self._view.table.marked() else "chưa in giấy này"
        self._count.setText(f"{count} hồ sơ {marked} · {to}")

    def _begin(self) -> None:
        form, place = self._found.form, self._found.place
        names = [row.name for row in self._meant()]
        if not names or self._going.under_way or not self._is_of_the_choice():
            return
        if not place.printer:
            self.told.emit(NO_PRINTER.format(FORMS[form].name), Tone.LATE)
            return
        way = self._going.begin(f"Đang in {len(names)} {FORMS[form].name}…")
        way.total = len(names)
        self._run = _Run(form, place, names, way, Batch(0, 0, (), 0))
        self._say_meant()
        self._go_on(self._run)

    def _go_on(self, run: _Run) -> None:
        names, place = run.left[:AT_ONCE], run.place
        self._jobs.run(
            Lane.NET,
            lambda: self._batch.run(run.form, names, place.printer, place.paper),
            self._came_back,
        )

    def _came_back(self, result: Ok[Batch] | Err) -> None:
        run = self._run
        assert run is not None, "a run came back"
        if isinstance(result, Err):
            self._end(run, str(result.error))
            return
        run.done = run.done.and_then(result.value)
        run.left = run.left[len(run.left[:AT_ONCE]) - result.value.left :]
        run.way.rows = run.way.total - len(run.left)
        is_closing = not self.window().isVisible()
        if result.value.failed or run.way.stopped or is_closing or not run.left:
            self._end(run, result.value.failed)
        else:
            self._go_on(run)

    def _end(self, run: _Run, failed: str) -> None:
        self._run = None
        self._going.end()
        self.printed.emit()
        self.told.emit(*summary(run.done, FORMS[run.form].name, len(run.left), failed))
        self.refresh()


def summary(done: Batch, paper: str, left: int, failed: str) -> tuple[str, Tone]:
    """What a run came to, in a sentence, and its tone."""
    said = [f"Đã gửi {done.sent} {paper}."]
    if done.skipped:
        said.append(f"{done.skipped} đã in từ trước.")
    if done.refused:
        said.append(f"{len(done.refused)} không in được: {done.refused[0][1]}")
    if left:
        said.append(f"Còn {left} chưa in.")
    if failed:
        said.append(failed)
    tone = Tone.LATE if failed else Tone.TODAY if left or done.refused else Tone.DONE
    return " ".join(said), tone


def _nothing_lacks() -> EmptyState:
    return EmptyState(
        "circle-check",
        "Hồ sơ nào cũng đã in giấy này.",
        "Chọn khoảng ngày, sổ hoặc giấy khác.",
    )
