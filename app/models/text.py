"""Vietnamese text: how it is cleaned, folded, sorted and said."""

from collections.abc import Iterator
from datetime import date
from unicodedata import category, normalize

from app.models.errors import BadInput

NAME_LIMIT = 120
TEXT_LIMIT = 4000

_LABELS = {
    "name": "Họ tên",
    "address": "Địa chỉ",
    "phone": "Số điện thoại",
    "email": "Email",
    "number": "Số giấy tờ",
    "born": "Ngày sinh",
    "reason": "Lý do",
    "note": "Ghi chú",
    "query": "Nội dung tìm kiếm",
}


def nfc(text: str) -> str:
    """`text` in Unicode's composed form, the only one that is stored and printed."""
    return normalize("NFC", text)


# --- cleaned ------------------------------------------------------------------------------------


def clean_name(raw: str, limit: int = NAME_LIMIT, field: str = "name") -> str:
    """One line as it was typed: NFC, spaces collapsed; an empty one stays empty.

    Raises `BadInput` beside `field` when it is longer than `limit` letters or holds a character
    that nobody sees: a control, a change of direction, a zero width, half a surrogate pair.
    """
    return " ".join(_readable(raw.strip(), limit, field).split())


def clean_text(raw: str, limit: int = TEXT_LIMIT, field: str = "") -> str:
    """Free text: as `clean_name`, but it may have tabs and several lines, ended by "\\n"."""
    lines = _readable(raw.strip(), limit, field, allowed="\t\n\r").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def _readable(raw: str, limit: int, field: str, allowed: str = "") -> str:
    label = _LABELS.get(field, "Nội dung")
    # a letter decomposes into four characters at most; what is longer isn't worth composing
    text = nfc(raw) if len(raw) <= 4 * limit else raw
    if len(text) > limit:
        raise BadInput(
            f"{label} dài {grouped(len(text))} ký tự, quá {grouped(limit)}. Rút gọn rồi nhập lại.",
            field,
        )
    if text.isprintable():  # as nearly all is: then every letter is seen
        return text
    for place, letter in enumerate(text):
        if letter not in allowed and (category(letter)[0] == "C" or letter in "\u2028\u2029"):
            before = f"sau “{text[:place][-20:]}”" if place else "ở đầu"
            raise BadInput(
                f"{label} có ký tự ẩn (U+{ord(letter):04X}) {before}. Xóa chỗ đó rồi gõ lại.", field
            )
    return text


# --- folded and sorted --------------------------------------------------------------------------


def lowered(text: str) -> str:
    """`text` taken apart (NFD) in lower case, Ð read as Đ: the form searching and sorting start from."""
    if text.isascii():  # every number and code is
        return text.lower()
    # Đ (U+0110) and the Icelandic Ð (U+00D0) look alike; old fonts and web forms mix them up
    return normalize("NFD", text.lower().replace("ð", "đ"))


def fold(text: str) -> str:
    """`text` without marks and in lower case, đ as d: what an officer types in a hurry."""
    return "".join(c for c in lowered(text).replace("đ", "d") if category(c) != "Mn")


_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: chr(ord("0") + place) for place, letter in enumerate(_ALPHABET)} | {" ": " "}
_TONES = dict(zip("\u0300\u0309\u0303\u0301\u0323", "12345", strict=True))


def sort_key(text: str) -> str:
    """Orders as a Vietnamese dictionary does when keys are compared code point by code point.

    Letters first (a ă â b c d đ e ê …), then tones word by word (ngang huyền hỏi ngã sắc nặng);
    punctuation doesn't count, other alphabets come last.
    """
    words = lowered(text).split()
    tones = "".join(max((_TONES.get(c, "0") for c in word), default="0") for word in words)
    letters = nfc("".join(c for c in " ".join(words) if c not in _TONES))
    return "".join(_PLACES.get(c, c if c.isalpha() else "") for c in letters) + "\x1f" + tones


# --- said ---------------------------------------------------------------------------------------

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def digit_word(digit: str) -> str:
    """ "7" → "bảy"."""
    return _DIGITS[int(digit)]


def date_words(day: date) -> str:
    """ "ngày 05 tháng 9 năm 2026": a zero before days below 10 and the months 1 and 2 (NĐ 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def weekday(day: date) -> str:
    """ "Thứ Hai" … "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def money(amount: int) -> str:
    """ "12.000 đ"."""
    return f"{grouped(amount)} đ"


def initials(name: str) -> str:
    """ "LN" for "Lê Thị Nga": the first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


def amount_in_words(amount: int) -> str:
    """ "Một trăm linh năm nghìn đồng": what a receipt says beside "viết bằng chữ"; `amount` ≥ 0."""
    if amount < 0:
        raise ValueError(amount)
    words = " ".join(_spoken(amount)) or "không"
    return f"{words[0].upper()}{words[1:]} đồng"


def grouped(number: int) -> str:
    """ "12.000"."""
    return f"{number:,}".replace(",", ".")


def _spoken(number: int, follows: bool = False) -> Iterator[str]:
    """The words of `number`; what `follows` a larger group says its empty hundreds too."""
    billions, rest = divmod(number, 10**9)
    if billions:
        yield from _spoken(billions, follows)
        yield "tỷ"
    for scale, name in ((10**6, ("triệu",)), (1000, ("nghìn",)), (1, ())):
        group = rest // scale % 1000
        if group:
            yield from _hundreds(group, follows or number >= 1000 * scale)
            yield from name


def _hundreds(group: int, follows: bool) -> Iterator[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    if hundreds or follows:
        yield from (_DIGITS[hundreds], "trăm")
    if tens:
        yield from ("mười",) if tens == 1 else (_DIGITS[tens], "mươi")
    elif ones and (hundreds or follows):
        yield "linh"
    if ones == 1 and tens > 1:
        yield "mốt"
    elif ones == 5 and tens:
        yield "lăm"
    elif ones:
        yield _DIGITS[ones]
