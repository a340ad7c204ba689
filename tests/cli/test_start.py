"""A command starts fast, loading nothing it has no use for, and ends quietly when nobody reads on."""

import os
import subprocess
import sys

from tests.cli.motcua import Motcua, dossier

HEAVY = ("reportlab", "httpx", "PySide6", "openpyxl", "pypdfium2")
RUN = """
import sys
from app import cli, credentials

credentials.STRETCH = credentials.Stretch(memory_kib=64)
data, heavy = sys.argv[1], set(sys.argv[2:])
for words in ("find su", "late", "due 1.001022 --at 2026-11-23T08:00", "verify", "receive -"):
    assert cli.main([*words.split(), "--data", data]) == 0, words
    print("loaded", words, *sorted(heavy & set(sys.modules)))
"""


def test_looking_up_and_receiving_load_no_heavy_library(motcua: Motcua) -> None:
    command = [sys.executable, "-c", RUN, str(motcua.data), *HEAVY]
    said = subprocess.run(
        command, input="", capture_output=True, encoding="utf-8", check=True
    ).stdout
    loaded = [line for line in said.splitlines() if line.startswith("loaded")]
    assert loaded == [
        "loaded find su", "loaded late", "loaded due 1.001022 --at 2026-11-23T08:00",
        "loaded verify", "loaded receive -",
    ]  # fmt: skip


def test_a_reader_who_has_enough_is_no_fault(motcua: Motcua) -> None:
    motcua.receive(dossier())
    read, write = os.pipe()
    os.close(read)
    script = (
        RUN.partition("for words")[0]
        + 'sys.exit(cli.main(["late", "--soon", "9", "--data", data]))'
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(motcua.data)], stdout=write, stderr=subprocess.PIPE,
        encoding="utf-8", check=False,
    )  # fmt: skip
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")
