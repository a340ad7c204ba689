"""The parts of the unit's settings: names, rules of its own, paper, second stages, electronic receipts.

Each shows what stands, and says what the officer made of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.models.events.event import UnitDescribed
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.procedures.procedure import Procedure
from app.ui.intake.procedure_finder import ProcedureFinder
from app.ui.look.theme import Space, Tone
from app.ui.unit.words import HOURS, NAMES, PROMISED, RULES, Asked
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Field, Line, TextBox
from app.ui.widgets.file_dialogs import ask_open
from app.ui.widgets.parts import EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table
from app.ui.widgets.typed import typed_in

RULE_WIDTH = 360
PICTURES = "Ảnh PNG, JPEG (*.png *.jpg *.jpeg)"


@dataclass(frozen=True)
class Standing:
    """What stands when the page is looked at."""

    unit: UnitDescribed
    note: str
    logo: Path | None
    procedures: Sequence[Procedure]
    books: Sequence[ReceiptBookIssued]


class Section(QWidget):
    """One part; `fields` by the names that errors give."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field[Any]] = {}

    def show_standing(self, standing: Standing) -> None:
        """Say what stands; what was typed and not kept is forgotten."""
        raise NotImplementedError

    def said(self) -> dict[str, str]:
        """What is typed of the unit's own settings."""
        return {}

    def state(self) -> object:
        """All that is typed here: equal as long as nobody has changed anything."""
        return typed_in(self)

    def _ask(self, asked: Iterable[Asked]) -> list[Field[Any]]:
        for each in asked:
            self.fields[each.name] = Field(each.label, Line(), hint=each.about)
        return [self.fields[each.name] for each in asked]

    def _show_lines(self, unit: UnitDescribed) -> None:
        for name, field in self.fields.items():
            if isinstance(field.control, QLineEdit) and hasattr(unit, name):
                field.control.setText(getattr(unit, name))
                field.set_error("")


class NamesSection(Section):
    """What the unit calls itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(column(in_two(self._ask(NAMES)), None))

    def show_standing(self, standing: Standing) -> None:
        self._show_lines(standing.unit)

    def said(self) -> dict[str, str]:
        return {name: field.control.words() for name, field in self.fields.items()}


class RulesSection(Section):
    """The hours and rules by which it counts."""

    def __init__(self) -> None:
        super().__init__()
        self._rules = {rule.name: Segments(rule.options, rule.label) for rule in RULES}
        for rule in RULES:
            self.fields[rule.name] = Field(rule.label, self._rules[rule.name], hint=rule.about)
            self._rules[rule.name].setMaximumWidth(RULE_WIDTH)
        hours = self._ask(HOURS)
        for field in hours:
            field.setMinimumWidth(RULE_WIDTH)
        self.setLayout(
            column(
                row(*hours, None, spacing=Space.PAGE),
                *(self.fields[rule.name] for rule in RULES),
                WrappingLabel(PROMISED, tone=Tone.QUIET),
                None,
                spacing=Space.WITHIN,
            )
        )

    def show_standing(self, standing: Standing) -> None:
        self._show_lines(standing.unit)
        for name, segments in self._rules.items():
            segments.choose(getattr(standing.unit, name))

    def said(self) -> dict[str, str]:
        hours = {each.name: self.fields[each.name].control.words() for each in HOURS}
        return hours | {name: segments.value() for name, segments in self._rules.items()}


class PaperSection(Section):
    """Logo, note at the foot, and where the dossiers of each field are kept."""

    logo_chosen = Signal(object)
    """A file, or None for no logo."""

    def __init__(self) -> None:
        super().__init__()
        self._note, self._shelf = TextBox(3, "Ví dụ: Sáng thứ Bảy có tiếp nhận."), Line()
        self._group = Choice[str]()
        self._shelves: dict[str, str] = {}
        self._kept = WrappingLabel("", tone=Tone.QUIET)
        self._logo = Words("", tone=Tone.QUIET)
        self._choose = QuietButton("Chọn logo", "Ctrl+L")
        self._drop = QuietButton("Bỏ logo")
        about = "In ở cuối mọi giấy của máy này, nhiều nhất 4 dòng. Trống: không in."
        self.fields = {
            "note": Field("Ghi chú cuối giấy", self._note, hint=about),
            "group": Field("Lĩnh vực", self._group),
            "shelf": Field("Nơi cất hồ sơ", self._shelf, hint="In trên nhãn. Trống: không in."),
        }
        logo = row(self._choose, self._drop, self._logo, None)
        shelves = row(self.fields["group"], self.fields["shelf"], spacing=Space.PAGE)
        self.setLayout(
            column(logo, self.fields["note"], shelves, self._kept, None, spacing=Space.BETWEEN)
        )
        self._group.chosen.connect(self._show_shelf)
        self._shelf.textEdited.connect(self._put)
        self._choose.clicked.connect(self._ask_logo)
        self._drop.clicked.connect(lambda: self.logo_chosen.emit(None))

    def show_standing(self, standing: Standing) -> None:
        self._note.setPlainText(standing.note)
        self.fields["note"].set_error("")
        self._shelves = dict(standing.unit.shelves)
        groups = sorted({each.field for each in standing.procedures} | self._shelves.keys())
        self._group.offer([(group, group) for group in groups])
        self._say_shelves()

    def show_logo(self, standing: Standing) -> None:
        """Say what is printed at the head of papers; it is chosen at once, so nothing is typed of it."""
        self._logo.setText(
            f"Logo: {standing.logo.name}, in ở đầu mọi giấy của máy này"
            if standing.logo
            else "Chưa có logo: giấy in như mẫu có sẵn"
        )
        self._drop.setVisible(standing.logo is not None)

    def state(self) -> object:
        return self.note, dict(self._shelves)

    @property
    def note(self) -> str:
        return self._note.words()

    @property
    def shelves(self) -> Mapping[str, str]:
        """By field; "" where a place was taken away."""
        return self._shelves

    def _show_shelf(self, group: str) -> None:
        self._shelf.setText(self._shelves.get(group, ""))

    def _put(self) -> None:
        if group := self._group.value():
            self._shelves[group] = self._shelf.words()
            self._say_shelves()

    def _say_shelves(self) -> None:
        said = "; ".join(f"{group}: {place}" for group, place in self._shelves.items() if place)
        self._kept.setText(said or "Chưa lĩnh vực nào có nơi cất riêng.")

    def _ask_logo(self) -> None:
        ask_open(self, "Chọn logo", PICTURES, lambda file: self.logo_chosen.emit(Path(file)))


Staged = tuple[str, str]
"""A code, perhaps with a case, and the procedure's name."""


class StagesSection(Section):
    """The procedures that come back for a second stage."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Staged] = []
        self._names: Mapping[str, str] = {}
        self._finder = ProcedureFinder("Thêm thủ tục", lambda _: "Gõ để tìm, Enter để thêm")
        columns: list[Column[Staged]] = [
            Column("Mã", lambda one: Cell(one[0]), 130, figures=True),
            Column("Thủ tục có giai đoạn 2", lambda one: Cell(one[1])),
        ]
        self._view = TableView(Table(columns, lambda one: one[0]), _no_stages())
        self._view.setAccessibleName("Thủ tục có giai đoạn 2")
        self._drop = QuietButton("Bỏ dòng này", "Alt+X")
        self.fields = {"two_stage": Field("Thêm thủ tục", self._finder.line)}
        left = column(self.fields["two_stage"], self._finder, None, spacing=Space.TIGHT)
        right = column(self._view, row(self._drop, None))
        both = row(left, right, spacing=Space.PAGE)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.setLayout(both)
        self._finder.line.words_changed.connect(self._finder.search)
        self._finder.line.returnPressed.connect(self._finder.pick_current)
        self._finder.picked.connect(self._add)
        self._drop.clicked.connect(self._remove)

    def show_standing(self, standing: Standing) -> None:
        self._names = {each.code: each.name for each in standing.procedures}
        self._finder.offer(standing.procedures, {})
        self._finder.search("")
        self._rows = [self._row(code) for code in standing.unit.two_stage]
        self._view.show_rows(self._rows)

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self._rows]

    def state(self) -> object:
        return self.codes

    def _row(self, code: str) -> Staged:
        plain, _, case = code.partition("/")
        name = self._names.get(plain, "")
        return code, f"{name} (trường hợp {case})" if case else name

    def _add(self, procedure: Procedure) -> None:
        if procedure.code not in self.codes:
            self._rows.append(self._row(procedure.code))
            self._view.show_rows(self._rows)
        self._finder.line.clear()

    def _remove(self) -> None:
        if one := self._view.current():
            self._rows.remove(one)
            self._view.show_rows(self._rows)


class ReceiptsSection(Section):
    """The provider whose electronic receipts the unit gives: who, and how its numbers look."""

    ASKED = (
        Asked("provider", "Nhà cung cấp", "Ghi để biết số ấy của ai; không in trên biên lai."),
        Asked("form", "Mẫu số", "Như trên biên lai điện tử."),
        Asked("sign", "Ký hiệu", "Như trên biên lai điện tử."),
        Asked("digits", "Số có mấy chữ số", "Như nhà cung cấp ghi. Có sẵn: 7."),
    )

    def __init__(self) -> None:
        super().__init__()
        self._known = WrappingLabel("", tone=Tone.QUIET)
        about = (
            "Nhà cung cấp đặt số, chương trình không tự đặt. Khi thu tiền xong, gõ số họ trả về ở "
            "trang Sổ (F6), phần Biên lai."
        )
        fields = in_two(self._ask(self.ASKED))
        self.setLayout(column(WrappingLabel(about, tone=Tone.QUIET), fields, self._known, None,
                              spacing=Space.BETWEEN))  # fmt: skip

    def show_standing(self, standing: Standing) -> None:
        for field in self.fields.values():
            field.control.clear()
            field.set_error("")
        said = [_book_words(book) for book in standing.books if book.electronic]
        self._known.setText("\n".join(said) or "Chưa có biên lai điện tử nào.")

    @property
    def typed(self) -> dict[str, str]:
        return {name: field.control.words() for name, field in self.fields.items()}


def in_two(fields: Sequence[QWidget]) -> QGridLayout:
    """In two columns of one width, read line by line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.PAGE)
    grid.setVerticalSpacing(Space.TIGHT)
    for place, field in enumerate(fields):
        grid.addWidget(field, place // 2, place % 2)
    for side in (0, 1):
        grid.setColumnStretch(side, 1)
    return grid


def _book_words(book: ReceiptBookIssued) -> str:
    given = f", {book.provider} cấp số" if book.provider else ""
    return f"Đã ghi: ký hiệu {book.sign}, mẫu số {book.form}{given}, như {book.written(1)}."


def _no_stages() -> EmptyState:
    return EmptyState(
        "file-plus",
        "Chưa thủ tục nào.",
        "Thêm ở bên trái: giấy tiếp nhận sẽ có hai dòng giai đoạn 2.",
    )
