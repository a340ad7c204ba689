"""Keys and scans that come before the desk has answered go to what they were meant for."""

from collections.abc import Callable

from app.models.dossiers.lifecycle import Status
from app.ui.lanes.jobs import Jobs
from app.ui.returning.page import ReturnPage
from tests.ui.commune import IN_THE_WINDOW, LONG_NAME, Commune, hit
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.returning.results import ready

Show = Callable[..., None]


class Slow:
    """The page over a desk that answers when told."""

    def __init__(self, commune: Commune, show: Show) -> None:
        self.lanes = ManualLanes()
        self.page = ReturnPage(commune.desk, commune.officer(), Jobs(self.lanes))
        show(self.page, *IN_THE_WINDOW)
        self.page.entered()
        self.answer()

    def answer(self) -> None:
        self.lanes.answer()


def test_f9_right_after_a_scan_returns_what_was_scanned(commune: Commune, show: Show) -> None:
    name, slow = ready(commune), Slow(commune, show)
    slow.page.scanned(commune.dossier(name).code)
    hit(slow.page, "F9")
    slow.answer()
    assert commune.dossier(name).status is Status.RETURNED


def test_f9_right_after_a_scan_never_returns_what_stood_there_before(
    commune: Commune, show: Show
) -> None:
    first, second = ready(commune), ready(commune, "Lý A Sử")
    slow = Slow(commune, show)
    slow.page.scanned(commune.dossier(first).code)
    slow.answer()
    slow.page.scanned(commune.dossier(second).code)
    hit(slow.page, "F9")
    slow.answer()
    assert commune.dossier(first).status is Status.RESOLVED
    assert commune.dossier(second).status is Status.RETURNED


def test_an_enter_after_a_scan_chooses_nobody_else(commune: Commune, show: Show) -> None:
    """Of a slow scanner, or of an officer used to one that sends none."""
    first, slow = ready(commune), Slow(commune, show)
    unfinished = commune.receive()
    slow.page.scanned(commune.dossier(unfinished).code)
    hit(slow.page, "Return", "F9")
    slow.answer()
    hit(slow.page, "Return", "F9")
    slow.answer()
    assert slow.page._card.name == unfinished
    assert commune.dossier(first).status is Status.RESOLVED


def test_a_scan_outlives_what_the_letters_before_it_find(commune: Commune, show: Show) -> None:
    other, unfinished, slow = ready(commune, "Lý A Sử"), commune.receive(), Slow(commune, show)
    type_keys(slow.page, "ly a")
    slow.page.scanned(commune.dossier(unfinished).code)
    hit(slow.page, "F9")
    slow.answer()
    assert slow.page._card.name == unfinished
    assert commune.dossier(other).status is Status.RESOLVED


def test_enter_and_f9_wait_for_what_was_typed(commune: Commune, show: Show) -> None:
    """The list that stands there yet is of everybody."""
    others = ready(commune), ready(commune, "Mai Thị Hạnh")
    name, slow = ready(commune, "Lý A Sử"), Slow(commune, show)
    type_keys(slow.page, "ly a su")
    hit(slow.page, "Return", "F9")
    slow.answer()
    assert commune.dossier(name).status is Status.RETURNED
    assert {commune.dossier(other).status for other in others} == {Status.RESOLVED}


def test_words_that_find_others_put_the_card_away(commune: Commune, show: Show) -> None:
    one, slow = ready(commune), Slow(commune, show)
    ready(commune, "Lý A Sử"), ready(commune, "Lý A Tráng")
    slow.page.scanned(commune.dossier(one).code)
    slow.answer()
    type_keys(slow.page, "ly a")
    hit(slow.page, "F9")
    slow.answer()
    assert commune.dossier(one).status is Status.RESOLVED
    assert slow.page._card.name is None


def test_f9_after_a_scan_of_nothing_returns_nothing(commune: Commune, show: Show) -> None:
    name, slow = ready(commune), Slow(commune, show)
    slow.page.scanned(commune.dossier(name).code)
    slow.answer()
    slow.page.scanned("H26.15.3-261123-9999")
    hit(slow.page, "F9")
    slow.answer()
    assert commune.dossier(name).status is Status.RESOLVED


def test_f9_after_a_card_returns_the_one_result_of_its_bearer(commune: Commune, show: Show) -> None:
    name, slow = ready(commune), Slow(commune, show)
    slow.page.scanned(f"001187012345||{LONG_NAME}|12041987|Nữ|Thôn Liễu Nội|01012022")
    hit(slow.page, "F9")
    slow.answer()
    assert commune.dossier(name).status is Status.RETURNED
