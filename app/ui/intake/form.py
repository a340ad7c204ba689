"""The intake form: the cards that are typed in, as one draft; Enter goes onward."""

from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import TypeVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.desk.draft import IntakeDraft
from app.models.citizens.card import Card
from app.models.events.event import UnitDescribed
from app.models.procedures.fee import Fee
from app.models.procedures.procedure import Procedure
from app.ui.intake.applicant_card import ApplicantCard, KindChoice
from app.ui.intake.details_card import DetailsCard, says_details
from app.ui.intake.errors import Errors
from app.ui.intake.online_line import OnlineLine
from app.ui.intake.post_card import PostCard
from app.ui.intake.procedure_card import ProcedureCard
from app.ui.intake.work import Looked
from app.ui.look.theme import Measure, Space
from app.ui.typing.reading_order import in_reading_order, order_tabs
from app.ui.widgets.choices import Choice, TickBox
from app.ui.widgets.fields import Line, TextBox
from app.ui.widgets.form_row import Input
from app.ui.widgets.later import Later
from app.ui.widgets.parts import column

Typed = TypeVar("Typed", PostCard, DetailsCard)

UNFOLDS = 3 * Measure.PRIMARY
"""px kept free for what comes into sight as one types: what is known of a person, what is doubtful."""
STOPS = (Line, TextBox, TickBox, Choice)


class IntakeForm(QScrollArea):
    """Procedure with checklist, person, details: scrolls when they are long, never sideways."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.online = OnlineLine()
        self._shown = IntakeDraft()
        self._read: dict[QWidget, list[QWidget]] = {}
        self._controls: list[QWidget] = []
        self._taken: Procedure | None = None
        self._unit: UnitDescribed | None = None
        self._fee: Fee | None = None
        self.procedure = ProcedureCard()
        self.applicant = ApplicantCard()
        self._cards: list[ProcedureCard | ApplicantCard | PostCard | DetailsCard]
        self._cards = [self.procedure, self.applicant]
        self.errors = Errors(self.procedure, self._has_agreed)
        self._lay_out()
        self._connect()
        self.show_draft(IntakeDraft())

    def _lay_out(self) -> None:
        self._whole = QWidget()
        self._column = column(self.online, *self._cards, None, spacing=Space.WITHIN)
        self._whole.setLayout(self._column)
        self.setWidget(self._whole)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        for card in self._cards:
            card.changed.connect(self.changed)
        self.online.let_go.connect(self._let_go)
        self.procedure.picked.connect(self._picked)
        self.procedure.channel.chosen.connect(self._offer_post)
        self.applicant.changed.connect(self._follow_filer)
        for card in (self.procedure, self.applicant):
            card.grown.connect(partial(self._take_inputs, card))
        self.procedure.checklist.reshaped.connect(partial(self._order, self.procedure))
        self.procedure.checklist.completed.connect(self._go_to_person)
        self.applicant.unfolded.connect(self._see)
        self.applicant.details.clicked.connect(self._toggle_details)
        self.applicant.urgent.clicked.connect(self._go_to_urgency)
        self._order(self.online, self.procedure)
        self._take_inputs(self.applicant, self.applicant.inputs)

    # --- cards few dossiers need, made for the first that does ---

    @Later
    def post(self) -> PostCard:
        return self._join(PostCard(), self._column.indexOf(self.applicant) + 1)

    @Later
    def details(self) -> DetailsCard:
        details = DetailsCard()
        if self._unit:
            details.know_unit(self._unit)
        details.show_rule(self._fee)
        self._join(details, self._column.count() - 1).take_procedure(self._taken)
        return details

    def _join(self, card: Typed, place: int) -> Typed:
        """Have `card` say what was shown so far without it."""
        card.fill(self._shown)
        self._cards.append(card)
        self._column.insertWidget(place, card)
        card.changed.connect(self.changed)
        self._take_inputs(card, card.inputs)
        return card

    def _take_inputs(self, card: QWidget, inputs: Mapping[str, Input]) -> None:
        self._order(card)
        self.errors.add(inputs)

    def _order(self, *reshaped: QWidget) -> None:
        """Have Tab go through the form as it is read, whose parts `reshaped` have other controls now."""
        self._read |= {part: [*in_reading_order(part)] for part in reshaped}
        parts = sorted(self._read, key=self._column.indexOf)
        self._controls = [*chain.from_iterable(self._read[part] for part in parts)]
        order_tabs(self._controls)

    # --- the draft ---

    def draft(self) -> IntakeDraft:
        """The form as it stands."""
        draft = self._shown
        for card in self._cards:
            draft = card.into(draft)
        return draft

    def show_draft(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        # what was agreed is typed in the details, which say all of it
        self._shown = msgspec.structs.replace(draft, limit_value="") if draft.agreement else draft
        self.online.show_code(draft.online)
        for card in (self.procedure, self.applicant):
            card.fill(draft)
        for post in IntakeForm.post.made(self, wanted=draft.by_post):
            post.fill(draft)
        for details in IntakeForm.details.made(self, wanted=says_details(draft)):
            details.fill(draft)
        self._take(self.procedure.procedure)
        self.procedure.checklist.say_missing(is_missing=False)
        self._show_details(is_shown=False)
        self.errors.begin()
        self.verticalScrollBar().setValue(0)

    def take_card(self, card: Card) -> None:
        """Fill in a person from their card."""
        self.applicant.take_card(card)
        self.errors.leave(("name", "id_number", "born", "address"))
        self._see(self.applicant)

    def show_looked(self, looked: Looked) -> None:
        """What the desk says of the draft, beside the fields."""
        preview = looked.preview
        promised = preview.appointment.warnings if preview.appointment else ()
        cautions = [c for c in preview.cautions if c not in promised]
        self.applicant.show_cautions([*cautions, *looked.person.doubts])
        self.applicant.show_person(looked.person)
        self._fee = preview.fee
        for details in IntakeForm.details.made(self):
            details.show_rule(preview.fee)
        self.errors.show(preview.errors)

    def know_unit(self, unit: UnitDescribed) -> None:
        """Say what each place is when nothing is typed."""
        self._unit = unit
        for details in IntakeForm.details.made(self):
            details.know_unit(unit)

    def _has_agreed(self) -> bool:
        return any(card.agreement.stands() for card in IntakeForm.details.made(self))

    # --- the post ---

    def turn_to_post(self) -> None:
        """The post takes the result, or no more; where to is seen and can be typed over."""
        self.post.turn(self.draft())
        if not self.post.isHidden():
            self._see(self.post)

    def _offer_post(self, channel: str) -> None:
        is_wanted = channel == "post"
        for post in IntakeForm.post.made(self, wanted=is_wanted):
            post.offer(self.draft(), is_wanted=is_wanted)

    def _follow_filer(self) -> None:
        for post in IntakeForm.post.made(self):
            post.follow(self.draft())

    # --- where the keyboard is ---

    def refuse(self, field: str, sentence: str) -> bool:
        """Say `sentence` beside `field` and go there; False when no field here has that name."""
        control = self.errors.refuse(field, sentence)
        if control is None:
            return False
        if any(card.isAncestorOf(control) for card in IntakeForm.details.made(self)):
            self._open_details(control)
        else:
            self._go_to(control)
        return True

    def go_to_start(self) -> None:
        """Where the next thing is typed: the procedure, or the person when it is chosen."""
        start = (
            self.applicant.inputs["name"].control
            if self.procedure.procedure
            else self.procedure.line
        )
        self._go_to(start)

    def _go_to_person(self) -> None:
        """On to the name, unless a card has filled it in."""
        name = self.applicant.inputs["name"].control
        if isinstance(name, Line) and not name.words():
            self._go_to(name)

    def go_to_papers(self) -> None:
        """To the first paper that is not ticked."""
        if first := self.procedure.checklist.first_missing():
            self._go_to(first)

    def go_to_fee(self) -> None:
        """Where the amount is typed."""
        self._open_details(self.details.inputs["fee_amount"].control)

    def _go_to_urgency(self) -> None:
        """Where it is typed why it is needed early."""
        self._open_details(self.details.inputs["urgent"].control)

    def onward(self) -> bool:
        """Enter: choose the procedure, or go to the next field; False past the last one."""
        if self.procedure.line.hasFocus() and self.procedure.choose_current():
            return True
        here = self.focusWidget()
        place = self._controls.index(here) + 1 if here in self._controls else 0
        following = next(filter(_is_stop, self._controls[place:]), None)
        if following:
            self._go_to(following)
        return following is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        # the bar has room of its own beside the cards, which don't move when it comes
        self._whole.setFixedWidth(self.width() - Space.BETWEEN)
        super().resizeEvent(event)
        person = self.applicant.sizeHint().height()
        self.procedure.give_room(event.size().height() - person - UNFOLDS)

    def _go_to(self, control: QWidget) -> None:
        """The keyboard goes there, and the sentence that may stand below comes into sight with it."""
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(control, 0, 2 * Space.PAGE)  # does nothing where it is seen
        foot = control.mapTo(self._whole, control.rect().bottomLeft())
        self.ensureVisible(0, foot.y(), 0, 2 * Space.PAGE)

    def _see(self, *parts: QWidget) -> None:
        """Scroll until each part is in sight, the last one for certain, once they have their place."""

        def scroll() -> None:
            for part in parts:
                self.ensureWidgetVisible(part, 0, 2 * Space.PAGE)  # with its label

        QTimer.singleShot(0, self, scroll)

    def _toggle_details(self) -> None:
        if self.details.isHidden():
            self._open_details(self.details.request)
        else:
            self._show_details(is_shown=False)

    def _open_details(self, control: QWidget) -> None:
        self._show_details(is_shown=True)
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._see(self.details, control)

    def _show_details(self, *, is_shown: bool) -> None:
        for details in IntakeForm.details.made(self, wanted=is_shown):
            details.setVisible(is_shown)
        self.applicant.details.say("Gấp chi tiết" if is_shown else "Chi tiết")

    # --- inside ---

    def _let_go(self) -> None:
        self._shown = msgspec.structs.replace(self._shown, online="")
        self.online.show_code("")
        self.changed.emit()

    def _picked(self) -> None:
        self._take(self.procedure.procedure)
        self.onward()

    def _take(self, procedure: Procedure | None) -> None:
        """What is asked for is the procedure, unless the details hold the citizen's own words."""
        self._taken = procedure
        for details in IntakeForm.details.made(self):
            details.take_procedure(procedure)
        if procedure:
            self._shown = msgspec.structs.replace(self._shown, request=procedure.name)


def _is_stop(control: QWidget) -> bool:
    can_be_typed_in = control.isVisible() and control.isEnabled()
    return can_be_typed_in and isinstance(control, STOPS) and not isinstance(control, KindChoice)
