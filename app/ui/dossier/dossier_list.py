"""A list of dossiers, however long: its pages come from the desk as they are looked at."""

from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.looking.lookup import BoardLine
from app.models.dossiers.lifecycle import Status
from app.models.events.event import EventName
from app.store.reading.listing import By, Listing
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.widgets.rows import PAGE_ROWS
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import NOWHERE, Column, Table

Listed = Mapping[EventName, Status]


@dataclass(frozen=True)
class Asked:
    """What a list asks the desk for: the pages in sight, and if any are marked how far all are."""

    listing: Listing
    first: int
    limit: int
    wants_all: bool

    def listed(self, desk: Desk) -> Listed | None:
        """Every dossier of the list if that is asked; at the desk only."""
        return desk.lookup.listed(self.listing) if self.wants_all else None


class DossierList(TableView[BoardLine]):
    """Shows a `Listing`; marks hold for dossiers that are not at hand too."""

    wanted = Signal()
    """Another order was chosen: the list is to be asked for again."""

    def __init__(
        self,
        columns: Sequence[Column[BoardLine]],
        desk: Desk,
        jobs: Jobs,
        empty: QWidget,
        *,
        markable: bool = False,
    ) -> None:
        super().__init__(Table(columns, lambda line: line.row.name, markable), empty)
        self._desk, self._jobs = desk, jobs
        self._shown = Asked(Listing(), 0, PAGE_ROWS, wants_all=False)
        self._listed: Listed = {}
        self.sorting_chosen.connect(lambda _: self.wanted.emit())
        self.all_wanted.connect(self._ask_for_all)

    def asked(self, listing: Listing) -> Asked:
        """What to ask for to show `listing`, in the order chosen; another list begins at its top."""
        listing = self._in_order(listing)
        marked = bool(self.table.marks)
        if listing != self._shown.listing:
            return Asked(listing, 0, PAGE_ROWS, marked)
        pages = self.pages_in_sight()
        return Asked(listing, pages.start, len(pages), marked)

    def show_list(
        self, asked: Asked, count: int, lines: Sequence[BoardLine], listed: Listed | None
    ) -> None:
        """Show what came of `asked`: how many there are in all, those in sight, all if asked."""
        is_another = asked.listing != self._shown.listing
        if listed is None and count == len(lines):
            listed = {line.row.name: line.row.status for line in lines}
        self._shown, self._listed = asked, listed or {}
        if listed is not None:
            self.table.mark(self.table.marks & listed.keys())
        current = self.current()
        is_left = current is None or current.row.name not in {line.row.name for line in lines}
        if is_another and (is_left or count > len(lines)):
            self.scrollToTop()
            self.setCurrentIndex(NOWHERE)
        self.show_pages(count, self._ask, asked.first, lines)
        if is_another:  # whose scroll bar still ended where the other list did
            self.updateGeometries()
            self.scrollTo(self.currentIndex())

    def meant_dossiers(self) -> dict[EventName, Status]:
        """What a deed is for, in the order shown: the marked dossiers, or else the current one."""
        marks = self.table.marks
        if not marks:
            current = self.current()
            return {current.row.name: current.row.status} if current else {}
        return self.statuses(marks)

    def statuses(self, names: Container[Hashable]) -> dict[EventName, Status]:
        """Those of these dossiers that are listed, in the order shown."""
        at_hand = {line.row.name: line.row.status for line in self.table.rows.here()}
        known = {**self._listed, **at_hand}
        return {name: status for name, status in known.items() if name in names}

    # --- inside -----------------------------------------------------------------------------------

    def _in_order(self, listing: Listing) -> Listing:
        by, sorting = self.table.order, self.table.sorting
        if sorting is None or not isinstance(by, str):
            return listing
        return replace(listing, by=By(by), is_descending=sorting.is_descending)

    def _ask(self, first: int) -> None:
        asked = self._shown

        def came(result: Ok[tuple[BoardLine, ...]] | Err) -> None:
            if isinstance(result, Ok) and asked is self._shown:
                self.table.fill(first, result.value)

        self._jobs.run(
            Lane.DESK, lambda: self._desk.lookup.lines(asked.listing, PAGE_ROWS, first), came
        )

    def _ask_for_all(self) -> None:
        asked = self._shown

        def came(result: Ok[dict[EventName, Status]] | Err) -> None:
            if isinstance(result, Ok) and asked is self._shown:
                self._listed = result.value
                self.table.mark(result.value)

        self._jobs.run(Lane.DESK, lambda: self._desk.lookup.listed(asked.listing), came)
