"""A new PC of a commune without a line: by commands alone, on both programs, it comes to hold everything."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.motcua import UNIT, Motcua, dossier, sit_down
from tests.journeys.upstream import enrolment_code


def server(folder: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    command = [sys.executable, "-m", "server.cli", *words, "--data", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


def test_a_request_and_its_answer_on_a_stick_make_it_a_counter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch, tmp_path / "state")
    counter = Motcua(tmp_path / "counter", monkeypatch).established(2)
    above, request, answer = tmp_path / "server", str(tmp_path / "ask"), str(tmp_path / "answer")
    enrolment_code(above, UNIT)  # the unit is there
    code = server(above, "enrol", UNIT, "--days", "14")[1]["code"]
    asked = counter("enrolment", "ask", request, "--url", "https://motcua.gov.vn", stdin=code)
    assert asked.only == {"file": request, "url": "https://motcua.gov.vn"}
    status, told, _ = server(above, "enrolment", "answer", request, answer)
    assert (status, told["counter"], told["unit"]) == (0, 2, UNIT)
    joined = counter("enrolment", "read", answer).only
    assert (joined["unit_name"], joined["received"]) == ("xã Khánh Hà", told["sent"])
    assert counter("sync", "--server", "http://127.0.0.1:9").status == 4  # nobody is there
    assert counter("enrolment", "read", answer).only["url"] == "http://127.0.0.1:9"
    counter.receive(dossier())
    up, down = str(tmp_path / "up"), str(tmp_path / "down")
    counter("bundle", "write", up)
    assert [server(above, "bundle", *words)[0] for words in (("read", up), ("write", down))] == [
        0,
        0,
    ]
    assert counter("bundle", "read", down).only["pending"] == 0


def test_the_server_answers_no_request_without_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch, tmp_path / "state")
    counter = Motcua(tmp_path / "counter", monkeypatch).established(2)
    above, request, answer = tmp_path / "server", str(tmp_path / "ask"), tmp_path / "answer"
    enrolment_code(above, UNIT)
    strange = "LC3F-Y63G-6GTF-WIJX-JC55"
    counter("enrolment", "ask", request, "--url", "https://motcua.gov.vn", stdin=strange)
    status, _, sentence = server(above, "enrolment", "answer", request, str(answer))
    assert (status, answer.exists()) == (3, False)
    assert "Mã ghi danh không đúng" in sentence
    assert server(above, "enrol", UNIT, "--days", "99")[0] == 2
