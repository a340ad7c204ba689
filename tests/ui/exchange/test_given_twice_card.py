"""The exchange's page says calmly that a number is on two papers, and what to do about it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.desk.looking.given_twice import Twin, Twins
from app.models.events.event import EventName
from app.ui.exchange.given_twice_card import KEEP, RENEW, GivenTwiceCard, advice
from app.ui.window import Window
from tests.ui.commune import MORNING, Commune, hit
from tests.ui.exchange.a_server import Server
from tests.ui.walk import faults

ONE, OTHER = (EventName("ab" * 16, f"{n:016x}", 3) for n in range(2))
CODE = "H26.15.3-261123-0021"
LONG = "Nguyễn Hoàng Thị Phương Quỳnh Trang"
TWINS: Twins = (
    Twin(CODE, ONE, LONG, MORNING, "Lê Thị Nga", 1, renewable=False),
    Twin(CODE, OTHER, "Lê Văn Bình", MORNING, "Trần Nguyễn Ngọc Bảo Khánh Linh", 1, renewable=True),
)


def test_both_papers_are_told_with_what_each_can_do(show: Callable[..., None]) -> None:
    card = GivenTwiceCard()
    show(card, 760, 420)
    card.show_twins(TWINS)
    show(card, 760, 420)
    rows = [[card._table.table.cells(row)[column].text for column in range(3)] for row in (0, 1)]
    assert rows[0] == [CODE, "08:00 23/11 · quầy 1 · Lê Thị Nga", f"{LONG} · giữ số"]
    assert rows[1][2] == "Lê Văn Bình · đổi số được"
    assert faults(card) == []


def test_a_slips_number_stands_whole_beside_whose_it_is(show: Callable[..., None]) -> None:
    card, slip = GivenTwiceCard(), "Số 12 quyển 1 năm 2026 (phiếu yêu cầu bổ sung tại quầy)"
    card.show_twins(tuple(replace(twin, number=slip, renewable=False) for twin in TWINS))
    show(card, 760, 420)
    assert card._table.table.cells(0)[0].text == slip
    assert faults(card) == []


def test_a_new_number_is_offered_only_where_one_can_be_given() -> None:
    assert RENEW in advice(TWINS)
    assert RENEW not in advice(TWINS[:1])
    assert KEEP not in advice(TWINS[1:])


def test_enter_opens_the_dossier_and_it_goes_when_all_is_well(show: Callable[..., None]) -> None:
    card, opened = GivenTwiceCard(), list[EventName]()
    card.opened.connect(opened.append)
    card.show_twins(TWINS)
    show(card, 760, 420)
    card._table.setFocus()
    hit(card, "Return", "Down", "Return")
    assert opened == [ONE, OTHER]
    card.show_twins(())
    assert card.isHidden()


def test_who_left_unreceived_is_told_and_has_no_dossier_to_open(show: Callable[..., None]) -> None:
    card, opened = GivenTwiceCard(), list[EventName]()
    card.opened.connect(opened.append)
    card.show_twins((replace(TWINS[0], is_visit=True), TWINS[1]))
    show(card, 760, 420)
    assert card._table.table.cells(0)[2].text == f"{LONG} · chưa nhận hồ sơ"
    card._table.setFocus()
    hit(card, "Return", "Down", "Return")
    assert opened == [OTHER]


def test_numbers_are_looked_through_only_while_the_page_is_in_sight(
    commune: Commune, monkeypatch: pytest.MonkeyPatch, show: Callable[..., None]
) -> None:
    window = Window(commune.desk, commune.officer(), commune.jobs, Server(), "xã Khánh Hà")
    show(window)
    steps: list[Twins | None] = [TWINS, None, None]
    monkeypatch.setattr(commune.desk.given_twice, "go_on", steps.pop)
    hit(window, "F8")
    assert steps == []
    assert window._announcing.cards.twice.isVisible()
    hit(window, "F2")
    window._exchanges.look()  # would pop from an empty list
