"""What a printable variable is: its label, kind and sample, and how lists are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

RUNS_ON = 10_000
"""Letters of a text that goes on over lines and pages: more than a deed accepts of one."""

NAME = 200
"""Letters of a name beside others or below a signature."""


class Kind(Enum):
    """What a variable's value is."""

    TEXT = auto()
    COUNT = auto()
    FLAG = auto()
    DAY = auto()
    INSTANT = auto()


@dataclass(frozen=True, slots=True)
class Variable:
    """A printable value: its Vietnamese label, its sample, and the most letters its place can bear."""

    label: str
    sample: object
    kind: Kind = Kind.TEXT
    longest: int = RUNS_ON
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
