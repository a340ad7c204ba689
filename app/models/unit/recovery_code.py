"""The recovery code: what opens a counter's backup on another machine, as it is written on paper.

Six groups of six letters. The last of a group is its check: a wrong letter, two letters or two
groups that changed places are found, and the group is named.
"""

import re
from typing import NamedTuple

from app.models.errors import BadInput
from app.models.numbering import SCANNABLE

LETTERS = SCANNABLE.replace("S", "")
"""23, a prime, without which a check can't find every pair that changed places; and S reads like 5."""
GROUPS, IN_A_GROUP = 6, 6
RANDOM_BYTES = 32

_DRAWN = IN_A_GROUP - 1  # letters of a group that are drawn: 30 in all, 135 bits
_READS_LIKE = str.maketrans("SZ", "52")


class RecoveryCode(NamedTuple):
    """Six groups, each with its check; `str()` is how it is written."""

    groups: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(self.groups)

    @classmethod
    def drawn(cls, random: bytes) -> "RecoveryCode":
        """From `RANDOM_BYTES` random bytes."""
        number, groups = int.from_bytes(random), []
        for place in range(1, GROUPS + 1):
            drawn = ""
            for _ in range(_DRAWN):
                number, letter = divmod(number, len(LETTERS))
                drawn += LETTERS[letter]
            groups.append(drawn + _check(place, drawn))
        return cls(tuple(groups))

    @classmethod
    def parse(cls, typed: str) -> "RecoveryCode":
        """As typed: small letters, blanks and missing dashes are all right.

        Raises `BadInput`, which names the groups that can't be right.
        """
        parts = re.findall(r"[^\s-]+", typed.upper().translate(_READS_LIKE))
        if len(parts) != GROUPS:
            parts = re.findall(f".{{1,{IN_A_GROUP}}}", "".join(parts))
        if len(parts) != GROUPS:
            raise BadInput(
                f"Mã khôi phục gồm {GROUPS} nhóm, mỗi nhóm {IN_A_GROUP} ký tự; "
                f"vừa nhập {sum(map(len, parts))} ký tự. Hãy nhập đủ như trên giấy.",
                "code",
            )
        wrong = [str(place) for place, group in enumerate(parts, 1) if not _is_right(place, group)]
        if wrong:
            raise BadInput(
                f"Nhóm {', '.join(wrong)} của mã khôi phục chưa đúng. "
                "Hãy so từng ký tự với giấy rồi nhập lại cả mã.",
                "code",
            )
        return cls(tuple(parts))


def _is_right(place: int, group: str) -> bool:
    known = len(group) == IN_A_GROUP and all(letter in LETTERS for letter in group)
    return known and group[-1] == _check(place, group[:-1])


def _check(place: int, drawn: str) -> str:
    """The letter with which the group, each letter times its place, sums up to the group's own place."""
    base = len(LETTERS)
    total = sum(n * LETTERS.index(letter) for n, letter in enumerate(drawn, 1))
    return LETTERS[(place - total) * pow(IN_A_GROUP, -1, base) % base]
