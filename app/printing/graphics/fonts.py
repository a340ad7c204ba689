"""Loads the Tinos faces, metric twins of Times New Roman with every Vietnamese letter."""

from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

REGULAR = "Tinos-Regular"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"


def face(bold: bool, italic: bool) -> str:
    """The name of the face."""
    if bold:
        return BOLD_ITALIC if italic else BOLD
    return ITALIC if italic else REGULAR


@cache
def load(name: str) -> TTFont:
    """The face `name`, known to ReportLab from now on (10 ms for the first call of each)."""
    font = TTFont(name, str(resources.path(f"fonts/{name}.ttf")))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=8192)
def advance(text: str, name: str) -> float:
    """How wide `text` is at size 1, in points."""
    return float(load(name).stringWidth(text, 1))
