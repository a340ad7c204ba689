"""How good a password is, in a sentence; it is said, and only what is too short is refused."""

from enum import Enum
from itertools import pairwise

from app.models.errors import BadInput
from app.models.text import fold

SHORTEST = 6
LONG = 10
"""Letters from which a password that is no word, name or run of figures takes years to be tried out."""


class Strength(Enum):
    """What can be said of it."""

    SHORT = f"Ngắn quá: cần ít nhất {SHORTEST} ký tự."
    GUESSED = "Dễ đoán: có tên người dùng. Hãy chọn cụm từ khác."
    SAME = "Dễ đoán: lặp đi lặp lại, hay một dãy liền nhau. Hãy chọn cụm từ khác."
    FIGURES = "Dễ đoán: chỉ có chữ số. Hãy thêm vài chữ."
    FAIR = f"Tạm được. Dài từ {LONG} ký tự thì khó đoán hơn nhiều."
    STRONG = "Khó đoán."


def strength(password: str, *names: str) -> Strength:
    """`names` are the officer's own: login and words of the name."""
    if len(password) < SHORTEST:
        return Strength.SHORT
    plain = fold(password).replace(" ", "")
    if any(len(word) > 2 and word in plain for name in names for word in fold(name).split()):
        return Strength.GUESSED
    if len(set(plain)) < SHORTEST - 2 or _is_run(plain):
        return Strength.SAME
    if plain.isdigit():
        return Strength.FIGURES
    return Strength.STRONG if len(password) >= LONG else Strength.FAIR


def check_length(password: str) -> None:
    """Raise `BadInput` for one that is too short."""
    if len(password) < SHORTEST:
        raise BadInput(f"Mật khẩu phải có ít nhất {SHORTEST} ký tự.", "password")


def checked(password: str, again: str) -> str:
    """The password, typed twice alike and long enough; raises `BadInput`."""
    check_length(password)
    if password != again:
        raise BadInput("Hai lần gõ không giống nhau. Hãy gõ lại.", "again")
    return password


def _is_run(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps in ({1}, {-1}, {0})
