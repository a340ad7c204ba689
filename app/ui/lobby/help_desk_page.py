"""The help desk: one Enter a help, today's beside it; nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.lobby.assisting import ANONYMOUS, Help, HelpDraft
from app.models.citizens.card import Card as IdCard
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.intake.typed_page import TypedPage
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.lobby.help_desk_form import HelpForm, blank
from app.ui.lobby.help_desk_work import Opening, opening, record, today
from app.ui.look.theme import Space, Tone, Weight
from app.ui.typing.reading_order import in_reading_order, order_tabs
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import Card, EmptyState, Words, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

TAKE_BACK_KEY = "Alt+X"
NARROW, WIDTH = 376, 448  # of the list, px
MINUTE = 60_000  # ms

COLUMNS: list[Column[Help]] = [
    Column("Lúc", lambda each: Cell(f"{each.at:%H:%M}"), 80, figures=True),
    Column("Người", lambda each: Cell(each.typed.name or ANONYMOUS), share=1),
    Column("Kết quả", lambda each: Cell(each.typed.outcome, whole=each.procedure_name), share=1),
    Column("Phút", lambda each: Cell(str(each.typed.minutes or "")), 80, figures=True),
]


class _Today(Card):
    """Gives way to the form in a narrow window."""

    def __init__(self) -> None:
        super().__init__()
        self.tighten()

    def give_way(self, *, is_narrow: bool) -> None:
        self.setFixedWidth(NARROW if is_narrow else WIDTH)


class HelpDeskPage(TypedPage):
    """Bàn trợ giúp. What is done at the desk is done in its lane; the form stays the officer's."""

    least_width = 1032
    usual_width = 1184

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._form = HelpForm()
        self._view = TableView(Table(COLUMNS, lambda each: each.name), _nobody_yet())
        self._view.setAccessibleName("Lượt trợ giúp hôm nay")
        self._sum = Words("", tone=Tone.QUIET)
        self._take_back = LinkButton("Bỏ lượt đang chọn", TAKE_BACK_KEY)
        self._begun: datetime | None = None
        self._editing: Help | None = None
        self._is_busy = False
        self._looking: Latest[tuple[Help, ...]] = Latest(jobs, self._show, self)
        self._minute = QTimer(self, interval=MINUTE)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        beside = self._today = _Today()
        title = Words("Hôm nay", weight=Weight.STRONG)
        beside.body.addLayout(row(title, None, self._sum))
        beside.body.addWidget(self._view, 1)
        beside.body.addLayout(row(Words("Enter: sửa", tone=Tone.QUIET), None, self._take_back))
        whole = row(self._form, beside, spacing=Space.WITHIN)
        whole.setStretch(0, 1)
        whole.setContentsMargins(*MARGINS)
        self.setLayout(whole)
        order_tabs(in_reading_order(self))

    def _connect(self) -> None:
        self._form.changed.connect(self._changed)
        self._form.record.clicked.connect(self._record)
        self._form.leave.clicked.connect(self._leave)
        self._view.opened.connect(self._edit)
        self._view.moved.connect(lambda each: self._take_back.setEnabled(each is not None))
        self._take_back.clicked.connect(self._take_it_back)
        self._take_back.setEnabled(False)
        self._minute.timeout.connect(self._count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._today.give_way(is_narrow=event.size().width() < self.usual_width)

    # --- what the frame asks ---

    def entered(self) -> None:
        """Put the focus where the next thing is typed; read the catalogue and the day anew."""
        self._form.go_to_start()
        self._count()
        desk, officer = self._desk, self._officer
        self._jobs.run(Lane.DESK, lambda: opening(desk, officer), self._opened)

    def refresh(self) -> None:
        """Somebody was helped elsewhere, perhaps."""
        desk = self._desk
        self._looking.ask(lambda: today(desk))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not self._form.choose_current():
            self._record()

    # --- what a page with a person says ---

    def _person_typed(self) -> IntakeDraft:
        typed = self._form.draft()
        return IntakeDraft(name=typed.name, id_number=typed.id_number)

    def _has_result(self) -> bool:
        return False

    def _fill_in(self, card: IdCard) -> None:
        self._form.take_card(card)
        self._form.go_to_start()

    def _as_it_stands(self) -> Callable[[], None]:
        return partial(self._form.fill, self._form.draft())

    def _keeper(self) -> Callable[[], None]:
        desk, officer, typed = self._desk, self._officer, self._form.draft()
        kept = HelpDraft() if self._editing or blank(typed) else typed
        return lambda: desk.help_desk.keep(kept, officer)

    # --- the help ---

    def _opened(self, result: Ok[Opening] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        found = result.value
        self._form.offer(found.procedures, found.usage, found.levels, found.outcomes)
        self._show(Ok(found.helps))
        is_first, self._is_opened = not self._is_opened, True
        if is_first and found.kept and blank(self._form.draft()):
            self._form.fill(found.kept)
            self._changed()
            self._notify("Đã mở lại lượt trợ giúp đang ghi dở.", Tone.PLAIN, "rotate-ccw")

    def _show(self, result: Ok[tuple[Help, ...]] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        helps = result.value
        minutes = sum(each.typed.minutes for each in helps)
        self._sum.setText(f"{len(helps)} lượt · {minutes} phút" if helps else "")
        self._view.show_rows(helps)
        self._take_back.setEnabled(self._view.current() is not None)

    def _changed(self) -> None:
        self._keep_soon()
        if blank(self._form.draft()):
            self._begun = None
        elif self._begun is None:
            self._begun = self._desk.clock()
            self._minute.start()
        self._count()

    def _count(self) -> None:
        self._form.count_minutes(self._minutes())

    def _minutes(self) -> int:
        """Since the first thing was typed of this help; a begun minute counts whole."""
        if self._begun is None or self._editing:
            return 0
        taken = (self._desk.clock() - self._begun).total_seconds()
        return max(1, -int(-taken // 60))

    def _record(self) -> None:
        typed = self._form.draft()
        if self._is_busy or (blank(typed) and self._editing is None):
            return
        self._is_busy = True
        self._keeping.stop()
        self._typed_ahead.hold(same=Qt.Key.Key_F9)
        desk, officer, before = self._desk, self._officer, self._editing
        draft = replace(typed, minutes=typed.minutes or self._minutes())
        work = partial(record, desk, officer, draft, before.name if before else None)
        self._jobs.run(Lane.DESK, work, partial(self._recorded, draft, before))

    def _recorded(self, draft: HelpDraft, before: Help | None, result: Ok[EventName] | Err) -> None:
        self._is_busy = False
        with self._typed_ahead:
            if isinstance(result, Err):
                self.keep()
                self._refused(result.error)
                return
            self._start_anew()
            self.refresh()
            who, name, help_desk = draft.name or ANONYMOUS, result.value, self._desk.help_desk
            if before is None:
                said = f"Đã ghi lượt trợ giúp: {who}, {draft.minutes} phút."
                undo = partial(help_desk.take_back, name, self._officer)
            else:
                said = f"Đã ghi lại lượt {before.at:%H:%M}: {who}."
                undo = partial(help_desk.correct, name, before.typed, self._officer)
            self._notify(said, undo=partial(self._undo, undo))

    def _refused(self, refusal: Refused) -> None:
        field = refusal.field if isinstance(refusal, BadInput) else ""
        if not self._form.say_wrong(field, str(refusal)):
            self._complain(str(refusal))

    def _start_anew(self) -> None:
        self._editing, self._begun = None, None
        self._minute.stop()
        self._form.say_editing(None)
        self._form.fill(HelpDraft())
        self._count()
        self._form.go_to_start()

    # --- a line of the list ---

    def _edit(self, line: Help) -> None:
        """Take a line into the form; what stood there is kept, and comes back afterwards."""
        if not (self._editing or blank(self._form.draft())):
            self._complain("Đang ghi dở một lượt. Hãy ghi lượt này trước, rồi sửa lượt kia.")
            return
        self._editing = line
        self._form.say_editing(line.at)
        self._form.fill(line.typed)
        self._form.go_to_start()

    def _leave(self) -> None:
        self._start_anew()

    def _take_it_back(self) -> None:
        line = self._view.current()
        if line is None:
            return
        help_desk, officer = self._desk.help_desk, self._officer
        work = partial(help_desk.take_back, line.name, officer)
        self._jobs.run(Lane.DESK, work, partial(self._taken_back, line))

    def _taken_back(self, line: Help, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        if self._editing == line:
            self._start_anew()
        self.refresh()
        undo = partial(self._desk.help_desk.restore, line.name, self._officer)
        said = f"Đã bỏ lượt {line.at:%H:%M} {line.typed.name}".rstrip()
        self._notify(f"{said}.", Tone.PLAIN, "undo-2", partial(self._undo, undo))

    def _undo(self, work: Callable[[], None]) -> None:
        self._jobs.run(Lane.DESK, work, self._undone)

    def _undone(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._complain(str(result.error))
        self.refresh()


def _nobody_yet() -> EmptyState:
    return EmptyState(
        "headset", "Hôm nay chưa trợ giúp ai.", "Gõ xong thì Enter; lượt vừa ghi đứng ở đây."
    )
