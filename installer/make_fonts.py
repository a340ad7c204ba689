"""Makes the window's two families from Be Vietnam Pro 1.002.

    python installer/make_fonts.py FOLDER        needs fonttools; FOLDER has BeVietnamPro-Regular.ttf …

Motcua Sans is Be Vietnam Pro with taller lines: the original's end at the height of a capital with one
mark, and a second one is cut off: Ẵm is shown as Ăm, another name. Motcua Figures has its ten digits,
all of one width, since columns compare and Be Vietnam Pro has no tabular figures; it is named before
Motcua Sans, which gives every other letter. (OFL 1.1 without a reserved name; renamed all the same,
so that an installed Be Vietnam Pro is not taken instead.)
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SANS, FIGURES = "Motcua Sans", "Motcua Figures"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

# thousandths of an em
ASCENT, DESCENT = 1220, 300  # Ẳ reaches 1223, the dot under Ệ −247
LINE_GAP = -220  # lines of a paragraph stand no farther apart than 1.3 em
FIGURE = 640  # the widest digit, the bold 4, has 617


def make(source: Path, weight: str) -> None:
    sans = TTFont(source / f"BeVietnamPro-{weight}.ttf")
    give_height(sans)
    rename(sans, SANS, weight)
    sans.save(FONTS / f"MotcuaSans-{weight}.ttf")

    figures = TTFont(FONTS / f"MotcuaSans-{weight}.ttf")
    keep_digits(figures)
    for digit in range(10):
        give_width(figures, figures.getBestCmap()[ord(str(digit))])
    rename(figures, FIGURES, weight)
    figures.save(FONTS / f"MotcuaFigures-{weight}.ttf")


def give_height(font: TTFont) -> None:
    font["hhea"].ascent, font["hhea"].descent = ASCENT, -DESCENT
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = ASCENT, -DESCENT
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = LINE_GAP
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ASCENT, DESCENT


def keep_digits(font: TTFont) -> None:
    subsetter = Subsetter(Options(layout_features=[], name_IDs=["*"], notdef_outline=True))
    subsetter.populate(text="0123456789")
    subsetter.subset(font)


def give_width(font: TTFont, glyph: str) -> None:
    drawing = font["glyf"][glyph]
    left = (FIGURE - (drawing.xMax - drawing.xMin)) // 2
    drawing.coordinates.translate((left - drawing.xMin, 0))
    drawing.recalcBounds(font["glyf"])
    font["hmtx"][glyph] = (FIGURE, left)


def rename(font: TTFont, family: str, weight: str) -> None:
    """The names of the OpenType name table, by their numbers: 1, 2 of four styles, 16, 17 of all."""
    table = font["name"]
    is_one_of_four = weight in ("Regular", "Bold")
    names = {
        1: family if is_one_of_four else f"{family} {weight}",
        2: weight if is_one_of_four else "Regular",
        3: f"{family} {weight} 1.002",
        4: f"{family} {weight}",
        6: f"{family.replace(' ', '')}-{weight}",
        16: None if is_one_of_four else family,
        17: None if is_one_of_four else weight,
    }
    for number, name in names.items():
        table.removeNames(nameID=number)
        if name:
            table.setName(name, number, 3, 1, 0x409)


if __name__ == "__main__":
    for each in WEIGHTS:
        make(Path(sys.argv[1]), each)
