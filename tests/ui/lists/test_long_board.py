"""Nothing is cut off the board: what is counted can be reached, marked, sorted and dealt with."""

from collections.abc import Callable

import pytest

from app.models.dossiers.lifecycle import Deed, Status
from app.models.text import sort_key
from app.ui.dossier import dossier_list
from app.ui.frame.command_list import orders_on
from app.ui.lists.board_page import BoardPage
from app.ui.widgets import rows, table_view, tables
from app.ui.widgets.column_widths import ColumnWidths
from tests.ui.commune import IN_THE_WINDOW, Commune, hit

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def shown(page: BoardPage) -> list[str]:
    """The applicants at hand, from the top."""
    return [line.row.applicant for line in page._view.table.rows.here()]


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of five, so that a dozen dossiers are a long list."""
    for module in (rows, tables, table_view, dossier_list):
        monkeypatch.setattr(module, "PAGE_ROWS", 5)


def test_nothing_is_cut_off_a_long_list_and_a_deed_is_done_to_all_of_it(
    short_pages: None, commune: Commune, show: Show
) -> None:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    names = [commune.receive(f"Lý {number:02}") for number in range(33)]
    hit(page, "Ctrl+5")  # not handed over
    assert page._filter.text() == "Đang lọc chưa bàn giao: 33 hồ sơ"
    assert len(shown(page)) < 33
    hit(page, "Ctrl+End")
    assert page._who.text() == "Lý 32"
    page._view.choose_sorting("Người nộp")
    assert page._who.text() == "Lý 00"  # another order begins at its top
    hit(page, "Ctrl+A")
    assert page._code.text() == "Đã đánh dấu 33 hồ sơ"
    hit(page, "Ctrl+B", "Return")
    assert {commune.dossier(name).status for name in names} == {Status.HANDED_OVER}


def test_what_was_marked_and_is_no_longer_in_the_list_is_marked_no_more(
    commune: Commune, page: BoardPage
) -> None:
    first, second = commune.receive("Lý A Sử"), commune.receive("Mai Thị Hạnh")
    hit(page, "Ctrl+5", "Ctrl+A")
    commune.do(first, Deed.HAND_OVER)
    page.refresh()
    assert page._view.table.marks == {second}


def test_a_chosen_column_sorts_all_of_the_board_and_a_third_time_it_is_as_it_was(
    commune: Commune, page: BoardPage
) -> None:
    names = ["Tạ Lan", "Đặng Én", "Tả Lan", "Dương Bé"]
    for name in names:
        commune.receive(name)
    page.refresh()
    for expected in (sorted(names, key=sort_key), sorted(names, key=sort_key)[::-1], names):
        page._view.choose_sorting("Người nộp")
        assert shown(page) == expected


def test_a_list_is_sorted_by_a_command_too(commune: Commune, page: BoardPage) -> None:
    commune.receive("Tạ Lan"), commune.receive("Đặng Én")
    page.refresh()
    commands = {command.title: command.do for command in orders_on(page)}
    assert list(commands) == [
        "Xếp theo mã hồ sơ", "Xếp theo người nộp", "Xếp theo thủ tục", "Xếp theo hẹn trả",
        "Xếp theo đang ở, từ lúc",
    ]  # fmt: skip
    commands["Xếp theo người nộp"]()
    assert shown(page) == ["Đặng Én", "Tạ Lan"]


def test_the_order_chosen_is_kept_for_the_next_day(commune: Commune, page: BoardPage) -> None:
    commune.receive("Tạ Lan"), commune.receive("Đặng Én")
    kept = ColumnWidths(commune.desk.store.keeping, commune.jobs, page)
    kept.mind(page)
    page._view.choose_sorting("Người nộp")
    kept._rests.timeout.emit()
    next_day = BoardPage(commune.desk, commune.officer(), commune.jobs)
    ColumnWidths(commune.desk.store.keeping, commune.jobs, next_day).mind(next_day)
    next_day.show()
    next_day.entered()
    assert shown(next_day) == ["Đặng Én", "Tạ Lan"]
    next_day.close()
