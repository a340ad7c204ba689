"""The rows of a list: all at hand, or in pages that are asked for as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")

PAGE_ROWS = 200
PAGES_KEPT = 50


class Rows(Generic[Row]):
    """So many rows by number, told apart by `key`; of long lists only pages of them are at hand."""

    def __init__(self, key: Callable[[Row], Hashable]) -> None:
        self.key = key
        self.count = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._ask: Callable[[int], None] | None = None

    def hold(
        self, count: int, ask: Callable[[int], None] | None, first: int, rows: Sequence[Row]
    ) -> None:
        """From now on `count` rows, `rows` from number `first` on (whole pages) among them.

        The others `ask(first)` has brought, PAGE_ROWS at once by `fill`, when they are looked at.
        """
        self.count, self._ask = count, ask if len(rows) < count else None
        self._asked.clear()
        self._pages.clear()
        for place in range(0, len(rows), PAGE_ROWS):
            self._pages[first + place] = rows[place : place + PAGE_ROWS]

    def fill(self, first: int, rows: Sequence[Row]) -> None:
        """The rows from number `first` on, as asked for."""
        self._asked.discard(first)
        self._pages[first] = rows
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)

    @property
    def is_paged(self) -> bool:
        """Whether they come in pages, as they are looked at."""
        return self._ask is not None

    def at(self, number: int) -> Row | None:
        """The row at `number`; None while it is on its way."""
        if not 0 <= number < self.count:
            return None
        first = number - number % PAGE_ROWS
        page = self._pages.get(first)
        if page is not None:
            return page[number - first] if number - first < len(page) else None
        if self._ask and first not in self._asked:
            self._asked.add(first)
            self._ask(first)
        return None

    def pages(self) -> list[tuple[int, Sequence[Row]]]:
        """The pages at hand in order, each with the number of its first row."""
        return sorted(self._pages.items())

    def here(self) -> list[Row]:
        """The rows at hand, in order."""
        return [row for _, page in self.pages() for row in page]

    def number_of(self, key: Hashable) -> int:
        """Where the row with `key` stands; −1 when it isn't at hand."""
        for first, page in self.pages():
            for place, row in enumerate(page):
                if self.key(row) == key:
                    return first + place
        return -1
