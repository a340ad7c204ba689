"""Finds the two-level address of one written with commune, district and province, as before 1/7/2025."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from app.models.text import fold

LEVELS = 3
_TYPES = (
    ("xa", "phuong", "thitran", "tt", "p"),
    ("huyen", "quan", "thixa", "thanhpho", "tp", "tx", "q", "h"),
    ("tinh", "thanhpho", "tp"),
)
"""What may stand before a name, level by level, as `_squeezed` writes it."""


class Communes:
    """What became of each commune when the districts were abolished (NQ 202/2025/QH15).

    `rows` say ward, district, province, new_ward and new_province, each with its type; a commune
    that was divided has several.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        squeezed, names = cache(_squeezed), dict[str, str]()
        for row in rows:
            old = [squeezed(row[level]) for level in ("ward", "district", "province")]
            now = f"{_within(row['new_ward'])}, {_within(row['new_province'])}"
            key = _key(map(_bare, old, _TYPES))
            self._found[key].append((old[0], names.setdefault(now, now)))

    def two_levels(self, address: str) -> list[str]:
        """The address in two levels, what stands before the commune kept as it is.

        Several where the commune was divided or two bore the name; none where the address isn't of
        three levels, or names a commune that was gone before.
        """
        parts = [part for part in (part.strip(" .-") for part in address.split(",")) if part]
        before, old = parts[:-LEVELS], [_squeezed(part) for part in parts[-LEVELS:]]
        if len(old) < LEVELS:
            return []
        found = [pair for key in _readings(old) for pair in self._found.get(key, ())]
        named = [pair for pair in found if pair[0] == old[0]]  # its type tells it from another
        return list(dict.fromkeys(", ".join((*before, now)) for _, now in named or found))


def _readings(levels: Sequence[str]) -> Iterator[str]:
    """As they stand, and without their types: “Quan Sơn” is a name, “Quận 1” is not."""
    ways = ((level, _bare(level, types)) for level, types in zip(levels, _TYPES, strict=True))
    return map(_key, product(*map(dict.fromkeys, ways)))


def _key(levels: Iterable[str]) -> str:
    return ",".join(levels)


def _bare(squeezed: str, types: tuple[str, ...]) -> str:
    found = max((each for each in types if squeezed.startswith(each)), key=len, default="")
    return squeezed.removeprefix(found)


def _squeezed(text: str) -> str:
    """“TP. Bà Rịa – Vũng Tàu” and “Tp Bà Rịa-Vũng Tàu” are one."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _within(name: str) -> str:
    """“Xã Chấn Thịnh” as it stands inside an address."""
    return name[:1].lower() + name[1:]
