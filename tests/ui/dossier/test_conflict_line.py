"""What two counters did apart stands in the dossier's page until somebody says it was seen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.models.dossiers.fold import Effect
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.ui.dossier.conflict_line import SEEN_KEY
from app.ui.dossier.view import look
from app.ui.dossier_page.history import entries
from app.ui.dossier_page.page import DossierPage
from app.ui.lists.board_page import BoardPage
from app.ui.look.theme import Tone
from tests.making import exchange
from tests.ui.commune import (
    HANH,
    IN_THE_WINDOW,
    NGA,
    TOAN,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
    settled,
)

Show = Callable[..., None]


def done_apart(commune: Commune, folder: Path, *deeds: Deed) -> e.EventName:
    """A dossier on which another counter did the same deeds, not knowing of these."""
    folder.mkdir()
    other, name = Commune(folder, settled()), commune.receive()
    exchange(commune.desk.store, other.desk.store)
    for counter in (commune, other):
        counter.do(name, *deeds)
    exchange(commune.desk.store, other.desk.store)
    return name


def a_page(commune: Commune, show: Show, login: str = NGA) -> DossierPage:
    page = DossierPage(commune.desk, commune.officer(login), commune.jobs)
    show(page, *IN_THE_WINDOW)
    return page


def test_the_line_says_what_met_and_its_key_says_it_was_seen(
    commune: Commune, show: Show, tmp_path: Path
) -> None:
    page, name = a_page(commune, show), done_apart(commune, tmp_path / "2", Deed.HAND_OVER)
    heard = Heard(page)
    page.show_dossier(name)
    assert page._conflicts.isVisible()
    assert "bàn giao ở hai nơi" in page._conflicts.text()
    hit(page, SEEN_KEY)
    assert not page._conflicts.isVisible()
    assert (heard.said[-1][1], heard.changes) == (Tone.DONE, 1)
    seen = commune.last_event(name)
    assert (type(seen.body), seen.by) == (e.ConflictSettled, NGA)


def test_the_history_says_which_deed_was_looked_at(commune: Commune, tmp_path: Path) -> None:
    name = done_apart(commune, tmp_path / "2", Deed.HAND_OVER)
    (task,) = commune.desk.conflicts.of(name)
    commune.desk.conflicts.settle(name, task.deed, commune.officer())
    latest = entries(look(commune.desk, name))[0]
    assert latest.title == "Đã xem việc trùng"
    assert latest.lines[0] == "Việc đã xem: Bàn giao cho Nguyễn Đức Toàn"


def test_who_may_not_settle_it_reads_it_without_the_button(
    commune: Commune, show: Show, tmp_path: Path
) -> None:
    name = done_apart(commune, tmp_path / "2", Deed.HAND_OVER)
    for login, may in ((TOAN, True), (HANH, False)):
        page = a_page(commune, show, login)
        page.show_dossier(name)
        assert page._conflicts.isVisible()
        assert page._conflicts._seen.isVisible() is may


def test_without_anything_done_apart_there_is_no_line(commune: Commune, show: Show) -> None:
    page, name = a_page(commune, show), commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    page.show_dossier(name)
    assert not page._conflicts.isVisible()


def test_several_are_looked_at_one_after_the_other(
    commune: Commune, show: Show, tmp_path: Path
) -> None:
    deeds = (Deed.HAND_OVER, Deed.ACCEPT)
    page, name = a_page(commune, show), done_apart(commune, tmp_path / "2", *deeds)
    page.show_dossier(name)
    deeds_at_odds = {task.deed for task in commune.desk.conflicts.of(name)}
    assert len(deeds_at_odds) == 2
    assert page._conflicts.text().endswith("còn 1 việc trùng nữa.")
    hit(page, SEEN_KEY, SEEN_KEY)
    assert not page._conflicts.isVisible()


def test_the_board_counts_them_and_lists_them_by_its_key(
    commune: Commune, show: Show, tmp_path: Path
) -> None:
    name = done_apart(commune, tmp_path / "2", Deed.HAND_OVER)
    commune.receive()
    board = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(board, *IN_THE_WINDOW)
    board.entered()
    assert board._offers.apart.text() == "1 hồ sơ có việc trùng cần xem."
    hit(board, SEEN_KEY)
    assert [line.row.name for line in board._view.meant()] == [name]
    assert board._filter.text() == "Đang lọc việc trùng: 1 hồ sơ"
    hit(board, "Escape")
    assert board._only == "all"
    assert board._offers.apart.isVisible()


def test_nothing_is_cut_or_overlaps_beside_the_line(
    commune: Commune, show: Show, tmp_path: Path, dressed: QApplication
) -> None:
    page, name = a_page(commune, show), done_apart(commune, tmp_path / "2", Deed.HAND_OVER)
    page.show_dossier(name)
    assert any(v.effect is Effect.WITHOUT for v in commune.desk.lookup.dossier(name).verdicts)
    assert faults_at_each_size(page, dressed) == []
