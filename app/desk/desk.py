"""Everything an officer can do at one counter, joined: what window and command line are given."""

from collections.abc import Callable
from datetime import datetime

from app.desk.books import Books
from app.desk.intake import Intake
from app.desk.lookup import Lookup
from app.desk.office import Office
from app.desk.paperwork import Paperwork, Renderer
from app.desk.progress import Progress
from app.models.errors import BadInput
from app.models.officer import Officer
from app.printing.sheet import Draw, undrawn
from app.store.store import Store


class Desk:
    """One counter's desk.

    `clock` tells Vietnam's time; `render` draws a form (see `Renderer`), `draw` sheets.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        render: Renderer,
        draw: Draw = undrawn,
    ) -> None:
        self.store = store
        self.clock = clock
        self.intake = Intake(store, clock)
        self.progress = Progress(store, clock)
        self.lookup = Lookup(store, clock)
        self.paperwork = Paperwork(store, self.lookup, clock, render)
        self.office = Office(store, clock)
        self.draw = draw
        self.books = Books(store, clock)

    def officer(self, login: str) -> Officer:
        """An active officer of the unit; raises `BadInput`."""
        found = next(
            (x for x in self.store.standing.officers() if x.login == login and x.active), None
        )
        if found is None:
            raise BadInput(f"Không có cán bộ “{login[:40]}” trong danh sách của đơn vị.", "officer")
        return found
