"""The procedure: found by a few letters, shown whole once chosen, with its case, limit and papers."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from app.desk.draft import IntakeDraft
from app.models.deadlines.appointment import LimitUnit
from app.models.procedures.fee import fee_kind
from app.models.procedures.procedure import Case, Channel, Procedure
from app.ui.intake.case_words import case_doubt, case_said
from app.ui.intake.checklist import Checklist
from app.ui.intake.procedure_finder import LIST_HEIGHT, ProcedureFinder
from app.ui.intake.procedure_list import UNCONFIRMED
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.choices import Choice, CountBox, Segments
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, FormRow, Input
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Card, Pill, Words, WrappingLabel, column, row

HEAD = Measure.CONTROL + 2 * Space.PADDING + Space.PAGE
"""px above the list and around it."""
OFTEN = "Hay dùng tại quầy"
ALL = "Cả danh mục"
NO_LIMIT = (
    "Danh mục chưa có thời hạn của thủ tục này. Nhập thời hạn và căn cứ; phụ trách kiểm chứng sau."
)

CHANNELS: list[tuple[Channel, str]] = [
    ("counter", "Trực tiếp"),
    ("online", "Trực tuyến"),
    ("post", "Bưu chính"),
]
UNITS = [
    (LimitUnit.WORKING_DAY.value, "ngày làm việc"),
    (LimitUnit.CALENDAR_DAY.value, "ngày"),
    (LimitUnit.WORKING_HOUR.value, "giờ làm việc"),
    (LimitUnit.SAME_DAY.value, "trả trong ngày"),
]
COUNTED = {"per_page": "Số bản", "per_copy": "Số bản", "per_case": "Số trường hợp"}


class Chosen(QFrame):
    """The chosen procedure: its whole name, then code, field and limit; beside it what is counted."""

    def __init__(self) -> None:
        super().__init__()
        self._name = WrappingLabel(weight=Weight.STRONG)
        self._line = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._unconfirmed = Pill(UNCONFIRMED, Tone.TODAY, "triangle-alert")
        words = column(self._name, self._line, spacing=0)
        self.line = row(words, self._unconfirmed, spacing=Space.BETWEEN)
        self.line.setStretch(0, 1)
        self.line.setContentsMargins(Space.BETWEEN, Space.TIGHT, Space.BETWEEN, Space.TIGHT)
        self.setLayout(self.line)

    def show_procedure(self, procedure: Procedure, case: Case) -> None:
        phrase = case.limit.phrase if case.limit else case.phrase or "chưa có thời hạn"
        self._name.setText(procedure.name)
        self._line.setText(" · ".join((procedure.code, procedure.field, phrase)))
        self._unconfirmed.setVisible(not (procedure.confirmed and case.confirmed))


class LimitTyped(QWidget):
    """Value, unit and source of a limit the catalogue lacks."""

    def __init__(self) -> None:
        super().__init__()
        self.value = Line("số")
        self.unit: Choice[str] = Choice(UNITS)
        self.source = Line("số quyết định, điều luật")
        value = Cell("Thời hạn", self.value, required=True)
        source = Cell("Căn cứ", self.source, 2, required=True)
        self.inputs: dict[str, Input] = {"limit_value": value, "limit_source": source}
        fields = FormRow(value, Cell("Đơn vị", self.unit), source)
        self.setLayout(
            column(WrappingLabel(NO_LIMIT, Type.SMALL, Tone.TODAY), fields, spacing=Space.TIGHT)
        )

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`; a limit that was agreed is typed elsewhere."""
        self.value.setText("" if draft.agreement else draft.limit_value)
        self.unit.choose(draft.limit_unit)
        self.source.setText(draft.limit_source)

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with what stands here."""
        return msgspec.structs.replace(
            draft,
            limit_value=self.value.words(),
            limit_unit=self.unit.value() or "",
            limit_source=self.source.words(),
        )


class Counts(QWidget):
    """How many sets; pages and copies where the fee asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.pages, self.copies, self.sets = (
            CountBox("Số trang bản chính"),
            CountBox("Số bản"),
            CountBox("Số bộ hồ sơ"),
        )
        self._pages = _counted("Số trang", self.pages)
        self._copies_label = Words("", Type.SMALL, Tone.QUIET)
        self._copies = QWidget()
        self._copies.setLayout(row(self._copies_label, self.copies))
        sets = _counted("Số bộ", self.sets)
        self.setLayout(row(self._pages, self._copies, sets, spacing=Space.BETWEEN))

    def ask_for(self, rule: str) -> None:
        """Offer what a fee by `rule` is worked out from."""
        self._pages.setVisible(rule == "per_page")
        self._copies.setVisible(rule in COUNTED)
        self._copies_label.setText(COUNTED.get(rule, ""))
        self.copies.setAccessibleName(COUNTED.get(rule, ""))


class ProcedureCard(Card):
    """Which procedure, through which channel, which case, with which papers."""

    changed = Signal()
    picked = Signal()
    """A procedure has just been chosen by hand."""
    grown = Signal(object)
    """The inputs, by field, of a part that has just been made."""

    def __init__(self) -> None:
        self.channel: Segments[Channel] = Segments(CHANNELS, "Hình thức nộp")
        super().__init__()
        self.tighten()
        self._finder = ProcedureFinder("Thủ tục", lambda usage: OFTEN if usage else ALL)
        self.line = self._finder.line
        self.checklist = Checklist()
        self._case: Choice[int] = Choice()
        self._case.setAccessibleName("Trường hợp")
        # a long one gives way to the counts: its whole name stands beside the appointment
        self._case.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._counts = Counts()
        self._filled = IntakeDraft()
        self._chosen = Chosen()
        self._case_label = Words("Trường hợp", Type.SMALL, Tone.QUIET)
        self._kind_line: QHBoxLayout = row(self._case_label, self._case)
        self._papers, self._kind = QWidget(), QWidget()
        self.procedure: Procedure | None = None
        self._offered: Procedure | None = None
        self._last_cases: dict[str, int] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._kind_line.setStretch(1, 1)
        self._kind.setLayout(self._kind_line)
        self._lines = column(self._chosen, self._kind, self.checklist, None)
        self._papers.setLayout(self._lines)
        self.give_room(0)
        title = Words("Thủ tục", weight=Weight.STRONG)
        head = row(title, self.line, self.channel, spacing=Space.BETWEEN)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._finder)
        self.body.addWidget(self._papers)

    def give_room(self, height: int) -> None:
        """Show as many whole rows as the card has room for in `height` px; never fewer than at first."""
        rows = (height - LIST_HEIGHT - HEAD) // Measure.PRIMARY
        self._finder.list.setFixedHeight(LIST_HEIGHT + max(0, rows) * Measure.PRIMARY)
        # as high as the list, so that what is below stays where it is when a procedure is chosen
        self._papers.setMinimumHeight(self._finder.sizeHint().height())

    def _connect(self) -> None:
        self.line.words_changed.connect(self._search)
        self._finder.picked.connect(self._pick)
        self.channel.chosen.connect(self._recount)
        self._case.chosen.connect(self._choose_case)
        self.checklist.changed.connect(self.changed)
        counts = (self._counts.pages, self._counts.copies, self._counts.sets)
        for count in counts:
            count.changed.connect(self.changed)

    @Later
    def _limit(self) -> LimitTyped:
        """Made for the first procedure that has none."""
        limit = LimitTyped()
        limit.fill(self._filled)
        self._lines.insertWidget(self._lines.indexOf(self.checklist), limit)
        for signal in (limit.value.textChanged, limit.source.textChanged, limit.unit.chosen):
            signal.connect(self.changed)
        self.grown.emit(limit.inputs)
        return limit

    # --- the catalogue ---

    def offer(self, procedures: Sequence[Procedure], usage: Mapping[str, int]) -> None:
        """Find among these; `usage` by code says which are offered first."""
        self._finder.offer(procedures, usage)
        if self.procedure is None:
            self._finder.search(self.line.words())

    def choose_current(self) -> bool:
        """Choose what the arrow keys point at; False when there is nothing to choose."""
        return self.procedure is None and self._finder.pick_current()

    def take_back(self) -> bool:
        """Return to the procedure chosen before the line was edited; False when there was none."""
        if self.procedure is not None or self._offered is None:
            return False
        self._choose(self._offered)
        return True

    def say_wrong(self, sentence: str) -> None:
        """Say over the list that a procedure must be chosen."""
        if sentence and self.procedure is None:
            self._finder.say_wrong(sentence)
        else:
            self._finder.say_found()

    # --- the case ---

    def know_cases(self, last: Mapping[str, int]) -> None:
        """In which case each of these procedures was received last."""
        self._last_cases |= last

    def case_doubt(self) -> str:
        """Asks whether the case is meant, where it is not the last one; "" when it is."""
        if self.procedure is None:
            return ""
        last = self._last_cases.get(self.procedure.code)
        return case_doubt(self.procedure, self._case.value() or 1, last)

    def go_to_case(self) -> None:
        """Where another case is chosen."""
        self._case.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the draft ---

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        self.channel.choose(draft.channel)
        self._filled = draft
        for limit in ProcedureCard._limit.made(self):
            limit.fill(draft)
        self._counts.pages.set_count(draft.pages)
        self._counts.copies.set_count(draft.copies)
        self._counts.sets.set_count(draft.sets)
        procedure = self._finder.named(draft.procedure)
        self._offered = None
        self.line.show_words(procedure.code if procedure else "")
        # out of sight: what is laid out in sight takes a turn for each part of a part
        self._show_found(is_found=False)
        if procedure:
            self._choose(procedure)
            if draft.case in {case.number for case in procedure.cases}:
                self._case.choose(draft.case)
            self.checklist.fill(draft.documents)
        else:
            self._forget()

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with what stands here."""
        for limit in ProcedureCard._limit.made(self):
            draft = limit.into(draft)
        return msgspec.structs.replace(
            draft,
            procedure=self.procedure.code if self.procedure else "",
            case=self._case.value() or 1,
            channel=self.channel.value(),
            documents=self.checklist.documents() if self.procedure else (),
            sets=self._counts.sets.count() or 1,
            pages=self._counts.pages.count() or 0,
            copies=self._counts.copies.count() or 0,
        )

    # --- inside ---

    def _search(self, words: str) -> None:
        self.procedure = None
        self._show_found(is_found=False)
        self._finder.search(words)
        self.changed.emit()

    def _pick(self, procedure: Procedure) -> None:
        self._choose(procedure)
        self.picked.emit()

    def _choose(self, procedure: Procedure) -> None:
        self.procedure = procedure
        has_cases = len(procedure.cases) > 1
        self._kind.setVisible(has_cases)
        (self._kind_line if has_cases else self._chosen.line).addWidget(self._counts)
        if procedure != self._offered:
            self._offered = procedure
            self._case.offer([(case.number, case_said(case)) for case in procedure.cases])
            self.checklist.offer(procedure.documents)
        self._choose_case()
        self._show_found(is_found=True)

    def _show_found(self, *, is_found: bool) -> None:
        self._finder.setHidden(is_found)
        self._papers.setVisible(is_found)

    def _forget(self) -> None:
        self.procedure = None
        self._case.offer([])
        self.checklist.offer(())
        for limit in ProcedureCard._limit.made(self):
            limit.hide()
        self._finder.search("")

    def _choose_case(self) -> None:
        if self.procedure and self._case.value() is not None:
            case = self.procedure.case(self._case.value() or 1)
            self._chosen.show_procedure(self.procedure, case)
            for limit in ProcedureCard._limit.made(self, wanted=case.limit is None):
                limit.setVisible(case.limit is None)
            self._recount()

    def _recount(self) -> None:
        if self.procedure:
            rule = fee_kind(self.procedure, self._case.value() or 1, self.channel.value())
            self._counts.ask_for(rule)
        self.changed.emit()


def _counted(label: str, box: CountBox) -> QWidget:
    counted = QWidget()
    counted.setLayout(row(Words(label, Type.SMALL, Tone.QUIET), box))
    return counted
