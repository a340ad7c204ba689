"""Lists show every word, work by keyboard alone and keep their place when they are refreshed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.text import sort_key
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.parts import EmptyState
from app.ui.widgets.row_painter import LaidOut
from app.ui.widgets.rows import PAGE_ROWS, PAGES_KEPT
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import (
    WAITING,
    Cell,
    Column,
    Sorting,
    Table,
)
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]


@dataclass(frozen=True)
class Filer:
    number: int
    name: str


NAMES = ("Trần Thị Hòa", "Đặng Hữu Nghĩa", "Lý A Sử", "Ân Văn Bình", "Dương Thị Én")
FILERS = [Filer(number, name) for number, name in enumerate(NAMES)]
DARK = 150  # of 255: letters and nothing else
LONG = Filer(9, "Nguyễn Hoàng Thị Phương Quỳnh Trang Tôn Nữ Công Tằng Huyền")
COLUMNS = [
    Column[Filer](
        "Số", lambda filer: Cell(f"{filer.number}", Tone.LATE, "clock"), 80, figures=True
    ),
    Column[Filer](
        "Họ tên", lambda filer: Cell(filer.name), order=lambda filer: sort_key(filer.name)
    ),
]


@pytest.fixture
def view(show: Show) -> TableView[Filer]:
    table = Table(COLUMNS, lambda filer: filer.number, markable=True)
    view = TableView(table, EmptyState("inbox", "Chưa có ai"))
    show(view, 420, 400)
    view.show_rows(FILERS)
    view.setFocus()
    return view


def names(rows: object) -> list[str]:
    assert isinstance(rows, list | tuple)
    return [filer.name for filer in rows]


def test_the_first_row_is_current_and_arrows_move(view: TableView[Filer]) -> None:
    moved: list[Filer | None] = []
    view.moved.connect(moved.append)
    assert view.current() == FILERS[0]
    type_keys(view, "↓↓↑")
    assert moved == [FILERS[1], FILERS[2], FILERS[1]]


def test_enter_opens_the_current_row_once(view: TableView[Filer]) -> None:
    opened: list[Filer] = []
    view.opened.connect(opened.append)
    type_keys(view, "↓\n")
    assert opened == [FILERS[1]]


def test_letters_move_nothing(view: TableView[Filer]) -> None:
    view.setCurrentIndex(view.table.index(0, 2))
    type_keys(view, "Lý")
    assert view.current() == FILERS[0]


def test_space_marks_and_steps_on(view: TableView[Filer]) -> None:
    type_keys(view, "  ↑↑ ")
    assert view.table.marked() == (FILERS[1],)
    assert view.current() == FILERS[1]


def test_a_click_on_the_tick_marks(view: TableView[Filer]) -> None:
    changes: list[int] = []
    view.table.marks_changed.connect(lambda: changes.append(1))
    tick = QPoint(20, view.rowViewportPosition(2) + 20)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert view.table.marked() == (FILERS[2],)
    assert changes == [1]


def test_ctrl_a_marks_all_and_again_none(view: TableView[Filer]) -> None:
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.table.marked() == tuple(FILERS)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.table.marked() == ()


def test_a_deed_is_for_the_marked_rows_or_else_for_the_current(view: TableView[Filer]) -> None:
    assert view.meant() == (FILERS[0],)
    view.table.toggle(3)
    view.table.toggle(1)
    assert view.meant() == (FILERS[1], FILERS[3])


def test_tab_leaves_the_list(view: TableView[Filer]) -> None:
    assert not view.tabKeyNavigation()


def test_a_refreshed_list_keeps_its_current_row_and_its_marks(view: TableView[Filer]) -> None:
    view.selectRow(2)
    view.table.toggle(2)
    view.table.toggle(4)
    view.show_rows([LONG, *FILERS[:4]])
    assert view.current() == FILERS[2]
    assert view.table.marked() == (FILERS[2],)


def test_the_next_row_becomes_current_when_the_current_one_is_done(view: TableView[Filer]) -> None:
    view.selectRow(2)
    view.show_rows([FILERS[0], FILERS[1], FILERS[3], FILERS[4]])
    assert view.current() == FILERS[3]
    view.show_rows([])
    assert view.current() is None


def test_an_empty_list_says_what_to_do(view: TableView[Filer]) -> None:
    empty = view.findChild(EmptyState)
    assert empty
    assert not empty.isVisible()
    view.show_rows([])
    assert empty.isVisible()


def test_names_sort_as_a_vietnamese_dictionary_does(view: TableView[Filer]) -> None:
    heading = view.horizontalHeader().sectionPosition(2) + 20
    inorder = sorted(NAMES, key=sort_key)
    for expected in (inorder, inorder[::-1], [*NAMES]):  # the third click: as they were given
        place = QPoint(heading, 10)
        QTest.mouseClick(view.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert names(view.table.rows.here()) == expected


def test_a_sorted_list_stays_sorted_when_it_is_refreshed(view: TableView[Filer]) -> None:
    view.choose_sorting("Họ tên")
    view.show_rows([LONG, *FILERS])
    assert names(view.table.rows.here()) == sorted((LONG.name, *NAMES), key=sort_key)


def point_at(widget: QWidget, place: QPointF) -> None:
    """As the mouse does, wherever it was before."""
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, moved)


def test_a_heading_that_sorts_nothing_is_not_pointed_at(view: TableView[Filer]) -> None:
    heads, shapes = view.horizontalHeader(), []
    for place in (1, 2):
        point_at(heads.viewport(), QPointF(heads.sectionPosition(place) + 20, 10))
        shapes.append(heads.cursor().shape())
    view.take_sorting(Sorting("Số"))
    assert not heads.isSortIndicatorShown()
    assert shapes[1] is Qt.CursorShape.PointingHandCursor is not shapes[0]


def test_all_of_a_list_in_pages_is_marked_by_who_has_it_all(view: TableView[Filer]) -> None:
    view.show_pages(1_000, lambda first: None, 0, [Filer(n, f"Số {n}") for n in range(PAGE_ROWS)])
    view.all_wanted.connect(lambda: view.table.mark(range(1_000)))
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.table.marks) == 1_000
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not view.table.marks


def test_a_row_grows_until_its_name_is_whole(view: TableView[Filer]) -> None:
    view.show_rows([LONG, *FILERS])
    assert view.rowHeight(0) > Measure.ROW == view.rowHeight(1)
    assert faults(view) == []


def test_rows_are_measured_anew_when_the_window_is(view: TableView[Filer]) -> None:
    view.show_rows([LONG])
    view.resize(900, 400)
    assert view.rowHeight(0) == Measure.ROW
    view.resize(300, 400)
    assert view.rowHeight(0) > Measure.ROW


def test_rows_of_a_long_list_are_fetched_when_they_are_looked_at() -> None:
    asked: list[int] = []
    table = Table(COLUMNS, lambda filer: filer.number)
    table.show_pages(1_000_000, asked.append)
    assert table.cells(700_123)[1] == WAITING
    assert table.cells(700_124)[1] == WAITING
    assert asked == [700_000]
    table.fill(700_000, [Filer(700_000 + place, f"Số {place}") for place in range(PAGE_ROWS)])
    assert table.index(700_123, 1).data() == "Số 123"


def test_a_long_list_keeps_a_few_pages_and_asks_again_for_the_others() -> None:
    asked: list[int] = []
    table = Table(COLUMNS, lambda filer: filer.number)
    table.show_pages(1_000_000, asked.append)
    for first in range(0, (PAGES_KEPT + 1) * PAGE_ROWS, PAGE_ROWS):
        table.rows.at(first)
        table.fill(first, [Filer(first + place, "") for place in range(PAGE_ROWS)])
    asked.clear()
    assert table.rows.at(PAGE_ROWS) is not None
    assert table.rows.at(0) is None
    assert asked == [0]


def test_what_a_tick_says_is_also_said_in_words(view: TableView[Filer]) -> None:
    view.table.toggle(0)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [view.table.index(row, 0).data(role) for row in (0, 1)] == ["đã chọn", "chưa chọn"]


def test_a_cell_said_in_short_is_told_whole_on_pointing_at_it() -> None:
    table = Table([Column[str]("Thủ tục", lambda name: Cell("Khai sinh …", whole=name))], key=str)
    table.show(["Đăng ký khai sinh lưu động"])
    index = table.index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Đăng ký khai sinh lưu động"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Đăng ký khai sinh lưu động"


def last_ink(view: TableView[Filer], top: int, height: int, area: range) -> int:
    """Where the letters in a part of what is drawn end, px."""
    picture = view.grab().toImage()
    middle = range(top + height // 4, top + height * 3 // 4)
    return max(x for x in area for y in middle if picture.pixelColor(x, y).lightness() < DARK)


def test_what_is_counted_ends_where_its_heading_does(show: Show) -> None:
    counted = Column[Filer]("Số phiếu", lambda filer: Cell(str(filer.number)), 140, counts=True)
    view = TableView(Table([COLUMNS[1], counted], lambda filer: filer.number))
    show(view, 420, 200)
    view.show_rows([Filer(3333, "An"), Filer(3, "Bình")])
    column = range(view.columnViewportPosition(1) + Space.WITHIN, view.width() - Space.WITHIN)
    heads = view.horizontalHeader().height()
    ends = [last_ink(view, 0, heads, column)]
    for number in range(2):
        top = view.viewport().y() + view.rowViewportPosition(number)
        ends.append(last_ink(view, top, view.rowHeight(number), column))
    assert max(ends) - min(ends) <= 2


@pytest.fixture
def laid_out(view: TableView[Filer], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name in each row that is laid out from here on."""
    names: list[str] = []
    lay_out = view.painter.lay_out

    def count(cells: Sequence[Cell], widths: Sequence[int]) -> LaidOut:
        names.append(cells[2].text)
        return lay_out(cells, widths)

    monkeypatch.setattr(view.painter, "lay_out", count)
    return names


@pytest.mark.parametrize("rows", [PAGE_ROWS, 50])
def test_only_the_rows_in_sight_are_measured(
    view: TableView[Filer], laid_out: list[str], rows: int
) -> None:
    filers = [Filer(place, f"Số {place}") for place in range(rows)]
    if rows == PAGE_ROWS:
        view.table.show_pages(1_000_000, lambda first: None)
        view.table.fill(0, filers)
    else:
        view.show_rows(filers)
    assert 0 < len(set(laid_out)) < 30


def test_a_row_that_was_measured_is_not_laid_out_again_to_be_drawn(
    view: TableView[Filer], laid_out: list[str]
) -> None:
    view.show_rows([LONG])
    view.grab()
    assert laid_out == [LONG.name]


def test_rows_that_come_into_sight_as_others_shrink_are_measured(view: TableView[Filer]) -> None:
    view.resize(200, 400)
    view.show_rows([Filer(number, LONG.name) for number in range(20)])
    view.resize(900, 400)
    heights = [view.rowHeight(number) for number in range(20)]
    assert heights[: 400 // Measure.ROW - 1] == [Measure.ROW] * (400 // Measure.ROW - 1)


class Paints(QObject):
    """Keeps what is drawn of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def paints_of(widget: QWidget) -> Paints:
    paints = Paints()
    QApplication.processEvents()
    widget.installEventFilter(paints)
    return paints


def test_headings_are_not_drawn_again_for_another_current_row(view: TableView[Filer]) -> None:
    paints = paints_of(view.horizontalHeader().viewport())
    view.selectRow(2)
    QApplication.processEvents()
    assert paints.areas == []


def test_a_list_that_scrolls_by_a_row_draws_what_is_new_of_it(view: TableView[Filer]) -> None:
    view.show_rows([Filer(number, "Trần Thị Hòa") for number in range(30)])
    view.selectRow(20)
    QApplication.processEvents()  # by now it knows that it has a scroll bar
    paints = paints_of(view.viewport())
    QTest.keyClick(view, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert 0 < sum(area.height() for area in paints.areas) <= 3 * Measure.ROW


def test_of_many_rows_at_hand_those_out_of_sight_are_measured_when_scrolled_to(
    view: TableView[Filer],
) -> None:
    last = PAGE_ROWS + 1
    view.show_rows([Filer(number, LONG.name) for number in range(last)])
    QApplication.processEvents()
    assert view.rowHeight(0) > Measure.ROW
    assert view.rowHeight(last - 1) == Measure.ROW
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.rowHeight(last - 1) > Measure.ROW
    assert view._shows_current()


def test_a_column_stays_as_wide_as_it_was_drawn(view: TableView[Filer]) -> None:
    told: list[object] = []
    view.widths_chosen.connect(told.append)
    view.horizontalHeader().resizeSection(1, 120)
    view.resize(500, 400)
    assert (view.columnWidth(1), told) == (120, [{"Số": 120}])
    assert sum(view.columnWidth(place) for place in range(3)) == view.viewport().width()


def test_no_column_is_drawn_so_wide_that_another_goes_out_of_sight(view: TableView[Filer]) -> None:
    view.horizontalHeader().resizeSection(1, 900)
    assert faults(view) == []
    assert sum(view.columnWidth(place) for place in range(3)) <= view.viewport().width()


def test_widths_that_no_longer_fit_are_left_aside(view: TableView[Filer]) -> None:
    view.take_widths({"Số": 200, "Họ tên": 300})
    assert view.columnWidth(1) == 80
    view.resize(700, 400)
    assert view.columnWidth(1) == 200


def test_a_cell_of_two_lines_is_drawn_on_two(dressed: QApplication) -> None:
    painter = TableView(Table(COLUMNS, lambda filer: filer.number)).painter
    one, two = (
        painter.lay_out([Cell(""), Cell(text)], [80, 400]).pieces[1].height
        for text in ("Bàn giao Chưa chọn hồ sơ", "Bàn giao\nChưa chọn hồ sơ")
    )
    assert two > one
