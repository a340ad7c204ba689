"""Draws the look-up ticket for a roll of 80 mm: no form of a circular, and no receipt.

It is the original of nothing, so it is neither an event nor counted nor marked when it is printed
again. Its symbols stand on whole dots of a thermal head (8 a millimetre), or scanners miss them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.printing.forms.variables import REGISTRY, Variable
from app.printing.forms.wording import said
from app.printing.graphics.barcodes import code128, qr
from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, ITALIC, REGULAR
from app.printing.graphics.marks import Mark, Picture, Stroke, moved, set_lines
from app.printing.graphics.text import Run, balanced, width
from app.printing.paper import MM, Measures, Paper, Type

FORM = "ticket"
NOT_A_RECEIPT = "Phiếu này không thay giấy tiếp nhận hồ sơ và hẹn trả kết quả."

_DOT = MM / 8
_LARGEST = 24
_BARS = 10 * MM
_SPACE = 1.5 * MM


@dataclass(frozen=True, slots=True)
class _Line:
    """Words in the middle of the roll, as large as `type_` says or as there is room for."""

    text: str
    type_: Type
    face: str = REGULAR


def render(values: Mapping[str, object]) -> bytes:
    """The ticket of a dossier as a page as long as what stands on it; KeyError as for any form."""
    measures = Paper.K80.measures
    marks: list[Mark] = []
    y = 0.0
    for part, space in _parts(values, measures):
        placed, height = part
        marks += moved(placed, 0, y)
        y = _on_dots(y + height + space)
    roll = replace(measures, height=_on_dots(measures.top + y + measures.bottom))
    return pdf([marks], roll, f"Phiếu tra cứu {values['code']}")


_Part = tuple[tuple[Mark, ...], float]


def _parts(values: Mapping[str, object], measures: Measures) -> Iterator[tuple[_Part, float]]:
    """What stands one under another, and the space below each."""
    words = {name: _said(name, values) for name in ("one_stop", "code", "hotline")}
    code, room = words["code"], measures.room
    yield _text(_Line(words["one_stop"], measures.head, BOLD), room), _SPACE
    yield _text(_Line("PHIẾU TRA CỨU HỒ SƠ", measures.title, BOLD), room), _SPACE
    label = "Mã tạm" if values["provisional"] else "Mã hồ sơ"
    yield _text(_Line(label, measures.note), room), 0
    yield _text(_Line(code, _fitting(code, room), BOLD), room), _SPACE
    bars = code128(code, _BARS)
    if bars.width <= room:
        yield _symbol(Picture((room - bars.width) / 2, 0, bars)), _SPACE
    square = qr(_said("lookup_url", values) or code)
    yield _symbol(Picture((room - square.width) / 2, square.quiet / 2, square)), square.quiet
    yield _text(_Line("Hẹn trả kết quả", measures.note), room), 0
    yield _text(_Line(_said("due", values, "short"), measures.body, BOLD), room), _SPACE
    if words["hotline"]:
        yield _text(_Line(f"Điện thoại liên hệ: {words['hotline']}", measures.body), room), _SPACE
    yield ((Stroke(0, 0, room, 0),), 0), _SPACE
    yield _text(_Line(NOT_A_RECEIPT, measures.note, ITALIC), room), 0


def _said(name: str, values: Mapping[str, object], shape: str = "") -> str:
    variable = REGISTRY[name]
    assert isinstance(variable, Variable)
    return said(variable, values[name], shape)


def _fitting(text: str, room: float) -> Type:
    """The largest type in which `text` stands on one line."""
    size = min(_LARGEST, room / width((Run(text, BOLD),), 1))
    return Type(size, size * 1.2)


def _text(line: _Line, room: float) -> _Part:
    lines = balanced((Run(line.text, line.face),), line.type_.size, room)
    return set_lines(lines, line.type_, 0, 0, room, 0.5), len(lines) * line.type_.leading


def _symbol(picture: Picture) -> _Part:
    on_dots = replace(picture, x=_on_dots(picture.x), y=_on_dots(picture.y))
    return (on_dots,), on_dots.y + picture.symbol.height


def _on_dots(length: float) -> float:
    return round(length / _DOT) * _DOT
