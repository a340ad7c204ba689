"""The look has one home: its terms, and nothing else, are in the style sheet and the widgets."""

import ast
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

import resources
from app import ui
from app.ui.look import icons, theme
from app.ui.look.theme import Colour, Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton

UI = Path(ui.__path__[0])
STYLE = resources.path("style/window.qss").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)

PALETTES = {"light": theme.LIGHT, "dark": theme.DARK, "high contrast": theme.HIGH_CONTRAST}
GROUNDS = (Colour.CARD, Colour.GROUND, Colour.ACCENT_SOFT)  # under the current row
PAIRS = [
    *product((tone.colour for tone in Tone), GROUNDS),
    *((tone.colour, tone.soft) for tone in Tone),
    *((ink, tone.soft) for ink in (Colour.INK, Colour.QUIET, Colour.ACCENT) for tone in Tone),
    *product((Colour.RAIL_INK, Colour.RAIL_QUIET), (Colour.RAIL, Colour.RAIL_HERE)),
    *product((Colour.ON_ACCENT,), (Colour.ACCENT, Colour.ACCENT_DEEP)),
    (Colour.CARD, Colour.TODAY),  # the band of practice
]


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of "#RRGGBB"."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_words_can_be_read_on_every_ground_they_may_stand_on(name: str) -> None:
    palette = PALETTES[name]
    pairs = {(words, ground): contrast(palette[words], palette[ground]) for words, ground in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_every_look_gives_every_colour(name: str) -> None:
    assert set(PALETTES[name]) == set(Colour)


def test_no_two_terms_share_a_name() -> None:
    names = [*Colour, *(m.name.lower() for scale in (Type, Space, Measure, Weight) for m in scale)]
    assert len(theme.terms(theme.LIGHT)) == len(names) + len({"sans", "figures"})


def test_the_style_sheet_says_every_colour_and_size_by_its_term() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\b[1-9]\d*(?:px|pt|em)?\b")
    assert literal.findall(RULES) == []
    assert re.findall(r":\s*(?:white|black|red|green|blue|gr[ae]y)\b", RULES) == []


def test_the_style_sheet_uses_only_terms_that_are_given() -> None:
    assert set(re.findall(r"\$(\w+)", RULES)) <= set(theme.terms(theme.LIGHT))
    assert "$" not in re.sub(r"/\*.*?\*/", "", theme.style_sheet(theme.DARK), flags=re.DOTALL)


SIZES = {"setSpacing", "setContentsMargins", "setPixelSize", "setPointSize", "setWeight"}
COLOURS = {"QColor", "QBrush", "QPen", "setStyleSheet"}


def literals(call: ast.Call) -> bool:
    return any(isinstance(part, ast.Constant) and part.value for part in call.args)


def test_no_widget_brings_a_colour_a_margin_or_a_face_of_its_own() -> None:
    assert [
        f"{path.name}:{call.lineno}"
        for path in UI.rglob("*.py")
        if path.name != "theme.py"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and (name := getattr(call.func, "attr", getattr(call.func, "id", "")))
        and (name in COLOURS or (name in SIZES and literals(call)))
    ] == []


def test_every_weight_of_the_look_is_a_face_that_ships(dressed: QApplication) -> None:
    for weight, figures in product(Weight, (False, True)):
        found = QFontInfo(theme.font(weight=weight, figures=figures))
        assert (found.family(), found.weight()) == (
            theme.FIGURES if figures else theme.SANS,
            weight,
        )


def test_the_face_has_every_vietnamese_letter(dressed: QApplication) -> None:
    vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
    systems = QFontDatabase.writingSystems(theme.SANS)
    assert QFontDatabase.WritingSystem.Vietnamese in systems
    metrics = QFontMetrics(theme.font())
    assert [c for c in (vowels + "đ₫–—·…“”").upper() if not metrics.inFontUcs4(ord(c))] == []


def test_no_mark_of_a_letter_stands_out_of_its_line(dressed: QApplication) -> None:
    for size in Type:
        metrics = QFontMetrics(theme.font(size, Weight.BOLD))
        drawn = metrics.tightBoundingRect("ẴẲỔỖẮỄỆỰỢỵg")
        # a pixel of blur at the edge aside
        assert -drawn.top() <= metrics.ascent() + 1
        assert drawn.bottom() <= metrics.descent()


def test_figures_that_compare_are_all_of_one_width(dressed: QApplication) -> None:
    for weight in Weight:
        metrics = QFontMetrics(theme.font(weight=weight, figures=True))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_an_icon_is_drawn_in_the_colour_of_what_it_means(dressed: QApplication) -> None:
    picture = icons.pixmap("circle-check", colour=Colour.DONE).toImage()
    drawn = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {theme.LIGHT[Colour.DONE]}


def test_the_icon_of_a_deed_that_cannot_be_done_now_is_as_quiet_as_its_words(
    dressed: QApplication, show: Callable[..., None]
) -> None:
    button = PrimaryButton("Đưa vào giấy tờ", "", "scan-line")
    show(button, 300, 60)
    button.setEnabled(False)
    QApplication.processEvents()
    (icon,) = button.findChildren(icons.Icon)
    picture = icon.grab().toImage()
    seen = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert theme.LIGHT[Colour.QUIET] in seen
    assert theme.LIGHT[Colour.ON_ACCENT] not in seen


def test_an_icon_that_does_not_ship_is_an_error(dressed: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.pixmap("unicorn")
