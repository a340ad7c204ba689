"""`print` from the command line, to printers and rolls."""

from pathlib import Path

from tests.cli.motcua import Motcua, dossier


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
