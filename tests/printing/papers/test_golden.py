"""Holds each form against a PDF that a person has looked at.

After a change that is meant, look at the pages and renew: `RENEW_GOLDEN=1 pytest tests/printing`.
"""

import os
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from subprocess import run
from sys import executable
from typing import Any

import pytest
from pypdf import PdfReader

from tests.printing.papers.samples import RECEIPT, VARIANTS, Slip, draw, sample

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).parent / "golden"

IDS = [(str(slip), variant) for slip, variant in VARIANTS]

DIGEST = """
from hashlib import sha256
from app.printing import paper
from app.printing.forms import forms
from app.printing.papers import slip
pdf = slip.render("receipt", forms.sample("receipt"), paper.Paper.A5)
print(sha256(pdf).hexdigest())
"""


@pytest.mark.parametrize(("slip", "variant"), VARIANTS, ids=map("-".join, IDS))
def test_the_pages_are_those_that_were_looked_at(slip: Slip, variant: str) -> None:
    usual = variant == slip.variants[0]
    golden = GOLDEN / (f"{slip}.pdf" if usual else f"{slip}-{variant}.pdf")
    pdf = draw(slip, sample(slip, variant))
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_bytes(pdf)
    assert unpacked(pdf) == unpacked(golden.read_bytes())


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_draws_the_same_bytes(seed: str) -> None:
    command = [executable, "-c", DIGEST]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    there = run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    here = sha256(draw(RECEIPT, sample(), copies=None)).hexdigest()
    assert there.stdout.strip() == here


def unpacked(pdf: bytes) -> list[dict[str, object]]:
    """What is drawn on each page, with its symbols and fonts.

    Streams are compared unpacked: another zlib packs the same page into other bytes.
    """
    return [_unpacked(page) for page in PdfReader(BytesIO(pdf)).pages]


def _unpacked(page: Any) -> dict[str, object]:
    resources = page["/Resources"]
    symbols = {
        name: symbol.get_object().get_data()
        for name, symbol in resources.get("/XObject", {}).items()
    }
    fonts = {
        font["/BaseFont"]: font["/FontDescriptor"]["/FontFile2"].get_data()
        for font in resources["/Font"].values()
    }
    drawn = page.get_contents().get_data()
    return {"size": tuple(page.mediabox), "drawn": drawn, **symbols, **fonts}
