"""The day of one counter, played as the set-up script does it on a computer without a screen."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from app.counter import open_counter
from app.settings import Places
from app.upstream import server_of


class Played(NamedTuple):
    """What the day told, and where its papers and its data lie."""

    said: str
    papers: Path
    places: Places


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("day")
    places = Places(folder / "demo", folder / "state")
    environment = {**os.environ, "MOTCUA_STATE": str(places.state)}
    command = [sys.executable, "-m", "app.demo", "--folder", "demo", "--headless"]
    day = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert day.returncode == 0, day.stderr
    return Played(day.stdout, folder / "out", places)


def test_the_morning_begins_with_what_is_due_and_the_evening_ends_in_order(played: Played) -> None:
    lines = played.said.splitlines()
    hours = [line[:5] for line in lines if line[2:3] == ":"]
    assert (hours[0], hours[-1]) == ("07:15", "17:00")
    assert hours == sorted(hours)
    assert "dữ liệu đúng" in lines[-2]


def test_a_mistyped_number_is_told_and_the_citizen_is_received_after_all(played: Played) -> None:
    assert "12 chữ số; đang có 11" in played.said
    assert "Nhận H26.15.3-" in played.said.partition("đang có 11")[2]


def test_the_evening_exchange_gives_the_server_all(played: Played) -> None:
    assert "máy chủ còn thiếu 0. Lần sau: 0 sự kiện." in played.said
    desk = open_counter(played.places).desk
    try:
        assert desk.store.pending("server")[0] == 0
    finally:
        desk.store.close()


def test_slips_lie_in_the_out_folder_in_two_copies(played: Played) -> None:
    receipts = sorted(played.papers.glob("receipt *.pdf"))
    assert len(receipts) >= 8
    assert len(list(played.papers.glob("control *.pdf"))) >= 2
    replaced = next(file for file in receipts if "THAY THẾ" in file.name)
    words = " ".join(page.extract_text() for page in PdfReader(replaced).pages)
    assert "Đỗ Minh Vương" in words
    assert "Đỗ Minh Vượng" not in words


def test_a_picture_of_each_page_lies_beside_them(played: Played) -> None:
    pictures = sorted(played.papers.glob("*.png"))
    assert len(pictures) >= 5
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in pictures)


def test_the_server_ended_with_the_day(played: Played) -> None:
    desk = open_counter(played.places).desk
    address = server_of(desk.store)
    desk.store.close()
    assert address is not None
    host, port = address.url.removeprefix("http://").split(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=5)
