"""Draws the paper for the safe: the recovery code, whose counter it opens, and how."""

from collections.abc import Iterator
from datetime import datetime

from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, REGULAR
from app.printing.graphics.marks import Mark, Stroke, moved, set_lines
from app.printing.graphics.text import Run, break_lines
from app.printing.paper import MM, Paper, Type

_COLUMNS = 3
_BOX, _TALL, _APART = 8.5 * MM, 11 * MM, 6 * MM
_LETTER = Type(20, 24)
_SPACE = 5 * MM
_WHAT = (
    "Ai có giấy này và một bản sao lưu hoặc bản thứ hai của quầy thì đọc được mọi hồ sơ của đơn vị. "
    "Hãy cất trong két; không chụp ảnh, không gửi qua mạng."
)
_HOW = (
    (
        "Khi máy của quầy hỏng hoặc mất: trên máy mới, chạy “motcua restore TỆP --recovery” (bản sao lưu) "
        "hoặc “motcua restore --from-copy THƯ_MỤC --recovery” (bản thứ hai), rồi nhập mã trên đây."
    ),
    (
        "Ký tự cuối của mỗi nhóm để kiểm tra: nhập sai thì máy nêu đúng nhóm sai. Chữ thường cũng được; "
        "không có chữ S và chữ Z."
    ),
    (
        "Lập mã mới thì giấy này chỉ còn mở được những bản đã ghi trước đó; hãy hủy giấy khi không còn "
        "bản nào như vậy."
    ),
)


def render(code: str, unit: str, counter: int, at: datetime) -> bytes:
    """One page of A4; `code` as it is written, its groups apart by dashes, made at the instant `at`."""
    measures = Paper.A4.measures
    room, y = measures.room, 0.0
    marks: list[Mark] = []
    made = f"{unit}. Quầy số {counter}. Lập lúc {at:%H:%M} ngày {at:%d/%m/%Y}."
    for text, face, type_ in (
        ("MÃ KHÔI PHỤC DỮ LIỆU", BOLD, measures.title),
        (made, BOLD, measures.body),
        (_WHAT, REGULAR, measures.body),
    ):
        y += _set(marks, text, face, type_, room, y)
    for number, group in enumerate(code.split("-")):
        row, column = divmod(number, _COLUMNS)
        left = column * (len(group) * _BOX + _APART)
        top = y + row * (_TALL + measures.note.leading + _SPACE)
        marks += moved(tuple(_group(number + 1, group)), left, top)
    y += 2 * (_TALL + measures.note.leading + _SPACE) + _SPACE
    for text in _HOW:
        y += _set(marks, text, REGULAR, measures.body, room, y)
    return pdf([marks], measures, "Mã khôi phục")


def _set(marks: list[Mark], text: str, face: str, type_: Type, room: float, y: float) -> float:
    """Add a paragraph; its height with the space after it."""
    lines = break_lines((Run(text, face),), type_.size, room)
    marks += set_lines(lines, type_, 0, y, room)
    return len(lines) * type_.leading + _SPACE


def _group(number: int, group: str) -> Iterator[Mark]:
    note = Paper.A4.measures.note
    yield from set_lines([(Run(f"Nhóm {number}", REGULAR),)], note, 0, 0, len(group) * _BOX)
    top, wide = note.leading + 2, len(group) * _BOX
    for y in (top, top + _TALL):
        yield Stroke(0, y, wide, 0)
    for place in range(len(group) + 1):
        yield Stroke(place * _BOX, top, 0, _TALL)
    for place, letter in enumerate(group):
        line = (Run(letter, BOLD),)
        yield from set_lines(
            [line], _LETTER, place * _BOX, top + (_TALL - _LETTER.leading) / 2, _BOX, 0.5
        )
