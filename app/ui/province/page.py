"""Typing dossiers into the province's system: what is lacking there, copied box by box, the code back."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.desk import Desk
from app.desk.province.entering import Lacking, Screen
from app.models.dossiers.province_gap import Gap
from app.models.events.event import EventName
from app.models.events.province import ProvinceDescribed
from app.models.numbering import CODE
from app.models.unit.officer import Officer
from app.store.reading.province import ProvinceRow
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import Now, code_column, procedure_cell, short_code
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.province.card import ProvinceCard
from app.ui.province.copy_strip import CopyStrip
from app.ui.province.copying import Copying
from app.ui.province.export import ProvinceExport
from app.ui.province.settings import ProvinceSettings
from app.ui.typing.clipboard import Pasting
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.buttons import LinkButton, QuietButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import EmptyState, Words, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

TITLE = "Nhập lên hệ thống tỉnh"
CARD_WIDTH = 520
OLD = 1  # days after which the age of a dossier is worth a colour
PARTS = {Gap.ABSENT: "Chưa nhập", Gap.BEHIND: "Đã đổi từ khi nhập"}


def lacking_columns(now: Now) -> list[Column[ProvinceRow]]:
    """Whose, what for, and for how many days it has been lacking there."""
    return [
        code_column(lambda one: one.code),
        Column("Chủ hồ sơ", lambda one: Cell(one.owner), share=5),
        Column("Thủ tục", lambda one: procedure_cell(one.procedure_name), share=6),
        Column("Nhận", lambda one: age_cell(one, now()), share=4),
    ]


def age_cell(row: ProvinceRow, now: datetime) -> Cell:
    """How old it is, in days."""
    days = (now.date() - row.received_at.date()).days
    if days <= 0:
        return Cell(f"hôm nay {row.received_at:%H:%M}")
    return Cell(f"{days} ngày trước", Tone.TODAY if days > OLD else Tone.PLAIN)


class ProvincePage(WorkPage):
    """Nhập lên hệ thống tỉnh."""

    title = TITLE
    left = Signal()
    """Esc: back to where one came from."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking: Latest[Lacking] = Latest(jobs, self._show, self)
        self._opening: Latest[Screen] = Latest(jobs, self._show_one, self)
        self._typed_ahead = HeldKeys(self)
        self._pasting = Pasting(QGuiApplication.clipboard(), self)
        self._copying = Copying(self._pasting, self)
        self._part = Segments(list(PARTS.items()), "Hiện")
        self._view = TableView(
            Table(lacking_columns(desk.clock), lambda one: one.name), _nothing_lacks()
        )
        self._view.setAccessibleName("Hồ sơ phải nhập lên hệ thống tỉnh")
        self._card = ProvinceCard(self._copying)
        self._strip = CopyStrip(self._copying)
        self._export = ProvinceExport(desk, jobs)
        self._settings = ProvinceSettings()
        self._open_strip = QuietButton("Thanh chép", "Ctrl+T", "chevrons-up")
        self._open_settings = LinkButton("Các trường", "Ctrl+D")
        self._open = QuietButton("Mở hồ sơ", "Ctrl+O")
        self._back = LeaveLink("Quay lại")
        self._whole = QStackedWidget()
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Look again, while in sight."""
        if self.isVisible():
            kind, province = self._part.value(), self._desk.province
            self._looking.ask(lambda: province.lacking(kind))

    def scanned(self, text: str) -> bool:
        """A code goes into its line and waits for Enter; a listed dossier's own chooses it."""
        if not CODE.fullmatch(text):
            return False
        rows = [self._view.table.rows.at(n) for n in range(self._view.table.rowCount())]
        number = next((n for n, one in enumerate(rows) if one and one.code == text), -1)
        if number >= 0:
            self._view.selectRow(number)
        elif self._card.shown:
            self._card.offer_code(text)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._export.going.under_way:
            self._export.going.stop()
        else:
            self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window made small still stands on this page
            self._strip.hide()
            self._pasting.take_away()

    # --- put together ---

    def _lay_out(self) -> None:
        title = Words(self.title, Type.TITLE, weight=Weight.STRONG)
        links = (self._open_settings, Space.BETWEEN, self._back)
        head = row(title, Space.PAGE, self._part, None, *links)
        self._card.setFixedWidth(CARD_WIDTH)
        both = row(self._view, self._card, spacing=Space.BETWEEN)
        both.setStretch(0, 1)
        foot = row(self._export, None, self._open, self._open_strip)
        part = QWidget()
        layout = column(head, both, foot, spacing=Space.WITHIN)
        layout.setStretch(1, 1)
        part.setLayout(layout)
        self._whole.addWidget(part)
        self._whole.addWidget(self._settings)
        whole = column(self._whole)
        whole.setContentsMargins(*MARGINS)
        self.setLayout(whole)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._part.chosen.connect(lambda _: self.refresh())
        self._view.moved.connect(self._choose)
        self._view.opened.connect(lambda _: self._copying.copy_next())
        self._card.kept.connect(self._keep)
        self._strip.code_wanted.connect(self._keep_pasted)
        self._export.told.connect(self.tell)
        self._open.clicked.connect(self._open_current)
        self._open_strip.clicked.connect(self._show_strip)
        self._open_settings.clicked.connect(self._ask_settings)
        self._settings.saved.connect(self._save_settings)
        self._settings.closed.connect(self._close_settings)

    # --- the list ---

    def _show(self, result: Ok[Lacking] | Err) -> None:
        if isinstance(result, Err):
            self._typed_ahead.give_back()
            self.tell(str(result.error))
            return
        found = result.value
        for kind, words in PARTS.items():
            self._part.rename(kind, f"{words} ({found.counts[kind]})")
        self.say_about(f"{sum(found.counts.values())} hồ sơ phải nhập")
        self._view.show_rows(found.rows)
        self._choose(self._view.current())

    def _choose(self, line: ProvinceRow | None) -> None:
        for button in (self._open, self._open_strip):
            button.setEnabled(line is not None)
        if line is None:
            self._card.show_none()
            self._strip.show_screen(None)
            self._typed_ahead.give_back()
            return
        name, province = line.name, self._desk.province
        if self._card.shown is None or self._card.shown.name != name:
            self._typed_ahead.hold()  # no box, and no code, of what stands on the card yet is meant
        self._opening.ask(lambda: province.screen(name))

    def _show_one(self, result: Ok[Screen] | Err) -> None:
        with self._typed_ahead:
            if isinstance(result, Err):
                self._card.show_none()
                self.tell(str(result.error))
                return
            self._card.show_screen(result.value)
            self._strip.show_screen(result.value)

    def _open_current(self) -> None:
        if line := self._view.current():
            self.opened.emit(line.name)

    def _show_strip(self) -> None:
        self._strip.show()

    # --- the code ---

    def _keep_pasted(self) -> None:
        """From the strip, which is clicked over another program: what was copied there."""
        if self._card.shown and self._card.shown.gap is not Gap.BEHIND:
            self._card.line.setText(self._pasting.text().strip()[:60])
        self._keep(self._card.line.text())

    def _keep(self, typed: str) -> None:
        screen, province, officer = self._card.shown, self._desk.province, self._officer
        if screen is None:
            return

        def work() -> tuple[str, tuple[str, int]]:
            before = province.before(screen.name)
            if before[0] and typed.strip().upper() == before[0]:
                province.update(screen.name, officer, screen.seen)
                return before[0], before
            return province.enter(screen.name, typed, officer, screen.seen), before

        self._typed_ahead.hold()
        self._jobs.run(Lane.DESK, work, partial(self._kept, screen))

    def _kept(self, screen: Screen, result: Ok[tuple[str, tuple[str, int]]] | Err) -> None:
        if isinstance(result, Err):
            self._typed_ahead.give_back()
            self._card.refuse(result.error)
            self._strip.say(str(result.error), Tone.LATE)
            return
        code, before = result.value
        self._pasting.take_away()
        said = f"{short_code(screen.code)} của {screen.owner}: đã giữ mã {code}."
        self.told.emit(said, Tone.DONE, partial(self._take_back, screen.name, before))
        self._strip.say(said, Tone.DONE)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.refresh()

    def _take_back(self, name: EventName, before: tuple[str, int]) -> None:
        province, officer = self._desk.province, self._officer
        work = partial(province.take_back, name, before, officer)
        self._jobs.run(Lane.DESK, work, self._taken_back)

    def _taken_back(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
        else:
            self.tell("Đã hoàn tác: hồ sơ lại nằm trong danh sách.", Tone.DONE)
        self.changed.emit()
        self.refresh()

    # --- the unit's own boxes ---

    def _ask_settings(self) -> None:
        self._jobs.run(Lane.DESK, self._desk.province.settings, self._show_settings)

    def _show_settings(self, result: Ok[ProvinceDescribed] | Err) -> None:
        if isinstance(result, Ok):
            self._whole.setCurrentWidget(self._settings)
            self._settings.show_settings(result.value)

    def _save_settings(self, said: ProvinceDescribed) -> None:
        province, officer = self._desk.province, self._officer
        self._jobs.run(Lane.DESK, lambda: province.describe(said, officer), self._settings_saved)

    def _settings_saved(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._settings.refuse(str(result.error))
            return
        self.tell("Đã lưu các trường của hệ thống tỉnh.", Tone.DONE)
        self.changed.emit()
        self._close_settings()

    def _close_settings(self) -> None:
        self._whole.setCurrentIndex(0)
        self.entered()


def _nothing_lacks() -> EmptyState:
    return EmptyState(
        "circle-check", "Mọi hồ sơ đã có trên hệ thống tỉnh.", "Bấm Esc để quay lại việc hôm nay."
    )
