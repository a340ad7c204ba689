"""Draws the paper of a waiting number for a roll of 80 mm: the number large, no name, no symbol."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, REGULAR
from app.printing.graphics.marks import Mark, moved, set_lines
from app.printing.graphics.text import Run, balanced
from app.printing.paper import MM, Measures, Paper, Type
from app.printing.turn_values import FORM, TurnValues

__all__ = ["FORM", "render_values"]

NUMBER = Type(64, 72)
_SPACE = 1.5 * MM


def render(values: TurnValues) -> bytes:
    """A page as long as what stands on it."""
    measures = Paper.K80.measures
    marks: list[Mark] = []
    y = 0.0
    for text, type_, face in _lines(values, measures):
        lines = balanced((Run(text, face),), type_.size, measures.room)
        marks += moved(set_lines(lines, type_, 0, 0, measures.room, 0.5), 0, y)
        y += len(lines) * type_.leading + _SPACE
    roll = replace(measures, height=measures.top + y + measures.bottom)
    return pdf([marks], roll, f"Số {values.label}")


def render_values(values: Mapping[str, object], across: str = "") -> bytes:
    """The paper of the `TurnValues` under "turn"; `across` heads what is only practised."""
    turn = values["turn"]
    assert isinstance(turn, TurnValues)
    head = " – ".join(filter(None, (across, turn.one_stop)))
    return render(replace(turn, one_stop=head))


def _lines(values: TurnValues, measures: Measures) -> Iterator[tuple[str, Type, str]]:
    yield values.one_stop, measures.head, BOLD
    yield "SỐ CỦA ÔNG/BÀ", measures.title, BOLD
    yield values.label, NUMBER, BOLD
    if values.priority:
        yield f"Ưu tiên: {values.priority}", measures.body, BOLD
    yield f"Lấy số lúc {values.taken_at:%H:%M ngày %d/%m/%Y}", measures.body, REGULAR
    yield f"Trước Ông/Bà còn {values.ahead} số đang chờ.", measures.body, REGULAR
    if values.mean_wait:
        yield f"Hôm nay mỗi số chờ khoảng {values.mean_wait} phút.", measures.body, REGULAR
    yield "Xin chờ đến khi số được mời.", measures.note, REGULAR
