"""Tells from a scan of the test page which characters a scanner's keyboard layout changes.

A scanner types. Where it types for another layout than the computer's, or into a Vietnamese input
method, what arrives is not what was printed: `-` becomes `ß`, `|` becomes `~`, `aw` becomes `ă`.
"""

import string
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.models.text import nfc

LINES = (
    "MOTCUA " + string.ascii_uppercase,
    "MOTCUA 0123456789 |-/.:_?=&%+#@",
)
"""What the bars of the test page say, each short enough for the narrowest paper."""

WHOLE = f"MOTCUA {string.ascii_uppercase} {string.ascii_lowercase} 0123456789 |-/.:_?=&%+#@"
"""What its QR says: all that codes and look-up addresses are made of."""

MARKED = "Nguyễn Thị Mỹ Đường, ắằẳẵặ ộờữỷ"
SHOWN = f"{WHOLE} {MARKED}"
"""What the QR on the screen says: with letters that names and places on identity cards are made of."""

# the share of a text that must be known again, or it was something else that was scanned
_ENOUGH = 0.5

GOOD = "Máy quét đọc đúng mọi ký tự của trang thử."
NOT_OURS = "Đây không phải mã trên trang thử. Hãy quét mã vạch hoặc mã QR của trang thử."
CAPITALS = "Phím Caps Lock đang bật, hoặc máy quét đổi chữ hoa chữ thường. Hãy tắt đi rồi quét lại."
MARKS_LOST = (
    "Máy quét đọc đúng mã, nhưng gửi sai chữ có dấu: tên, địa chỉ quét từ thẻ căn cước sẽ phải sửa tay. "
    "Hãy đặt máy quét gửi chữ Unicode (UTF-8) theo sách của máy, rồi quét lại."
)
ADVICE = "Hãy đặt bàn phím của máy quét là English (US), tắt bộ gõ tiếng Việt, rồi quét lại."


@dataclass(frozen=True, slots=True)
class Change:
    """What was printed and what came instead; "" came for what was lost."""

    printed: str
    came: str


def changes(came: str) -> tuple[Change, ...] | None:
    """What the layout changed of the plain letters of a test; None when something else was scanned."""
    return _changed(_parted(came)[0])


def layout(came: str) -> dict[str, str] | None:
    """What each character that comes means, where the changes can be undone one by one.

    None when a scan can't be put right: something was lost or became several characters, or one
    character came for two.
    """
    found = changes(came)
    if found is None or any(len(change.printed) != 1 or len(change.came) != 1 for change in found):
        return None
    means = {change.came: change.printed for change in found}
    changed = {change.printed for change in found}
    is_plain = len(means) == len(found) and not any(
        came in WHOLE and came not in changed for came in means
    )
    return means if is_plain else None


def verdict(came: str) -> str:
    """What the officer is told of a scan, and what to do."""
    plain, marked = _parted(came)
    found = _changed(plain)
    if found is None:
        return NOT_OURS
    if not found:
        return GOOD if marked == MARKED else MARKS_LOST
    if all(change.printed.swapcase() == change.came for change in found):
        return CAPITALS
    said = "; ".join(
        f"“{change.printed or 'không có gì'}” thành “{change.came or 'không có gì'}”"
        for change in found
    )
    return f"Máy quét đổi {said}. {ADVICE}"


def _parted(came: str) -> tuple[str, str]:
    """What came of the plain letters, and of `MARKED`, which only a scan of `SHOWN` has."""
    came = nfc(came.strip("\r\n"))
    if _like(SHOWN, came) <= max(_like(text, came) for text in (*LINES, WHOLE)):
        return came, MARKED
    pieces = SequenceMatcher(None, SHOWN.lower(), came.lower(), autojunk=False).get_opcodes()
    end = next(k + len(WHOLE) - i for _, i, j, k, _ in pieces if i <= len(WHOLE) < j)
    return came[:end], came[end:].strip()


def _changed(plain: str) -> tuple[Change, ...] | None:
    printed, likeness = max(
        ((text, _like(text, plain)) for text in (*LINES, WHOLE)), key=lambda x: x[1]
    )
    if likeness < _ENOUGH:
        return None
    if len(plain) == len(printed):
        pairs = zip(printed, plain, strict=True)
        return tuple(dict.fromkeys(Change(one, other) for one, other in pairs if one != other))
    pieces = SequenceMatcher(None, printed, plain, autojunk=False).get_opcodes()
    return tuple(Change(printed[i:j], plain[k:m]) for kind, i, j, k, m in pieces if kind != "equal")


def _like(printed: str, came: str) -> float:
    """How much of `printed` is known again, capitals or not."""
    if len(came) == len(printed):
        same = sum(one == other for one, other in zip(printed.lower(), came.lower(), strict=True))
        return same / len(printed)
    return SequenceMatcher(None, printed.lower(), came.lower(), autojunk=False).ratio()
