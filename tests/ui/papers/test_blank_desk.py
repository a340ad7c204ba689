"""Receipts to fill by hand are one command away while there is still power."""

from pathlib import Path

from app.counter import render
from app.ui.papers.blank_desk import COUNT
from app.ui.widgets.notice import Notice
from app.ui.widgets.parts import WrappingLabel
from app.ui.window import Window
from tests.printing.reading import page_texts
from tests.ui.commune import Commune, hit
from tests.ui.keys import type_keys


def said(window: Window) -> str:
    notice = window.findChild(Notice)
    assert notice
    words = notice.findChild(WrappingLabel)
    assert words
    return words.text()


def test_they_go_where_receipts_go_each_with_a_code_of_its_own(
    window: Window, commune: Commune, tmp_path: Path
) -> None:
    folder = tmp_path / "giấy"
    folder.mkdir()
    commune.desk.store.keeping.put("printer receipt", f"PDF:{folder}")
    commune.desk.blanks._render = render
    hit(window, "F12")
    type_keys(window, "ghi tay\n")
    files = list(folder.iterdir())
    assert len(files) == COUNT
    assert len({page_texts(file.read_bytes())[0].split("T-")[1][:8] for file in files}) == COUNT
    assert f"{COUNT} giấy hẹn ghi tay" in said(window)


def test_without_a_printer_it_says_where_to_choose_one(window: Window) -> None:
    hit(window, "F12")
    type_keys(window, "ghi tay\n")
    assert "F12" in said(window)
