"""Takes a step of longer work to the desk, between two deeds."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class AtDesk(Protocol):
    """Gives what `step` gives or raises at the desk."""

    def __call__(self, step: Callable[[], T], /) -> T: ...


def directly(step: Callable[[], T]) -> T:
    """For whoever is at the desk already."""
    return step()
