"""What waits for the leader's signature: signed off or sent back, singly or as a batch."""

from collections.abc import Callable

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed, Status
from app.ui.lanes.jobs import Jobs
from app.ui.lists.board_page import BoardPage
from tests.ui.commune import HANH, IN_THE_WINDOW, TOAN, Commune, hit
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes

Show = Callable[..., None]


def shown(page: BoardPage) -> list[str]:
    """The applicants in the list, from the top."""
    return [line.row.applicant for line in page._view.table.rows.here()]


@pytest.fixture
def leader(commune: Commune, show: Show) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(HANH), commune.jobs)
    show(page, *IN_THE_WINDOW)
    return page


def test_a_leader_signs_all_that_waits_in_three_keys(commune: Commune, leader: BoardPage) -> None:
    names = [commune.receive() for _ in range(3)]
    for name in names[:2]:
        commune.do(name, Deed.HAND_OVER, to=HANH)
    leader.entered()
    hit(leader, "Ctrl+9")
    assert len(shown(leader)) == 2
    hit(leader, "Ctrl+A", "Ctrl+Y")
    assert [commune.dossier(name).status for name in names] == [
        Status.SIGNED,
        Status.SIGNED,
        Status.RECEIVED,
    ]
    assert shown(leader) == []


def test_keys_after_a_filter_wait_for_what_it_shows(commune: Commune, show: Show) -> None:
    waits, works = commune.receive(), commune.receive()
    commune.do(waits, Deed.HAND_OVER, to=HANH)
    commune.do(works, Deed.HAND_OVER, to=TOAN)
    commune.desk.progress.do(Deed.ACCEPT, [works], commune.officer(TOAN), Details())
    lanes = ManualLanes()
    page = BoardPage(commune.desk, commune.officer(HANH), Jobs(lanes))

    show(page, *IN_THE_WINDOW)
    page.entered()
    lanes.answer()
    hit(page, "Ctrl+9", "Ctrl+A", "Ctrl+Y")
    lanes.answer()
    assert commune.dossier(waits).status is Status.SIGNED
    assert commune.dossier(works).status is Status.PROCESSING


def test_a_leader_sends_back_with_a_reason_and_not_without(
    commune: Commune, leader: BoardPage
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, to=HANH)
    leader.entered()
    hit(leader, "Ctrl+R", "Return")
    assert commune.dossier(name).status is Status.HANDED_OVER
    type_keys(leader, "thieu tai lieu\n")
    assert commune.dossier(name).status is Status.RECEIVED
    personal = commune.last_event(name).personal
    assert personal is not None
    assert personal.reason == "thieu tai lieu"


def test_a_leader_who_has_accepted_sends_back_from_what_waits_to_be_signed(
    commune: Commune, leader: BoardPage
) -> None:
    names = [commune.receive() for _ in range(2)]
    for name in names:
        commune.do(name, Deed.HAND_OVER, to=TOAN)
    commune.desk.progress.do(Deed.ACCEPT, names, commune.officer(TOAN), Details())
    commune.desk.progress.do(Deed.HAND_OVER, names, commune.officer(TOAN), Details(to=HANH))
    commune.desk.progress.do(Deed.ACCEPT, names[:1], commune.officer(HANH), Details())
    leader.entered()
    hit(leader, "Ctrl+9", "Ctrl+A", "Ctrl+R")
    type_keys(leader, "thieu tai lieu\n")
    assert {commune.dossier(name).holder for name in names} == {TOAN}
    assert shown(leader) == []


def test_who_may_not_sign_is_not_offered_it(commune: Commune, show: Show) -> None:
    page = BoardPage(commune.desk, commune.officer(TOAN), commune.jobs)
    show(page, *IN_THE_WINDOW)
    assert not page._sign.isVisible()
