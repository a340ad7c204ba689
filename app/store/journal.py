"""Writes deeds: one transaction each, in which events, tables, numbers and marker agree.

Each begins by comparing the sealed marker with the database. Any difference (a restored backup, a
copied folder, a commit that failed) starts a new incarnation: on the same machine it numbers on
above the marker; on another, or without a marker, it holds no lane and no book until granted.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import msgspec

from app.models import events as e
from app.models.chain import DeviceKeys, LogName, sign_head
from app.models.errors import Refused
from app.models.event_bytes import as_record, encode
from app.models.exchange import Known
from app.models.fold import Effect, heads
from app.models.numbering import Code, book_series, code_day, code_series, next_in_lane
from app.models.standing import about
from app.store.database import Database
from app.store.folding import Folding, numbers_of
from app.store.log import Log, head_is_due
from app.store.marker import REMEMBERED_DAYS, Mark, MarkerFile

Random = Callable[[int], bytes]
Reason = Literal["new", "restored", "crashed", "moved", "no_marker", "forked"]
_KEEPS_ITS_NUMBERS = ("new", "restored", "crashed")


@dataclass(frozen=True)
class Own:
    """What this counter is: its device, the incarnation it writes in, and why that one began."""

    unit: str
    counter: int
    log: LogName
    reason: Reason


@dataclass
class Writing:
    """An open deed: append events, draw numbers. Nothing counts until the deed's `with` ends."""

    own: Own
    _database: Database
    _log: Log
    _folding: Folding
    _keys: DeviceKeys
    _floor: dict[str, int]
    appended: list[e.EventName] = field(default_factory=list)

    def append(
        self, body: e.AnyBody, *, by: str, at: datetime, thing: e.EventName | None = None,
        keyed_by: str = "", keyed_at: datetime | None = None, personal: e.Personal | None = None,
    ) -> e.EventName:  # fmt: skip
        """Write one event, about the dossier `thing` or about what the body itself names.

        Raises `Refused` with the fold's reason when the event would have no effect.
        """
        held = self._log.head(self.own.log)
        assert held is not None
        name = e.EventName(*self.own.log, held.seq + 1)
        opens = isinstance(body, e.Received | e.LeftUnreceived | e.IncarnationStarted)
        about_ = str(thing) if thing else e.thing_of(name) if opens else about(body)
        saw = () if opens else heads(self._folding.events_of(self._log.thing(about_)))
        event = e.Event(
            name=name, about=about_, saw=saw, by=by, at=at,
            keyed_by=keyed_by or by, keyed_at=keyed_at or at, body=body, personal=personal,
        )  # fmt: skip
        public, private = encode(event)
        head, row = self._log.append(
            self.own.log, as_record(public, private), about_, e.type_of(body)
        )
        self._folding.fold((row,))
        self._refuse_without_effect(row, name)
        self._floor.update(numbers_of(event))
        if head_is_due(head.seq):
            self._log.keep_head(
                self.own.log, sign_head(self._keys, self.own.unit, self.own.log, *head)
            )
        self.appended.append(name)
        return name

    def next_code(self, day: date) -> str:
        """The next dossier code of that day; empty when this incarnation holds no lane for it."""
        code_date = code_day(day)
        if forgotten(self._floor, code_date):
            return ""
        for lane in self._lanes(day):
            number = next_in_lane(lane, self._highest(code_series(code_date, lane)))
            return str(Code(self.own.unit, code_date, number))
        return ""

    def next_serial(self, group: str, year: int) -> e.Serial | None:
        """The next number of this counter's book; None when this incarnation holds none."""
        book = self._book()
        if book is None:
            return None
        number = self._highest(book_series(group, year, book)) + 1
        return e.Serial(group, year, book, number)

    def dossier_events(self, thing: e.EventName) -> list[e.Event]:
        """All events about a dossier, as of now."""
        return self._folding.events_of(self._log.thing(str(thing)))

    # --- inside ---------------------------------------------------------------------------------

    def _refuse_without_effect(self, thing: int, name: e.EventName) -> None:
        row = self._database.one(
            "SELECT effect, reason FROM events WHERE thing=? AND seq=? AND log="
            "(SELECT id FROM logs WHERE device=? AND incarnation=?)",
            (thing, name.seq, name.device, name.incarnation),
        )
        assert row is not None
        if row[0] != Effect.APPLIED:
            raise Refused(f"Không thực hiện được: {row[1]}.")

    def _highest(self, series: str) -> int:
        row = self._database.one("SELECT highest FROM numbers WHERE series=?", (series,))
        return max(row[0] if row else 0, self._floor.get(series, 0))

    def _lanes(self, day: date) -> list[int]:
        if self.own.reason in _KEEPS_ITS_NUMBERS and 1 <= self.own.counter <= 9:
            return [self.own.counter]
        granted = (msgspec.json.decode(body, type=e.LaneGranted) for body in self._granted("lane"))
        return sorted(g.lane for g in granted if g.first <= day.isoformat() <= g.last)

    def _book(self) -> int | None:
        if self.own.reason in _KEEPS_ITS_NUMBERS:
            return self.own.counter
        books = [
            msgspec.json.decode(body, type=e.BookGranted).book for body in self._granted("book")
        ]
        return max(books, default=None)

    def _granted(self, kind: str) -> list[str]:
        pattern = f"{self.own.log.device}.{self.own.log.incarnation}.%"
        sql = "SELECT body FROM standing WHERE kind=? AND key LIKE ?"
        return [row[0] for row in self._database.rows(sql, (kind, pattern))]


class Journal:
    """The counter's own log, and the one door through which deeds are written."""

    def __init__(
        self, database: Database, log: Log, folding: Folding, keys: DeviceKeys, marker: MarkerFile,
        unit: str, counter: int, random: Random,
    ) -> None:  # fmt: skip
        self._database = database
        self._log = log
        self._folding = folding
        self._keys = keys
        self._marker = marker
        self._unit = unit
        self._counter = counter
        self._random = random

    @contextmanager
    def deed(self, now: datetime) -> Iterator[Writing]:
        """One deed, one transaction; the marker is on disk before the commit."""
        with self._database.transaction():
            own, floor = self._checked(now)
            writing = Writing(own, self._database, self._log, self._folding, self._keys, floor)
            yield writing
            self._mark(own, floor)

    def expected(self, now: datetime, group: str) -> tuple[str, e.Serial | None]:
        """The code and the serial in `group` that the next dossier would get; nothing is drawn."""
        own, mark = self.own(), self._marker.read()
        if own is None:
            own = Own(self._unit, self._counter, LogName(self._keys.public.device, ""), "new")
        floor = dict(mark.numbers) if mark else {}
        writing = Writing(own, self._database, self._log, self._folding, self._keys, floor)
        return writing.next_code(now.date()), writing.next_serial(group, now.year)

    def own(self) -> Own | None:
        """What this counter is now; None before its first deed."""
        row = self._database.one("SELECT value FROM local WHERE name='own'")
        return None if row is None else msgspec.json.decode(row[0], type=Own)

    def sign_head(self) -> None:
        """Sign this log's head so that it can travel; before each exchange."""
        with self._database.transaction():
            own = self.own()
            head = self._log.head(own.log) if own else None
            if own and head and head.seq:
                self._log.keep_head(own.log, sign_head(self._keys, self._unit, own.log, *head))

    # --- inside ---------------------------------------------------------------------------------

    def _checked(self, now: datetime) -> tuple[Own, dict[str, int]]:
        own, mark = self.own(), self._marker.read()
        head = self._log.head(own.log) if own else None
        reason = _why_anew(own, head, mark, self._marker.machine, folder_id(self._database.path))
        floor = dict(mark.numbers) if mark else {}
        if own is not None and reason is None:
            return own, floor
        if (
            reason in ("restored", "crashed")
            and own is not None
            and own.reason not in _KEEPS_ITS_NUMBERS
        ):
            reason = own.reason  # what held no lane before holds none after
        held: dict[str, int] = dict(self._database.rows("SELECT series, highest FROM numbers"))
        in_doubt = [(s, held.get(s, 0), n) for s, n in sorted(floor.items()) if n > held.get(s, 0)]
        floor.update({series: max(n, floor.get(series, 0)) for series, n in held.items()})
        return self._start_anew(reason or "new", own, head, floor, in_doubt, now), floor

    def _start_anew(
        self, reason: Reason, left: Own | None, head: Known | None, floor: dict[str, int],
        in_doubt: list[tuple[str, int, int]], now: datetime,
    ) -> Own:  # fmt: skip
        log = LogName(self._keys.public.device, self._random(8).hex())
        own = Own(self._unit, self._counter, log, reason)
        self._log.open(log, self._keys.public)
        self._database.run(
            "INSERT OR REPLACE INTO local VALUES ('own', ?)", (msgspec.json.encode(own).decode(),)
        )
        writing = Writing(own, self._database, self._log, self._folding, self._keys, floor)
        body = e.IncarnationStarted(
            counter=self._counter,
            sign_key=self._keys.public.sign.hex(),
            seal_key=self._keys.public.seal.hex(),
            reason=reason,
            left=e.EventName(*left.log, head.seq) if left and head else None,
            left_hash=head.hash.hex() if head else "",
            in_doubt=tuple(in_doubt),
        )
        writing.append(body, by="", at=now)
        return own

    def _mark(self, own: Own, numbers: Mapping[str, int]) -> None:
        head = self._log.head(own.log)
        assert head is not None
        self._marker.write(
            Mark(
                own.log.incarnation, head.seq, head.hash.hex(), _recent(numbers),
                self._marker.machine, folder_id(self._database.path),
            )
        )  # fmt: skip


def folder_id(database: Path) -> int:
    """The file's own id on its disk: a copy of the folder has another."""
    return database.stat().st_ino


def _why_anew(
    own: Own | None, head: Known | None, mark: Mark | None, machine: str, folder: int
) -> Reason | None:
    """Why a new incarnation must begin; None when marker and database agree."""
    if own is None or head is None:
        return "new"
    if mark is None:
        return "no_marker"
    if mark.machine != machine:
        return "moved"
    if mark.folder != folder:
        return "restored"
    if (mark.incarnation, mark.seq, mark.hash) == (own.log.incarnation, head.seq, head.hash.hex()):
        return None
    ahead_by_one = mark.incarnation == own.log.incarnation and mark.seq > head.seq
    return "crashed" if ahead_by_one else "restored"


def _code_days(numbers: Mapping[str, int]) -> list[str]:
    return sorted({series.split(":")[1] for series in numbers if series.startswith("code:")})


def forgotten(numbers: Mapping[str, int], code_date: str) -> bool:
    """True for a day older than a full marker remembers: its numbers can't be told any more."""
    days = _code_days(numbers)
    return len(days) >= REMEMBERED_DAYS and code_date < days[0]


def _recent(numbers: Mapping[str, int]) -> dict[str, int]:
    days = _code_days(numbers)[-REMEMBERED_DAYS:]
    return {
        series: highest
        for series, highest in numbers.items()
        if not series.startswith("code:") or series.split(":")[1] in days
    }
