"""Renders a form to PDF: the one master of every paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from app.printing.forms import forms
from app.printing.forms.form import Form
from app.printing.graphics.drawing import pdf
from app.printing.graphics.marks import Mark, Piece, moved
from app.printing.layout import heads, layout
from app.printing.layout.filling import Filling
from app.printing.layout.pages import Page, paginate
from app.printing.paper import Measures, Paper
from app.printing.papers.sheets import LAYOUTS

REPLACEMENT = "THAY THẾ"
"""Marks the slip of a corrected dossier."""


_TIGHTER = (0.96, 0.92)
"""How much smaller letters may be where that saves a page: A5's text is 9.7 pt at the least."""


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
    a variable of the form is absent from `values`.
    """
    described = forms.load(form, profile, unit)
    named = described.variables()
    for absent in (name for name in named if name not in values):
        raise KeyError(absent)
    code = str(values.get("code") or "") if "code" in named else ""
    slip = _Slip(described, {**values, **described.names}, mark, code)
    labels = described.copies if copies is None else copies
    measures, laid = _fitted(slip, labels, paper)
    pages = chain.from_iterable(_marks(copy, measures) for copy in laid)
    return pdf(pages, measures, f"{described.title} {code}".strip())


@dataclass(frozen=True, slots=True)
class _Slip:
    """A form with all that stands on it."""

    form: Form
    values: Mapping[str, object]
    mark: str
    code: str

    def laid_out(self, copies: Sequence[str], measures: Measures) -> list[list[Page]]:
        """The pages of each copy."""
        title = self.form.title
        top, body = self._top(measures), layout.lay_out(self.form.blocks, self.values, measures)
        return [
            paginate(
                [*top, heads.title(title, copy, self.mark, measures), *body],
                measures.depth,
                heads.running_head(title, copy, self.mark, self.code, measures),
            )
            for copy in copies
        ]

    def _top(self, measures: Measures) -> list[Piece]:
        """What stands above the title."""
        head, above = self.form.header, layout.lay_out(self.form.above, self.values, measures)
        header = [heads.header(head, Filling(self.values), measures)] if head else []
        return [*header, Piece(measures.body.leading * 0.35), *above] if above else header


def _fitted(slip: _Slip, copies: Sequence[str], paper: Paper) -> tuple[Measures, list[list[Page]]]:
    """The pages in the largest letters that need the fewest of them."""
    sheet = slip.form.sheet
    usual = LAYOUTS[sheet] if sheet else paper.measures
    tried = [(usual, slip.laid_out(copies, usual))]
    if any(len(pages) > 1 for pages in tried[0][1]):
        tighter = map(usual.tightened, _TIGHTER)
        tried += ((measures, slip.laid_out(copies, measures)) for measures in tighter)
    return min(tried, key=lambda one: sum(map(len, one[1])))


def _marks(pages: Sequence[Page], measures: Measures) -> Iterator[Sequence[Mark]]:
    """What stands on each page, with its number."""
    for number, page in enumerate(pages, 1):
        placed = [mark for it in page for mark in moved(it.piece.marks, 0, it.y)]
        yield [*placed, *heads.page_number(number, len(pages), measures)]
