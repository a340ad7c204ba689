"""The terms of the look: every colour, size and face the window may use, and the style made of them."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from functools import lru_cache
from string import Template

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

import resources
from app.ui.look.vietnamese import QtInVietnamese


class Colour(StrEnum):
    """The colours by name; what each looks like depends on the palette worn."""

    INK = "ink"
    QUIET = "quiet"
    LINE = "line"
    EDGE = "edge"
    GROUND = "ground"
    CARD = "card"
    ACCENT = "accent"
    ACCENT_DEEP = "accent_deep"
    ACCENT_SOFT = "accent_soft"
    ON_ACCENT = "on_accent"
    LATE = "late"
    LATE_SOFT = "late_soft"
    TODAY = "today"
    TODAY_SOFT = "today_soft"
    DONE = "done"
    DONE_SOFT = "done_soft"
    RAIL = "rail"
    RAIL_HERE = "rail_here"
    RAIL_MARK = "rail_mark"
    RAIL_INK = "rail_ink"
    RAIL_QUIET = "rail_quiet"


class Tone(StrEnum):
    """What a colour says. It never says it alone: words and an icon say it too."""

    PLAIN = "ink"
    QUIET = "quiet"
    ACCENT = "accent"
    LATE = "late"
    TODAY = "today"
    DONE = "done"

    @property
    def colour(self) -> Colour:
        """Of its words."""
        return Colour(self.value)

    @property
    def soft(self) -> Colour:
        """Of the ground under its words."""
        if self in (Tone.PLAIN, Tone.QUIET):
            return Colour.GROUND
        return Colour(f"{self.value}_soft")


Palette = Mapping[Colour, str]

_COLOURS = {
    #                    light      dark       high contrast
    Colour.INK:         ("#17242D", "#E8EDF0", "#000000"),
    Colour.QUIET:       ("#5B6B75", "#A3B2BB", "#333333"),
    Colour.LINE:        ("#DDE3E6", "#33434C", "#000000"),
    Colour.EDGE:        ("#B4C0C6", "#53656F", "#000000"),
    Colour.GROUND:      ("#F4F6F6", "#131C22", "#FFFFFF"),
    Colour.CARD:        ("#FFFFFF", "#1B272E", "#FFFFFF"),
    Colour.ACCENT:      ("#0F5E73", "#7CC8DC", "#003C8F"),
    Colour.ACCENT_DEEP: ("#0A4657", "#9AD8E8", "#00265C"),
    Colour.ACCENT_SOFT: ("#E6F1F3", "#203A44", "#E0ECFF"),
    Colour.ON_ACCENT:   ("#FFFFFF", "#0B1A20", "#FFFFFF"),
    Colour.LATE:        ("#B42318", "#FF9A8F", "#8A0000"),
    Colour.LATE_SOFT:   ("#FCEBE9", "#43211E", "#FFFFFF"),
    Colour.TODAY:       ("#8A5A00", "#F2C265", "#5A3A00"),
    Colour.TODAY_SOFT:  ("#FDF3DC", "#3B2F16", "#FFFFFF"),
    Colour.DONE:        ("#1C6B45", "#83D3A8", "#004A26"),
    Colour.DONE_SOFT:   ("#E5F3EC", "#1B3A2B", "#FFFFFF"),
    Colour.RAIL:        ("#10303B", "#0C1418", "#000000"),
    Colour.RAIL_HERE:   ("#1B4A59", "#1C313A", "#003C8F"),
    Colour.RAIL_MARK:   ("#7FD0E6", "#7CC8DC", "#FFFFFF"),
    Colour.RAIL_INK:    ("#FFFFFF", "#E8EDF0", "#FFFFFF"),
    Colour.RAIL_QUIET:  ("#B3C9D1", "#A3B2BB", "#FFFFFF"),
}  # fmt: skip

LIGHT, DARK, HIGH_CONTRAST = (
    {name: values[place] for name, values in _COLOURS.items()} for place in range(3)
)

LOOKS: dict[str, tuple[str, Palette]] = {
    "light": ("Nền sáng", LIGHT),
    "dark": ("Nền tối", DARK),
    "contrast": ("Tương phản cao", HIGH_CONTRAST),
}
"""The palettes one can choose: the name it is kept under → what it is called, its colours."""


class Type(IntEnum):
    """The scale of type, px. Nothing an officer reads is smaller than the first."""

    SMALL = 13
    BODY = 15
    TITLE = 17
    FIGURE = 24
    PROMISE = 34


class Weight(IntEnum):
    """The weights that ship."""

    PLAIN = 400
    MEDIUM = 500
    STRONG = 600
    BOLD = 700


class Space(IntEnum):
    """Distances on the 4 px grid."""

    TIGHT = 4
    WITHIN = 8
    BETWEEN = 12
    PADDING = 16
    PAGE = 20


class Measure(IntEnum):
    """Fixed measures, px."""

    HAIRLINE = 1
    FOCUS = 2
    RADIUS_CONTROL = 6
    RADIUS_CARD = 10
    ICON = 18
    ICON_RAIL = 24
    CONTROL = 36
    ROW = 40
    PRIMARY = 44
    RAIL_WIDTH = 104
    RAIL_SLIM = 48
    TOP_HEIGHT = 48


SANS, FIGURES = "Motcua Sans", "Motcua Figures"

_worn: Palette = LIGHT
_inks: dict[str, QColor] = {}


def colour(name: Colour | Tone) -> QColor:
    """`name`, of a tone that of its words, in the palette the application wears."""
    if name not in _inks:
        _inks[name] = QColor(_worn[Colour(name)])
    return _inks[name]


@lru_cache
def font(size: Type = Type.BODY, weight: Weight = Weight.PLAIN, figures: bool = False) -> QFont:
    """A face for painting; with `figures` all digits are of one width, for columns that compare.

    The same one each time, since one that was drawn with knows its glyphs: whoever changes it takes a copy.
    """
    face = QFont()
    face.setFamilies([FIGURES, SANS] if figures else [SANS])
    face.setPixelSize(size)
    face.setWeight(QFont.Weight(weight))
    return face


def terms(palette: Palette) -> dict[str, str]:
    """What the style sheet's $names stand for: colours as #RRGGBB, sizes in px, weights, families."""
    sizes = {
        member.name.lower(): f"{member.value}px"
        for scale in (Type, Space, Measure)
        for member in scale
    }
    weights = {member.name.lower(): str(member.value) for member in Weight}
    families = {"sans": f'"{SANS}"', "figures": f'"{FIGURES}", "{SANS}"'}
    return {name.value: value for name, value in palette.items()} | sizes | weights | families


def style_sheet(palette: Palette, file: str = "window.qss") -> str:
    """A style sheet in `palette`; KeyError when it uses a term that isn't one."""
    text = resources.path(f"style/{file}").read_text(encoding="utf-8")
    return Template(text).substitute(terms(palette))


def worn_sheet(file: str) -> str:
    """`style_sheet` in the palette the application wears."""
    return style_sheet(_worn, file)


def load_fonts() -> None:
    """Make the shipped faces known to Qt; it doesn't mind being told twice."""
    for file in sorted(resources.path("fonts").glob("Motcua*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise RuntimeError(file.name)


def dress(app: QApplication, palette: Palette = LIGHT) -> None:
    """Give the application its faces, colours and words; once, before any window is clothed."""
    load_fonts()
    QLocale.setDefault(QLocale("vi_VN"))
    app.installTranslator(QtInVietnamese(app))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font())
    wear(app, palette)


def wear(app: QApplication, palette: Palette) -> None:
    """Change the colours of everything that is built, and of what will be."""
    global _worn  # noqa: PLW0603 - one application wears one palette
    _worn = palette
    _inks.clear()
    app.setPalette(_qt_palette())
    for window in app.topLevelWidgets():
        if window.styleSheet():
            clothe(window)
    for widget in app.allWidgets():
        widget.update()


def clothe(window: QWidget) -> None:
    """Put the style sheet on a window that nobody owns; what finds a place in it wears it too.

    Qt looks up the sheet of an application for each part whenever that part, or what it is part of,
    finds a parent: a page then takes twice as long to build.
    """
    window.setStyleSheet("")  # to change a sheet takes six times as long as to put on another
    window.setStyleSheet(style_sheet(_worn))


def _qt_palette() -> QPalette:
    """For what no style sheet reaches: selections, links, placeholders."""
    roles = {
        QPalette.ColorRole.Window: Colour.GROUND,
        QPalette.ColorRole.WindowText: Colour.INK,
        QPalette.ColorRole.Base: Colour.CARD,
        QPalette.ColorRole.AlternateBase: Colour.GROUND,
        QPalette.ColorRole.Text: Colour.INK,
        QPalette.ColorRole.Button: Colour.CARD,
        QPalette.ColorRole.ButtonText: Colour.INK,
        QPalette.ColorRole.ToolTipBase: Colour.CARD,
        QPalette.ColorRole.ToolTipText: Colour.INK,
        QPalette.ColorRole.PlaceholderText: Colour.QUIET,
        QPalette.ColorRole.Highlight: Colour.ACCENT,
        QPalette.ColorRole.HighlightedText: Colour.ON_ACCENT,
        QPalette.ColorRole.Link: Colour.ACCENT,
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, colour(name))
    return palette
