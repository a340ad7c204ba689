"""Where each paper goes on this counter: its printer, size and copies, remembered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from app.desk.papers.forms import PRINTED, TICKET
from app.store.own.keeping import Keeping


@dataclass(frozen=True, slots=True)
class Place:
    """A printer ("" while nobody chose one), the size of the paper, and how many sets of copies."""

    printer: str
    paper: str
    copies: int = 1


class PrintPlaces:
    """A place a form, and the printer of those that have none of their own."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    @property
    def default(self) -> str:
        """The printer of every form without one of its own; "" when nobody chose it."""
        return self._keeping.get("printer")

    def usual(self, form: str) -> Place:
        """Where a form goes when nobody says otherwise."""
        own = self.own(form)
        has_no_default = form == TICKET  # which goes to a roll, the others don't
        return own if own.printer or has_no_default else replace(own, printer=self.default)

    def own(self, form: str) -> Place:
        """What was chosen for this form alone, its printer "" for the default one."""
        sizes = PRINTED[form].sizes if form in PRINTED else ("A4",)
        kept = self._keeping.get(f"place {form}")
        if kept:
            place = msgspec.json.decode(kept, type=Place)
        else:  # as version 0.1 kept it
            place = Place(
                self._keeping.get(f"printer {form}"), self._keeping.get(f"paper {form}", sizes[0])
            )
        return place if place.paper in sizes else replace(place, paper=sizes[0])

    def choose(self, form: str, place: Place) -> None:
        """Remember where a form goes."""
        self._keeping.put(f"place {form}", msgspec.json.encode(place).decode())

    def choose_all(self, default: str, places: Iterable[tuple[str, Place]]) -> None:
        """Remember the default printer and where these forms go."""
        self._keeping.put("printer", default)
        for form, place in places:
            self.choose(form, place)
