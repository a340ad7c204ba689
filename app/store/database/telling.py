"""How far a long work is, told to whoever asked for it; what the hearer raises ends the work."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Tell = Callable[[int, int], None]
"""Hears how many are done, and of how many."""
TOLD_EVERY = 200
WHOLE = 1000


def quiet(done: int, of: int) -> None:
    """Tell nobody."""


def stretch(tell: Tell, since: int, until: int) -> Tell:
    """For a part of a work: what it tells lies between these thousandths of the whole."""
    return lambda done, of: tell(since + (until - since) * done // max(of, 1), WHOLE)


def told(
    things: Iterable[T], tell: Tell, of: int, *, since: int = 0, every: int = TOLD_EVERY
) -> Iterator[T]:
    """These things, each so many of which are told; `since` went before."""
    for number, thing in enumerate(things):
        if number % every == 0:
            tell(since + number, of)
        yield thing
