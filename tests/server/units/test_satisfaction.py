"""Boxes on both stores: kept once, summed up by unit, read by no other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from app.models.citizens.satisfaction import Summary
from app.models.errors import OtherSideFailed
from app.models.exchange import file_talk as talk
from app.sync.files import Ask, asking
from server import cli
from server.store import tables as t
from server.units import satisfaction
from tests.sync.small import UNIT, SmallCounter, SmallServer

MONDAY = date(2026, 11, 23)
NEIGHBOUR = "H50.13"


@contextmanager
def talking(server: SmallServer, counter: SmallCounter) -> Iterator[Ask]:
    with asking(counter.keys, counter.unit, server.address(), server.line) as ask:
        yield ask


def box(*levels: int, until: date = MONDAY, first: int = 0) -> talk.Box:
    keys = (bytes([number]) * 16 for number in range(first, first + len(levels)))
    ballots = ((key, {"overall": level}) for key, level in zip(keys, levels, strict=True))
    return talk.Box(until, tuple(ballots))


def held(owner: Engine) -> int:
    with owner.connect() as connection:
        return connection.scalar(select(func.count()).select_from(t.ballots)) or 0


def overall(server: SmallServer, *span: date, unit: str = UNIT) -> Summary | None:
    return satisfaction.said(server.built.engine, unit, *span).get("overall")


def test_a_box_is_kept_once(server: SmallServer, counter: SmallCounter, owner: Engine) -> None:
    with talking(server, counter) as ask:
        for _ in range(2):
            ask(box(1, 2, 3, 3, 3))
        ask(box(3, 3, 3, 2, 2, first=3))  # two of them are new names
    assert held(owner) == 8
    assert overall(server) == Summary((1, 3, 4))


def test_a_span_counts_the_boxes_that_were_full_in_it(
    server: SmallServer, counter: SmallCounter
) -> None:
    with talking(server, counter) as ask:
        ask(box(*[3] * 5))
        ask(box(*[1] * 6, until=date(2026, 12, 1), first=50))
    assert overall(server, date(2026, 11, 1), date(2026, 11, 30)) == Summary((0, 0, 5))
    assert overall(server, date(2026, 12, 1)) == Summary((6, 0, 0))
    assert overall(server, date(2026, 12, 2)) is None


@pytest.mark.parametrize("wrong", [box(3, 3, 3, 3), box(*[4] * 5), box(*[0] * 5)])
def test_what_is_no_box_is_not_taken(
    server: SmallServer, counter: SmallCounter, owner: Engine, wrong: talk.Box
) -> None:
    with talking(server, counter) as ask, pytest.raises(OtherSideFailed):
        ask(wrong)
    assert held(owner) == 0


def test_a_stranger_puts_nothing_in(server: SmallServer, owner: Engine) -> None:
    with talking(server, SmallCounter("stranger", 2)) as ask, pytest.raises(OtherSideFailed):
        ask(box(*[3] * 5))
    assert held(owner) == 0


def test_no_unit_reads_anothers(server: SmallServer, counter: SmallCounter) -> None:
    server.built.units.add(NEIGHBOUR, "Xã Bên", server.built.author, server.now)
    with talking(server, counter) as ask:
        ask(box(*[3] * 5))
    assert overall(server, unit=NEIGHBOUR) is None


def test_the_command_tells_each_unit_by_question(
    server: SmallServer,
    counter: SmallCounter,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "build", lambda *_, **__: server.built)
    with talking(server, counter) as ask:
        ask(box(1, 2, 3, 3, 3))
    words = ["satisfaction", "--data", str(server.data), "--json"]
    assert cli.main([*words, "--from", "2026-11-01"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["answers"], told["counts"]) == (UNIT, 5, [1, 1, 3])
    assert (told["satisfied"], told["mean"]) == (0.8, 2.4)
    assert cli.main(words[:-1]) == 0
    assert capsys.readouterr().out == f"{UNIT}  overall: 5 phiếu, hài lòng 80,0 %\n"
    assert cli.main([*words, "--from", "hôm qua"]) == 2
    assert "2026-11-30" in capsys.readouterr().err
