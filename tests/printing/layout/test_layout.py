"""How blocks are laid out: lists, conditions, texts at stops, grouped heads."""

from typing import Any

import pytest

from app.printing.forms.form import Block
from app.printing.forms.parsing import parse
from app.printing.forms.variables import REGISTRY, blank
from app.printing.graphics.fonts import REGULAR
from app.printing.graphics.marks import Letters, Piece, Stroke
from app.printing.graphics.text import width
from app.printing.layout.layout import lay_out
from app.printing.paper import MM, Paper

A5 = Paper.A5.measures
EMPTY = {name: blank(variable) for name, variable in REGISTRY.items()}


def block(raw: dict[str, Any]) -> Block:
    """A block as a form says it."""
    header = {"left": [], "right": ["", ""], "place_and_date": ""}
    shared: dict[str, Any] = {"header": header, "valid_from": None, "provisional": []}
    own = {"source": "", "title": "", "number": "", "copies": [""], "provisional": []}
    return parse("x", "x", shared, {**own, "blocks": [raw]}).blocks[0]


def laid(raw: dict[str, Any], **values: object) -> list[Piece]:
    return lay_out([block(raw)], {**EMPTY, **values}, A5)


def words(pieces: list[Piece]) -> list[str]:
    """What each line says, its non-breaking spaces made plain."""
    return [
        "".join(run.text for run in mark.line).replace("\N{NO-BREAK SPACE}", " ")
        for piece in pieces
        for mark in piece.marks
        if isinstance(mark, Letters)
    ]


ITEMS = {"kind": "list", "rows": "items", "blanks": 2, "text": "{ordinal:plain}. {text}"}


def test_a_list_numbers_its_rows() -> None:
    assert words(laid(ITEMS, items=[{"text": "Tờ khai"}, {"text": "Ảnh"}])) == [
        "1. Tờ khai",
        "2. Ảnh",
    ]


def test_an_empty_list_leaves_numbered_lines_for_the_pen() -> None:
    first, second = words(laid(ITEMS))
    assert first.startswith("1. ……")
    assert second.startswith("2. ……")


@pytest.mark.parametrize("kind", ["text", "barcode", "list", "table"])
@pytest.mark.parametrize(("condition", "code", "stands"), [
    ("when", "H1", True), ("when", "", False), ("unless", "H1", False), ("unless", "", True),
])  # fmt: skip
def test_every_block_can_depend_on_a_variable(
    kind: str, condition: str, code: str, stands: bool
) -> None:
    raws: dict[str, dict[str, Any]] = {
        "text": {"text": "Mã"},
        "barcode": {"text": "Mã", "of": "code"},
        "list": ITEMS,
        "table": {"lines": ["a"], "columns": [{"head": "b", "parts": ["{text}"]}]},
    }
    pieces = laid({**raws[kind], "kind": kind, condition: "code"}, code=code)
    assert bool(pieces) is stands


def test_texts_stand_at_their_stops_or_where_they_have_no_room_below_each_other() -> None:
    raw = {"kind": "text", "text": ["Có:", "□ 0", "□ 1"], "stops_mm": [60, 80]}
    (piece,) = laid(raw)
    assert [mark.x for mark in piece.marks if isinstance(mark, Letters)] == [0, 60 * MM, 80 * MM]
    assert len(laid({**raw, "stops_mm": [2, 4]})) == 3


def test_columns_of_a_group_stand_under_its_head() -> None:
    columns = [
        {"head": "TT", "width_mm": 10, "parts": ["{text}"]},
        {"head": "Nhận", "group": "Trả kết quả", "width_mm": 30, "parts": [""]},
        {"head": "Trả", "group": "Trả kết quả", "parts": [""]},
    ]
    _, head, *_ = laid({"kind": "table", "lines": ["a"], "columns": columns})
    letters = {mark.line[0].text: mark for mark in head.marks if isinstance(mark, Letters)}
    assert letters["Trả kết quả"].y < letters["Nhận"].y == letters["Trả"].y
    whole = [mark.x for mark in head.marks if isinstance(mark, Stroke) and mark.dy == head.height]
    assert sorted(whole) == [0, 10 * MM, A5.room]


def test_rules_for_the_pen_reach_across_the_page() -> None:
    pieces = laid({"kind": "lines", "count": 3})
    assert len(pieces) == 3
    assert all(piece.height > A5.body.leading for piece in pieces)


ADDRESS = "Số 123 ngách 45/67/89, tổ dân phố Hoàng Văn Thụ 3, khu tái định cư Đồng Tâm " * 4
BESIDE = {
    "kind": "beside",
    "qr": "lookup_url",
    "texts": [{"text": "Địa chỉ: {applicant_address}"}, {"text": "Số: **{number}**"}],
}


def test_text_gives_way_to_the_qr_and_goes_on_below_it_in_full_width() -> None:
    pieces = laid(BESIDE, lookup_url="https://motcua.example/t/1", applicant_address=ADDRESS[:300])
    reach = 16.5 * MM + 4 * 0.5 * MM * 4 / 3
    y = 0.0
    wide: dict[bool, float] = {True: 0, False: 0}
    for piece in pieces:
        for mark in piece.marks:
            if isinstance(mark, Letters):
                beside = y < reach
                wide[beside] = max(wide[beside], width(mark.line, mark.size))
        y += piece.height
    assert wide[True] <= A5.room - 16.5 * MM < wide[False] <= A5.room + 0.01


def test_dots_for_the_pen_are_no_bolder_after_a_bold_value() -> None:
    (line,) = (
        m.line
        for p in laid(BESIDE)
        for m in p.marks
        if isinstance(m, Letters)
        if "Số" in m.line[0].text
    )
    assert {run.face for run in line} == {REGULAR}
