"""The papers a form is printed on: their size, margins and type."""

from dataclasses import dataclass, replace
from enum import Enum

MM = 72 / 25.4
"""Points in a millimetre; every length in this package is in points unless its name says `mm`."""


@dataclass(frozen=True, slots=True)
class Type:
    """A size of letter and the distance from one baseline to the next, in points."""

    size: float
    leading: float

    def times(self, by: float) -> "Type":
        return Type(self.size * by, self.leading * by)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a paper gives a form to be laid out in; lengths in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    title: Type
    motto: Type
    head: Type
    body: Type
    table: Type
    note: Type
    signing: float
    """White space left for a signature by hand."""

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the text on one page."""
        return self.height - self.top - self.bottom

    def tightened(self, by: float) -> "Measures":
        """The same paper with its letters and lines made smaller."""
        types = ("title", "motto", "head", "body", "table", "note")
        return replace(self, **{name: getattr(self, name).times(by) for name in types})

    @property
    def scale(self) -> float:
        """How much larger this paper's tables are set than A5's, for which forms give millimetres."""
        return self.table.size / _A5.table.size


# A5 is the size of TT 01/2018 Điều 9, still the only text on it. The header takes 10 pt there, not
# the 12 to 13 of NĐ 30/2020: the motto must stand on one line beside the agency.
_A5 = Measures(
    width=148 * MM,
    height=210 * MM,
    top=6.5 * MM,
    bottom=8.5 * MM,
    left=15 * MM,
    right=10 * MM,
    title=Type(13, 15.5),
    motto=Type(11, 13.5),
    head=Type(10, 12.2),
    body=Type(10.5, 12.6),
    table=Type(10, 12),
    note=Type(9, 10.8),
    signing=8.5 * MM,
)

# Margins and sizes of NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I.
_A4 = Measures(
    width=210 * MM,
    height=297 * MM,
    top=20 * MM,
    bottom=20 * MM,
    left=30 * MM,
    right=15 * MM,
    title=Type(14, 18),
    motto=Type(13, 16),
    head=Type(12, 15),
    body=Type(13, 17),
    table=Type(12, 15),
    note=Type(11, 13.6),
    signing=14 * MM,
)


# What an 80 mm roll's printer reaches; the roll is as long as what stands on it. Its letters are
# large, for a thermal head prints no finer than 8 dots a millimetre.
_K80 = Measures(
    width=72 * MM,
    height=297 * MM,
    top=2 * MM,
    bottom=2 * MM,
    left=2 * MM,
    right=2 * MM,
    title=Type(13, 16),
    motto=Type(10, 12.5),
    head=Type(10, 12.5),
    body=Type(11, 14),
    table=Type(10, 12.5),
    note=Type(9.5, 12),
    signing=0,
)


class Paper(Enum):
    """A size of paper, portrait; the value is what settings and commands write."""

    A5 = "A5"
    A4 = "A4"
    K80 = "K80"
    """A roll 80 mm wide, for tickets only."""

    @property
    def measures(self) -> Measures:
        """Size, margins and type."""
        return {Paper.A5: _A5, Paper.A4: _A4, Paper.K80: _K80}[self]
