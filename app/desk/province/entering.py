"""What is typed into the province's system: which dossiers, what goes into its boxes, its code for them.

The province's system stays; a dossier received here is entered there by hand, and so is its result.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from app.clock import VIETNAM
from app.desk.looking.lookup import Lookup
from app.desk.papers.facts import Told, told_of
from app.desk.province.fields import Filled, filled, shipped
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.dossiers.lifecycle import label
from app.models.dossiers.province_gap import ENDED, Gap, gap, national
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.province import ProvinceDescribed, ProvinceEntered, ProvinceField
from app.models.numbering import CODE
from app.models.unit.officer import Officer, check_leads
from app.store.reading.province import ProvinceQueries, ProvinceRow
from app.store.store import Store

MOST = 500  # rows of the list at once; the oldest are typed first
LATELY = timedelta(days=30)
"""Back from the first day of use: what was received earlier was typed without this list."""


@dataclass(frozen=True)
class Lacking:
    """What it lacks of one kind, the oldest first, and how many there are of each kind."""

    rows: tuple[ProvinceRow, ...]
    counts: dict[Gap, int]


@dataclass(frozen=True)
class Screen:
    """One dossier as it is typed there; `seen` is its national status as the officer sees it."""

    name: e.EventName
    code: str
    owner: str
    procedure_name: str
    status: str
    seen: int
    gap: Gap
    province_code: str
    boxes: tuple[Filled, ...]


class Province:
    """Reads the list and the boxes; writes the code that came back."""

    def __init__(self, store: Store, lookup: Lookup, clock: Callable[[], datetime]) -> None:
        self._store, self._lookup, self._clock = store, lookup, clock
        self._queries = ProvinceQueries(store.database)

    # --- what is still to be typed ----------------------------------------------------------------

    def lacking(self, kind: Gap = Gap.ABSENT, limit: int = MOST) -> Lacking:
        """The oldest `limit` of a kind."""
        since = self.since()
        rows = self._queries.lacking(kind, since, limit)
        return Lacking(tuple(rows), self._queries.counts(since))

    def to_enter(self) -> int:
        """How many dossiers it doesn't know or knows as they were; 0 where the unit uses none."""
        if not self._store.standing.province().used:
            return 0
        return sum(self._queries.counts(self.since()).values())

    def since(self) -> datetime:
        """From when on dossiers are asked for: the unit's day, or until it has one, lately."""
        said = self._store.standing.province().since
        day = date.fromisoformat(said) if said else self._clock().date() - LATELY
        return datetime.combine(day, time.min, VIETNAM)

    # --- one dossier ------------------------------------------------------------------------------

    def screen(self, name: e.EventName) -> Screen:
        """What goes into the boxes: of its reception while it is absent, of how it ended once it has."""
        folded = self._store.dossiers.opened(name)
        told = self.told(folded)
        dossier = told.dossier
        kind = gap(dossier)
        stages = ("received",) if kind is not Gap.BEHIND else ()
        if kind is Gap.BEHIND or national(dossier.status) in ENDED:
            stages = (*stages, "result")
        owner = dossier.owner
        return Screen(
            name, dossier.shown_code, owner.name if owner else "", dossier.procedure_name,
            label(dossier.status), national(dossier.status), kind,
            dossier.province.code if dossier.province else "",
            tuple(filled(self.fields(), told, stages)),
        )  # fmt: skip

    def told(self, folded: Folded) -> Told:
        """All that is known of a dossier, as its papers are filled from it. Raises `Refused`."""
        dossier = folded.arrived("nhập lên hệ thống tỉnh")
        told = told_of(dossier, folded, self._store.standing, self._lookup.holder_name)
        online = self._store.online.opened(dossier.name)
        return dataclasses.replace(told, filed_at=online.arrived) if online else told

    def enter(
        self, name: e.EventName, typed: str, officer: Officer, seen: int | None = None
    ) -> str:
        """Keep the code that system gave beside ours; the code.

        `seen` is the national status that was typed there; what moved meanwhile stays in the list.
        Raises `BadInput` for what is no code of that system or another dossier's, and keeps nothing.
        """
        dossier = self._dossier(name)
        code = self._checked(typed, dossier)
        self._write(name, code, national(dossier.status) if seen is None else seen, officer)
        return code

    def update(self, name: e.EventName, officer: Officer, seen: int | None = None) -> None:
        """Say that its result, or how it ended, stands there too. Raises `Refused` before it is there."""
        dossier = self._dossier(name)
        if dossier.province is None:
            raise Refused(
                "Hồ sơ này chưa có mã trên hệ thống tỉnh. Hãy nhập lên đó, rồi quét mã vào đây."
            )
        status = national(dossier.status) if seen is None else seen
        self._write(name, dossier.province.code, status, officer)

    def take_back(self, name: e.EventName, before: tuple[str, int], officer: Officer) -> None:
        """Say again what had been said before: a code and a national status, ("", 0) for nothing."""
        self._write(name, *before, officer)

    def before(self, name: e.EventName) -> tuple[str, int]:
        """What that system is known to have been told: code and national status."""
        entry = self._dossier(name).province
        return (entry.code, entry.national_status) if entry else ("", 0)

    # --- the unit's own way -----------------------------------------------------------------------

    def settings(self) -> ProvinceDescribed:
        """What the unit said of that system; `fields` is empty while it says nothing else than ours."""
        return self._store.standing.province()

    def fields(self) -> tuple[ProvinceField, ...]:
        """The boxes of that screen, in their order."""
        return self.settings().fields or shipped()

    def describe(self, said: ProvinceDescribed, officer: Officer) -> None:
        """Say it for the whole unit. Raises `Refused`: for whoever leads the desk or administers it."""
        check_leads(officer, "sửa các trường của hệ thống tỉnh")
        now = self._clock()
        if said != self.settings():
            with self._store.journal.deed(now) as writing:
                writing.append(said, by=officer.login, at=now)

    # --- inside -----------------------------------------------------------------------------------

    def _dossier(self, name: e.EventName) -> Dossier:
        return self._store.dossiers.opened(name).arrived("nhập lên hệ thống tỉnh")

    def _checked(self, typed: str, dossier: Dossier) -> str:
        code = typed.strip().rpartition("/")[2].upper()
        if not code:
            raise BadInput("Chưa có mã. Hãy quét hoặc dán mã trên hệ thống tỉnh.", "official")
        if not CODE.fullmatch(code):
            raise BadInput(
                f"“{code[:40]}” không phải mã hồ sơ, như H56.33.15-251103-0007. "
                "Hãy quét hoặc dán lại; chưa ghi gì.",
                "official",
            )
        if code == dossier.code:
            raise BadInput(
                "Đây là mã của quầy cho chính hồ sơ này. Hãy lấy mã trên màn hình hệ thống tỉnh.",
                "official",
            )
        for name, own in self._queries.claimed(code):
            if name != dossier.name:
                raise BadInput(
                    f"Mã {code} là của hồ sơ khác ở quầy ({own}). "
                    "Hãy xem lại có đúng hồ sơ đang nhập không; chưa ghi gì.",
                    "official",
                )
        return code

    def _write(self, name: e.EventName, code: str, status: int, officer: Officer) -> None:
        now = self._clock()
        known = self.settings()
        with self._store.journal.deed(now) as writing:
            writing.append(ProvinceEntered(code, status), thing=name, by=officer.login, at=now)
            if code and not known.since:  # in use from here on, nothing drops out with the days
                since = self.since().date().isoformat()
                writing.append(replace(known, since=since), by=officer.login, at=now)
