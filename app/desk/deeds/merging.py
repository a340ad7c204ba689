"""Two hands at one form: what is on file now is held against what was there when the typing began."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.models.events.facts import Document

Value = str | Document | None
"""What stands in a field: words, or a paper as it is counted; None where nothing does."""


@dataclass(frozen=True)
class Differing:
    """A field that isn't everywhere the same, and what stands in it."""

    field: str
    was: Value
    on_file: Value
    typed: Value
    is_asked: bool
    """Whether both changed it, so that somebody has to choose."""

    @property
    def is_mine(self) -> bool:
        """Whether what is typed stands, until somebody chooses otherwise."""
        return self.is_asked or self.typed != self.was


def differing(
    was: Mapping[str, Value], on_file: Mapping[str, Value], typed: Mapping[str, Value],
    unsettled: Collection[str] = (),
) -> Iterator[Differing]:  # fmt: skip
    """What one side or both changed, field by field; `unsettled` was asked before and not answered.

    Where only the file changed it keeps what it has, where only the typist did theirs stand.
    """
    for field in dict.fromkeys((*on_file, *was, *typed)):
        old, theirs, mine = was.get(field), on_file.get(field), typed.get(field)
        both = old not in (mine, theirs)
        if mine != theirs:
            yield Differing(field, old, theirs, mine, both or field in unsettled)
