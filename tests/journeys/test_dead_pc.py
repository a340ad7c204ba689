"""A PC dies offline: from the stick and the paper in the safe it works again, and the server gets all."""

import json
from pathlib import Path

import pytest

from tests.cli.a_pc import Pc
from tests.cli.motcua import UNIT, dossier, sit_down
from tests.journeys.upstream import enrolment_code, serving

NEW_PASSWORD = "mật khẩu ở máy mới"


@pytest.fixture
def pcs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Pc, Pc]:
    sit_down(monkeypatch, tmp_path / "state")
    return Pc(tmp_path / "máy cũ", monkeypatch), Pc(tmp_path / "máy mới", monkeypatch)


def test_what_no_exchange_had_carried_reaches_the_server_from_the_new_pc(
    pcs: tuple[Pc, Pc], tmp_path: Path
) -> None:
    old, new = pcs
    stick = tmp_path / "usb"
    stick.mkdir()
    set_up = old("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1").only
    with serving(tmp_path / "server") as address:
        enrolled = old("enrol", address, stdin=enrolment_code(tmp_path / "server", UNIT)).only
        assert "recovery_code" not in enrolled  # there is one since the counter was set up
        assert old("sync").only["pending"] == 0
        assert old("second-copy", "set", str(stick)).only["copied"]
        lines = "\n".join(json.dumps(dossier(name=name)) for name in ("Lê Một", "Lê Hai"))
        codes = [answer["code"] for answer in old("receive", "-", stdin=lines).answers]
        # here it dies
        code = set_up["recovery_code"]
        done = new("restore", "--from-copy", str(stick), "--recovery", stdin=code, password=NEW_PASSWORD)  # fmt: skip
        assert done.answers[0]["findings"] == []
        told = new("sync", password=NEW_PASSWORD).only
        assert (told["pending"], told["forks"]) == (0, 0)
    found = new("find", "Lê", password=NEW_PASSWORD).answers
    assert sorted(answer["code"] for answer in found) == sorted(codes)
    assert new("verify", password=NEW_PASSWORD).only["ok"]


def test_a_counter_of_an_earlier_version_gets_its_code_when_it_enrols(
    pcs: tuple[Pc, Pc], tmp_path: Path
) -> None:
    old, _ = pcs
    old("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1")
    ring = old.folder / "data" / "keys.json"
    kept = json.loads(ring.read_text("utf-8"))
    del kept["recovery"]
    ring.write_text(json.dumps(kept), "utf-8")
    with serving(tmp_path / "server") as address:
        enrolled = old("enrol", address, stdin=enrolment_code(tmp_path / "server", UNIT)).only
    assert len(enrolled["recovery_code"]) == 41
    assert old("backup", str(tmp_path / "sao.motcua")).only["only_here"] is False
