"""Turns a slightly crooked page upright.

Lines of text make rows of ink and rows of paper; the page is upright at the angle where neighbouring
rows differ most. Looked for on a reduced picture, coarsely first.
"""

from itertools import pairwise

from PIL import Image, ImageOps

WIDEST = 5.0  # degrees; a page lying further askew was put down so
LEAST = 0.3  # degrees nobody sees
_REDUCED = 600  # pixels of the longer side that is looked at
_CLEARER = 1.1  # so much clearer the rows must become, or the picture isn't text

_PAPER = 255


def straightened(page: Image.Image) -> Image.Image:
    """The page upright, white where the turn left nothing; as it came when it is."""
    angle = skew(page)
    if abs(angle) < LEAST:
        return page
    white = _PAPER if page.mode == "L" else (_PAPER,) * len(page.getbands())
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white)


def skew(page: Image.Image) -> float:
    """By how many degrees, against the clock, to turn the page so that its lines lie level."""
    ink = _ink(page)
    level = _clarity(ink, 0.0)
    best = 0.0
    for step in (1.0, 0.25):
        around = [best + step * n for n in range(-5, 6)]
        best = max((a for a in around if abs(a) <= WIDEST), key=lambda a: _clarity(ink, a))
    return best if _clarity(ink, best) > _CLEARER * level else 0.0


def _ink(page: Image.Image) -> Image.Image:
    grey = ImageOps.autocontrast(page.convert("L"))
    grey.thumbnail((_REDUCED, _REDUCED), Image.Resampling.BOX)
    return ImageOps.invert(grey).convert("F")


def _clarity(ink: Image.Image, angle: float) -> float:
    """How much neighbouring rows differ; without the rim, which the turn itself changes."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR)
    width, height = turned.size
    middle = turned.crop((width // 10, height // 10, width - width // 10, height - height // 10))
    column = middle.resize((1, middle.height), Image.Resampling.BOX)
    rows = [float(column.getpixel((0, y))) for y in range(column.height)]  # type: ignore[arg-type]
    return sum((one - other) ** 2 for one, other in pairwise(rows))
