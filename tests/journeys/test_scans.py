"""A paper scanned at one counter is read at another, over a real server."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.motcua import UNIT, Motcua, dossier, sit_down
from tests.journeys.upstream import enrolment_code, serving


def test_a_paper_scanned_at_one_counter_is_read_at_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch, tmp_path / "state")
    picture = tmp_path / "quét.png"
    Image.effect_noise((827, 1169), 40).save(picture)
    with serving(tmp_path / "server") as address:
        one, two = (Motcua(tmp_path / f"{n}", monkeypatch).established(n) for n in (1, 2))
        for counter in (one, two):
            assert counter("enrol", address, stdin=enrolment_code(tmp_path / "server", UNIT))
            assert "scans" not in counter("sync").only
        (code,) = one.receive(dossier())
        assert one("scan", code, str(picture), "--document", "1").status == 0
        assert one("sync").only["scans"] == 1
        assert one("scan", code).answers[0]["files"][0]["place"] == "both"
        two("sync")
        assert two("scan", code).answers[0]["files"][0]["place"] == "there"
        out = tmp_path / "ra.pdf"
        told = two("scan", code, "--document", "1", "-o", str(out))
        assert told.answers[0]["files"][0]["place"] == "both"
    assert out.read_bytes().startswith(b"%PDF")
