"""A hub begun from the window: a program of its own, begun again until somebody stops it."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.clock import VIETNAM
from app.settings import Places
from app.sync.hub_place import ROLE, Above, HubPlace, HubStanding, Met
from app.ui.exchange.hub_card import ALL_UP, BEGIN, STOP, HubCard, OwnHub, met_words, waiting_words
from app.ui.exchange.hub_process import Hub, HubProcess, State
from app.ui.lanes.jobs import Jobs
from tests.ui.commune import InlineLanes, hit
from tests.ui.keys import type_keys

NINE = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
STANDS = (
    '{"standing": {"counters": [{"counter": 2, "at": "2026-11-23T09:05:00+07:00"}], "waiting": 3}}'
)
SAYS = """
import sys
print('{"address": "http://0.0.0.0:8711"}', flush=True)
print(sys.argv[1], flush=True)
sys.stdin.read()
"""
BUSY = "import sys; sys.exit('Cổng đang bận.') if 0 else (sys.stderr.write('Cổng đang bận.'), sys.exit(3))"
KNOWS_ONE_CODE = """
import sys
if sys.stdin.readline().strip() != "AAAA":
    sys.stderr.write("Mã này đã dùng.")
    sys.exit(4)
"""


class Place(HubPlace):
    """Whose program is a few lines of Python."""

    serve, joins = SAYS, KNOWS_ONE_CODE

    def words(self, *words: str) -> list[str]:
        script = Place.joins if words[0] == "hub" else Place.serve
        return [sys.executable, "-S", "-c", script, STANDS]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def process(tmp_path: Path, clock: Clock, dressed: object) -> Iterator[HubProcess]:
    place = Place(Places(tmp_path / "data", tmp_path / "state"))
    place.places.hub.mkdir(parents=True)
    (place.places.hub / ROLE).touch()
    process = HubProcess(place, lambda: NINE, clock, lambda: 1.0)
    yield process
    process.close()


@pytest.fixture
def card(process: HubProcess, show: Callable[..., None]) -> HubCard:
    return shown(process, show, needs_code=False)


def shown(process: HubProcess, show: Callable[..., None], *, needs_code: bool) -> HubCard:
    above = Above("http://server", "H26.15.3", needs_code)
    card = HubCard(OwnHub(process, lambda: above, may_run=True), Jobs(InlineLanes()))
    show(card, 760, 260)
    return card


def test_one_key_begins_it_and_it_says_whom_it_met_and_what_waits(
    card: HubCard, process: HubProcess, qtbot: QtBot
) -> None:
    hit(card, "Ctrl+T")
    qtbot.waitUntil(lambda: process.hub.standing is not None)
    assert card._state._words.text() == "đang chạy từ 09:05 23/11"
    assert card._said.text().splitlines() == [
        "Đã gặp 1 quầy: quầy 2 lúc 09:05 23/11.",
        "Còn giữ 3 việc chờ chuyển lên cấp trên.",
    ]
    assert card._button.accessibleName() == STOP


def test_stopped_it_ends_and_is_wanted_no_more(
    card: HubCard, process: HubProcess, qtbot: QtBot
) -> None:
    hit(card, "Ctrl+T")
    qtbot.waitUntil(lambda: process.hub.state is State.RUNNING)
    hit(card, "Ctrl+T")
    qtbot.waitUntil(lambda: process.hub.state is State.OFF)
    assert process.place.wanted() is None
    assert card._button.accessibleName() == BEGIN


def test_it_is_begun_again_after_a_crash_and_with_the_next_program(
    card: HubCard, process: HubProcess, clock: Clock, qtbot: QtBot
) -> None:
    process.want()
    qtbot.waitUntil(lambda: process.hub.state is State.RUNNING)
    assert process._runs is not None
    process._runs.kill()
    qtbot.waitUntil(lambda: process.hub.state is State.FAILED)
    assert card._said.text().startswith("Trạm trung chuyển dừng bất ngờ.")
    clock.now += 60
    process.look()
    qtbot.waitUntil(lambda: process.hub.state is State.RUNNING)
    process.close()
    again = HubProcess(process.place, lambda: NINE)
    again.begin()
    qtbot.waitUntil(lambda: again.hub.state is State.RUNNING)
    again.close()


def test_why_it_does_not_begin_is_said_as_the_program_says_it(
    card: HubCard, process: HubProcess, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Place, "serve", BUSY)
    hit(card, "Ctrl+T")
    qtbot.waitUntil(lambda: process.hub.state is State.FAILED)
    assert card._said.text().startswith("Cổng đang bận. ")
    assert process.place.wanted() == ""


def test_a_hub_its_server_does_not_know_asks_for_a_code_and_keeps_asking(
    process: HubProcess, show: Callable[..., None], qtbot: QtBot
) -> None:
    card = shown(process, show, needs_code=True)
    hit(card, "Ctrl+T")
    type_keys(card, "BBBB\n")
    qtbot.waitUntil(lambda: card._code_field.error() == "Mã này đã dùng.")
    card._code.clear()
    type_keys(card, "AAAA\n")
    qtbot.waitUntil(lambda: process.hub.state is State.RUNNING)
    assert card._code_field.isHidden()


def test_what_the_command_line_wants_the_window_does(process: HubProcess, qtbot: QtBot) -> None:
    HubPlace(process.place.places).want()
    process.look()
    qtbot.waitUntil(lambda: process.hub.state is State.RUNNING)
    HubPlace(process.place.places).leave()
    process.look()
    qtbot.waitUntil(lambda: process.hub == Hub())


def test_whom_it_met_is_told_the_newest_first_and_nobody_leads_to_the_firewall() -> None:
    nobody = HubStanding((), 0)
    assert "tường lửa" in met_words(nobody, "8711")
    assert "cổng 8711" in met_words(nobody, "8711")
    assert waiting_words(nobody) == ALL_UP
    met = tuple(Met(n, NINE.replace(minute=n)) for n in range(1, 7))
    said = met_words(HubStanding(met, 0), "8711")
    assert said.startswith("Đã gặp 6 quầy: quầy 6 lúc 09:06 23/11, quầy 5")
    assert said.endswith("….")
