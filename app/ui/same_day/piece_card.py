"""One paper of an errand as it is typed: which procedure, how many pages and copies, what it costs."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.intake.same_day import Costed, Piece, following
from app.models.deadlines.appointment import LimitUnit
from app.models.procedures.fee import fee_kind
from app.models.procedures.procedure import Procedure
from app.models.text import money
from app.ui.intake.procedure_card import COUNTED, Chosen
from app.ui.intake.procedure_finder import LIST_HEIGHT, ProcedureFinder
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import ENTER, LinkButton, QuietButton
from app.ui.widgets.choices import Choice, CountBox
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, Input, RowNote
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row

OTHER_KEY = "Alt+V"
WORK = "Việc cần làm"
OF_THE_DAY = "Trả trong ngày, hay dùng nhất ở trên"
HERE = {"limit_value": "pages", "limit_source": "pages", "limit": "pages", "case": "pages"}
FEE_WIDTH = 150


def is_of_the_day(procedure: Procedure) -> bool:
    """Whether some case of it is done on the day it is received."""
    return any(case.limit and case.limit.unit is LimitUnit.SAME_DAY for case in procedure.cases)


class PieceCard(Card):
    """Enter takes the piece; the same procedure then waits for the next one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tighten()
        self.procedure: Procedure | None = None
        self._finder = ProcedureFinder(WORK, lambda _: OF_THE_DAY, is_of_the_day)
        self.line = self._finder.line
        self._chosen = Chosen()
        self._case: Choice[int] = Choice()
        self._case.setAccessibleName("Trường hợp")
        self.pages, self.copies = CountBox("Số trang bản chính"), CountBox("Số bản")
        self._about = Line("học bạ, hợp đồng thuê nhà…")
        self._fee = Line("theo quy định")
        self._cells = {
            "pages": Cell[QWidget]("Số trang", self.pages),
            "copies": Cell[QWidget]("Số bản", self.copies),
            "about": Cell[QWidget]("Tên giấy tờ", self._about),
            "fee_amount": Cell[QWidget]("Lệ phí (đồng)", self._fee),
        }
        self.inputs: dict[str, Input] = dict(self._cells)
        self._note = RowNote(tuple(self._cells.values()))
        self._cost = Words("", Type.FIGURE, weight=Weight.BOLD, figures=True)
        self._how = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self.add = QuietButton("Thêm vào lượt", ENTER, "plus")
        self.other = LinkButton("Việc khác", OTHER_KEY)
        self._lay_out()
        self._connect()
        self.forget()

    def _lay_out(self) -> None:
        title = Words(WORK, weight=Weight.STRONG)
        self.body.addLayout(row(title, self.line, spacing=Space.BETWEEN))
        self._finder.list.setMinimumHeight(LIST_HEIGHT - Space.PAGE)
        self._taken, self._cases = QWidget(), QWidget()
        for cell in self._cells.values():
            cell.note = self._note
        for box in (self.pages, self.copies):
            box.setFixedHeight(self._about.height())  # all stand in one line
        self._cells["fee_amount"].setFixedWidth(FEE_WIDTH)
        fields = row(*self._cells.values(), spacing=Space.BETWEEN)
        fields.setStretch(2, 1)
        cost = row(self._cost, self._how, self.other, self.add, spacing=Space.BETWEEN)
        cost.setStretch(1, 1)
        case = row(Words("Trường hợp", Type.SMALL, Tone.QUIET), self._case)
        case.setStretch(1, 1)
        self._cases.setLayout(case)
        parts = (self._chosen, self._cases, fields, self._note, cost, None)
        self._taken.setLayout(column(*parts, spacing=Space.WITHIN))
        self.body.addWidget(self._finder, 1)
        self.body.addWidget(self._taken, 1)

    def _connect(self) -> None:
        self.line.words_changed.connect(self._search)
        self._finder.picked.connect(self.choose)
        self.other.clicked.connect(self.forget_and_go)
        self._case.chosen.connect(self._choose_case)
        for signal in (
            *(box.changed for box in (self.pages, self.copies)),
            *(line.textChanged for line in (self._about, self._fee)),
        ):
            signal.connect(self.changed)

    # --- the catalogue ---

    def offer(self, procedures: Sequence[Procedure], usage: Mapping[str, int]) -> None:
        """Find among these; first those of the same day, the often used before the others."""
        self._finder.offer(procedures, usage)
        if self.procedure is None:
            self._finder.search(self.line.words())

    def choose_current(self) -> bool:
        """Choose what the arrow keys point at; False when there is nothing to choose."""
        return self.procedure is None and self._finder.pick_current()

    def choose(self, procedure: Procedure) -> None:
        """This one; the cursor goes to the first thing it asks for."""
        self._show(procedure, 1)
        self.copies.set_count(1)
        self.go_on()
        self.changed.emit()

    def forget(self) -> None:
        """None is chosen."""
        self.procedure = None
        self.line.clear()
        self.fill_fields(Piece())
        self._show_found(is_found=False)
        self._finder.search("")

    def forget_and_go(self) -> None:
        """On to another procedure."""
        self.forget()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    # --- the piece ---

    def piece(self) -> Piece:
        """As it stands; without a procedure nothing stands."""
        if self.procedure is None:
            return Piece()
        return Piece(
            procedure=self.procedure.code,
            case=self._case.value() or 1,
            about=self._about.words(),
            pages=self.pages.count() or 0,
            copies=self.copies.count() or 0,
            fee=self._fee.words(),
        )

    def fill(self, piece: Piece) -> None:
        """Show `piece`, to be gone on with."""
        found = self._finder.named(piece.procedure)
        if found is None:
            self.forget()
            return
        self.line.setText(found.code)
        self._show(found, piece.case)
        self.fill_fields(piece)

    def next(self) -> None:
        """Ready for the next one: the same procedure where it is counted, else none."""
        procedure, case = self.procedure, self._case.value() or 1
        waiting = following(procedure, case) if procedure else Piece()
        if waiting == Piece():
            self.forget()
        else:
            self.fill_fields(waiting)

    def fill_fields(self, piece: Piece) -> None:
        """Show what was typed of a piece."""
        self.pages.set_count(piece.pages)
        self.copies.set_count(piece.copies)
        self._about.setText(piece.about)
        self._fee.setText(piece.fee)
        self.say_wrong("", "")

    def go_on(self) -> None:
        """Put the cursor where the next thing is typed."""
        boxes = (self.line,) if self.procedure is None else (self.pages, self.copies, self._about)
        box = next(box for box in boxes if not box.isHidden() and _is_in_sight(box, self))
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(box, Line | CountBox):
            box.selectAll()

    # --- what the desk says ---

    def show_cost(self, costed: Costed | None, when: str) -> None:
        """What it costs and how that is counted; `when` it can be had."""
        self._cost.setText(money(costed.fee) if costed else "")
        self._how.setText(" · ".join(filter(None, (costed.how, when))) if costed else "")

    def say_wrong(self, field: str, sentence: str) -> None:
        """Say what is wrong beside `field`; "" when nothing is."""
        for name, cell in self._cells.items():
            cell.set_error(sentence if name == HERE.get(field, field) else "")

    def refuse(self, field: str, sentence: str) -> bool:
        """Say `sentence` beside `field` and go there; False when no field here has that name."""
        name = HERE.get(field, field)
        if name not in self._cells:
            return False
        self.say_wrong(field, sentence)
        self._cells[name].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # --- inside ---

    def _search(self, words: str) -> None:
        self.procedure = None
        self._show_found(is_found=False)
        self._finder.search(words)
        self.changed.emit()

    def _show(self, procedure: Procedure, case: int) -> None:
        self.procedure = procedure
        cases = [each for each in procedure.cases if each.limit]
        self._case.offer([(each.number, each.name or "Thông thường") for each in cases])
        if case in {each.number for each in cases}:
            self._case.choose(case)
        self._cases.setVisible(len(cases) > 1)
        self._choose_case()
        self._show_found(is_found=True)

    def _show_found(self, *, is_found: bool) -> None:
        """First the one goes, then the other comes: both at once would need more room."""
        shown, hidden = (self._taken, self._finder) if is_found else (self._finder, self._taken)
        hidden.hide()
        shown.show()

    def _choose_case(self) -> None:
        if self.procedure is None or self._case.value() is None:
            return
        self._chosen.show_procedure(self.procedure, self.procedure.case(self._case.value() or 1))
        rule = self._rule()
        self._cells["pages"].setVisible(rule == "per_page")
        self._cells["copies"].setVisible(rule in COUNTED)
        self._cells["copies"].say(COUNTED.get(rule, ""))
        self.changed.emit()

    def _rule(self) -> str:
        assert self.procedure is not None
        return fee_kind(self.procedure, self._case.value() or 1, "counter")


def _is_in_sight(box: QWidget, card: QWidget) -> bool:
    """Whether no part it stands in is hidden; the card itself may be about to be shown."""
    parent = box.parentWidget()
    while parent is not None and parent is not card:
        if parent.isHidden():
            return False
        parent = parent.parentWidget()
    return True
