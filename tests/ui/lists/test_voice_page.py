from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.lobby.ratings import Unsaid
from app.ui.lists.voice_page import VoicePage
from tests.ui.commune import IN_THE_WINDOW, Commune, faults_at_each_size, hit

Show = Callable[..., None]


def say(commune: Commune, *levels: int) -> None:
    for level in levels:
        commune.desk.ratings.cast([commune.receive()], level)


@pytest.fixture
def page(commune: Commune, show: Show) -> VoicePage:
    page = VoicePage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    return page


def test_what_citizens_said_stands_as_a_share_with_how_sure_it_is(
    commune: Commune, page: VoicePage
) -> None:
    say(commune, 3, 3, 3, 2, 1)
    commune.desk.ratings.note(Unsaid.DECLINED)
    commune.now += timedelta(days=1)
    page.entered()
    assert page._overall._share.text() == "80,0\N{NO-BREAK SPACE}%"
    assert "37,6–96,4\N{NO-BREAK SPACE}%" in page._overall._sure.text()
    assert page._turnout._counts["Số lượt mời đánh giá"].text() == "6"
    assert page._views["months"].table.cells(0)[0].text == f"{commune.now:%m/%Y}"


def test_fewer_than_five_are_told_to_nobody(commune: Commune, page: VoicePage) -> None:
    say(commune, 1, 1, 1, 1)
    commune.now += timedelta(days=1)
    page.entered()
    assert page._overall._share.text() == "—"
    assert "Chưa đủ 5 phiếu" in page._overall._sure.text()
    assert not any(badge._words.text()[-1].isdigit() for badge in page._overall._levels)
    assert page._turnout._counts["Số lượt mời đánh giá"].text() == "0"
    days = page._days.fields["since"]
    assert days.height() == days.minimumSizeHint().height()  # though no table is below


def test_the_year_and_the_reporting_quarter_are_a_key_away(page: VoicePage) -> None:
    page._days.until.setText("24/11/2026")
    hit(page, "Alt+Q")
    assert (page._days.since.text(), page._days.until.text()) == ("15/09/2026", "14/12/2026")
    hit(page, "Alt+M")
    assert (page._days.since.text(), page._days.until.text()) == ("01/01/2026", "31/12/2026")


def test_a_day_that_is_none_is_said_beside_it(page: VoicePage) -> None:
    page._days.since.setText("31/02/2026")
    hit(page, "F9")
    assert page._days.fields["since"].error()


def test_all_of_it_is_in_sight_at_each_size(
    commune: Commune, page: VoicePage, qapp: QApplication
) -> None:
    say(commune, 3, 3, 3, 2, 1)
    commune.now += timedelta(days=1)
    page.entered()
    assert faults_at_each_size(page, qapp) == []


def test_the_heads_follow_the_words_the_unit_rates_by(commune: Commune, page: VoicePage) -> None:
    page.entered()
    commune.desk.office.change(commune.officer(), {"rating_levels": "Chán; Được; Tốt"})
    page.entered()
    heads = [column.title for column in page._views["months"].table.columns]
    assert heads[2:5] == ["Tốt", "Được", "Chán"]
