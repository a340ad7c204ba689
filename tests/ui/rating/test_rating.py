"""The citizen is asked beside the officer's work, which never waits for an answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.citizens.satisfaction import Turnout
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.event import EventName
from app.ui.dossier_page.page import DossierPage
from app.ui.lanes.jobs import Jobs
from app.ui.rating.panel import RatingPanel
from app.ui.rating.rating import Rating
from app.ui.returning.page import ReturnPage
from app.ui.window import Window
from tests.ui.commune import LONG_NAME, Commune, hit, settle
from tests.ui.keys import compose, type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults


@pytest.fixture
def panel(window: Window) -> RatingPanel:
    window.go("F4")
    return window._rating.panel


def ready(commune: Commune, name: str = LONG_NAME) -> EventName:
    dossier = commune.receive(name)
    commune.do(dossier, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    return dossier


def returned(commune: Commune, window: Window, name: str = LONG_NAME) -> EventName:
    """A dossier whose result was just handed over, at the page that is in sight."""
    dossier = ready(commune, name)
    window.scanned(commune.dossier(dossier).code)
    hit(window, "F9")
    assert commune.dossier(dossier).status is Status.RETURNED
    return dossier


def said(commune: Commune) -> list[int]:
    found = commune.desk.store.ballots.ballots(commune.now.date() + timedelta(1))
    return [ballot.answers["overall"] for ballot in found]


def turnout(commune: Commune) -> Turnout:
    return commune.desk.store.ballots.turnout().get(commune.now.date(), Turnout())


def search_of(window: Window) -> str:
    page = window.page()
    assert isinstance(page, ReturnPage)
    return page._search.text()


def test_papers_given_back_the_same_day_are_asked_about_once(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    window.go("F5")
    window.scanned(f"001187012345||{LONG_NAME}|12041987|Nữ|Thôn Liễu Nội|01012022")
    type_keys(window, "2.000815\n3\t2\n12\n")
    hit(window, "F9")
    assert panel.isVisible()
    hit(window, "Right", "Return")
    assert (said(commune), turnout(commune)) == ([3], Turnout(1, 1))
    assert len(commune.desk.store.database.rows("SELECT 1 FROM spent")) == 2


@pytest.mark.parametrize(
    ("keys", "level"),
    [(("Right",), 3), (("Right", "Right"), 2), (("Left",), 1), (("Left", "Right", "Left"), 2)],
)
def test_arrows_and_enter_are_an_answer(
    commune: Commune, window: Window, panel: RatingPanel, keys: tuple[str, ...], level: int
) -> None:
    returned(commune, window)
    hit(window, *keys, "Return")
    assert said(commune) == [level]
    assert turnout(commune) == Turnout(1, 1)
    assert panel._asked.text().startswith("Cảm ơn")


def test_a_touch_is_an_answer(commune: Commune, window: Window, panel: RatingPanel) -> None:
    returned(commune, window)
    QTest.mouseClick(panel._faces[2], Qt.MouseButton.LeftButton)
    assert said(commune) == [1]


def test_escape_declines(commune: Commune, window: Window, panel: RatingPanel) -> None:
    returned(commune, window)
    hit(window, "Escape")
    assert not panel.isVisible()
    assert (said(commune), turnout(commune)) == ([], Turnout(1, declined=1))


def test_it_is_gone_by_itself(commune: Commune, window: Window, panel: RatingPanel) -> None:
    returned(commune, window)
    panel._end.timeout.emit()
    assert not panel.isVisible()
    assert turnout(commune) == Turnout(1)


def test_what_is_typed_next_is_the_officers(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    returned(commune, window)
    type_keys(window, "ly")
    assert search_of(window) == "ly"
    assert not panel.isVisible()
    assert turnout(commune) == Turnout(1)


def test_what_an_input_method_says_is_the_officers(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    returned(commune, window)
    page = window.page()
    assert isinstance(page, ReturnPage)
    compose(page._search, "đ", "")
    compose(page._search, "", "đỗ")
    assert search_of(window) == "đỗ"
    assert not panel.isVisible()


def test_the_next_slip_is_scanned_over_it(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    second = ready(commune, "Lý A Sử")
    returned(commune, window)
    type_keys(window, commune.dossier(second).code + "\n")
    page = window.page()
    assert isinstance(page, ReturnPage)
    assert page._card.name == second
    assert not panel.isVisible()


def test_enter_chooses_nothing_for_nobody(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    returned(commune, window)
    hit(window, "Return")
    assert not panel.isVisible()
    assert (said(commune), turnout(commune)) == ([], Turnout(1))


@pytest.mark.parametrize("key", ["F2", "Ctrl+K", "Down", "F12"])
def test_every_other_key_does_what_it_always_does(
    commune: Commune, window: Window, panel: RatingPanel, key: str
) -> None:
    returned(commune, window)
    hit(window, key)
    assert not panel.isVisible()
    assert not isinstance(window.page(), ReturnPage) or key != "F2"
    assert window.search.hasFocus() or key != "Ctrl+K"


def test_it_takes_no_focus_and_a_click_elsewhere_ends_it(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    returned(commune, window)
    page = window.page()
    assert isinstance(page, ReturnPage)
    assert page._search.hasFocus()
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))  # beside its buttons
    assert panel.isVisible()
    QTest.mouseClick(page._list.viewport(), Qt.MouseButton.LeftButton)
    assert not panel.isVisible()


def test_the_slip_on_paper_is_printed_by_one_key(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    printed: list[tuple[str, EventName]] = []
    window._rating._print = lambda form, name: printed.append((form, name))
    name = returned(commune, window)
    hit(window, "Ctrl+Shift+I")
    assert printed == [("opinion", name)]
    assert turnout(commune) == Turnout(1, later=1)


def test_nobody_stands_there_when_the_post_takes_it(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    name = ready(commune)
    window.scanned(commune.dossier(name).code)
    page = window.page()
    assert isinstance(page, ReturnPage)
    assert page._card._form is not None
    page._card._form._way.choose("post")
    hit(window, "F9")
    assert commune.dossier(name).status is Status.RETURNED
    assert not panel.isVisible()


def test_a_result_given_back_again_is_not_rated_again(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    name = returned(commune, window)
    hit(window, "Right", "Return", "Alt+Z")
    assert commune.dossier(name).status is Status.RESOLVED
    window.scanned(commune.dossier(name).code)
    hit(window, "F9")
    assert commune.dossier(name).status is Status.RETURNED
    assert not panel.isVisible()


def test_a_counter_that_asks_nobody_shows_nothing(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    commune.desk.ratings.ask(False)
    returned(commune, window)
    assert not panel.isVisible()
    assert turnout(commune) == Turnout()


def test_escape_on_a_dossiers_page_declines_before_it_leaves(
    commune: Commune, window: Window, panel: RatingPanel
) -> None:
    name = ready(commune)
    window.open_dossier(name)
    hit(window, "F9", "F9")
    assert commune.dossier(name).status is Status.RETURNED
    assert panel.isVisible()
    hit(window, "Escape")
    assert not panel.isVisible()
    assert isinstance(window.page(), DossierPage)


def test_nothing_is_cut_at_any_size(
    commune: Commune, window: Window, panel: RatingPanel, dressed: QApplication
) -> None:
    returned(commune, window)
    hit(window, "Right")
    for size in ((1366, 768), (1080, 560)):
        window.resize(*size)
        settle(dressed)
        assert panel.isVisible()
        assert faults(panel) == []
        assert window.rect().contains(panel.geometry())
    hit(window, "Return")
    settle(dressed)
    assert faults(panel) == []


# --- over a desk that answers when told ---------------------------------------------------------


@pytest.fixture
def slow(commune: Commune, window: Window) -> Iterator[tuple[Rating, ManualLanes]]:
    lanes = ManualLanes()
    rating = Rating(commune.desk, Jobs(lanes), lambda *_: None, window)
    yield rating, lanes
    rating.panel.pass_over()


def test_work_that_goes_on_before_it_stands_calls_it_off(
    commune: Commune, window: Window, slow: tuple[Rating, ManualLanes]
) -> None:
    rating, lanes = slow
    rating.ask([ready(commune)])
    type_keys(window, "l")
    lanes.drain()
    QApplication.processEvents()
    assert not rating.panel.isVisible()
    assert turnout(commune) == Turnout()


def test_of_two_given_back_in_a_row_the_second_is_asked(
    commune: Commune, slow: tuple[Rating, ManualLanes]
) -> None:
    rating, lanes = slow
    first, second = [ready(commune)], [ready(commune, "Lý A Sử")]
    rating.ask(first)
    rating.ask(second)
    lanes.drain()
    QApplication.processEvents()
    assert rating.panel.isVisible()
    assert rating._names is second
