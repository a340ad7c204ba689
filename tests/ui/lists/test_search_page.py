import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed, Status
from app.ui.lanes.jobs import Jobs, Ok
from app.ui.lists.search_page import MOST, SearchPage
from app.ui.widgets.fields import SearchLine
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, hit, settle
from tests.ui.keys import compose
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> SearchPage:
    page = SearchPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    return page


def found(page: SearchPage) -> list[str]:
    return [line.row.applicant for line in page._view.table.rows.here()]


def test_the_word_an_input_method_still_holds_finds_too(
    commune: Commune, page: SearchPage, show: Show
) -> None:
    commune.receive("Nguyễn Văn An"), commune.receive("Lý A Sử")
    field = SearchLine()
    field.words_changed.connect(page.ask)
    show(field, 400, 60)
    compose(field, "Nguy")
    assert found(page) == ["Nguyễn Văn An"]
    compose(field, "Nguyễn")
    assert found(page) == ["Nguyễn Văn An"]
    compose(field, "Lý")
    assert found(page) == ["Lý A Sử"]


@pytest.mark.parametrize(
    "words", ["ly a su", "Lý", "0021", "261123-0021", "0012345678", "0912 345"]
)
def test_name_code_and_numbers_find(commune: Commune, page: SearchPage, words: str) -> None:
    commune.receive("Mai Thị Hạnh")
    commune.receive("Lý A Sử")
    page.ask(words)
    assert ("Lý A Sử" in found(page)) == (words != "0012345678")


def test_the_newest_stands_first_and_is_opened_by_enter(commune: Commune, page: SearchPage) -> None:
    heard = Heard(page)
    commune.receive("Lý A Sử")
    newest = commune.receive("Lý A Tráng")
    page.ask("ly")
    page.open_current()
    assert found(page)[0] == "Lý A Tráng"
    assert heard.opened == [newest]


def test_coming_back_shows_what_has_changed_and_stands_where_one_left(
    commune: Commune, page: SearchPage
) -> None:
    oldest = commune.receive("Lý A Sử")
    commune.receive("Lý A Tráng")
    page.ask("ly")
    page.step(1)
    commune.do(oldest, Deed.HAND_OVER)
    page.entered()
    current = page._view.current()
    assert current is not None
    assert (current.row.applicant, current.row.status) == ("Lý A Sử", Status.HANDED_OVER)


def test_the_arrows_of_the_search_field_move_in_the_list_and_stop_at_its_ends(
    commune: Commune, page: SearchPage
) -> None:
    heard = Heard(page)
    oldest = commune.receive("Lý A Sử")
    commune.receive("Lý A Tráng")
    page.ask("ly")
    for _ in range(3):
        page.step(1)
    page.open_current()
    page.step(-1)
    page.step(-1)
    page.open_current()
    assert heard.opened[0] == oldest
    assert heard.opened[1] != oldest


def test_other_words_begin_at_the_newest_again(commune: Commune, page: SearchPage) -> None:
    commune.receive("Lý A Sử")
    commune.receive("Lý A Tráng")
    page.ask("l")
    page.step(1)
    page.ask("ly")
    current = page._view.current()
    assert current is not None
    assert current.row.applicant == "Lý A Tráng"


def test_enter_waits_for_what_was_typed_before_it(commune: Commune, show: Show) -> None:
    lanes = ManualLanes()
    page = SearchPage(commune.desk, commune.officer(), Jobs(lanes))
    show(page, *IN_THE_WINDOW)
    heard = Heard(page)
    commune.receive("Mai Thị Hạnh")
    wanted = commune.receive("Lý A Sử")
    page.ask("l")
    page.ask("ly")
    page.open_current()
    assert heard.opened == []
    lanes.drain()
    assert heard.opened == [wanted]


def test_closed_dossiers_are_found_too_and_say_their_status(
    commune: Commune, page: SearchPage
) -> None:
    commune.do(commune.receive("Lý A Sử"), Deed.VOID)
    page.ask("ly a su")
    assert page._view.table.cells(0)[5].text == "Đã hủy số"


def test_a_query_too_long_is_answered_by_a_sentence(page: SearchPage) -> None:
    page.ask("n" * 300)
    assert page._count.text().startswith("Nội dung tìm kiếm quá 200 ký tự.")


def test_nothing_found_says_what_to_try(page: SearchPage, dressed: QApplication) -> None:
    page.ask("không có ai")
    settle(dressed)
    assert page._view._empty is not None
    assert page._view._empty.isVisible()
    assert faults(page) == []


def test_showing_all_answers_and_painting_them_takes_less_than_a_frame(
    commune: Commune, page: SearchPage
) -> None:
    for number in range(MOST):
        commune.receive(f"Nguyễn Thị Hoàng Phương Quỳnh {number}")
    answer = Ok(commune.desk.lookup.find("nguyen", MOST))

    def shown() -> float:
        begin = time.process_time()
        page._show(answer)
        page._view.viewport().repaint()
        return time.process_time() - begin

    assert len(answer.value) == MOST
    assert min(shown() for _ in range(10)) < 0.016


def test_nothing_is_cut_with_the_longest_words(
    commune: Commune, page: SearchPage, dressed: QApplication
) -> None:
    for procedure in ("1.013949", "2.001263", "1.001022"):
        commune.receive(procedure=procedure)
    page.ask("trang")
    settle(dressed)
    assert len(found(page)) == 3
    assert faults(page) == []


def test_enter_in_the_list_opens_too(commune: Commune, page: SearchPage) -> None:
    heard = Heard(page)
    name = commune.receive()
    page.ask("trang")
    page.entered()
    hit(page, "Return")
    assert heard.opened == [name]


def test_whose_card_finds_nothing_can_be_received_by_enter(
    commune: Commune, page: SearchPage
) -> None:
    taken: list[str] = []
    page.taken_in.connect(taken.append)
    page.ask("001085054321", "the card")
    assert page._take_in.isVisible()
    page.open_current()
    assert taken == ["the card"]


def test_who_is_known_or_was_only_typed_is_not_offered(commune: Commune, page: SearchPage) -> None:
    commune.receive("Lý A Sử")
    page.ask("ly", "the card")
    assert not page._take_in.isVisible()
    page.ask("001085054321", "the card")
    page.ask("0010850543")
    assert not page._take_in.isVisible()


def test_an_enter_before_the_answer_takes_nobody_in(commune: Commune, show: Show) -> None:
    lanes, taken = ManualLanes(), list[str]()
    page = SearchPage(commune.desk, commune.officer(), Jobs(lanes))
    page.taken_in.connect(taken.append)
    show(page, *IN_THE_WINDOW)
    page.ask("001085054321", "the card")
    page.open_current()
    lanes.drain()
    assert taken == []
