"""A slip's PDF beside a bare canvas drawing the same marks, and beside other tools, in the same run.

    .venv/bin/python -m benchmarks.slip [--slips N] [--tools DIR]

Every slip is another citizen's, so that nothing but the form's own words is known before. The bare
canvas is ReportLab told where each mark stands: it makes the symbols and draws, and lays out
nothing. Typst, fpdf2 and WeasyPrint are told the same places, and given the symbols ready made;
they run in a virtual environment of their own in DIR, made from `requirements-slip.txt`. Times are
of the processor, so that a busy computer does not tell.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from unittest import mock

from reportlab.pdfgen.canvas import Canvas

from app.printing.forms import forms
from app.printing.graphics.barcodes import Symbol, code128, qr
from app.printing.graphics.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, load
from app.printing.graphics.marks import Letters, Mark, Picture, Stroke
from app.printing.paper import Paper
from app.printing.papers import slip
from benchmarks import made_up
from resources import path

HERE = Path(__file__).parent
LIMIT = 1.3
OTHERS = 25
"""Slips that the other tools draw; the slowest takes a third of a second for each."""
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)
MEASURES = Paper.A5.measures

Pages = list[list[Mark]]


def values(chance: Random, number: int) -> dict[str, object]:
    """A usual receipt: nobody authorised, four documents, another citizen each time."""
    made = forms.sample("receipt")
    token = "".join(chance.choices("abcdefghijkmnpqrstuvwxyz23456789", k=16))
    name = made_up.name(chance)
    return {
        **made,
        "code": f"H63.12.07-261130-{number:04d}",
        "lookup_url": f"https://tracuu.xadailich.example/t/{token}",
        "applicant_name": name,
        "applicant_number": f"0{chance.randrange(10**10, 10**11)}",
        "applicant_address": f"Thôn {chance.randrange(1, 40)}, xã Đại Lịch, tỉnh Lào Cai",
        "principal_name": "",
    }


# --- drawn by ReportLab -------------------------------------------------------------------------


def ours(filled: dict[str, object]) -> bytes:
    """The product's own slip."""
    return slip.render("receipt", filled, Paper.A5)


def marks_of(filled: dict[str, object]) -> Pages:
    """The marks that our slip consists of."""
    kept: list[Pages] = []

    def keep(pages: Iterable[Iterable[Mark]], *_: object) -> bytes:
        kept.append([list(page) for page in pages])
        return b""

    with mock.patch.object(slip, "pdf", keep):
        ours(filled)
    return kept[0]


def bare(pages: Pages, code: str, url: str) -> bytes:
    """The same marks on a canvas, by whoever knows where they stand."""
    file = BytesIO()
    size = (MEASURES.width, MEASURES.height)
    canvas = Canvas(
        file, pagesize=size, pageCompression=1, invariant=1, initialFontName=REGULAR, lang="vi-VN"
    )
    left, top = MEASURES.left, MEASURES.height - MEASURES.top
    symbols: dict[str, Symbol] = {}
    for page in pages:
        for mark in page:
            x, y = left + mark.x, top - mark.y
            if isinstance(mark, Letters):
                text = canvas.beginText(x, y)
                for run in mark.line:
                    text.setFont(run.face, mark.size)
                    text.textOut(run.text)
                canvas.drawText(text)
            elif isinstance(mark, Stroke):
                canvas.setLineWidth(mark.weight)
                canvas.line(x, y, x + mark.dx, y - mark.dy)
            elif isinstance(mark, Picture):
                kind = "bars" if mark.symbol.width > mark.symbol.height else "square"
                if kind not in symbols:
                    symbols[kind] = (
                        code128(code, mark.symbol.height) if kind == "bars" else qr(url, fine=True)
                    )
                    _define(canvas, kind, symbols[kind])
                canvas.saveState()
                canvas.translate(x, y - mark.symbol.height)
                canvas.doForm(kind)
                canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _define(canvas: Canvas, kind: str, symbol: Symbol) -> None:
    canvas.beginForm(kind, 0, 0, symbol.width, symbol.height)
    outline = canvas.beginPath()
    for x, y, wide, high in symbol.rectangles:
        outline.rect(x, symbol.height - y - high, wide, high)
    canvas.drawPath(outline, stroke=0, fill=1)
    canvas.endForm()


# --- measured -----------------------------------------------------------------------------------


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def at(share: float, times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def told(name: str, times: Sequence[float], base: Sequence[float]) -> float:
    """Print a line; how often the bare canvas' 95th percentile its own is."""
    times_bare = at(0.95, times) / at(0.95, base)
    print(f"{name:22}{at(0.5, times):8.1f}{at(0.95, times):8.1f}{times_bare:8.2f}", flush=True)
    return times_bare


# --- the other tools ----------------------------------------------------------------------------


def plain(pages: Pages) -> dict[str, object]:
    """The marks as JSON: words, rules and rectangles in points from the page's upper left corner."""
    left, top = MEASURES.left, MEASURES.top
    drawn: list[dict[str, list[list[object]]]] = []
    for page in pages:
        words: list[list[object]] = []
        rules: list[list[object]] = []
        boxes: list[list[object]] = []
        for mark in page:
            x, y = left + mark.x, top + mark.y
            if isinstance(mark, Letters):
                for run in mark.line:
                    words.append([x, y, run.text, run.face, mark.size])
                    x += load(run.face).stringWidth(run.text, mark.size)
            elif isinstance(mark, Stroke):
                rules.append([x, y, x + mark.dx, y + mark.dy, mark.weight])
            elif isinstance(mark, Picture):
                boxes += [[x + a, y + b, w, h] for a, b, w, h in mark.symbol.rectangles]
        drawn.append({"words": words, "rules": rules, "boxes": boxes})
    return {"width": MEASURES.width, "height": MEASURES.height, "pages": drawn}


def tools_in(folder: Path) -> Path | None:
    """The Python of the other tools' environment, made when it isn't there; None if that fails."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    locked = ("--require-hashes", "-r", str(HERE / "requirements-slip.txt"))
    try:
        if not python.exists():
            venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *locked],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The other tools could not be installed: {error}")
        return None
    return python


def others(python: Path, slips: Sequence[Pages]) -> dict[str, list[float] | str]:
    """Each tool's times in milliseconds, or why there are none."""
    faces = {name: str(path(f"fonts/{name}.ttf")) for name in FACES}
    asked = json.dumps({"faces": faces, "slips": [plain(pages) for pages in slips]})
    script = [str(python), str(HERE / "slip_others.py")]
    answer = subprocess.run(script, input=asked, capture_output=True, text=True, check=True)
    found: dict[str, list[float] | str] = json.loads(answer.stdout)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--slips", type=int, default=300)
    options.add_argument("--tools", type=Path, default=Path(tempfile.gettempdir()) / "motcua-slip")
    asked = options.parse_args()
    chance = Random(20261130)
    filled = [values(chance, number) for number in range(asked.slips)]
    slips = [marks_of(each) for each in filled]
    for each in filled[:5]:
        ours(each)
    by_us, by_hand = list[float](), list[float]()
    for each, pages in zip(filled, slips, strict=True):
        code, url = str(each["code"]), str(each["lookup_url"])
        by_hand.append(spent(lambda: bare(pages, code, url)))  # noqa: B023  # called at once
        by_us.append(spent(lambda: ours(each)))  # noqa: B023  # likewise
    assert bare(slips[0], *(str(filled[0][x]) for x in ("code", "lookup_url"))).startswith(b"%PDF")
    print(f"A receipt of two copies, {asked.slips} of them; ms of the processor")
    print(f"{'':22}{'median':>8}{'95 %':>8}{'x bare':>8}")
    told("bare ReportLab canvas", by_hand, by_hand)
    ratio = told("Một Cửa", by_us, by_hand)
    python = tools_in(asked.tools)
    for name, times in (others(python, slips[:OTHERS]) if python else {}).items():
        if isinstance(times, str):
            print(f"{name:22}not measured: {times}")
        else:
            told(name, times, by_hand)
    print(f"{ratio:.2f} times the bare canvas; at most {LIMIT} is promised")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
