"""Several numbers that are counted together, and add up name by name."""

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Counts:
    """Derive from it: every field is a number."""

    def __add__(self, other: Self) -> Self:
        names = (each.name for each in fields(self))
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in names))
