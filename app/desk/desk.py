"""Everything an officer can do at one counter, joined: what window and command line are given."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.desk.deeds.digitising import Digitising
from app.desk.deeds.new_dates import NewDates
from app.desk.deeds.progress import Progress
from app.desk.intake.blank_draft import BlankDrafts
from app.desk.intake.intake import Intake
from app.desk.intake.receiving import Receiving
from app.desk.intake.same_day import SameDay
from app.desk.lobby.assisting import HelpDesk
from app.desk.lobby.ratings import Ratings
from app.desk.lobby.turns import Turns
from app.desk.looking.conflicts import Conflicts
from app.desk.looking.given_twice import GivenTwice
from app.desk.looking.lookup import Lookup
from app.desk.looking.waiting import WaitingDeeds
from app.desk.looking.without_effect import WithoutEffect
from app.desk.online.rows import OpenSheet, unopened
from app.desk.online.waiting import Online
from app.desk.papers.blanks import Blanks
from app.desk.papers.boards import Boards
from app.desk.papers.fee_receipts import FeeReceipts
from app.desk.papers.letterhead import Letterhead
from app.desk.papers.paperwork import Paperwork, Renderer
from app.desk.papers.press import Press
from app.desk.papers.print_places import PrintPlaces
from app.desk.province.entering import Province
from app.desk.province.file import ProvinceFile
from app.desk.sheets.books import Books
from app.desk.sheets.day_sheets import DaySheets
from app.desk.sheets.incomplete import Incomplete
from app.desk.sheets.lists import Lists
from app.desk.sheets.reports import Reports
from app.desk.unit.notices import Notices
from app.desk.unit.office import Office
from app.models.errors import BadInput
from app.models.unit.officer import Officer
from app.printing.printers.spooler import ROLL, where
from app.printing.sheet import Draw, undrawn
from app.store.store import Store


class Desk:
    """One counter's desk.

    `clock` tells Vietnam's time; `render` draws a form (see `Renderer`), `draw` sheets; `forms` is
    the unit's own folder of forms; `open_sheet` reads a workbook.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        render: Renderer,
        draw: Draw = undrawn,
        forms: Path | None = None,
        open_sheet: OpenSheet = unopened,
    ) -> None:
        self.store = store
        self.clock = clock
        self._render = render
        receiving = Receiving(store, clock)
        self.intake = Intake(store, clock, receiving)
        self.progress = Progress(store, clock)
        self.same_day = SameDay(store, clock, receiving, self.progress)
        self.new_dates = NewDates(store, clock)
        self.lookup = Lookup(store, clock)
        self.paperwork = Paperwork(store, self.lookup, clock, render)
        self.blanks = Blanks(store, clock, render)
        self.blank_drafts = BlankDrafts(store.keeping, clock)
        self.press = Press(store, clock)
        self.places = PrintPlaces(store.keeping)
        self.office = Office(store, clock)
        self.letterhead = Letterhead(forms)
        self.draw = draw
        self.books = Books(store, clock)
        self.lists = Lists(store, self.lookup, clock)
        self.incomplete = Incomplete(store, clock)
        self.day_sheets = DaySheets(store, self.lookup, clock, self.incomplete)
        self.fee_receipts = FeeReceipts(store, self.lookup, clock)
        self.reports = Reports(store, clock)
        self.ratings = Ratings(store, self.lookup, clock, forms)
        self.boards = Boards(store, clock)
        self.conflicts = Conflicts(store, clock)
        self.digitising = Digitising(store, clock)
        self.province = Province(store, self.lookup, clock)
        self.province_file = ProvinceFile(store, self.province, clock)
        self.notices = Notices(store, clock)
        self.without_effect = WithoutEffect(store)
        self.waiting = WaitingDeeds(store)
        self.given_twice = GivenTwice(store, clock)
        self.online = Online(store, clock, open_sheet)
        self.help_desk = HelpDesk(store, clock, self.lookup.holder_name)
        self.turns = Turns(store, clock, render)

    def trial_page(self, printer: str) -> bytes:
        """The page that tries a printer, of the size it takes."""
        paper = "K80" if printer.startswith(ROLL) else "A5"
        values: dict[str, object] = {"printer": where(printer), "at": self.clock()}
        return self._render("test-page", values, paper, "", "")

    def officer(self, login: str) -> Officer:
        """An active officer of the unit; raises `BadInput`."""
        found = next(
            (x for x in self.store.standing.officers() if x.login == login and x.active), None
        )
        if found is None:
            raise BadInput(f"Không có cán bộ “{login[:40]}” trong danh sách của đơn vị.", "officer")
        return found
