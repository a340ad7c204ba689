"""Two counters of one commune work a day without a line, then both exchange with the server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.counter import open_counter
from app.settings import Places
from app.store.reading.dossiers import DossierRow
from app.store.store import Store
from app.sync.address import ServerAddress
from app.upstream import server_of
from tests.cli.motcua import UNIT, Motcua, Told, dossier, sit_down
from tests.journeys.upstream import announced, enrolment_code, portal, serving

EACH = 60
COUNTS = {
    *("sent", "received", "held", "without_effect", "forks", "requests", "bytes_up", "bytes_down"),
    *("pending", "at_hub"),
}


class Day(NamedTuple):
    """What came of the day: codes by counter, what each `sync` told, the boards of the evening."""

    counters: tuple[Motcua, Motcua]
    codes: tuple[list[str], list[str]]
    first: dict[str, Any]
    second: dict[str, Any]
    first_again: dict[str, Any]
    boards: list[list[DossierRow]]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    folder = tmp_path_factory.mktemp("commune")
    with pytest.MonkeyPatch.context() as patch, serving(folder / "server") as address:
        sit_down(patch, folder / "state")
        counters = tuple(Motcua(folder / f"counter {n}", patch).established(n) for n in (1, 2))
        for counter in counters:
            code = enrolment_code(folder / "server", UNIT)
            assert counter("enrol", address, stdin=code).only["unit_name"] == "xã Khánh Hà"
            assert set(counter("sync").only) == COUNTS
        one, two = counters
        codes = [counter.receive(*[dossier()] * EACH) for counter in counters]
        for each in codes[0][:5]:
            one.deed(each, "hand-over", "--to", "phutrach")
        two.deed(codes[1][0], "void", "--reason", "nhập trùng")
        syncs = [counter("sync").only for counter in (one, two, one)]
        boards = [board(counter, folder / "state") for counter in counters]
        yield Day((one, two), (codes[0], codes[1]), syncs[0], syncs[1], syncs[2], boards)


def board(counter: Motcua, state: Path) -> list[DossierRow]:
    desk = open_counter(Places(counter.data, state), password="matkhau-thu").desk
    lines = desk.lookup.board(limit=1000).lines
    desk.store.close()
    return sorted((line.row for line in lines), key=lambda row: row.code)


def test_every_code_is_unique(day: Day) -> None:
    assert len({*day.codes[0], *day.codes[1]}) == 2 * EACH


def test_everything_goes_up_and_comes_down(day: Day) -> None:
    assert day.first["sent"] == EACH + 5
    assert day.second["sent"] == EACH + 1
    assert (day.second["received"], day.first_again["received"]) == (EACH + 5, EACH + 1)
    for told in (day.first, day.second, day.first_again):
        assert (told["pending"], told["held"], told["without_effect"], told["forks"]) == (
            0,
            0,
            0,
            0,
        )


def test_both_boards_are_equal_in_the_evening(day: Day) -> None:
    assert len(day.boards[0]) == 2 * EACH - 1
    assert day.boards[0] == day.boards[1]


def test_a_further_exchange_moves_nothing(day: Day) -> None:
    for counter in day.counters:
        counter("sync")
        told = counter("sync").only
        assert (told["sent"], told["received"], told["pending"]) == (0, 0, 0)
        assert told["requests"] == 1


def test_each_counter_explains_every_number(day: Day) -> None:
    void = f"Số {day.codes[1][0]} đã hủy."
    for counter in day.counters:
        assert counter("verify").only["findings"] == [void]


def test_a_dossier_of_the_other_counter_can_be_worked_on_here(day: Day) -> None:
    (one, two), code = day.counters, day.codes[0][0]
    assert two.deed(code, "accept")["step"] == "processing"
    two("sync")
    one("sync")
    assert one("show", code).only["step"] == "processing"


def test_a_notice_nobody_has_read_is_told_by_each_exchange(day: Day) -> None:
    one, _ = day.counters
    announced(one.data.parent / "server", "Chiều nay hệ thống hộ tịch tạm dừng.")
    for _ in range(2):
        (notice,) = one("sync").only["notices"]
        assert set(notice) == {"notice", "at", "text"}
        assert notice["text"] == "Chiều nay hệ thống hộ tịch tạm dừng."


def test_a_page_instead_of_the_server_is_no_acknowledgement(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = day.counters[0]
    (code,) = one.receive(dossier())
    with portal() as address, monkeypatch.context() as patch:
        patch.setattr("app.upstream.server_of", elsewhere(address))
        assert_failed(one("sync"))
        assert_failed(one("enrol", address, stdin="LC3F-Y63G-6GTF-WIJX-JC55"))
    assert one("show", code).only["step"] == "received"
    assert one("sync").only["sent"] == 1


def test_without_a_line_nothing_is_lost(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    one = day.counters[0]
    (code,) = one.receive(dossier())
    with monkeypatch.context() as patch:
        nobody = "http://127.0.0.1:9"
        patch.setattr("app.upstream.server_of", elsewhere(nobody))
        assert_failed(one("sync"))
    assert one("find", code).only["code"] == code
    assert one("sync").only["sent"] == 1


def elsewhere(url: str) -> Callable[[Store], ServerAddress]:
    """As if the server this counter knows were at `url`."""

    def known(store: Store) -> ServerAddress:
        address = server_of(store)
        assert address is not None
        return address._replace(url=url)

    return known


def assert_failed(told: Told) -> None:
    """The other side failed: one sentence, no answer."""
    assert (told.status, told.answers, len(told.errors)) == (4, [], 1)
