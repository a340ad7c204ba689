"""A counter's day in the real window on a real X server, with no mouse and no line to anybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from app import clock
from app.counter import open_counter
from app.demo import beside, commune
from app.settings import Places
from server.build import build
from tests.journeys.day_by_keys import LONG, NGHIA, TRANG, Command, CounterWindow, Day, Player
from tests.journeys.screen import lacking, screen

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"a screen needs {lacking()}")


class Evening(NamedTuple):
    """The day, and how things stand after it: each with its command's answer."""

    day: Day
    places: Places
    shown: dict[str, dict[str, Any]]
    """Code → `show`."""
    verified: dict[str, Any]
    sent_again: dict[str, Any]
    server_has_all: bool


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    folder = tmp_path_factory.mktemp("day")
    places = Places(folder / "demo", folder / "state")
    commune.make(places, clock.now())
    with beside.serving(folder / "server") as address:
        desk = open_counter(places).desk
        beside.acquaint(desk.store, folder / "server", address)
        day = played(places, folder)
        command = Command(places)
        codes = (*day.codes.values(), day.received_by_command)
        with build(folder / "server").units.open(commune.UNIT) as ledger:
            has_all = ledger.map() == desk.store.map()
        desk.store.close()
        yield Evening(
            day,
            places,
            {code: command("show", code)[0] for code in codes},
            command("verify")[0],
            command("sync")[0],
            has_all,
        )


def played(places: Places, folder: Path) -> Day:
    """The day; if it comes to grief, a picture of the screen stays."""
    with screen(folder / "screen") as shown:
        window = CounterWindow(shown, places)
        try:
            return Player(window, places, folder / "slips").play()
        except BaseException as error:
            shown.picture(folder / "failed.png")
            error.add_note(f"the screen then: {folder / 'failed.png'}")
            raise
        finally:
            window.kill()


def test_three_citizens_are_received_with_the_marks_of_their_names(evening: Evening) -> None:
    for citizen in (TRANG, NGHIA, LONG):
        told = evening.shown[evening.day.codes[citizen.number]]
        assert told["procedure"] == citizen.procedure
        assert told["applicant"]["name"] == citizen.name
        assert told["applicant"]["id_number"] == citizen.number
        assert told["documents"]


def test_a_scanned_card_fills_in_the_person(evening: Evening) -> None:
    applicant = evening.shown[evening.day.codes[LONG.number]]["applicant"]
    assert (applicant["born"], applicant["sex"]) == ("1985-02-03", "male")
    assert applicant["address"].startswith("Thôn Liễu Nội")


def test_slips_go_where_the_first_one_was_sent(evening: Evening) -> None:
    words = [
        " ".join(" ".join(page.extract_text() for page in PdfReader(slip).pages).split())
        for slip in evening.day.slips[:2]
    ]
    assert [TRANG.name in words[0], NGHIA.name in words[1]] == [True, True]
    assert not any("BẢN" in said for said in words)  # neither a preview nor a reprint


def test_all_that_lay_at_the_counter_is_handed_over_together(evening: Evening) -> None:
    assert set(evening.shown) <= set(evening.day.handed_over)
    for told in evening.shown.values():
        assert "handed_over" in [event["type"] for event in told["events"]]


def test_a_result_goes_back_over_the_counter(evening: Evening) -> None:
    told = evening.shown[evening.day.codes[TRANG.number]]
    assert told["step"] == "returned"
    deeds = [event["type"] for event in told["events"]]
    way = ["received", "printed", "handed_over", "accepted", "signed", "resolved", "returned"]
    assert deeds == way


def test_command_line_and_window_work_on_the_same_data(evening: Evening) -> None:
    assert evening.day.codes[TRANG.number] in evening.day.found_by_command
    assert evening.shown[evening.day.received_by_command]["step"] == "handed_over"


def test_a_second_window_brings_the_first_forward_and_ends(evening: Evening) -> None:
    assert evening.day.second_ended == 0


def test_the_evening_exchange_gives_the_server_all(evening: Evening) -> None:
    again = evening.sent_again
    assert evening.server_has_all
    assert (again["sent"], again["received"], again["pending"]) == (0, 0, 0)


def test_every_number_is_explained_and_nobody_complained(evening: Evening) -> None:
    assert evening.verified["ok"]
    assert (evening.day.ended, evening.day.complaints) == (0, "")
    assert not evening.places.log.exists() or evening.places.log.read_text("utf-8") == ""
