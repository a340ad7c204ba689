"""A table on screen: rows grow when their words wrap, the keyboard does everything."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Generic

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.look import theme
from app.ui.look.theme import Colour, Measure
from app.ui.widgets.row_painter import LaidOut, RowPainter
from app.ui.widgets.rows import PAGE_ROWS, Row
from app.ui.widgets.table_heads import Heads
from app.ui.widgets.tables import Sorting, Table

NARROWEST = 80
ROOM_OF_A_SHARE = 60  # px below which columns of one width give way

Widths = Mapping[str, int]
"""px by the title of a column."""


class TableView(QTableView, Generic[Row]):
    """Shows a `Table`. Enter opens the current row, Space marks it, Ctrl A marks all."""

    opened = Signal(object)
    moved = Signal(object)
    """The current row, or None."""
    widths_chosen = Signal(object)
    """The `Widths` there are, once the officer has drawn a column wider or narrower."""
    sorting_chosen = Signal(object)
    """The `Sorting` the officer has just chosen, or None for the page's own order."""
    all_wanted = Signal()
    """Every row of a list in pages is to be marked; who has them all marks them."""

    def __init__(self, table: Table[Row], empty: QWidget | None = None) -> None:
        super().__init__()
        self.table = table
        self.painter = RowPainter(table.columns)
        self._empty = empty
        # to know Qt's own viewport by its class, the first time, takes 20 ms and all classes of widgets
        self.setViewport(QWidget())
        if empty:
            empty.setParent(self.viewport())
        self.setHorizontalHeader(Heads(table.columns, self))
        self.setModel(table)
        self._look()
        table.filled.connect(self._filled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda: self.moved.emit(self.current()))
        self.horizontalHeader().sectionClicked.connect(self._sort)
        self.horizontalHeader().sectionResized.connect(self._drawn)
        self._widths: dict[str, int] = {}
        self._rows: dict[int, LaidOut] = {}
        self._is_sharing = False

    def _look(self) -> None:
        # all of it is drawn here: what lies below need not be, nor all of it again where it scrolls
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(Measure.ROW)
        rows.setDefaultSectionSize(Measure.ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setMinimumSectionSize(Measure.ROW)
        if self.table.markable:
            heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setFixedHeight(Measure.CONTROL)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows`; the current one stays current, or the one that took its place."""
        self._keep_place(partial(self.table.show, rows))

    def show_pages(
        self, count: int, ask: Callable[[int], None], first: int, rows: Sequence[Row]
    ) -> None:
        """Show a list that comes in pages, `rows` from number `first` on at hand; it keeps its place."""
        self._keep_place(partial(self.table.show_pages, count, ask, first, rows))

    def _keep_place(self, show: Callable[[], None]) -> None:
        number, key = self.currentIndex().row(), self._current_key()
        top, above = self.rowAt(0), self.rowViewportPosition(max(self.rowAt(0), 0))
        scrolled = self.verticalScrollBar().value()
        show()
        self._fit_all()
        self._show_emptiness()
        if count := self.table.rowCount():
            found = self.table.rows.number_of(key)
            self.selectRow(found if found >= 0 else min(max(number, 0), count - 1))
        if top >= 0 and scrolled:  # rows out of sight are no longer as high as they were
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(top) - above)

    def pages_in_sight(self) -> range:
        """The numbers of the rows on the pages of which something is seen."""
        first, last = max(self.rowAt(0), 0), max(self._last_in_sight(), 0)
        return range(first - first % PAGE_ROWS, last - last % PAGE_ROWS + PAGE_ROWS)

    def current(self) -> Row | None:
        """The row the keyboard is at."""
        return self.table.rows.at(self.currentIndex().row())

    def _current_key(self) -> Hashable:
        row = self.current()
        return None if row is None else self.table.rows.key(row)

    def meant(self) -> tuple[Row, ...]:
        """What a deed is for: the marked rows, or else the current one."""
        current = self.current()
        return self.table.marked() or (() if current is None else (current,))

    def paintEvent(self, event: QPaintEvent) -> None:
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        left, widths = self.columnViewportPosition(0), self._widths_now()
        current, width, region = self.currentIndex().row(), self.viewport().width(), event.region()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour(Colour.CARD))
        end = (last if last >= 0 else self.table.rowCount() - 1) + 1
        for number in range(first, end) if first >= 0 else ():
            top, height = self.rowViewportPosition(number), self.rowHeight(number)
            if region.intersects(QRect(0, top, width, height)):
                row, is_chosen = self._laid_out(number, widths), number == current
                self.painter.paint(painter, row, left, top, height, is_chosen=is_chosen)
        painter.end()

    # --- keys and mouse ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif plain and event.key() == Qt.Key.Key_Space:
            self.table.toggle(self.currentIndex().row())
            self.selectRow(min(self.currentIndex().row() + 1, self.table.rowCount() - 1))
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._mark_all()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters don't move the list: a scanner types letters."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.table.markable and index.isValid() and index.column() == 0:
            self.table.toggle(index.row())

    def _open(self) -> None:
        if (row := self.current()) is not None:
            self.opened.emit(row)

    def _mark_all(self) -> None:
        """If all are marked, none."""
        if len(self.table.marks) == self.table.rowCount():
            self.table.mark(())
        elif self.table.rows.is_paged:
            self.all_wanted.emit()
        else:
            self.table.mark(map(self.table.rows.key, self.table.rows.here()))

    def _filled(self, first: int, last: int) -> None:
        self._fit_rows(first, last)
        if first <= self.currentIndex().row() <= last:
            self.moved.emit(self.current())

    # --- sorted ---

    def sortable(self) -> list[str]:
        """The titles of the columns that rows can be sorted by."""
        return [column.title for column in self.table.columns if column.order]

    def choose_sorting(self, title: str) -> None:
        """Sort by a column; the second time the other way round, the third time not at all."""
        chosen: Sorting | None = Sorting(title)
        if self.table.sorting == chosen:
            chosen = Sorting(title, is_descending=True)
        elif self.table.sorting == Sorting(title, is_descending=True):
            chosen = None
        self.take_sorting(chosen)
        self.sorting_chosen.emit(chosen)

    def take_sorting(self, sorting: Sorting | None) -> None:
        """Rows sorted as they once were; what can't be sorted so is left as it is."""
        if sorting is not None and sorting.title not in self.sortable():
            sorting = None
        self.table.sort_by(sorting)
        self._fit_all()
        self._show_sorting(sorting)

    def _sort(self, column: int) -> None:
        if self.table.columns[column].order:
            self.choose_sorting(self.table.columns[column].title)

    def _show_sorting(self, sorting: Sorting | None) -> None:
        heads = self.horizontalHeader()
        heads.setSortIndicatorShown(sorting is not None)
        if sorting is not None:
            titles = [column.title for column in self.table.columns]
            up, down = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder  # as Fusion points
            heads.setSortIndicator(
                titles.index(sorting.title), down if sorting.is_descending else up
            )

    # --- sizes ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._fit_all()
        self._show_emptiness()

    def take_widths(self, widths: Widths) -> None:
        """Columns as wide as they were once drawn, as far as there is room."""
        self._widths = dict(widths)
        self._share_width()
        self._fit_all()

    def _drawn(self, place: int, _: int, width: int) -> None:
        if not self._is_sharing:
            title = self.table.columns[place].title
            self.take_widths({**self._widths, title: min(width, self._room(place))})
            self.widths_chosen.emit(self._widths)

    def _room(self, place: int) -> int:
        """How wide a column may be drawn so that all others keep in sight."""
        heads = self.horizontalHeader()
        needed = [width or heads.sectionSizeHint(n) for n, width in enumerate(self._fixed())]
        return self.viewport().width() - sum(needed) + needed[place]

    def _fixed(self) -> list[int]:
        """The width of each column that has one; 0 for those that share what is left."""
        columns = self.table.columns
        drawn = [self._widths.get(column.title) or column.width for column in columns]
        width = self.viewport().width()
        usual = [column.width for column in columns]
        shares = sum(column.share for column in columns if not column.width)
        if sum(usual) + ROOM_OF_A_SHARE * shares > width:
            usual = [column.narrow or column.width for column in columns]
        return drawn if self._widths and sum(drawn) <= width else usual

    def _share_width(self) -> None:
        columns, heads = self.table.columns, self.horizontalHeader()
        fixed = self._fixed()
        left = self.viewport().width() - sum(fixed)
        shares = sum(c.share for c, width in zip(columns, fixed, strict=True) if not width)
        self._is_sharing = True
        for place, column in enumerate(columns):
            share = left * column.share // max(shares, 1)
            self.setColumnWidth(place, fixed[place] or max(heads.sectionSizeHint(place), share))
        self._is_sharing = False

    def _scrolled(self) -> None:
        was_whole = self._shows_current()
        self._fit_all()
        if was_whole and not self._shows_current():
            self.updateGeometries()
            self.scrollTo(self.currentIndex())

    def _shows_current(self) -> bool:
        place = self.visualRect(self.currentIndex())
        return place.top() >= 0 and place.bottom() < self.viewport().height()

    def _fit_all(self) -> None:
        for first, page in self.table.rows.pages():
            self._fit_rows(first, first + len(page) - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        """As high as they need to be, as far as they are seen: among a million rows each height costs."""
        widths, bottom = self._widths_now(), self.viewport().height()
        number = max(first, self.rowAt(0))
        while number <= last and self.rowViewportPosition(number) < bottom:
            height = self._laid_out(number, widths).height
            if height != self.rowHeight(number):
                self.setRowHeight(number, height)
            number += 1

    def _last_in_sight(self) -> int:
        found = self.rowAt(self.viewport().height() - 1)
        return found if found >= 0 else self.table.rowCount() - 1

    def _widths_now(self) -> list[int]:
        return [self.columnWidth(place) for place in range(len(self.table.columns))]

    def _laid_out(self, number: int, widths: Sequence[int]) -> LaidOut:
        """Row `number`: laid out to be measured, it is not laid out again to be drawn."""
        cells = self.table.cells(number)
        row = self._rows.get(number)
        if row is None or row.cells is not cells or row.widths != widths:
            if len(self._rows) >= PAGE_ROWS:
                self._rows.clear()
            row = self._rows[number] = self.painter.lay_out(cells, widths)
        return row

    def _show_emptiness(self) -> None:
        if self._empty:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self.table.rowCount() == 0)

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST * len(self.table.columns), 5 * Measure.ROW)
