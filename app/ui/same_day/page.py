"""Papers of the same day: one person, one Enter a paper, one key that receives, is paid and gives back."""

from collections.abc import Callable
from functools import partial
from typing import Literal, cast

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.intake.same_day import Errand, Finished, Piece
from app.desk.papers.forms import FEE_RECEIPT
from app.models.citizens.card import Card
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.models.text import money
from app.models.unit.officer import Officer
from app.ui.intake.applicant_card import ApplicantCard
from app.ui.intake.typed_page import TypedPage
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Tone
from app.ui.papers.sheet_desk import SheetDesk
from app.ui.papers.sheet_orders import SheetOrder
from app.ui.same_day.errand_card import ErrandCard
from app.ui.same_day.piece_card import PieceCard
from app.ui.same_day.work import Looked, Opening, add, finish, is_empty, look, opening
from app.ui.typing.reading_order import in_reading_order, order_tabs
from app.ui.widgets.fields import Line
from app.ui.widgets.going import Going
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import column, row
from app.ui.widgets.room import Scrolled

BESIDE = {"number": "id_number", "reason": "id_number", "id_reason": "id_number"}


class SameDayPage(TypedPage):
    """Làm trong ngày. Everything at the desk happens in its lane; the form stays the officer's."""

    least_width = 1032  # what a screen of 1366 holds at the largest size of letters
    usual_width = 1184

    received = Signal()
    """Dossiers were received: whoever shows some looks again."""
    print_wanted = Signal(object)
    """The `EventName`s of one person's dossiers whose one slip is to be printed."""
    paper_wanted = Signal(str, object)
    """A form and the `EventName` of its dossier, to be shown and printed."""
    handed_back = Signal(object)
    """Names of one person's dossiers whose results were just given to them."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._person = ApplicantCard()
        self._piece = PieceCard()
        self._list = ErrandCard(desk.clock)
        self._pieces: tuple[Piece, ...] = ()
        self._paid: tuple[EventName, ...] = ()
        self._going = Going()
        self._sheets = SheetDesk(desk, jobs, self._going, self)
        self._is_busy = False
        self._looks: Latest[Looked] = Latest(jobs, self._looked, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._person.details.hide()
        self._person.urgent.hide()
        left, typed = QWidget(), column(self._person, self._piece, self._going)
        typed.setStretch(1, 1)
        left.setLayout(typed)
        whole = row(Scrolled(left), self._list)  # the list's keys stay in sight
        whole.setStretch(0, 1)
        whole.setContentsMargins(*MARGINS)
        self.setLayout(whole)
        order_tabs(in_reading_order(self))

    def _connect(self) -> None:
        self._person.changed.connect(self._changed)
        self._person.return_now.connect(self._return_now)
        self._person.known.clicked.connect(self._person.fill_known)
        self._piece.changed.connect(self._changed)
        self._piece.add.clicked.connect(self._add)
        self._list.taken_back.connect(self._type_again)
        self._list.remove.clicked.connect(self._remove)
        self._list.receipt.clicked.connect(self._print_receipt)
        self._sheets.told.connect(self._say_of_receipt)
        self._sheets.paper_wanted.connect(self.paper_wanted)
        self._list.method.chosen.connect(self._changed)
        self._list.signer.chosen.connect(self._changed)
        self._list.exempt.textChanged.connect(self._changed)
        self._list.at_once.clicked.connect(lambda: self._finish(at_once=True))
        self._list.later.clicked.connect(lambda: self._finish(at_once=False))
        self._slow.timeout.connect(lambda: self._list.set_busy(is_busy=True))

    # --- what the frame asks ---

    def entered(self) -> None:
        """Put the focus where the next thing is typed, and read the catalogue anew."""
        self._go_to_start()
        desk, officer = self._desk, self._officer
        self._jobs.run(Lane.DESK, lambda: opening(desk, officer), self._opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.give_way(is_narrow=event.size().width() < self.usual_width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._onward()
        else:
            super().keyPressEvent(event)

    # --- the errand ---

    def _errand(self) -> Errand:
        method = cast(Literal["cash", "transfer"], self._list.method.value())
        return Errand(
            person=self._person.into(IntakeDraft()),
            pieces=self._pieces,
            typed=self._piece.piece(),
            method=method,
            signer=self._list.signer.value() or "",
            exempt=self._list.exempt.words(),
        )

    def _show(self, errand: Errand) -> None:
        self._pieces = errand.pieces
        self._list.method.choose(errand.method)
        self._list.exempt.setText(errand.exempt)
        self._person.fill(errand.person)
        self._piece.fill(errand.typed)
        self._list.say_refused("")
        self._look()

    def _opened(self, result: Ok[Opening] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        found = result.value
        self._piece.offer(found.procedures, found.usage)
        self._list.offer(found.signers)
        is_first, self._is_opened = not self._is_opened, True
        if is_first and found.kept and is_empty(self._errand()):
            self._show(found.kept)
            self._go_to_start()
            self._notify("Đã mở lại lượt đang nhận dở.", Tone.PLAIN, "rotate-ccw")
        else:
            self._look()

    def _changed(self) -> None:
        self._keep_soon()
        self._look()

    def _look(self) -> None:
        desk, errand = self._desk, self._errand()
        self._looks.ask(lambda: look(desk, errand))

    def _looked(self, result: Ok[Looked] | Err) -> None:
        if isinstance(result, Err):
            return
        counted, known = result.value.counted, result.value.person
        self._person.show_person(known)
        self._person.show_cautions(result.value.cautions)
        typed = counted.typed
        waits = typed and not typed.is_same_day
        self._piece.show_cost(typed, f"hẹn {typed.due:%H:%M %d/%m}" if typed and waits else "")
        if counted.costed or not is_empty(counted.errand):
            self._list.show_counted(counted)

    def _keeper(self) -> Callable[[], None]:
        desk, officer, errand = self._desk, self._officer, self._errand()
        kept = Errand() if is_empty(errand) else errand
        return lambda: desk.same_day.keep(kept, officer)

    # --- the person ---

    def _person_typed(self) -> IntakeDraft:
        return self._errand().person

    def _has_result(self) -> bool:
        return self._person.has_result()

    def _fill_in(self, card: Card) -> None:
        self._person.take_card(card)
        if not self._person.authorised():
            self._piece.go_on()

    def _as_it_stands(self) -> Callable[[], None]:
        return partial(self._put_back, self._errand().person)

    def _put_back(self, person: IntakeDraft) -> None:
        """Who stood there before a card or an earlier dossier filled them in; the pieces stay."""
        self._show(replace(self._errand(), person=person))

    # --- one Enter a paper ---

    def _onward(self) -> None:
        """Enter: on through the person's fields, choose the procedure, or take the piece."""
        here = QApplication.focusWidget()
        if here is not None and self._person.isAncestorOf(here):
            lines = [x for x in in_reading_order(self._person) if isinstance(x, Line)]
            place = lines.index(here) + 1 if isinstance(here, Line) and here in lines else 0
            following = next((line for line in lines[place:] if line.isVisible()), None)
            if following:
                following.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._piece.go_on()
        elif self._piece.procedure is not None:
            self._add()
        else:
            self._piece.choose_current()

    def _add(self) -> None:
        errand = self._errand()
        if self._is_busy or not errand.typed.procedure:
            return
        self._is_busy = True
        following = replace(errand, pieces=(*errand.pieces, errand.typed), typed=Piece())
        desk, officer = self._desk, self._officer
        self._typed_ahead.hold()
        self._jobs.run(Lane.DESK, lambda: add(desk, officer, errand, following), self._added)

    def _added(self, result: Ok[Errand] | Err) -> None:
        self._is_busy = False
        with self._typed_ahead:
            if isinstance(result, Err):
                self._refused(result.error)
                return
            self._pieces = result.value.pieces
            self._list.say_refused("")
            self._piece.next()
            self._piece.go_on()
            self._look()

    def _remove(self) -> None:
        place, before = self._list.current(), self._pieces
        if place is None or place >= len(before):
            return
        self._set_pieces((*before[:place], *before[place + 1 :]))
        said = "Đã bỏ một việc khỏi lượt."
        self._notify(said, Tone.PLAIN, "undo-2", partial(self._set_pieces, before))

    def _type_again(self, place: int) -> None:
        """Take a line back into the fields; what stood there is left."""
        if place >= len(self._pieces):
            return
        piece = self._pieces[place]
        self._pieces = (*self._pieces[:place], *self._pieces[place + 1 :])
        self._piece.fill(piece)
        self._piece.go_on()
        self._changed()

    def _set_pieces(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        self._changed()

    # --- one key for all ---

    def _finish(self, *, at_once: bool) -> None:
        errand = self._errand()
        if self._is_busy or self._has_nothing("nhận", is_empty=is_empty(errand)):
            return
        self._is_busy = True
        self._keeping.stop()
        self._typed_ahead.hold(same=Qt.Key.Key_F9)
        self._slow.start()
        work = partial(finish, self._desk, self._officer, errand, at_once=at_once)
        self._jobs.run(Lane.DESK, work, partial(self._finished, errand.person.name))

    def _finished(self, name: str, result: Ok[Finished] | Err) -> None:
        self._is_busy = False
        with self._typed_ahead:
            self._slow.stop()
            self._list.set_busy(is_busy=False)
            if isinstance(result, Err):
                self.keep()
                self._refused(result.error)
                return
            self._show(Errand())
            self._paid = result.value.paid
            self._list.show_finished(result.value)
            self._go_to_start()
            self._tell(result.value, name)

    def _tell(self, finished: Finished, name: str) -> None:
        back = sum(each.is_returned for each in finished.given)
        done = f"Đã nhận {len(finished.given)} việc của {name}, thu {money(finished.total)}"
        said = f"{done}, trả {back} kết quả." if back else f"{done}."
        tone = Tone.TODAY if finished.warnings else Tone.DONE
        self._notify(" ".join((said, *finished.warnings)), tone)
        self.received.emit()
        if given_back := [each.receipt.name for each in finished.given if each.is_returned]:
            self.handed_back.emit(given_back)
        if finished.slips:
            self.print_wanted.emit(finished.slips)

    def _print_receipt(self) -> None:
        """One fee receipt for all that was just paid."""
        first, *others = self._paid
        today = self._desk.clock().date()
        order = SheetOrder(
            FEE_RECEIPT, today, today, name=first, officer=self._officer, others=tuple(others)
        )
        self._sheets.preview(order)

    def _say_of_receipt(self, sentence: str, tone: Tone) -> None:
        self._notify(sentence, tone, "circle-check" if tone is Tone.DONE else "triangle-alert")

    def _refused(self, refusal: Refused) -> None:
        field = refusal.field if isinstance(refusal, BadInput) else ""
        sentence = str(refusal)
        beside = self._person.inputs.get(BESIDE.get(field, field))
        if beside is not None:
            beside.set_error(sentence)
            beside.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.say_refused("")
        elif self._piece.refuse(field, sentence):
            self._list.say_refused("")
        else:
            self._list.say_refused(sentence)

    # --- where the keyboard is ---

    def _go_to_start(self) -> None:
        """The person, until one is there; then the next piece."""
        name = self._person.inputs["name"].control
        if isinstance(name, Line) and name.words():
            self._piece.go_on()
        else:
            name.setFocus(Qt.FocusReason.OtherFocusReason)
