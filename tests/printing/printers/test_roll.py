"""The roll of 80 mm: what its printer is sent is read back as the picture it would burn."""

import socket
from pathlib import Path
from struct import unpack_from

import pytest
import zxingcpp
from PIL import Image, ImageOps

from app.printing.forms.variables import REGISTRY, Variable
from app.printing.paper import Paper
from app.printing.papers import ticket
from app.printing.printers import printers, roll
from app.printing.printers.spooler import Document, JobId, NotTaken
from tests.printing import reading

CODE = "H26.15.3-261123-0001"
URL = "https://tracuu.khanhha.example/t/Ab3-_xYz90QwErTyUiOp"


def values(**changes: object) -> dict[str, object]:
    samples = {name: x.sample for name, x in REGISTRY.items() if isinstance(x, Variable)}
    return {**samples, "code": CODE, "lookup_url": URL, **changes}


def burnt(sent: bytes) -> list[str]:
    """What is burnt, read by an interpreter of its own: one text of dots a page."""
    assert sent.startswith(b"\x1b@")
    at, lines, pages = 2, list[str](), list[str]()
    while at < len(sent):
        if sent.startswith(b"\x1dv0\x00", at):
            across, down = unpack_from("<HH", sent, at + 4)
            at += 8
            for _ in range(down):
                lines.append("".join(f"{byte:08b}" for byte in sent[at : at + across]))
                at += across
        elif sent.startswith(b"\x1bd", at):
            at += 3
        else:
            assert sent.startswith(b"\x1dV\x42\x00", at), sent[at : at + 4]
            pages.append("\n".join(lines))
            lines = []
            at += 4
    assert not lines
    return pages


def scanned(page: str) -> dict[str, str]:
    lines = page.splitlines()
    dots = bytes(0 if dot == "1" else 255 for line in lines for dot in line)
    picture = Image.frombytes("L", (len(lines[0]), len(lines)), dots)
    picture = ImageOps.expand(picture, 16, 255)  # the paper beside the dots
    return {found.format.name: found.text for found in zxingcpp.read_barcodes(picture)}


def test_both_codes_of_a_ticket_are_read_back_from_its_dots() -> None:
    (page,) = burnt(roll.commands(ticket.render(values())))
    assert scanned(page) == {"Code128": CODE, "QRCode": URL}
    assert {len(line) for line in page.splitlines()} == {roll.DOTS}


def test_every_page_is_cut_off() -> None:
    one = roll.commands(ticket.render(values()))
    assert one.endswith(b"\x1dV\x42\x00")
    assert one.count(b"\x1dV") == 1


def test_a_ticket_says_what_it_is_not_and_whom_to_call() -> None:
    said = reading.text(
        ticket.render(values(one_stop="Trung tâm Phục vụ hành chính công xã Đại Lịch"))
    )
    for words in (CODE, "không thay giấy tiếp nhận", "0216 3 000 000", "16 giờ 30 phút"):
        assert words in said


def test_without_an_address_the_code_itself_is_looked_up() -> None:
    (page,) = burnt(roll.commands(ticket.render(values(lookup_url=""))))
    assert scanned(page)["QRCode"] == CODE


def test_a_provisional_code_is_called_so() -> None:
    said = reading.text(ticket.render(values(code="T-BCFGHKLM", provisional=True)))
    assert "Mã tạm T-BCFGHKLM" in said


def test_a_device_or_file_is_given_the_dots(tmp_path: Path) -> None:
    opened: list[JobId] = []
    document = Document(ticket.render(values()), "ticket", Paper.K80)
    printers.send(document, f"K80:{tmp_path / 'lp0'}", opened.append)
    assert (tmp_path / "lp0").read_bytes() == roll.commands(document.pdf)
    assert opened == [f"K80:{tmp_path / 'lp0'}"]


def test_a_printer_on_the_network_is_given_the_dots() -> None:
    document = Document(ticket.render(values()), "ticket", Paper.K80)
    with socket.create_server(("127.0.0.1", 0)) as printer:
        port = printer.getsockname()[1]
        printers.send(document, f"K80:127.0.0.1:{port}")
        line, _ = printer.accept()
        with line:
            came = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert scanned(burnt(came)[0])["Code128"] == CODE


def test_a_roll_printer_that_is_off_took_nothing(tmp_path: Path) -> None:
    document = Document(ticket.render(values()), "ticket", Paper.K80)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for place in (f"127.0.0.1:{port}", "127.0.0.1:port", f"{tmp_path}/none/lp0"):
        with pytest.raises(NotTaken, match="không trả lời"):
            printers.send(document, f"K80:{place}")


def test_a_slip_does_not_go_onto_a_roll(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="chỉ in khổ K80"):
        printers.send(Document(b"%PDF", "receipt"), f"K80:{tmp_path / 'lp0'}")
    assert not (tmp_path / "lp0").exists()
