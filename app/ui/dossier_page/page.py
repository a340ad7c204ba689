"""One dossier: its facts, its history, and the deeds that apply now and no others."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.deeds.details import Details
from app.desk.desk import Desk
from app.desk.papers.forms import TICKET
from app.models.dossiers.lifecycle import LABEL, Deed, Status
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName, Printed
from app.models.unit.officer import Officer
from app.store.own.print_jobs import PrintJob
from app.ui.deeds.buttons import DeedButtons
from app.ui.deeds.deeds import KEYS, TOLD_MORE, Order, parted
from app.ui.deeds.doer_row import DoerRow
from app.ui.deeds.fields import Steps
from app.ui.deeds.held_back import DEEDS, asked_first
from app.ui.deeds.strip import DeedStrip
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.conflict_line import ConflictLine
from app.ui.dossier.facts import FactList, asked_of, chapters
from app.ui.dossier.view import DossierView, look
from app.ui.dossier_page.head import DossierHead
from app.ui.dossier_page.history import with_prints
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type
from app.ui.papers.offers import HandOverList, SlipOffer
from app.ui.papers.paper_panel import PaperPanel
from app.ui.papers.print_list import PrintList
from app.ui.papers.print_words import PrintWords
from app.ui.papers.sheet_orders import HANDED_OVER
from app.ui.scanning.panel import ScanPanel, dropped
from app.ui.scanning.sources import Open
from app.ui.typing.held_keys import HeldKeys
from app.ui.typing.pressed_twice import PressedTwice
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.in_sight import InSight
from app.ui.widgets.page import MARGINS, Command
from app.ui.widgets.parts import Card, WrappingLabel, column, row
from app.ui.widgets.sheet import Sheet

DEEDS_WIDTH = 352
RECEIPT_KEY, CONTROL_KEY, PAPERS_KEY, SCANS_KEY = "Ctrl+P", "Ctrl+Shift+P", "Alt+P", "Alt+S"
GIVES_A_DATE = frozenset({Deed.APOLOGISE, Deed.REAPPOINT, Deed.CHANGE_CASE})
"""After these the citizen is to be told, which is asked for at once."""


class DossierPage(WorkPage):
    """Hồ sơ."""

    left = Signal()
    """Esc: back to where one came from."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        self._words = PrintWords(desk, officer, jobs, self)
        self._name: EventName | None = None
        self._view: DossierView | None = None
        self._awaited: Deed | None = None
        self._typed_ahead = HeldKeys(self)
        self._again = PressedTwice(self, Qt.Key.Key_F9)
        self._head = DossierHead()
        self._conflicts = ConflictLine()
        self._facts, self._history = Sheet(), Sheet()
        self._doer = DoerRow(officer)
        self._buttons = DeedButtons()
        self._strip = DeedStrip()
        self._unfinished = WrappingLabel(size=Type.SMALL, tone=Tone.TODAY)
        self._list, self._slip = HandOverList(desk, jobs), SlipOffer()
        self._deeds = InSight()
        self._deeds.addWidget(self._buttons)
        self._deeds.addWidget(self._strip)
        self._papers = PaperPanel(self._prints_of)
        self._deeds.addWidget(self._papers)
        self._receipt = LinkButton("Phiếu hẹn", RECEIPT_KEY)
        self._control = LinkButton("Phiếu kiểm soát", CONTROL_KEY)
        self._all_papers = LinkButton("Mọi giấy", PAPERS_KEY)
        self._scans: ScanPanel | None = None
        self._digitise = LinkButton("Số hóa", SCANS_KEY)
        self._digitise.hide()
        self._lay_out()
        self._connect()

    def show_dossier(self, name: EventName) -> None:
        """Open another dossier, from its beginning."""
        self._name = name
        self.say_about("")
        self._close_strip()
        self._doer.fold()
        self._withdraw()
        self._awaited = None
        self._typed_ahead.hold()  # what is typed now is for this one, not for the one still in sight
        self._history.verticalScrollBar().setValue(0)
        self._facts.verticalScrollBar().setValue(0)
        self._look()

    def ask(self, deed: Deed) -> None:
        """Ask what `deed` needs as soon as the dossier is in sight, if it applies to it."""
        self._awaited = deed
        self._look()

    def want_ticket(self) -> None:
        """Show the look-up ticket of the dossier in sight, to be printed."""
        self._want_paper(TICKET)

    def scan_with(self, scans: Open) -> None:
        """From here on papers can be digitised."""
        self.setAcceptDrops(True)
        panel = self._scans = ScanPanel(self._desk, self._officer, self._jobs, scans)
        self._deeds.addWidget(panel)
        self._digitise.show()
        self._digitise.clicked.connect(self._show_scans)
        panel.closed.connect(self._close_strip)
        panel.said.connect(self.told)
        panel.changed.connect(self._look)
        panel.changed.connect(self.changed)

    def refresh(self) -> None:
        """Look again at the dossier in sight."""
        if self.isVisible():
            self._look()

    def entered(self) -> None:
        self._history.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def answered(self, key: str) -> bool:
        deed = DEEDS.get(key)
        if deed is not None:
            self._say_why_not(deed)
        return deed is not None

    def _say_why_not(self, deed: Deed) -> None:
        view, is_in_sight = self._view, self._deeds.currentWidget() is self._buttons
        if view is None:
            return
        if why := view.why_not(deed, self._doer.officer()):
            self.tell(why, Tone.PLAIN)
        elif is_in_sight:  # the likely one, whose button shows another key
            self._choose(deed)
        else:
            self.tell(asked_first(deed), Tone.PLAIN)

    def held_back(self) -> list[Command]:
        view, doer = self._view, self._doer.officer()
        if view is None:
            return []
        covered = self._deeds.currentWidget() is not self._buttons
        said = ((deed, view.why_not(deed, doer) or covered * asked_first(deed)) for deed in KEYS)
        return [
            Command(LABEL[deed], KEYS[deed], partial(self._say_why_not, deed), why)
            for deed, why in said
            if why
        ]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Scans are dragged in: show the papers they can be dropped on."""
        if self._scans is not None and dropped(event):
            self._show_scans()

    # --- put together ---

    def _lay_out(self) -> None:
        deeds = Card()
        deeds.setFixedWidth(DEEDS_WIDTH)
        deeds.body.addWidget(self._doer)
        deeds.body.addWidget(self._deeds, 1)
        deeds.body.addWidget(self._unfinished)
        below = row(self._facts, self._history, spacing=Space.BETWEEN)
        below.setStretch(0, 4)
        below.setStretch(1, 5)
        links = (self._receipt, self._control, self._all_papers, self._digitise)
        prints = row(*links, None, spacing=Space.WITHIN)
        parts = (self._head, self._conflicts, below, prints, self._list, self._slip)
        told = column(*parts, spacing=Space.WITHIN)
        told.setStretch(2, 1)
        layout = row(told, deeds, spacing=Space.WITHIN)
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._buttons.chosen.connect(self._choose)
        self._strip.settled.connect(self._settle)
        self._strip.closed.connect(self._give_up)
        self._doer.changed.connect(self._show_deeds)
        self._list.told.connect(self.tell)
        self._slip.printed.connect(self._want_paper)
        self._words.noted.connect(self._heard)
        self._words.wanted.connect(self.print_wanted)
        self._conflicts.seen.connect(self._note_seen)
        self._all_papers.clicked.connect(self._show_papers)
        self._papers.wanted.connect(self._want_paper)
        self._papers.closed.connect(self._close_strip)
        self._receipt.clicked.connect(lambda: self.print_wanted.emit("receipt", self._name))
        self._control.clicked.connect(lambda: self.print_wanted.emit("control", self._name))

    # --- what is shown ---

    def _look(self) -> None:
        if (name := self._name) is not None:
            self._looking.ask(lambda: look(self._desk, name))

    def _show(self, result: Ok[DossierView] | Err) -> None:
        if isinstance(result, Err):
            self._typed_ahead.forget()  # the one they were meant for doesn't come
            self.tell(str(result.error))
            return
        with self._typed_ahead:
            self._show_view(result.value)

    def _show_view(self, view: DossierView) -> None:
        was, self._view = self._view, view
        self._head.show_view(view)
        self.say_about(view.code)
        if was is None or _history_of(was) != _history_of(view):  # or the sheets would jump back
            away = (asked_of(agency, view.now) for agency in view.away)
            self._facts.fill(FactList(chapters(view.dossier, away)))
            self._history.fill(*with_prints(view, self._print_list(view, view.prints)))
        self._doer.offer(view.officers)
        if self._deeds.currentWidget() is self._papers:
            self._papers.show_view(view)
        if self._deeds.currentWidget() is self._strip:
            self._strip.heed(view)
        if self._scans and self._deeds.currentWidget() is self._scans:
            self._scans.show_view(view)
        for button in (self._receipt, self._control):
            button.setEnabled(view.dossier.status is not Status.VOIDED)
        self._show_deeds()
        awaited, self._awaited = self._awaited, None
        if awaited in view.deeds_for(self._doer.officer()):
            self._choose(awaited)

    def _show_papers(self) -> None:
        if self._view is None:
            return
        self._papers.show_view(self._view)
        self._bring(self._papers)
        self._papers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_scans(self) -> None:
        if self._view is not None and self._scans is not None:
            self._scans.show_view(self._view)
            self._bring(self._scans)
            self._scans.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_paper(self, form: str) -> None:
        if self._name is None:
            return
        if form == HANDED_OVER:
            self._list.preview(self._name)
        else:
            self.print_wanted.emit(form, self._name)

    def _prints_of(self, view: DossierView, form: str) -> PrintList | None:
        prints = tuple(job for job in view.prints if job.form == form)
        return self._print_list(view, prints) if prints else None

    def _print_list(self, view: DossierView, prints: tuple[PrintJob, ...]) -> PrintList:
        return self._words.hear(PrintList(prints, view.dossier.spoiled, view.copies))

    def _heard(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
        self._look()

    def _show_deeds(self) -> None:
        if view := self._view:
            doer, status = self._doer.officer(), view.dossier.status
            deeds, signs = view.deeds_for(doer), view.waits_for_signature_of(doer)
            choices = parted(deeds, status, agencies=len(view.away), signs=signs)
            self._buttons.show_deeds(choices)
            may = view.may_settle(doer)
            self._conflicts.show_tasks(view.tasks, may_settle=may)
        self._say_unfinished()

    def _say_unfinished(self) -> None:
        """What was left half typed of this dossier, while its deeds can be chosen."""
        view, is_here = self._view, self._deeds.currentWidget() is self._buttons
        offered = view.deeds_for(self._doer.officer()) if view and is_here else ()
        left = self._strip.unfinished(view.name) if view else ()
        said = ", ".join(f"“{LABEL[deed]}”" for deed in left if deed in offered)
        self._unfinished.setText(f"Đang nhập dở {said}. Chọn lại để nhập tiếp." if said else "")
        self._unfinished.setVisible(bool(said))

    def _bring(self, panel: QWidget) -> None:
        """Into the place of the deeds; the form of one stays as far as it was typed."""
        self._strip.set_aside()
        self._deeds.setCurrentWidget(panel)
        self._say_unfinished()

    # --- deeds ---

    def _choose(self, deed: Deed) -> None:
        if self._view is None:
            return
        if deed in TOLD_MORE:
            self._bring(self._strip)
            self._strip.ask(deed, self._view, self._doer.officer())
        else:
            self._settle(((deed, Details()),))

    def _settle(self, steps: Steps) -> None:
        view, doer = self._view, self._doer.officer()
        if view is None:
            return
        try:
            at = self._doer.at(self._desk.clock())
        except BadInput:
            return  # said beside its field
        timed = tuple((deed, replace(details, at=at or details.at)) for deed, details in steps)
        undone = self._strip.taken_back()
        meant = (undone,) if undone else ()
        order = Order((view.name,), timed, doer, self._keyed_by(), takes_back=meant)
        self.do(order, partial(self._done, order), self._refused)

    def _keyed_by(self) -> str:
        return "" if self._doer.officer() == self._officer else self._officer.login

    def _note_seen(self, deed: EventName) -> None:
        if self._name is not None:
            settle = self._desk.conflicts.settle
            note = partial(settle, self._name, deed, self._doer.officer(), self._keyed_by())
            self._jobs.run(Lane.DESK, note, self._noted)

    def _noted(self, result: Ok[None] | Err) -> None:
        self._look()
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        self.tell("Đã ghi là đã xem việc trùng.", Tone.DONE)
        self.changed.emit()

    def undone(self) -> None:
        self._withdraw()
        self._close_strip()

    def _done(self, order: Order) -> None:
        self._strip.forget(order.names, order.steps[-1][0])
        if self._name not in order.names:
            return  # another dossier was opened meanwhile
        self._again.done()
        self._close_strip()
        self._doer.fold()
        deed, details = order.steps[-1]
        if deed is not Deed.TELL:  # it makes no paper: what was made before is still to be printed
            self._withdraw()
            self._slip.offer(deed, has_receipt=self._has_receipt())
        if deed is Deed.HAND_OVER and self._view is not None:
            self._list.offer(order.names, self._view.named(details.to))
        if deed in GIVES_A_DATE:
            self._awaited = Deed.TELL
        self._look()

    def _has_receipt(self) -> bool:
        verdicts = self._view.verdicts if self._view else ()
        bodies = (verdict.event.body for verdict in verdicts)
        return any(isinstance(body, Printed) and body.form == "receipt" for body in bodies)

    def _withdraw(self) -> None:
        self._list.withdraw()
        self._slip.say("")

    def _refused(self, refusal: Refused) -> None:
        self._look()  # it may stand otherwise than it is shown
        is_of_moment = isinstance(refusal, BadInput) and refusal.field == "at"
        if is_of_moment and self._doer.is_told_when():
            self._doer.set_error(str(refusal))
        elif self._deeds.currentWidget() is self._strip:
            self._strip.refuse(refusal)
        else:
            self.tell(str(refusal), Tone.LATE)

    def _give_up(self) -> None:
        self._strip.drop()
        self._close_strip()

    def _close_strip(self) -> None:
        self._bring(self._buttons)
        self.entered()


def _history_of(view: DossierView) -> tuple[object, ...]:
    """What the sheets are made of; they say "hôm nay", so the day counts too."""
    return view.verdicts, view.officers, view.prints, view.now.date()
