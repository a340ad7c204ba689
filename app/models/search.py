"""The tokens a dossier is found by, and those a query asks for.

They are whole tokens of an FTS5 table (`content='', contentless_delete=1, detail=none`), made of
a–z and 0–9 only, so that no tokenizer folds or splits them. A word with marks becomes tokens of
its own beside its folded ones, spelt as VNI types it with the tone last and a 0 in front:
"Nguyễn" is `nguyen` and `0nguye6n4`; "hoà" and "hòa" are both `0hoa2`.
"""

import re
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple
from unicodedata import category

from app.models.errors import BadInput
from app.models.text import lowered

QUERY_LIMIT = 200
MOST_PAIRED = 6  # words of a name; an organisation's may be longer
FIRST_DIGITS = 4  # of an identity or phone number, before they find anything
LAST_DIGITS = 2  # of a code, likewise
EITHER = " / "
"""Between two questions: what answers one of them is found."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


def search_tokens(names: tuple[str, ...], codes: tuple[str, ...], numbers: tuple[str, ...]) -> str:
    """Every token of one dossier, separated by spaces; what two of its words share stands twice.

    `codes` are its official and provisional codes; `numbers` the identity and phone numbers as
    they are stored, found by their first 4 characters and more.
    """
    tokens: list[str] = []
    for name in names:
        words = _WORD.findall(lowered(name))
        tokens += map(_word_tokens, words)
        for first, second in combinations(map(_word, words[:MOST_PAIRED]), 2):
            tokens += (first.plain + second.plain, first.exact + second.exact)
    for code in codes:
        tokens += _code_tokens(code)
    for number in numbers:
        tokens += _number_tokens(number)
    return " ".join(tokens)


def number_token(number: str) -> str:
    """The token of a whole identity or phone number; "" of one too short to be found by."""
    whole = _compact(number)
    return whole if len(whole) >= FIRST_DIGITS else ""


def query_tokens(words: str) -> tuple[str, ...]:
    """The tokens a dossier must all have to be found; none when nothing was asked.

    A word without marks finds every name, one with marks only the names that bear them; any word
    may be unfinished, in its tone too. Digits are a number's first ones or a code's last ones.
    Raises `BadInput` when the text is too long to be a query.
    """
    if len(words) > QUERY_LIMIT:
        raise BadInput(
            f"Nội dung tìm kiếm quá {QUERY_LIMIT} ký tự. Chỉ nhập tên, mã hồ sơ hoặc số giấy tờ.",
            "query",
        )
    if number := _as_number(words):
        return (number,)
    return tuple(token for chunk in words.split() for token in _chunk_tokens(chunk))


def paired_tokens(words: str) -> tuple[str, ...]:
    """Rarer tokens for the same question, when it begins with whole words in the name's order.

    Two family names and a middle name are borne by thousands; each pair of them by few, and short
    lists are walked in no time. None when there is no pair; what they don't find, ask `query_tokens`.
    """
    asked = _WORD.findall(lowered(words))
    whole = [_word(word) for word in (asked if words.endswith(" ") else asked[:-1])]
    if len(whole) < 2 or any(len(word.plain) < 3 for word in whole) or not _is_name(words):
        return ()
    marked = [word.exact[1:] != word.plain[1:] for word in whole]
    tokens: dict[str, None] = {}
    covered: set[int] = set()
    for n, (first, second) in enumerate(pairwise(whole)):
        if marked[n] and marked[n + 1]:
            tokens[first.exact + second.exact] = None
            covered |= {n, n + 1}
        else:
            tokens[first.plain + second.plain] = None
    alone = [word for n, word in enumerate(asked[: len(whole)]) if marked[n] and n not in covered]
    tokens |= dict.fromkeys(_token(_letters(word)) for word in (*alone, *asked[len(whole) :]))
    return tuple(tokens)


# --- names --------------------------------------------------------------------------------------


class _Letter(NamedTuple):
    """One letter: `plain` without marks, `exact` with its shape, `tone` "" or VNI's 1–5."""

    plain: str
    exact: str
    tone: str


def _letters(word: str) -> list[_Letter]:
    letters: list[_Letter] = []
    for c in word:
        if category(c) != "Mn":
            plain = c if c.isascii() else f"x{ord(c):x}"
            letters.append(_Letter("d", "d9", "") if c == "đ" else _Letter(plain, plain, ""))
        else:
            plain, exact, tone = letters.pop()
            shape = "" if c in _TONES else _SHAPES.get(c, f"x{ord(c):x}")
            letters.append(_Letter(plain, exact + shape, tone + _TONES.get(c, "")))
    return letters


def _token(letters: list[_Letter]) -> str:
    plain = "".join(letter.plain for letter in letters)
    exact = "".join(letter.exact for letter in letters) + "".join(letter.tone for letter in letters)
    return plain if exact == plain else f"0{exact}"


class _Word(NamedTuple):
    """A whole word as half of a pair: without its marks, and with them."""

    plain: str
    exact: str


@lru_cache(maxsize=4096)  # a commune's names are made of a few thousand words
def _word_tokens(word: str) -> str:
    letters = _letters(word)
    heads = [letters[:end] for end in range(1, len(letters) + 1)]
    early = _tone_forward(letters)
    tokens = (
        *("".join(letter.plain for letter in head) for head in heads),
        *(_token(head) for head in heads),
        *(_token(early[: len(head)]) for head in heads),
        # "Nguyê" on the way to "Nguyễn"; a whole "Nguyên" is another name
        *(_token([letter._replace(tone="") for letter in head]) for head in heads[:-1]),
    )
    return " ".join(dict.fromkeys(tokens))


@lru_cache(maxsize=4096)
def _word(word: str) -> _Word:
    letters = _letters(word)
    exact = _token(_tone_forward(letters)).removeprefix("0")
    return _Word("1" + "".join(letter.plain for letter in letters), "2" + exact)


def _is_name(words: str) -> bool:
    return not any(c.isdecimal() for c in words)


def _tone_forward(word: list[_Letter]) -> list[_Letter]:
    """The word with its tone where the older spelling has it: hoà as hòa, khoẻ as khỏe."""
    glide, last = word[-2:] if len(word) > 1 else word * 2
    if not last.tone or glide.exact + last.exact not in ("oa", "oe", "uy"):
        return word
    return [*word[:-2], glide._replace(tone=last.tone), last._replace(tone="")]


# --- codes and numbers --------------------------------------------------------------------------

_CODE = re.compile(r"([0-9a-z.]+)-(\d{6})-(\d{4,})")
_DAY_AND_LAST = re.compile(r"(\d{6})-(\d+)")
_PROVISIONAL = re.compile(r"t-([2-9a-z]+)")


def _compact(text: str) -> str:
    plain = lowered(text)
    if plain.isascii() and plain.isalnum():
        return plain
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def _number_tokens(number: str) -> list[str]:
    whole = _compact(number)
    return [whole[:end] for end in range(FIRST_DIGITS, len(whole) + 1)]


def _code_tokens(code: str) -> list[str]:
    if not (official := _CODE.fullmatch(code.lower())):
        return _number_tokens(code.rpartition("-")[2])
    unit, day, number = official.groups()
    ends = [number[start:] for start in range(len(number) - LAST_DIGITS + 1)]
    return [unit.replace(".", ""), day, str(int(number)), *ends]


def _as_number(words: str) -> str:
    """Digits however they were parted, +84 as 0; "" when `words` are something else."""
    text = words.strip()
    if not re.fullmatch(r"\+?\d[\d .()-]*", text) or _DAY_AND_LAST.fullmatch(text):
        return ""
    digits = _compact(text)
    abroad = text.startswith("+84") or re.fullmatch(r"84\d{9}", digits)
    return "0" + digits[2:] if abroad else digits


def _chunk_tokens(chunk: str) -> tuple[str, ...]:
    text = chunk.lower()
    if code := _CODE.fullmatch(text):
        unit, day, number = code.groups()
        return (unit.replace(".", ""), day, *_last(number))
    if numbered := _DAY_AND_LAST.fullmatch(text):
        day, number = numbered.groups()
        return (day, *_last(number))
    if provisional := _PROVISIONAL.fullmatch(text):
        return provisional.groups()
    return tuple(_token(_letters(word)) for word in _WORD.findall(lowered(chunk)))


def _last(digits: str) -> tuple[str, ...]:
    # somebody's identity number may begin with four of a code; fewer are no token of a number
    return (digits, digits[1 - FIRST_DIGITS :]) if len(digits) >= FIRST_DIGITS else (digits,)
