"""Receive: procedure, papers and person on the left, the appointment and its reasons on the right."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.intake.blank_draft import BlankDraft
from app.desk.intake.receiving import Receipt
from app.models.citizens.card import Card
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.store.own.keeping import Draft
from app.ui.intake.appointment_card import AppointmentCard
from app.ui.intake.appointment_words import hour, long_day, missing_said, pages_unsaid
from app.ui.intake.back_entry import BackEntry
from app.ui.intake.blank_scanned import BlankScanned
from app.ui.intake.foot import OUTCOME_SAID, IntakeFoot, LeaveStrip, Outcome
from app.ui.intake.form import IntakeForm
from app.ui.intake.person_words import filled_said
from app.ui.intake.typed_page import TypedPage
from app.ui.intake.work import (
    Form,
    Looked,
    Opening,
    begin_with,
    keep,
    look,
    of_same_person,
    opening,
    park,
    receive,
    take_up,
)
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone
from app.ui.typing.reading_order import in_reading_order, order_tabs
from app.ui.widgets.later import Later
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import column, row

MINUTE_HAND = 20_000  # ms between two looks while nothing is typed: the countdown to 15:00 runs on


class _Wish(NamedTuple):
    """How the save under way was asked for."""

    prints: bool
    saved: IntakeDraft
    following: IntakeDraft


class IntakePage(TypedPage):
    """Takes dossiers in. Everything at the desk happens in its lane; the form stays the officer's."""

    received = Signal(object)
    """The `Receipt` of a dossier just saved."""
    print_wanted = Signal(object)
    """The `EventName` of a dossier whose slip is to be printed."""
    slip_wanted = Signal(str, object)
    """The form that says why somebody wasn't received, and the `EventName` of their visit."""
    left_unreceived = Signal(object, str)
    """The `EventName` of a visit and its outcome."""

    least_width = 1032  # what a screen of 1366 holds at the largest size of letters
    usual_width = 1136

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._form = IntakeForm()
        self._appointment = AppointmentCard()
        self._foot = IntakeFoot()
        self._late = BackEntry(officer)
        self._looks: Latest[Looked] = Latest(jobs, self._looked, self)
        self._wish: _Wish | None = None
        self._asked_of: tuple[str, ...] = ()
        self._unpriced, self._shown = "", 0
        self._minute = QTimer(self, interval=MINUTE_HAND)
        self._lay_out()
        self._connect()
        self._minute.start()

    def _lay_out(self) -> None:
        self._below = column(self._foot, spacing=Space.BETWEEN)
        self._below.setContentsMargins(0, 0, Space.BETWEEN, 0)  # as the form keeps for its bar
        left = column(self._late, self._form, self._below, spacing=Space.WITHIN)
        left.setStretch(1, 1)
        self._whole = row(left, self._appointment, spacing=Space.TIGHT)
        self._whole.setStretch(0, 1)
        self._whole.setContentsMargins(*MARGINS)
        self.setLayout(self._whole)

    @Later
    def _strip(self) -> LeaveStrip:
        """Made for the first who leaves without being received."""
        strip = LeaveStrip()
        strip.recorded.connect(self._leave)
        strip.closed.connect(self._close_strip)
        self._below.insertWidget(0, strip)
        order_tabs(in_reading_order(self))
        return strip

    def _connect(self) -> None:
        self._form.changed.connect(self._changed)
        self._late.changed.connect(self._look)
        self._late.edited.connect(self._keep_soon)
        self._late.closed.connect(self._keep_soon)
        self._late.said.connect(self._complain)
        self._late.scanned.connect(lambda: self._appointment.say_doubt(""))
        self._late.closed.connect(self._look)
        self._late.closed.connect(self._form.go_to_start)
        self._form.applicant.return_now.connect(self._return_now)
        self._form.applicant.known.clicked.connect(self._fill_known)
        self._appointment.save.clicked.connect(lambda: self._save(prints=False))
        self._appointment.and_print.clicked.connect(lambda: self._save(prints=True))
        self._appointment.another.clicked.connect(lambda: self._save(another=True))
        self._appointment.fee.clicked.connect(self._form.go_to_fee)
        self._appointment.post.clicked.connect(self._form.turn_to_post)
        self._foot.park.clicked.connect(self._park)
        self._foot.taken_up.connect(self._take_up)
        self._foot.guide.clicked.connect(lambda: self._ask_why("guidance"))
        self._foot.refuse.clicked.connect(lambda: self._ask_why("refusal"))
        self._slow.timeout.connect(lambda: self._appointment.set_busy(is_busy=True))
        self._minute.timeout.connect(self._tick)

    # --- what the frame asks ---

    def entered(self) -> None:
        """Put the focus where the next thing is typed, and read the catalogue anew."""
        self._form.go_to_start()
        desk, officer = self._desk, self._officer
        self._jobs.run(Lane.DESK, lambda: opening(desk, officer), self._opened)

    def key_late(self, kept: BlankDraft | None = None) -> None:
        """Key what was filled by hand, as far as that was `kept`, until somebody says that this is over."""
        officers = self._desk.store.standing.officers
        if kept is None and self._late.isHidden():
            self.begin_with(IntakeDraft())  # whoever stands in the form is not who wrote the blank

        def begin(result: Ok[list[Officer]] | Err) -> None:
            if isinstance(result, Ok):
                self._late.begin(result.value, kept)
                order_tabs(in_reading_order(self))

        self._jobs.run(Lane.DESK, lambda: list(officers()), begin)

    def scan_with(self, make: Callable[[], BlankScanned]) -> None:
        """From here on a blank that is keyed is scanned too, on what `make` gives."""
        self._late.scan_with(make)

    def begin_with(self, draft: IntakeDraft) -> None:
        """Begin with what came from elsewhere; what was typed is set aside, not lost."""
        desk, officer, current = self._desk, self._officer, self._form.draft()
        self._typed_ahead.hold()
        work = partial(begin_with, desk, officer, current, draft)
        self._jobs.run(Lane.DESK, work, self._show_form)

    def scanned(self, text: str) -> bool:
        """As every page with a form; the code of a slip filled by hand goes to its own field."""
        return self._late.take_scan(text) or super().scanned(text)

    def say_printing(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """How a slip prints here: copies, paper, printer and whether it is ready."""
        self._appointment.say_printing(words, tone)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self.usual_width
        self._appointment.give_way(is_narrow=is_narrow)
        self._form.procedure.checklist.give_way(is_narrow=is_narrow)
        left, top, right, bottom = MARGINS
        sides = (Space.BETWEEN, Space.BETWEEN) if is_narrow else (left, right)
        self._whole.setContentsMargins(sides[0], top, sides[1], bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._form.onward():
                self._appointment.save.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self._form.procedure.take_back()
        else:
            super().keyPressEvent(event)

    # --- opening and looking ---

    def _opened(self, result: Ok[Opening] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        found = result.value
        self._form.procedure.offer(found.procedures, found.usage)
        self._form.procedure.know_cases(found.cases)
        self._form.know_unit(found.unit)
        self._foot.show_parked(found.parked)
        is_first, self._is_opened = not self._is_opened, True
        if is_first and found.blank:
            self.key_late(found.blank)
        if is_first and found.kept and self._form.draft() == IntakeDraft():
            self._show(found.kept)
            self._notify("Đã mở lại hồ sơ đang nhập dở.", Tone.PLAIN, "rotate-ccw")
        else:
            self._look()

    def _changed(self) -> None:
        self._keep_soon()
        draft = self._form.draft()
        self.say_about(draft.procedure)
        for strip in IntakePage._strip.made(self):
            strip.show_person(draft)
        self._look()

    def _tick(self) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        desk, draft = self._desk, self._form.draft()
        at = self._late.at(desk.clock())
        self._looks.ask(lambda: look(desk, draft, at))

    def _looked(self, result: Ok[Looked] | Err) -> None:
        if isinstance(result, Ok):
            looked = result.value
            self._form.show_looked(looked)
            self._form.online.show_waiting(looked.online, self._desk.clock())
            self._appointment.show_preview(looked.preview, looked.draft, self._desk.clock())
            self._unpriced = pages_unsaid(looked.draft, looked.preview.fee)

    def _keeper(self) -> Callable[[], None]:
        return partial(keep, self._desk, self._officer, self._form.draft(), self._late.draft())

    def _show(self, draft: IntakeDraft) -> None:
        self._shown += 1
        self._asked_of = ()
        self._appointment.say_refused("")
        self._form.show_draft(draft)
        self._form.go_to_start()

    # --- saving ---

    def _save(self, *, prints: bool = False, another: bool = False) -> None:
        draft = self._form.draft()
        if self._wish is not None:
            return
        if self._has_nothing("lưu", is_empty=draft == IntakeDraft()) or self._doubts():
            return
        try:
            pen = self._late.written(self._desk.clock())
        except BadInput:
            return
        following = of_same_person(draft) if another else IntakeDraft()
        self._wish = _Wish(prints, draft, following)
        self._form.errors.try_save()
        self._typed_ahead.hold(same=Qt.Key.Key_F9)
        self._slow.start()
        self._keeping.stop()
        work = partial(receive, self._desk, self._officer, draft, following, pen)
        self._jobs.run(Lane.DESK, work, self._saved)

    def _doubts(self) -> bool:
        """Ask once whether what is missing, unknown or unusual is meant so; the next press saves."""
        procedure = self._form.procedure
        is_wrong = self._form.errors.are_there() and not self._looks.busy  # of what stood before
        missing = () if is_wrong else procedure.checklist.missing()
        case = "" if is_wrong else procedure.case_doubt()
        fee = "" if is_wrong else self._unpriced
        blank = "" if is_wrong else self._late.doubt()
        doubts = tuple(filter(None, (case, fee, blank, *missing)))
        has_asked, self._asked_of = doubts == self._asked_of, doubts
        is_doubtful = bool(doubts) and not has_asked
        procedure.checklist.say_missing(is_missing=bool(missing))
        asked = filter(None, (case, missing_said(missing) if missing else "", fee, blank))
        self._appointment.say_doubt("\n".join(asked) if is_doubtful else "")
        if is_doubtful:
            places = (
                (missing, self._form.go_to_papers), (case, procedure.go_to_case),
                (fee, self._form.go_to_fee), (blank, self._late.setFocus),
            )  # fmt: skip
            next(go for doubt, go in places if doubt)()
        return is_doubtful

    def _saved(self, result: Ok[Receipt] | Err) -> None:
        wish, self._wish = self._wish, None
        assert wish is not None
        with self._typed_ahead:
            self._slow.stop()
            self._appointment.set_busy(is_busy=False)
            if isinstance(result, Err):
                self._refused(result.error)
            else:
                self._tell_saved(result.value, wish)

    def _tell_saved(self, receipt: Receipt, wish: _Wish) -> None:
        self._form.procedure.know_cases({wish.saved.procedure: wish.saved.case})
        self._show(wish.following)
        due = f"Hẹn trả {hour(receipt.due)}, {long_day(receipt.due)}."
        self._notify(" ".join((f"Đã lưu {receipt.code}.", due, *receipt.warnings)))
        self.received.emit(receipt)
        if self._late.isVisible():
            self._late.next()
        if wish.prints or receipt.slip_required:
            self.print_wanted.emit(receipt.name)

    def _refused(self, refusal: Refused) -> None:
        self.keep()
        self._look()
        field = refusal.field if isinstance(refusal, BadInput) else ""
        is_beside = self._late.refuse(field, str(refusal)) or self._form.refuse(field, str(refusal))
        self._appointment.say_refused("" if is_beside else str(refusal))

    # --- the person ---

    def _person_typed(self) -> IntakeDraft:
        return self._form.draft()

    def _has_result(self) -> bool:
        return self._form.applicant.has_result()

    def _fill_in(self, card: Card) -> None:
        self._form.take_card(card)

    def _as_it_stands(self) -> Callable[[], None]:
        return partial(self._show_again, self._form.draft(), self._shown)

    def _show_again(self, draft: IntakeDraft, shown: int) -> None:
        if shown == self._shown:
            self._show(draft)
        else:
            self.begin_with(draft)  # another has come since: it is set aside, not lost

    def _fill_known(self) -> None:
        undo = self._as_it_stands()
        said = filled_said(self._form.applicant.fill_known())
        self._notify(said, Tone.PLAIN, "id-card", undo)

    # --- parked, or left without being received ---

    def _park(self) -> None:
        draft = self._form.draft()
        if self._has_nothing("gác lại", is_empty=draft == IntakeDraft()):
            return
        desk, officer = self._desk, self._officer
        self._typed_ahead.hold()
        self._jobs.run(Lane.DESK, lambda: park(desk, officer, draft), self._show_form)

    def _take_up(self, parked: Draft) -> None:
        desk, officer, current = self._desk, self._officer, self._form.draft()
        self._typed_ahead.hold()
        self._jobs.run(Lane.DESK, lambda: take_up(desk, officer, current, parked), self._show_form)

    def _show_form(self, result: Ok[Form] | Err) -> None:
        with self._typed_ahead:
            if isinstance(result, Err):
                self._complain(str(result.error))
            else:
                self._foot.show_parked(result.value.parked)
                self._show(result.value.draft)

    def _ask_why(self, outcome: Outcome) -> None:
        missing = self._form.procedure.checklist.missing()
        self._strip.ask(outcome, missing, self._form.draft())
        self._appointment.stand_back(is_back=True)

    def _close_strip(self) -> None:
        self._strip.clear()
        self._appointment.stand_back(is_back=False)
        self._form.go_to_start()

    def _leave(self, outcome: Outcome, reason: str, prints: bool) -> None:
        desk, officer, draft = self._desk, self._officer, self._strip.named(self._form.draft())
        items = self._form.procedure.checklist.missing() if outcome == "supplement" else ()

        def work() -> tuple[EventName, Outcome]:
            return desk.intake.leave(draft, outcome, officer, reason, items, form=True), outcome

        self._typed_ahead.hold()
        self._jobs.run(Lane.DESK, work, partial(self._left, prints))

    def _left(self, prints: bool, result: Ok[tuple[EventName, Outcome]] | Err) -> None:
        with self._typed_ahead:
            if isinstance(result, Err):
                self._strip.refuse(str(result.error))
            else:
                name, outcome = result.value
                self._strip.clear()
                self._appointment.stand_back(is_back=False)
                self._show(IntakeDraft())
                self._notify(OUTCOME_SAID[outcome])
                self.left_unreceived.emit(name, outcome)
                if prints:
                    self.slip_wanted.emit(outcome, name)
