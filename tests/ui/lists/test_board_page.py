from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed, Status
from app.models.unit.officer import Officer, Role
from app.ui.dossier.columns import left_cell, where_cell
from app.ui.lists.board_page import BoardPage
from app.ui.lists.board_tiles import LABELS, TILES, keys_for
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import StatTile
from app.ui.widgets.leaving import LeaveLink
from tests.ui.commune import (
    HANH,
    IN_THE_WINDOW,
    LONG_NAME,
    NGA,
    TOAN,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
    settle,
)
from tests.ui.walk import faults

Show = Callable[..., None]
AT_THE_LARGEST_LETTERS = 1045  # px that a screen of 1366 leaves a page


@pytest.fixture
def page(commune: Commune, show: Show) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def shown(page: BoardPage) -> list[str]:
    """The applicants in the list, from the top."""
    return [line.row.applicant for line in page._view.table.rows.here()]


def test_enter_opens_the_dossier_at_the_cursor(commune: Commune, page: BoardPage) -> None:
    heard = Heard(page)
    first, second = commune.receive(), commune.receive()
    page.refresh()
    hit(page, "Down", "Return")
    assert heard.opened == [second]
    assert first not in heard.opened


@pytest.mark.parametrize("only", [only for only in TILES if only != "to_sign"])
def test_each_tile_filters_by_its_key_and_says_so_and_esc_shows_all(
    commune: Commune, show: Show, only: str
) -> None:
    commune.desk.office.add_officer("bay", "Trần Bảy", [Role.RECEPTIONIST], by="phutrach")
    officer = commune.officer("bay")
    page = BoardPage(commune.desk, officer, commune.jobs)
    show(page, *IN_THE_WINDOW)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    hit(page, keys_for(officer)[only])
    expected = only in ("all", "ready", "received_today")
    assert len(shown(page)) == expected
    assert (TILES[only][0].lower() in page._filter.text()) == (only != "all")
    hit(page, "Escape")
    assert len(shown(page)) == 1
    assert page._filter.text() == ""


def test_escape_drops_the_marks_before_the_filter_and_each_says_so(
    commune: Commune, page: BoardPage
) -> None:
    commune.receive(), commune.receive()
    page.refresh()
    assert escapes(page) == []
    hit(page, keys_for(commune.officer())["received_today"])
    assert escapes(page) == ["Bỏ lọc"]
    hit(page, "Space")
    assert (page._code.text(), escapes(page)) == ("Đã đánh dấu 1 hồ sơ", ["Bỏ đánh dấu"])
    hit(page, "Escape")
    assert (page._view.table.marked(), escapes(page)) == ((), ["Bỏ lọc"])
    hit(page, "Escape")
    assert (page._filter.text(), escapes(page)) == ("", [])


def escapes(page: BoardPage) -> list[str]:
    """What Esc is said to do."""
    return [link.accessibleName() for link in page.findChildren(LeaveLink) if link.isVisible()]


def test_tiles_count_what_burns(commune: Commune, page: BoardPage) -> None:
    commune.receive(), commune.receive()
    commune.now += timedelta(days=9)
    page.refresh()
    numbers = [tile.accessibleName() for tile in page.findChildren(StatTile)]
    assert "Quá hạn: 2" in numbers
    assert "Chờ ký: 0" in numbers


def test_my_own_dossiers_and_those_at_the_one_stop_are_shown_apart(
    commune: Commune, page: BoardPage
) -> None:
    commune.receive("Lý A Sử")
    commune.do(commune.receive("Mai Thị Hạnh"), Deed.HAND_OVER, Deed.ACCEPT)
    page._holder.choose("phutrach")
    assert shown(page) == ["Mai Thị Hạnh"]
    page._holder.choose("Một cửa")
    assert shown(page) == ["Lý A Sử"]
    assert page._filter.text() == "Đang lọc ở bộ phận: 1 hồ sơ"


def test_before_the_cut_off_it_counts_down_what_is_not_yet_handed_over(
    commune: Commune, page: BoardPage
) -> None:
    commune.receive()
    commune.now = commune.now.replace(hour=14, minute=5)
    page.refresh()
    counting = page._count_down._words
    assert counting.text() == "Bàn giao 1 hồ sơ trước 15:00 — còn 55 phút"
    commune.now = commune.now.replace(hour=15)
    page.refresh()
    assert counting.text() == "1 hồ sơ quá giờ bàn giao"


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.LEADER])
def test_the_tiles_fit_at_the_largest_letters_whoever_looks(
    commune: Commune, show: Show, dressed: QApplication, role: Role
) -> None:
    officer = Officer(NGA, "Lê Thị Nga", frozenset({role}))
    page = BoardPage(commune.desk, officer, commune.jobs)
    show(page, *IN_THE_WINDOW)
    settle(dressed)
    assert page._tiles.minimumSizeHint().width() <= AT_THE_LARGEST_LETTERS - 2 * Space.PAGE


@pytest.mark.parametrize("holder", ["", "Một cửa"])
def test_a_filter_and_the_count_down_stand_in_one_line_that_fits(
    commune: Commune, page: BoardPage, dressed: QApplication, holder: str
) -> None:
    commune.receive()
    commune.pass_time(60 * 48)
    for _ in range(12):
        commune.receive()
    page._holder.choose(holder)
    for only in LABELS:
        page._filter_by(only)
        settle(dressed)
        assert page.minimumSizeHint().width() <= AT_THE_LARGEST_LETTERS, only
    assert page._count_down._words.text() == "1 hồ sơ quá giờ bàn giao"


def test_looking_again_keeps_the_cursor_and_the_marks(commune: Commune, page: BoardPage) -> None:
    commune.receive("Lý A Sử"), commune.receive("Mai Thị Hạnh")
    page.refresh()
    hit(page, "Space")
    commune.receive("An Văn A", procedure="2.000635")
    page.refresh()
    current = page._view.current()
    assert current is not None
    assert current.row.applicant == "Mai Thị Hạnh"
    assert [line.row.applicant for line in page._view.table.marked()] == ["Lý A Sử"]


def test_an_empty_board_says_what_to_do(page: BoardPage, dressed: QApplication) -> None:
    settle(dressed)
    assert page._empty.isVisible()
    assert page._empty.currentIndex() == 0
    hit(page, "Ctrl+2")
    assert page._empty.currentIndex() == 1


def test_an_officer_who_may_not_hand_over_is_not_offered_it(commune: Commune, show: Show) -> None:
    page = BoardPage(
        commune.desk, Officer("it", "Tin Học", frozenset({Role.ADMINISTRATOR})), commune.jobs
    )
    show(page, *IN_THE_WINDOW)
    commune.receive()
    page.entered()
    assert not page._hand_over.isEnabled()


def test_nothing_is_cut_or_overlaps_with_the_longest_words(
    commune: Commune, page: BoardPage, dressed: QApplication
) -> None:
    for procedure in ("1.013949", "2.001263", "1.001022"):
        commune.receive(procedure=procedure)
    page.refresh()
    assert faults_at_each_size(page, dressed) == []
    hit(page, "Ctrl+A", "Ctrl+B")
    assert faults_at_each_size(page, dressed) == []


# --- what is asked after ------------------------------------------------------------------------


def test_a_signer_loses_nothing_and_the_keys_of_the_tiles_stay(commune: Commune) -> None:
    signer, other = keys_for(commune.officer(HANH)), keys_for(commune.officer(TOAN))
    assert set(signer) == set(TILES)
    assert set(other) == set(TILES) - {"to_sign"}
    assert {only for only, key in signer.items() if other.get(only, key) != key} == {
        "received_today"
    }
    assert len(set(signer.values())) == len(signer)


def test_what_is_wanted_early_stands_first_and_says_so_in_words(
    commune: Commune, page: BoardPage
) -> None:
    commune.receive("Lý A Sử")
    name = commune.receive("Mai Thị Hạnh", procedure="2.000635")
    wished = commune.now.replace(hour=15)
    told = Details(reason="con đi viện", wished=wished)
    commune.desk.progress.do(Deed.HASTEN, [name], commune.officer(), told)
    page.refresh()
    assert shown(page) == ["Mai Thị Hạnh", "Lý A Sử"]
    cell = left_cell(page._view.table.rows.here()[0], commune.now)
    assert cell.text.startswith("Cần trước 15:00 hôm nay; ")
    assert (cell.icon, cell.tone) == ("chevrons-up", Tone.TODAY)


def test_who_does_not_fetch_a_result_is_listed_with_days_and_telephone(
    commune: Commune, page: BoardPage
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    commune.receive("Lý A Sử")
    commune.now += timedelta(days=33)
    page.refresh()
    hit(page, "Alt+3")
    (line,) = page._view.table.rows.here()
    assert left_cell(line, commune.now).text == "Chưa đến lấy, 33 ngày"
    assert where_cell(line, commune.now).text == "0912 345 678 · 23/11"


def test_whoever_was_told_to_come_today_is_listed_by_its_key(
    commune: Commune, page: BoardPage
) -> None:
    name = commune.receive("Mai Thị Hạnh")
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    commune.now = commune.dossier(name).due
    commune.receive("Lý A Sử")
    page.refresh()
    hit(page, "Alt+1")
    assert shown(page) == ["Mai Thị Hạnh"]


def test_a_result_that_waits_says_on_which_shelf_and_may_be_told_of(
    commune: Commune, page: BoardPage
) -> None:
    unit = commune.desk.store.standing.unit()
    shelved = msgspec.structs.replace(unit, shelves=(("Hộ tịch", "Kệ 3, ngăn 2"),))
    commune.desk.office.describe(shelved, by="phutrach")
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    page.refresh()
    (line,) = page._view.table.rows.here()
    assert where_cell(line, commune.now).text == "0912 345 678 · Kệ 3, ngăn 2"
    commune.desk.progress.do(Deed.TELL, [name], commune.officer(), Details(how="phone"))
    assert commune.dossier(name).status is Status.RESOLVED


def test_a_long_name_at_the_foot_makes_the_board_no_wider_than_the_largest_letters_leave(
    commune: Commune, page: BoardPage
) -> None:
    """1366 px at 125 % leave a page 1044."""
    commune.do(commune.receive(f"{LONG_NAME} {LONG_NAME}"), Deed.HAND_OVER)
    commune.pass_time(60 * 24 * 5)
    page.refresh()
    assert page._apologise.isVisible()
    assert page.minimumSizeHint().width() <= 1044


def test_another_filter_begins_at_its_first_line(commune: Commune, page: BoardPage) -> None:
    for name in ("Lý A Sử", "Mai Thị Hạnh"):
        commune.do(commune.receive(name), Deed.HAND_OVER, Deed.REQUEST_SUPPLEMENT)
    commune.receive("Lê Văn Đường"), commune.receive("Bùi Thị Tuyết")
    page.refresh()
    hit(page, "Down")
    assert page._view.currentIndex().row() == 1
    hit(page, "Ctrl+6")
    assert (len(shown(page)), page._view.currentIndex().row()) == (2, 0)


def test_what_the_keys_act_on_stays_in_sight_as_a_filter_goes(
    commune: Commune, page: BoardPage
) -> None:
    names = [commune.receive(f"Lý {number:02}") for number in range(30)]
    commune.do(names[25], Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    hit(page, "Ctrl+7")
    assert shown(page) == ["Lý 25"]
    hit(page, "Escape")
    QApplication.processEvents()
    assert (page._who.text(), len(shown(page))) == ("Lý 25", 30)
    assert page._view._shows_current()


def test_what_is_offered_every_day_takes_one_line_from_the_list(page: BoardPage) -> None:
    for offer in (page._offers.kept_late, page._offers.province):
        offer.say("12345 hồ sơ cơ quan khác giữ quá hạn đã giao.")
    QApplication.processEvents()
    assert page._offers.kept_late.y() == page._offers.province.y()
    assert faults(page) == []
