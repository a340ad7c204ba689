"""Renders a form to PDF: the one master of every paper."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.printing import forms, heads, layout
from app.printing.drawing import pdf
from app.printing.filling import Filling
from app.printing.form import Form
from app.printing.marks import Mark, Piece, moved
from app.printing.pages import Page, paginate
from app.printing.paper import Measures, Paper
from app.printing.sheets import LAYOUTS

REPLACEMENT = "THAY THẾ"
"""Marks the slip of a corrected dossier."""


def reprint(n: int) -> str:
    """Marks the `n`-th print after the original."""
    return f"BẢN IN LẠI lần {n}"


def render(
    form: str,
    values: Mapping[str, object],
    paper: Paper,
    copies: Sequence[str] | None = None,
    mark: str = "",
    profile: str = forms.CURRENT,
    unit: Path | None = None,
) -> bytes:
    """The PDF of a form: the same bytes for the same input, fonts embedded, never scaled.

    `copies` are the labels of the copies, one after another (None: the form's own); `mark` stands
    on each page of each; `unit` is the folder of what the unit has printed otherwise. KeyError when
    a variable of the form is absent from `values`, `BadInput` when a value is too long for a page.
    """
    described = forms.load(form, profile, unit)
    named = described.variables()
    for absent in (name for name in named if name not in values):
        raise KeyError(absent)
    measures = LAYOUTS[described.sheet] if described.sheet else paper.measures
    code = str(values.get("code") or "") if "code" in named else ""
    top = _top(described, values, measures)
    body = layout.lay_out(described.blocks, values, measures)
    pages: list[Sequence[Mark]] = []
    for copy in described.copies if copies is None else copies:
        title = heads.title(described.title, copy, mark, measures)
        running = heads.running_head(described.title, copy, mark, code, measures)
        pages += _marks(paginate([*top, title, *body], measures.depth, running), measures)
    return pdf(pages, measures, f"{described.title} {code}".strip())


def _top(form: Form, values: Mapping[str, object], measures: Measures) -> list[Piece]:
    """What stands above the title."""
    header = [heads.header(form.header, Filling(values), measures)] if form.header else []
    above = layout.lay_out(form.above, values, measures)
    return [*header, Piece(measures.body.leading * 0.35), *above] if above else header


def _marks(pages: Sequence[Page], measures: Measures) -> Iterator[Sequence[Mark]]:
    """What stands on each page, with its number."""
    for number, page in enumerate(pages, 1):
        placed = [mark for it in page for mark in moved(it.piece.marks, 0, it.y)]
        yield [*placed, *heads.page_number(number, len(pages), measures)]
