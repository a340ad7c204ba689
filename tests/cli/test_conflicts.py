"""What two counters did apart is listed, and settled by whoever may."""

from pathlib import Path

import pytest

from app.cli import main
from app.counter import open_counter
from app.settings import places
from tests.cli.motcua import PASSPHRASE, Motcua, dossier
from tests.making import exchange


def trade(one: Motcua, two: Motcua) -> None:
    """All that both hold, as over a wire."""
    stores = [open_counter(places(x.data), "", PASSPHRASE).desk.store for x in (one, two)]
    exchange(stores[0], stores[1])
    for store in stores:
        store.close()


@pytest.fixture
def code(motcua: Motcua, tmp_path: Path, seat: pytest.MonkeyPatch) -> str:
    """Of a dossier that two counters handed over, not knowing of each other."""
    other = Motcua(tmp_path / "other", seat).established(2)
    (code,) = motcua.receive(dossier())
    trade(motcua, other)
    for counter in (motcua, other):
        counter.deed(code, "hand-over", "--to", "phutrach")
    trade(motcua, other)
    return code


def test_open_tasks_are_listed_for_one_and_for_all(motcua: Motcua, code: str) -> None:
    motcua.receive(dossier())
    listed = motcua("conflicts").only
    assert motcua("conflicts", code).only == listed
    assert (listed["code"], listed["number"], listed["holder"]) == (code, 1, "phutrach")
    assert "bàn giao ở hai nơi" in listed["sentence"]
    told = {event["name"]: event for event in motcua("show", code).only["events"]}
    assert {told[listed[key]]["type"] for key in ("deed", "other")} == {"handed_over"}


def test_settling_leaves_nothing_to_look_at(motcua: Motcua, code: str) -> None:
    assert motcua("conflicts", code, "--settle", "1").answers == []
    assert motcua("conflicts").answers == []
    assert motcua("show", code).only["events"][-1]["type"] == "conflict_settled"


def test_the_history_says_it_was_seen_in_vietnamese(
    motcua: Motcua, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    motcua("conflicts", code, "--settle", "1")
    assert main(["show", code, "--data", str(motcua.data)]) == 0
    assert "Đã xem việc trùng" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("--settle", "1"), ("CODE", "--settle", "2")])
def test_what_is_not_there_cannot_be_settled(
    motcua: Motcua, code: str, words: tuple[str, ...]
) -> None:
    told = motcua("conflicts", *(code if word == "CODE" else word for word in words))
    assert (told.status, told.answers) == (2, [])


def test_a_stranger_is_refused(motcua: Motcua, code: str) -> None:
    motcua.add("toan", "specialist")
    told = motcua.as_("toan")("conflicts", code, "--settle", "1")
    assert told.status == 3
    assert "người đang giữ hồ sơ" in told.errors[0]
