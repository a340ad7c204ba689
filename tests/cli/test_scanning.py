import shutil
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from app.commands.call import BAD_INPUT, REFUSED
from tests.cli.motcua import Motcua, dossier


@pytest.fixture
def received(motcua: Motcua) -> str:
    return motcua.receive(dossier())[0]


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Two pages as a scanner leaves them."""
    files = [tmp_path / f"quét {number}.png" for number in (1, 2)]
    for file in files:
        Image.new("L", (827, 1169), 255).save(file)
    return [str(file) for file in files]


def states(motcua: Motcua, code: str) -> list[str]:
    return [line["state"] for line in motcua("scan", code).answers]


def test_without_a_file_it_tells_how_far_the_papers_are_digitised(kept: Motcua, code: str) -> None:
    told = kept("scan", code)
    assert [(line["number"], line["state"]) for line in told.answers] == [
        (1, "not_yet"),
        (2, "not_yet"),
        (3, "shown"),
    ]


def test_pictures_become_a_scan_of_one_paper(
    motcua: Motcua, received: str, pictures: list[str], tmp_path: Path
) -> None:
    line = motcua("scan", received, *pictures, "--document", "1").answers[0]
    assert (line["state"], line["pages"], line["doubt"]) == ("digitised", 2, "")
    assert [file["place"] for file in line["files"]] == ["here"]
    out = tmp_path / "ra.pdf"
    assert motcua("scan", received, "--document", "1", "-o", str(out)).status == 0
    with PdfDocument(out) as document:
        assert len(document) == 2


def test_a_scan_can_be_taken_off_and_reused(
    motcua: Motcua, received: str, pictures: list[str]
) -> None:
    motcua("scan", received, *pictures, "--document", "2")
    (other,) = motcua.receive(dossier())
    assert motcua("scan", other, "--document", "2", "--reuse", f"{received}:2").status == 0
    assert states(motcua, other)[1] == "reused"
    assert motcua("scan", received, "--document", "2", "--remove").status == 0
    assert states(motcua, received)[1] == "not_yet"
    assert states(motcua, other)[1] == "reused"


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("tệp.png",), BAD_INPUT, "Thiếu --document"),
        (("không có.png", "--document", "1"), BAD_INPUT, "Không đọc được"),
        (("--document", "1", "--remove"), REFUSED, "chưa có bản số hóa"),
        (("--document", "1", "-o", "ra.pdf"), REFUSED, "chưa có bản số hóa"),
        (("--document", "1", "--reuse", "x:1"), BAD_INPUT, "không có bản số hóa"),
    ],
)
def test_what_cannot_be_done_is_said(
    kept: Motcua, code: str, words: tuple[str, ...], status: int, says: str
) -> None:
    told = kept("scan", code, *words)
    assert told.status == status
    assert says in " ".join(told.errors)


def test_a_paper_that_does_not_exist_is_refused(
    motcua: Motcua, received: str, pictures: list[str]
) -> None:
    told = motcua("scan", received, *pictures, "--document", "9")
    assert (told.status, "thành phần số 9" in told.errors[0]) == (BAD_INPUT, True)


def test_a_scan_that_no_server_holds_comes_back_with_the_backup(
    motcua: Motcua, received: str, pictures: list[str], tmp_path: Path
) -> None:
    motcua("scan", received, *pictures, "--document", "1")
    backup = tmp_path / "stick" / "bản sao.motcua"
    backup.parent.mkdir()
    assert motcua("backup", str(backup)).status == 0
    shutil.rmtree(motcua.data)
    assert motcua("restore", str(backup)).status == 0
    (file,) = motcua("scan", received).answers[0]["files"]
    assert file["place"] == "here"
