"""Names what letters are written in."""

from enum import StrEnum


class Ink(StrEnum):
    """A printer without colours makes all but black grey: the words say the same."""

    BLACK = "black"
    AMBER = "amber"
    RED = "red"
