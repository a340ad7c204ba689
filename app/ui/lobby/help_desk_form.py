"""The form of one help: who, with which procedure, what was done; blank is allowed nearly everywhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from app.desk.lobby.assisting import HelpDraft
from app.models.citizens.card import Card as IdCard
from app.models.procedures.procedure import Case, Procedure
from app.ui.intake.procedure_card import Chosen
from app.ui.intake.procedure_finder import ProcedureFinder
from app.ui.look.theme import Measure, Space, Tone, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, FormRow, Input
from app.ui.widgets.parts import Badge, Card, Words, column, row

OTHER_KEY, LEAVE_KEY = "Alt+V", "Alt+B"
BLANK = "Bỏ trống nếu không cho biết"
NOT_SAID, NOT_CHOSEN = "Không ghi", "Chọn kết quả"
UNASKED = "Chọn trong danh mục, hoặc gõ bằng lời nếu không có; chỉ hỏi chung thì bỏ trống"
LEAST_LIST = Measure.PRIMARY + Space.PAGE  # a row, and the name of the next


class _Offered(Choice[str]):
    """Words of the unit's own, below what stands there while none is chosen."""

    def __init__(self, none: str) -> None:
        super().__init__([("", none)])
        self._none = none
        self._words: tuple[str, ...] = ()

    def offer_words(self, words: Sequence[str]) -> None:
        self._words = tuple(words)
        self.offer([("", self._none), *((each, each) for each in words)])

    def choose_words(self, words: str) -> None:
        """Choose `words`, which the unit may not offer any more."""
        if words and words not in self._words:
            self.offer_words((*self._words, words))
        self.choose(words)


class HelpForm(QWidget):
    """Enter is the page's: it chooses the procedure pointed at, or records the help."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.procedure: Procedure | None = None
        self._name, self._number = Line(BLANK), Line("12 chữ số")
        self._level, self._outcome = _Offered(NOT_SAID), _Offered(NOT_CHOSEN)
        self._code, self._note = Line("nếu đã nộp"), Line()
        self.minutes = Line()
        self.minutes.setValidator(QRegularExpressionValidator("[0-9]{0,4}", self.minutes))
        self._finder = ProcedureFinder("Thủ tục cần trợ giúp", lambda _: UNASKED)
        self.line = self._finder.line
        self._chosen = Chosen()
        self._other = LinkButton("Thủ tục khác", OTHER_KEY)
        self.record = PrimaryButton("Ghi lượt trợ giúp", "F9", "check")
        self.leave = LinkButton("Thôi sửa", LEAVE_KEY)
        self.leave.setFixedHeight(Measure.ICON_RAIL)
        self._heading = Badge("Lượt trợ giúp mới", weight=Weight.STRONG)
        cells: dict[str, Cell[QWidget]] = {
            "name": Cell[QWidget]("Họ tên", self._name, 2),
            "number": Cell[QWidget]("Số định danh", self._number),
            "level": Cell[QWidget]("Tài khoản định danh", self._level),
            "outcome": Cell[QWidget]("Kết quả", self._outcome, 2, required=True),
            "portal_code": Cell[QWidget]("Mã hồ sơ trên cổng", self._code),
            "minutes": Cell[QWidget]("Số phút", self.minutes),
            "note": Cell[QWidget]("Ghi chú", self._note),
        }
        self.inputs: dict[str, Input] = dict(cells)
        self._lay_out(cells)
        self._connect()
        self.fill(HelpDraft())
        self.say_editing(None)

    def _lay_out(self, cells: Mapping[str, Cell[QWidget]]) -> None:
        who, what, how = Card(), Card(), Card()
        for card in (who, what, how):
            card.tighten()
        who.body.addLayout(row(self._heading, None, self.leave))
        who.body.addWidget(FormRow(cells["name"], cells["number"], cells["level"]))
        title = Words("Thủ tục", weight=Weight.STRONG)
        head = row(title, self.line, self._other, spacing=Space.BETWEEN)
        head.setStretch(1, 1)
        what.body.addLayout(head)
        self._finder.list.setMinimumHeight(LEAST_LIST)
        what.body.addWidget(self._finder, 1)
        what.body.addWidget(self._chosen)
        what.body.addStretch()
        how.body.addWidget(FormRow(cells["outcome"], cells["portal_code"], cells["minutes"]))
        foot = row(cells["note"], self.record, spacing=Space.BETWEEN)
        foot.setStretch(0, 1)
        foot.setAlignment(self.record, Qt.AlignmentFlag.AlignBottom)
        how.body.addLayout(foot)
        layout = column(who, what, how, spacing=Space.WITHIN)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.line.words_changed.connect(self._search)
        self._finder.picked.connect(self.choose)
        self._other.clicked.connect(self._forget_and_go)
        for line in (self._name, self._number, self._code, self._note, self.minutes):
            line.textChanged.connect(self.changed)
        for choice in (self._level, self._outcome):
            choice.chosen.connect(self.changed)

    # --- what is offered ---

    def offer(
        self,
        procedures: Sequence[Procedure],
        usage: Mapping[str, int],
        levels: Sequence[str],
        outcomes: Sequence[str],
    ) -> None:
        """Find among these, choose from these; what is in the form stays."""
        draft = self.draft()
        self.blockSignals(True)
        self._finder.offer(procedures, usage)
        self._level.offer_words(levels)
        self._outcome.offer_words(outcomes)
        self.fill(draft)
        self.blockSignals(False)

    def count_minutes(self, minutes: int) -> None:
        """Show how long it has taken so far, where nothing else is typed."""
        self.minutes.setPlaceholderText(f"đang đếm: {minutes}" if minutes else "tự đếm")

    # --- the help ---

    def draft(self) -> HelpDraft:
        """As it stands."""
        return HelpDraft(
            name=self._name.words(),
            id_number=self._number.words(),
            procedure=self.procedure.code if self.procedure else "",
            request="" if self.procedure else self.line.words(),
            level=self._level.value() or "",
            outcome=self._outcome.value() or "",
            portal_code=self._code.words(),
            minutes=int(self.minutes.words() or 0),
            note=self._note.words(),
        )

    def fill(self, draft: HelpDraft) -> None:
        """Show `draft`."""
        self._name.setText(draft.name)
        self._number.setText(draft.id_number)
        self._level.choose_words(draft.level)
        self._outcome.choose_words(draft.outcome)
        self._code.setText(draft.portal_code)
        self.minutes.setText(str(draft.minutes or ""))
        self._note.setText(draft.note)
        self.procedure = self._finder.named(draft.procedure) if draft.procedure else None
        self.line.setText("" if self.procedure else draft.request)
        self._show_procedure()
        self.say_wrong("", "")

    def take_card(self, card: IdCard) -> None:
        """Who it is, by their card."""
        self._name.setText(card.name)
        self._number.setText(card.number)

    def say_editing(self, at: datetime | None) -> None:
        """Which line is being corrected; None: a new help."""
        self.leave.setVisible(at is not None)
        if at is None:
            self._heading.say("Lượt trợ giúp mới", Tone.PLAIN, "")
            self.record.say("Ghi lượt trợ giúp")
        else:
            self._heading.say(f"Đang sửa lượt {at:%H:%M}", Tone.TODAY, "pencil")
            self.record.say("Ghi lại lượt này")

    def say_wrong(self, field: str, sentence: str) -> bool:
        """Say `sentence` beside `field` and go there; False when no field here has that name."""
        for name, cell in self.inputs.items():
            cell.set_error(sentence if name == field else "")
        if field in self.inputs:
            self.inputs[field].control.setFocus()
        return field in self.inputs

    # --- the procedure ---

    def choose(self, procedure: Procedure) -> None:
        """This one; on to what was done with it."""
        self.procedure = procedure
        self.line.clear()
        self._show_procedure()
        self._outcome.setFocus()
        self.changed.emit()

    def choose_current(self) -> bool:
        """Choose what the arrow keys point at; False when nothing is asked for, or found."""
        is_asked = self.procedure is None and bool(self.line.words()) and self.line.hasFocus()
        return is_asked and self._finder.pick_current()

    def _forget_and_go(self) -> None:
        self.procedure = None
        self._show_procedure()
        self.line.setFocus()
        self.changed.emit()

    def _search(self, words: str) -> None:
        if self.procedure is not None and words:
            self.procedure = None
        self._show_procedure()
        self.changed.emit()

    def _show_procedure(self) -> None:
        is_found = self.procedure is not None
        if self.procedure is not None:
            usual = self.procedure.cases[0] if self.procedure.cases else Case(1)
            self._chosen.show_procedure(self.procedure, usual)
        else:
            self._finder.search(self.line.words())
        self._finder.setHidden(is_found)
        self._chosen.setVisible(is_found)
        self._other.setVisible(is_found)

    def go_to_start(self) -> None:
        """Where the next thing is typed."""
        (self.line if self._name.words() else self._name).setFocus()


def blank(draft: HelpDraft) -> bool:
    """Whether nothing of it would be missed."""
    return replace(draft, minutes=0) == HelpDraft()
