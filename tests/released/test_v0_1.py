"""What version 0.1 wrote still opens, on another machine and under today's program."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.models.exchange.messages import unpack
from server.build import build
from tests.cli.motcua import Motcua, sit_down
from tests.sync.small import NOW

KEPT = Path(__file__).parent / "v0_1"
SHOWN = [json.loads(line) for line in (KEPT / "shown.jsonl").read_text("utf-8").splitlines()]

# what a later fold may know more of, and what a machine that holds no marker says of itself
MAY_GROW = {"events", "fee", "applicant", "principal", "promises"}


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Motcua:
    shutil.copytree(KEPT / "counter", tmp_path / "data")
    sit_down(monkeypatch, tmp_path / "state")
    monkeypatch.setenv("MOTCUA_PASSPHRASE", "mat-khau-cua-ban-0.1")
    counter = Motcua(tmp_path / "data", monkeypatch)
    assert counter("verify").status == 0, "the first opening brings the tables up to date"
    return counter


@pytest.mark.parametrize("then", SHOWN, ids=lambda shown: str(shown["code"]))
def test_a_dossier_of_0_1_reads_as_it_did(counter: Motcua, then: dict[str, Any]) -> None:
    now = counter("show", str(then["code"])).only
    assert {key: now[key] for key in then.keys() - MAY_GROW} == {
        key: then[key] for key in then.keys() - MAY_GROW
    }
    for key in MAY_GROW - {"events", "promises"}:
        if then[key] is not None:
            assert now[key].items() >= then[key].items()


def test_the_log_of_0_1_holds_and_its_people_are_found(counter: Motcua) -> None:
    assert counter("verify").only["ok"]
    assert [found["code"] for found in counter("find", "phuong quynh").answers] == [
        SHOWN[0]["code"]
    ]


def test_a_counter_of_0_1_goes_on_receiving(counter: Motcua) -> None:
    (code,) = counter.receive({"procedure": "1.001193", "applicant": {"name": "Lò Thị Ơn"}})
    assert code.startswith("T-"), "no marker came along, so no lane is held here"
    assert counter("show", code).only["status_code"] == 2


def test_the_server_of_0_1_opens_and_what_a_counter_of_0_1_sends_is_taken(tmp_path: Path) -> None:
    shutil.copytree(KEPT / "server", tmp_path / "server")
    server = build(tmp_path / "server")
    pushed = (KEPT / "push.bin").read_bytes()
    question = unpack(pushed)
    (run,) = question.runs
    with server.units.open(question.unit) as ledger:
        before = ledger.map()[run.log].seq
    answer = unpack(server.upstream.answer(pushed, NOW))
    with server.units.open(question.unit) as ledger:
        after = ledger.map()[run.log].seq
    server.engine.dispose()
    assert (before, after) == (run.first - 1, run.last)
    assert (answer.trouble, answer.sender) == ("", server.keys.public)
