"""What a printable variable is: its label, kind and sample, and how lists are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a variable's value is."""

    TEXT = auto()
    COUNT = auto()
    FLAG = auto()
    DAY = auto()
    INSTANT = auto()


@dataclass(frozen=True, slots=True)
class Variable:
    """A printable value: its Vietnamese label, its sample, and the most letters a page can bear."""

    label: str
    sample: object
    kind: Kind = Kind.TEXT
    longest: int = 1000
    words: str = ""
    """What a flag prints when it holds."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A printable list: its label, the variables of each row, and sample rows."""

    label: str
    fields: Mapping[str, Variable]
    sample: tuple[Mapping[str, object], ...]


Fields = Mapping[str, Variable]

ORDINAL = Variable("Số thứ tự", 1, Kind.COUNT)


def sample_row(fields: Fields, **changes: object) -> Mapping[str, object]:
    """A row of the variables' own samples, but for what is changed."""
    return {**{name: each.sample for name, each in fields.items()}, **changes}
