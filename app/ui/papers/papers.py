"""Takes a form from the desk to paper: a preview the first time, straight to its printer afterwards."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.delivery import Delivery, Heard
from app.desk.papers.forms import PRINTED, TICKET
from app.desk.papers.paperwork import Paper
from app.desk.papers.print_places import Place
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.printing.paper import Paper as Size
from app.printing.printers import printers, spooler
from app.printing.printers.spooler import Document, JobId, NotTaken, Readiness, Spooler, ignore
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.preview import Order, Preview
from app.ui.papers.print_news import said_of, taken, waits
from app.ui.papers.printers_window import Chosen, PrintersWindow

ASK_AGAIN = 3_000
"""Milliseconds until unfinished prints are asked about again."""


class Papers(QObject):
    """Prints forms of dossiers and says what came of it."""

    told = Signal(str, object)
    """A sentence and its tone."""
    receipts_go = Signal(str, object)
    """How the receipt prints here, in words: copies, paper, printer. And their `Tone`."""
    changed = Signal()
    """More is known of what was printed."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._officer, self._jobs, self._over = desk, officer, jobs, over
        self._delivery = Delivery(desk.press, jobs.at_desk, *system())
        self._later = QTimer(self, singleShot=True, interval=ASK_AGAIN)
        self._later.timeout.connect(self.ask)

    def print(self, form: str, name: EventName, *others: EventName) -> None:
        """Print where this form was printed last; with a preview, when that was nowhere yet.

        `others` of the same person go on the same paper.
        """
        self._jobs.run(Lane.DESK, lambda: usual(self._desk, form, name, *others), self._begin)

    def preview(self, form: str, name: EventName) -> None:
        """Show the form as it would print, and let its place be chosen anew."""
        self._jobs.run(Lane.DESK, lambda: usual(self._desk, form, name), self._look)

    def ask(self) -> None:
        """Ask what became of the prints that are not finished; those of before the start too."""
        self._jobs.run(Lane.NET, self._delivery.ask, self._asked)

    def look(self) -> None:
        """Say how receipts print here."""
        self._jobs.run(Lane.DESK, lambda: self._desk.places.usual("receipt"), self._say_place)

    def settle_printers(self) -> None:
        """Choose where each form goes, and try a printer and the scanner."""
        self._jobs.run(Lane.DESK, lambda: chosen_places(self._desk), self._settle)

    # --- the printers -----------------------------------------------------------------------------

    def _settle(self, result: Ok[Chosen] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
            return
        window = PrintersWindow(result.value, self._over)
        window.kept.connect(self._keep_places)
        window.trial.connect(lambda printer: self._try_printer(window, printer))
        window.show()
        self._jobs.run(Lane.NET, printer_names, window.offer)

    def _keep_places(self, chosen: Chosen) -> None:
        desk = self._desk

        def work() -> Place:
            desk.places.choose_all(chosen.default, chosen.places)
            return desk.places.usual("receipt")

        self._jobs.run(Lane.DESK, work, self._say_place)

    def _try_printer(self, window: PrintersWindow, printer: str) -> None:
        draw = self._desk.trial_page
        told = partial(_tell_trial, window, spooler.where(printer))
        self._jobs.run(Lane.NET, lambda: send_trial(draw(printer), printer), told)

    # --- the preview ------------------------------------------------------------------------------

    def _begin(self, result: Ok[Order] | Err) -> None:
        if isinstance(result, Ok) and result.value.printer:
            self._issue(result.value)
        else:
            self._look(result)

    def _look(self, result: Ok[Order] | Err) -> None:
        if isinstance(result, Ok):
            self._draw(result.value, partial(self._drawn, result.value))
        else:
            self._tell(result)

    def _draw(self, order: Order, then: Callable[[Ok[bytes] | Err], None]) -> None:
        self._jobs.run(Lane.DESK, lambda: shown(self._desk, order), then)

    def _drawn(self, order: Order, result: Ok[bytes] | Err) -> None:
        if isinstance(result, Ok):
            preview = self._show(result.value, order)
            preview.wanted.connect(self._remember_and_issue)
        else:
            self._tell(result)

    def _show(self, pdf: bytes, order: Order) -> Preview:
        preview = Preview(pdf, order, self._over)
        preview.repapered.connect(lambda changed: self._draw(changed, preview.redraw))
        preview.rejected.connect(lambda: self._leave(order))
        preview.settling.connect(self.settle_printers)
        preview.show()
        self._jobs.run(Lane.NET, printer_names, preview.offer)
        return preview

    def _leave(self, order: Order) -> None:
        name = order.title
        self.told.emit(f"Chưa in {name}. Muốn in thì mở hồ sơ rồi chọn in.", Tone.TODAY)

    # --- the paper --------------------------------------------------------------------------------

    def _remember_and_issue(self, order: Order) -> None:
        self._remember(order)
        self._issue(order)

    def _remember(self, order: Order) -> None:
        desk = self._desk

        def work() -> Place:
            desk.places.choose(order.form, Place(order.printer, order.paper, order.copies))
            return desk.places.usual("receipt")

        self._jobs.run(Lane.DESK, work, self._say_place)

    def _issue(self, order: Order) -> None:
        if order.form == TICKET:
            self._send_ticket(order)
            return
        work = self._desk.paperwork.issue
        self._jobs.run(
            Lane.DESK,
            lambda: work(order.form, order.name, self._officer, order.paper, order.others),
            partial(self._issued, order),
        )

    def _issued(self, order: Order, result: Ok[Paper] | Err) -> None:
        if isinstance(result, Ok):
            self._send(result.value, order)
        else:
            self._tell(result)

    def _send(self, paper: Paper, order: Order) -> None:
        work = self._delivery.send
        self._jobs.run(
            Lane.NET,
            lambda: work(paper, order.printer),
            partial(self._sent, paper, order),
        )

    def _sent(self, paper: Paper, order: Order, result: Ok[JobId] | Err) -> None:
        name = order.title
        self.changed.emit()
        self._later.start()
        if isinstance(result, Err) and not isinstance(result.error, NotTaken):
            self._tell(result)
        elif isinstance(result, Err):
            self._tell(result)
            self._show(paper.pdf, order).wanted.connect(self._try_again)
        elif order.folder:
            self.told.emit(f"Đã ghi {name} vào thư mục {order.folder}.", Tone.DONE)
        else:
            self.told.emit(*taken(name, order.printer, result.value))
            self._look_after(name, order.printer, result.value)
        if isinstance(result, Ok) and order.copies > 1:  # another set is a print of its own
            self._issue(replace(order, copies=order.copies - 1))

    def _look_after(self, name: str, printer: str, job: JobId) -> None:
        """A printer that can't go on says so at once, not when somebody misses the paper."""
        if not job.startswith(spooler.MUTE):
            self.ask()
        elif not printer.startswith(spooler.ROLL):
            work = partial(readiness, printer)
            self._jobs.run(Lane.NET, work, partial(self._say_hindered, name, printer))

    def _say_hindered(self, name: str, printer: str, result: Ok[tuple[str, Tone]] | Err) -> None:
        if isinstance(result, Ok) and result.value[1] is Tone.TODAY:
            self.told.emit(waits(name, printer, result.value[0]), Tone.TODAY)

    def _send_ticket(self, order: Order) -> None:
        """It is no event and bears no mark, so nothing is kept of it."""
        draw, at_desk = self._desk.paperwork.ticket, self._jobs.at_desk

        def work() -> JobId:
            pdf = at_desk(lambda: draw(order.name))
            document = Document(pdf, order.title, Size.K80, order.copies)
            return printers.send(document, order.printer, ignore, *system())

        self._jobs.run(Lane.NET, work, partial(self._ticket_sent, order))

    def _ticket_sent(self, order: Order, result: Ok[JobId] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
        else:
            self.told.emit(*taken(order.title, order.printer, result.value))

    def _try_again(self, order: Order) -> None:
        """What never reached a printer is no reprint, on whatever paper it goes now."""
        if not order.folder:  # a file in the printer's stead is for this once
            self._remember(order)
        self._issue(order)

    def _asked(self, result: Ok[Heard] | Err) -> None:
        if isinstance(result, Err) or result.value.news:
            self.changed.emit()
            self.look()
        if isinstance(result, Ok) and (told := said_of(result.value.news)):
            self.told.emit(*told)
        if isinstance(result, Ok) and result.value.awaited:
            self._later.start()

    # --- what is said -----------------------------------------------------------------------------

    def _say_place(self, result: Ok[Place] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
            return
        place = result.value
        where = "tệp PDF" if place.printer.startswith(spooler.FOLDER) else place.printer
        said = " · ".join(filter(None, (f"2 liên {place.paper}", where)))
        self.receipts_go.emit(said, Tone.PLAIN)
        if place.printer and where == place.printer:
            work = partial(readiness, place.printer)
            self._jobs.run(Lane.NET, work, partial(self._say_readiness, said))

    def _say_readiness(self, said: str, result: Ok[tuple[str, Tone]] | Err) -> None:
        if isinstance(result, Ok):
            readiness, tone = result.value
            self.receipts_go.emit(f"{said} · {readiness}", tone)

    def _tell(self, result: Err) -> None:
        self.told.emit(str(result.error), Tone.LATE)


def readiness(name: str) -> tuple[str, Tone]:
    """Whether a printer is ready, or what hinders it, in its colour; for the net lane."""
    found = next((each for each in printers.printers(*system()) if each.name == name), None)
    if found is None:
        return "không thấy máy in", Tone.TODAY
    is_hindered = bool(found.reason) or found.state is Readiness.STOPPED
    return found.reason or found.state.value, Tone.TODAY if is_hindered else Tone.PLAIN


def usual(desk: Desk, form: str, name: EventName, *others: EventName) -> Order:
    """A form of a dossier, printed as this form was printed last; at the desk only."""
    place = desk.places.usual(form)
    return Order(form, name, place.printer, place.paper, place.copies, others)


def shown(desk: Desk, order: Order) -> bytes:
    """The pages of a preview; at the desk only."""
    if order.form == TICKET:
        return desk.paperwork.ticket(order.name)
    return desk.paperwork.preview(order.form, order.name, order.paper, order.others)


def chosen_places(desk: Desk) -> Chosen:
    """Where every form goes; at the desk only."""
    return Chosen(desk.places.default, tuple((form, desk.places.own(form)) for form in PRINTED))


def send_trial(pdf: bytes, printer: str) -> JobId:
    """Hand a test page to a printer; for the net lane. Raises `OtherSideFailed`."""
    size = Size.K80 if printer.startswith(spooler.ROLL) else Size.A5
    return printers.send(Document(pdf, "trang thử", size), printer, ignore, *system())


def _tell_trial(window: PrintersWindow, where: str, result: Ok[JobId] | Err) -> None:
    if isinstance(result, Err):
        window.say(str(result.error), Tone.LATE)
    else:
        window.say(f"Đã gửi trang thử tới {where}. Quét mã trên trang.", Tone.DONE)


def system() -> tuple[Spooler, ...]:
    """Windows prints through Qt; elsewhere the program's own way is taken."""
    if os.name != "nt":
        return ()
    from app.ui.papers.qt_spooler import QtSpooler

    return (QtSpooler(),)


def printer_names() -> list[str]:
    """The printers of this machine, the default first; for the net lane."""
    found = printers.printers(*system())
    return [printer.name for printer in sorted(found, key=lambda p: (not p.default, p.name))]
