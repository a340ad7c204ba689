"""Rows of frozen things as Qt wants them: columns that say each cell, an order, marks."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.ui.look.theme import Tone
from app.ui.widgets.rows import PAGE_ROWS, Row, Rows

Index = QModelIndex | QPersistentModelIndex

_TOLD = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
}
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; a colour comes with an icon or says it in words."""

    text: str
    tone: Tone = Tone.PLAIN
    icon: str = ""
    strong: bool = False
    whole: str = ""
    """What is told on pointing at it, where `text` is short for it."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its cell for a row, its width in px (0: a `share` of what is left), its order.

    `narrow` is its width where little would be left for those that share.
    """

    title: str
    cell: Callable[[Row], Cell]
    width: int = 0
    share: int = 1
    figures: bool = False
    """Its digits are of one width."""
    counts: bool = False
    """What stands in it is counted, and compared from row to row: so it stands at the right."""
    order: Callable[[Row], Any] | str | None = None
    """What rows are sorted by, `app.models.text.sort_key` for names; of rows that come in pages
    the word by which who sends them knows it."""
    narrow: int = 0


class Sorting(NamedTuple):
    """By which column the rows are sorted, and whether the last comes first."""

    title: str
    is_descending: bool = False


WAITING = Cell("…", Tone.QUIET)


class Table(QAbstractTableModel, Generic[Row]):
    """Rows under `columns`, told apart by `key`; with `markable` the first column is a tick."""

    filled = Signal(int, int)
    """First and last row that have just arrived."""
    marks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        markable: bool = False,
    ) -> None:
        super().__init__()
        self.columns = ([Column("", self._tick, width=40)] if markable else []) + list(columns)
        self.markable = markable
        self.rows = Rows(key)
        self._cells: dict[int, list[Cell]] = {}
        self.marks: frozenset[Hashable] = frozenset()
        """The keys of the marked rows, at hand or not."""
        self._as_given: Sequence[Row] = ()
        self.sorting: Sorting | None = None
        self.order: Callable[[Row], Any] | str | None = None
        """What the chosen column is sorted by."""

    # --- rows ---

    def show(self, rows: Sequence[Row]) -> None:
        """Show exactly these rows, sorted as was chosen; the marks of those that stay, stay."""
        self._as_given = rows
        self.marks = self.marks and self.marks & {self.rows.key(row) for row in rows}
        self._hold(len(rows), None, 0, self._sorted(rows))

    def show_pages(
        self, count: int, ask: Callable[[int], None], first: int = 0, rows: Sequence[Row] = ()
    ) -> None:
        """As `Rows.hold`. Marks stay: only who knows every row can say which is gone."""
        self._as_given = ()
        self._hold(count, ask, first, rows)

    def fill(self, first: int, rows: Sequence[Row]) -> None:
        """The rows from number `first` on, as asked for."""
        self._cells.clear()
        self.rows.fill(first, rows)
        last = first + len(rows) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.filled.emit(first, last)

    def _hold(
        self, count: int, ask: Callable[[int], None] | None, first: int, rows: Sequence[Row]
    ) -> None:
        self.beginResetModel()
        self._cells.clear()
        self.rows.hold(count, ask, first, rows)
        self.endResetModel()
        self.marks_changed.emit()

    def sort_by(self, sorting: Sorting | None) -> None:
        """Keep the rows sorted so, or as they are given; those in pages are sorted by who sends them."""
        title = sorting.title if sorting else None
        self.sorting = sorting
        self.order = next((each.order for each in self.columns if each.title == title), None)
        if self._as_given:
            self.show(self._as_given)

    def _sorted(self, rows: Sequence[Row]) -> Sequence[Row]:
        if self.sorting is None or not callable(self.order):
            return rows
        return sorted(rows, key=self.order, reverse=self.sorting.is_descending)

    # --- marks ---

    def marked(self) -> tuple[Row, ...]:
        """The marked rows, in the order shown."""
        return tuple(row for row in self.rows.here() if self.rows.key(row) in self.marks)

    def mark(self, keys: Iterable[Hashable]) -> None:
        """Mark exactly these."""
        if self.markable:
            self._set_marks(frozenset(keys))

    def toggle(self, number: int) -> None:
        """Mark row `number`, or take its mark away."""
        if self.markable and (row := self.rows.at(number)) is not None:
            self._set_marks(self.marks ^ {self.rows.key(row)})

    def _set_marks(self, marks: frozenset[Hashable]) -> None:
        self.marks = marks
        self._cells.clear()
        if self.rows.count:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rows.count - 1, 0))
        self.marks_changed.emit()

    def _tick(self, row: Row) -> Cell:
        is_marked = self.rows.key(row) in self.marks
        return (
            Cell("", Tone.ACCENT, "square-check") if is_marked else Cell("", Tone.QUIET, "square")
        )

    # --- what Qt asks ---

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.rows.count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole and column.order:
            return f"Bấm để xếp theo {_within(column.title)}, bấm nữa để xếp ngược, lần thứ ba về thứ tự cũ."
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}{self._said_order(column.title)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.counts else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _said_order(self, title: str) -> str:
        if self.sorting is None or self.sorting.title != title:
            return ""
        return ", xếp ngược" if self.sorting.is_descending else ", xếp xuôi"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TOLD:
            return None
        cell = self.cells(index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.whole or None
        if role == Qt.ItemDataRole.AccessibleTextRole and self.markable and index.column() == 0:
            return "đã chọn" if cell.icon == "square-check" else "chưa chọn"
        return cell.whole or cell.text if role == Qt.ItemDataRole.AccessibleTextRole else cell.text

    def cells(self, number: int) -> list[Cell]:
        """What stands in row `number`, in each column; said once, as it is measured and then painted."""
        if (row := self.rows.at(number)) is None:
            return [WAITING for _ in self.columns]
        if number not in self._cells:
            if len(self._cells) >= PAGE_ROWS:
                self._cells.clear()
            self._cells[number] = [column.cell(row) for column in self.columns]
        return self._cells[number]


def _within(words: str) -> str:
    """As they stand within a sentence."""
    return words[:1].lower() + words[1:]
