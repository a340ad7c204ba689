"""`print` from the command line, to printers and rolls."""

from pathlib import Path

import pytest

from tests.cli.motcua import Motcua, dossier
from tests.printing import reading


def test_a_ticket_goes_onto_a_roll_and_counts_as_no_print(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    roll = tmp_path / "lp0"
    told = motcua("print", "ticket", code, "--printer", f"K80:{roll}", "--paper", "K80").only
    assert (told["form"], told["printer"]) == ("ticket", f"K80:{roll}")
    assert roll.read_bytes().startswith(b"\x1b@\x1dv0")
    assert motcua("print", "receipt", code, "-o", str(tmp_path / "1.pdf")).only["mark"] == ""


def test_a_ticket_needs_a_dossier_and_the_roll(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    assert motcua("print", "ticket").status == 2
    wide = motcua("print", "ticket", code, "--paper", "A4")
    assert (wide.status, "--paper K80" in wide.errors[0]) == (2, True)


def test_a_test_page_needs_no_counter(motcua: Motcua, tmp_path: Path) -> None:
    told = motcua("print", "test-page", "--printer", f"PDF:{tmp_path / 'thử'}").only
    assert told["form"] == "test-page"
    (page,) = (tmp_path / "thử").iterdir()
    assert page.read_bytes().startswith(b"%PDF-")


def test_a_printer_that_took_nothing_leaves_the_original_to_be_printed(
    motcua: Motcua, tmp_path: Path
) -> None:
    (code,) = motcua.receive(dossier())
    (tmp_path / "file").write_bytes(b"")
    refused = motcua("print", "receipt", code, "--printer", f"PDF:{tmp_path / 'file'}")
    assert (refused.status, "Không ghi được" in refused.errors[0]) == (4, True)
    told = motcua("print", "receipt", code, "--printer", f"PDF:{tmp_path / 'giấy'}").only
    assert told["mark"] == ""


def test_each_code_gets_a_paper_of_its_own_once(motcua: Motcua, tmp_path: Path) -> None:
    codes = motcua.receive(*(dossier(name=f"Người {n}") for n in range(3)))
    words = ("print", "receipt", "-", "--each", "--printer", f"PDF:{tmp_path / 'giấy'}")
    told = motcua(*words, stdin="\n".join(codes[:2])).answers
    assert told[0] == {"done": 0, "of": 2}
    done = {"form": "receipt", "sent": 2, "skipped": 0, "refused": 0, "left": 0}
    assert told[-1] == done
    again = motcua(*words, stdin="\n".join(codes)).answers[-1]
    assert again == {**done, "sent": 1, "skipped": 2}
    assert len(list((tmp_path / "giấy").iterdir())) == 3


def test_a_batch_that_no_printer_takes_is_told_and_left_to_be_printed(
    motcua: Motcua, tmp_path: Path
) -> None:
    codes = motcua.receive(dossier(), dossier(name="Lò Thị B"))
    (tmp_path / "file").write_bytes(b"")
    told = motcua("print", "receipt", *codes, "--each", "--printer", f"PDF:{tmp_path / 'file'}")
    assert (told.status, told.answers[-1]["left"]) == (4, 2)
    assert "Không ghi được" in told.errors[0]


def test_one_that_cannot_be_printed_is_named_and_the_others_are(
    motcua: Motcua, tmp_path: Path
) -> None:
    refused, printed = motcua.receive(dossier(), dossier(name="Lò Thị B"))
    for deed in (
        ("hand-over", "--to", "ltnga"),
        ("accept",),
        ("refuse", "--reason", "thiếu điều kiện"),
    ):
        motcua("deed", printed, *deed)
    words = ("--each", "--printer", f"PDF:{tmp_path / 'giấy'}")
    told = motcua("print", "refusal", refused, printed, *words)
    assert (told.status, told.answers[-1]["sent"], told.answers[-1]["refused"]) == (3, 1, 1)
    assert (len(told.errors), refused in told.errors[0]) == (1, True)


def test_a_batch_needs_a_printer(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    assert motcua("print", "receipt", code, "--each").status == 2


def test_a_second_set_is_a_print_of_its_own_and_says_so(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    told = motcua(
        "print", "receipt", code, "--copies", "2", "--printer", f"PDF:{tmp_path / 'giấy'}"
    )
    assert [each["mark"] for each in told.answers] == ["", "BẢN IN LẠI lần 1"]


def test_a_paper_sent_to_a_roll_is_wrong_input_and_no_print(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    before = motcua("verify").only["events"]
    roll = f"K80:{tmp_path / 'cuộn'}"
    for words in (("receipt", code), ("receipt", code, "--each"), ("morning-sheet",)):
        told = motcua("print", *words, "--printer", roll)
        assert (told.status, "Máy in cuộn K80 chỉ in" in told.errors[0]) == (2, True)
    assert motcua("verify").only["events"] == before
    assert motcua("print", "ticket", code, "--printer", roll).status == 0


@pytest.mark.parametrize("form", ["ticket", "test-page", "qr-cards"])
def test_what_has_no_form_file_shows_itself_too(motcua: Motcua, tmp_path: Path, form: str) -> None:
    file = tmp_path / "mẫu.pdf"
    assert motcua("print", form, "--sample", "-o", str(file)).only["file"] == str(file)
    words = {"ticket": "PHIẾU TRA CỨU", "test-page": "Trang thử", "qr-cards": "Tra cứu hồ sơ"}
    assert words[form].casefold() in reading.text(file.read_bytes()).casefold()
