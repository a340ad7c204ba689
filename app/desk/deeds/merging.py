"""Two hands at one form: what is on file now is held against what was there when the typing began."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Differing:
    """A field that isn't everywhere the same, in the words that stand in it; "" where nothing does."""

    field: str
    was: str
    on_file: str
    typed: str
    is_asked: bool
    """Whether both changed it, so that somebody has to choose."""

    @property
    def is_mine(self) -> bool:
        """Whether what is typed stands, until somebody chooses otherwise."""
        return self.is_asked or self.typed != self.was


def differing(
    was: Mapping[str, str], on_file: Mapping[str, str], typed: Mapping[str, str],
    unsettled: Collection[str] = (),
) -> Iterator[Differing]:  # fmt: skip
    """What one side or both changed, field by field; `unsettled` was asked before and not answered.

    Where only the file changed it keeps its words, where only the typist did theirs stand.
    """
    for field in dict.fromkeys((*on_file, *was, *typed)):
        old, theirs, mine = was.get(field, ""), on_file.get(field, ""), typed.get(field, "")
        both = old not in (mine, theirs)
        if mine != theirs:
            yield Differing(field, old, theirs, mine, both or field in unsettled)
