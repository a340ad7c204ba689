"""Says where an address of commune, district and province, as before 1/7/2025, lies now."""

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

New = tuple[str, str]
"""A commune and its province, as they stand inside an address."""


class Communes:
    """What became of each commune when the districts were abolished (NQ 202/2025/QH15).

    `rows` say ward, district, province, new_ward and new_province, each with its type; a commune
    that was divided has several.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._found: dict[str, list[tuple[str, New]]] = defaultdict(list)
        squeezed, known = cache(_squeezed), dict[New, New]()
        for row in rows:
            old = [squeezed(row[level]) for level in ("ward", "district", "province")]
            now = (_within(row["new_ward"]), _within(row["new_province"]))
            key = _key(map(_bare, old, _TYPES))
            self._found[key].append((old[0], known.setdefault(now, now)))

    def lies_in(self, address: str) -> str:
        """As in "xã Chấn Thịnh, tỉnh Lào Cai"; with "hoặc" where it was divided or two bore its name.

        "" where the address isn't of three levels, or names a commune that was gone before.
        """
        parts = [part for part in (part.strip(" .-") for part in address.split(",")) if part]
        old = [_squeezed(part) for part in parts[-LEVELS:]]
        if len(old) < LEVELS:
            return ""
        found = [pair for key in _readings(old) for pair in self._found.get(key, ())]
        named = [pair for pair in found if pair[0] == old[0]]  # its type tells it from another
        wards: dict[str, dict[str, None]] = defaultdict(dict)
        for _, (ward, province) in named or found:
            wards[province][ward] = None
        return "; ".join(f"{' hoặc '.join(each)}, {province}" for province, each in wards.items())


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
