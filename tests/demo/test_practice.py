"""Practice stays practice: no original comes out of it, nothing leaves it, and it goes when told to."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import clock, upstream
from app.counter import (
    DEMO_PASSWORD,
    Counter,
    establish,
    open_counter,
    render,
    restore_counter,
)
from app.demo import practice
from app.demo.commune import UNIT
from app.desk.profiles import profiles
from app.models.deadlines.profile import holding_on
from app.models.errors import Refused
from app.models.events.event import EventName
from app.printing.card import Card
from app.settings import Places
from app.store.practice import WORD, word_of
from app.sync import carrying
from tests.printing.reading import page_texts, symbols


def at(folder: Path) -> Places:
    return Places(folder / "data", folder / "state")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    made = at(tmp_path_factory.mktemp("practice"))
    practice.make(made, clock.now())
    return made


@pytest.fixture
def counter(places: Places) -> Iterator[Counter]:
    opened = open_counter(places.practice)
    yield opened
    opened.desk.store.close()


def a_dossier(counter: Counter) -> EventName:
    return counter.desk.lookup.board().lines[0].row.name


def test_practice_lies_apart_from_the_counters_own_data(places: Places) -> None:
    assert practice.stands(places)
    assert not places.data.exists()
    assert not places.practice.data.is_relative_to(places.data)
    assert not places.practice.state.samefile(places.state)


def test_every_paper_of_a_dossier_bears_the_word_on_every_page(counter: Counter) -> None:
    papers, name = counter.desk.paperwork, a_dossier(counter)
    for form in papers.papers(name):
        first, again = (papers.issue(form, name, counter.officer).pdf for _ in range(2))
        for pdf in (papers.preview(form, name), first, again):
            assert all(WORD in page for page in page_texts(pdf)), form


def test_sheets_and_cards_bear_it_too(counter: Counter) -> None:
    desk = counter.desk
    card = Card("Tra cứu hồ sơ", "Quét mã", "Liễu Nội", "https://xa.example/")
    for drawn in ([desk.boards.officers()], [card]):
        assert all(WORD in page for page in page_texts(desk.draw(drawn, "pdf")))


def test_a_workbook_says_it_in_its_head(counter: Counter) -> None:
    drawn = counter.desk.draw([counter.desk.boards.officers()], "xlsx")
    tab = load_workbook(BytesIO(drawn)).worksheets[0]
    assert WORD in str(tab["A2"].value)


def test_what_stands_over_the_word_is_scanned_all_the_same(counter: Counter) -> None:
    name = a_dossier(counter)
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier
    pdf = counter.desk.paperwork.preview("receipt", name)
    assert symbols(pdf, 300)[0]["Code128"] == dossier.code


def test_the_ticket_on_a_roll_says_it_in_black(counter: Counter) -> None:
    values = counter.desk.paperwork.values("receipt", a_dossier(counter))
    (page,) = page_texts(render("ticket", values, "K80", "", "", across=WORD))
    assert page.startswith(WORD)


def test_a_counters_own_papers_are_drawn_without_it(counter: Counter) -> None:
    values = counter.desk.paperwork.values("receipt", a_dossier(counter))
    pdf = render("receipt", values, "A5", "", holding_on(profiles(), clock.now().date()).name)
    assert not any(WORD in page for page in page_texts(pdf))


def test_practice_is_enrolled_nowhere_and_sends_nothing(counter: Counter, tmp_path: Path) -> None:
    store = counter.desk.store
    with pytest.raises(Refused, match="tập dùng"):
        upstream.join(store, "http://127.0.0.1:1", "AAAA-AAAA-AAAA-AAAA-AAAA")
    with pytest.raises(Refused, match="tập dùng"):
        upstream.send(store, clock.now)
    for to in ("server", "hub", "2"):
        with pytest.raises(Refused):
            carrying.write_bundle(store, tmp_path / "gói", to)
    with pytest.raises(Refused):
        carrying.read_bundle(store, tmp_path / "gói", clock.now())
    assert not (tmp_path / "gói").exists()


def test_practice_stays_practice_when_it_is_restored_from_its_backup(
    counter: Counter, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    counter.desk.store.backup(file)
    elsewhere = at(tmp_path / "pc")
    restore_counter(elsewhere, file, "", "", clock.now())
    store = open_counter(elsewhere).desk.store
    assert word_of(store) == WORD
    store.close()


def test_practice_that_was_stopped_while_it_was_made_is_not_there(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise Refused("thôi")

    with pytest.raises(Refused, match="thôi"):
        practice.make(at(tmp_path), clock.now(), stop)
    assert not practice.stands(at(tmp_path))


def test_what_was_practised_is_thrown_away_by_choice(tmp_path: Path) -> None:
    places = at(tmp_path)
    establish(places.practice, UNIT, 1, DEMO_PASSWORD, demo=True)
    establish(places, UNIT, 1, "mat-khau-that")
    practice.throw_away(places)
    assert not practice.stands(places)
    assert places.key_ring.exists()
