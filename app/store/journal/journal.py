"""Writes deeds: one transaction each, in which events, tables, numbers and marker agree."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import msgspec

from app.models.dossiers.fold import Effect, heads
from app.models.dossiers.references import OPENING, seen_as
from app.models.dossiers.standing import about
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.events.encoding import as_record, decode, encode
from app.models.exchange.chain import DeviceKeys, LogName, sign_head
from app.models.exchange.incarnation import (
    Life,
    Mark,
    Own,
    Reason,
    above,
    forgotten,
    has_a_twin,
    in_doubt,
    keeps_numbers,
    remembered,
    why_anew,
)
from app.models.exchange.messages import Known
from app.models.numbering import (
    FIRST_GRANTED_LANE,
    Code,
    book_series,
    code_day,
    code_series,
    is_code,
    next_in_lane,
)
from app.store.database.database import Database
from app.store.journal.folding import Folding
from app.store.journal.log import Log, head_is_due
from app.store.journal.marker import MarkerFile
from app.store.journal.meaning import numbers_of

Random = Callable[[int], bytes]


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
        opens = thing is None and type(body) in OPENING
        about_ = str(thing) if thing else e.thing_of(name) if opens else about(body)
        saw = () if opens else heads(self._folding.events_of(self._log.thing(about_)))
        event = e.Event(
            name=name, about=about_, saw=saw, by=by, at=at,
            keyed_by=keyed_by or by, keyed_at=keyed_at or at, body=body, personal=personal,
            seen_as=seen_as(name, about_, saw, self._log.hash_of),
        )  # fmt: skip
        public, private = encode(event)
        record = as_record(public, private)
        head, row = self._log.append(self.own.log, record, about_, e.type_of(body))
        self._folding.fold((row,))
        self._refuse_without_effect(row, name)
        for series, number in numbers_of(event):
            self._floor[series] = max(number, self._floor.get(series, 0))
        if head_is_due(head.seq, record):
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
            code = str(Code(self.own.unit, code_date, number))
            if is_code(code):  # none goes on behind an absurd one that came
                return code
        return ""

    def next_serial(self, group: str, year: int) -> facts.Serial | None:
        """The next number of this counter's book; None when this incarnation holds none."""
        book = self._book()
        if book is None:
            return None
        number = self._highest(book_series(group, year, book)) + 1
        return facts.Serial(group, year, book, number) if number <= facts.LARGEST else None

    def holds(self) -> tuple[list[tuple[int, str]], int | None]:
        """(lane, its last code date or "" when it doesn't end) of each lane held now or later; book."""
        if self.own.keeps_its_numbers and 1 <= self.own.counter < FIRST_GRANTED_LANE:
            return [(self.own.counter, "")], self._book()
        return sorted((g.lane, g.last) for g in self._granted_lanes()), self._book()

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
        if self.own.keeps_its_numbers and 1 <= self.own.counter < FIRST_GRANTED_LANE:
            return [self.own.counter]
        granted = self._granted_lanes()
        return sorted(g.lane for g in granted if g.first <= day.isoformat() <= g.last)

    def _granted_lanes(self) -> list[e.LaneGranted]:
        """Each lane once: of what was granted again the longest holds, for nothing is taken back."""
        bodies = (body for body in self._granted("lane") if isinstance(body, e.LaneGranted))
        return list({body.lane: body for body in sorted(bodies, key=_last_day)}.values())

    def _book(self) -> int | None:
        if self.own.keeps_its_numbers:
            return self.own.counter
        bodies = self._granted("book")
        return max((b.book for b in bodies if isinstance(b, e.BookGranted)), default=None)

    def _granted(self, kind: str) -> list[e.AnyBody | e.Unknown]:
        """What the enrolled server granted this incarnation; what another device says grants nothing."""
        sql = """
            SELECT device, incarnation, events.seq, public FROM things
            JOIN events ON events.thing = things.id JOIN logs ON logs.id = events.log
            WHERE things.name GLOB ? AND effect = 'applied'
            AND device = (SELECT value FROM local WHERE name = 'server_device')"""
        rows = self._database.rows(sql, (f"{kind}:{'.'.join(self.own.log)}.*",))
        return [decode(e.EventName(*name), public, None).body for *name, public in rows]


def _last_day(granted: e.LaneGranted) -> str:
    return granted.last


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
    def deed(self, now: datetime, *, restored: bool = False) -> Iterator[Writing]:
        """One deed, one transaction; the marker is on disk before the commit.

        `restored` begins a new incarnation though the marker agrees.
        """
        with self._database.transaction():
            own, mark = self.own(), self._marker.read()
            reason = self._why_anew(own, mark, restored=restored)
            floor = dict(mark.numbers) if mark else {}
            if own is None or reason:
                own = self._begin(reason or "new", own, mark, floor, now)
            yield self._writing(own, floor)
            self._mark(own, floor)

    def expected(self, now: datetime, group: str) -> tuple[str, facts.Serial | None]:
        """The code and the serial in `group` that the next dossier would get; nothing is drawn."""
        own, mark = self.own(), self._marker.read()
        reason = self._why_anew(own, mark)
        if own is None or reason:
            nameless = LogName(self._keys.public.device, "")
            own = Own(self._unit, self._counter, nameless, reason or "new")
        writing = self._writing(own, dict(mark.numbers) if mark else {})
        return writing.next_code(now.date()), writing.next_serial(group, now.year)

    def holds(self) -> tuple[list[tuple[int, str]], int | None]:
        """The lanes and the book of this counter; see `Writing.holds`."""
        own = self.own()
        return self._writing(own, {}).holds() if own else ([], None)

    def own(self) -> Own | None:
        """What this counter is now; None before its first deed."""
        row = self._database.one("SELECT value FROM local WHERE name='own'")
        return None if row is None else msgspec.json.decode(row[0], type=Own)

    def why_anew(self) -> Reason | None:
        """Why the next deed will begin a new incarnation; None when it won't."""
        return self._why_anew(self.own(), self._marker.read())

    def sign_head(self) -> None:
        """Sign how far this device wrote, in the incarnations it left too; before each exchange."""
        with self._database.transaction():
            for log, known in self._log.unsigned(self._keys.public.device):
                self._log.keep_head(log, sign_head(self._keys, self._unit, log, *known))
                self._log.name_anew(log)

    # --- inside ---------------------------------------------------------------------------------

    def _why_anew(
        self, own: Own | None, mark: Mark | None, *, restored: bool = False
    ) -> Reason | None:
        machine, folder = self._marker.machine, folder_id(self._database.path)
        reason = why_anew(own, self._head(own), mark, machine, folder, restored=restored)
        if own is None:
            return reason
        is_forked = reason is None and self._is_forked(own)
        return "forked" if is_forked or has_a_twin(own, self._lives(), mark, reason) else reason

    def _is_forked(self, own: Own) -> bool:
        """True when another branch of our log is held, here or by the server: a copy of this PC writes
        in it too."""
        sql = """
            SELECT entry.value ->> 2, entry.value ->> 3 FROM peers, json_each(peers.map) AS entry
            WHERE (peer = 'server' OR peer LIKE 'passed:%')
            AND entry.value ->> 0 = ? AND entry.value ->> 1 = ?"""
        held = self._database.rows(sql, own.log.root)
        return self._log.branching.is_forked(own.log) or any(
            self._log.hash_at(own.log, seq) != bytes.fromhex(hash_) for seq, hash_ in held
        )

    def _lives(self) -> dict[str, Life]:
        sql = """
            SELECT incarnation, seq, body FROM logs
            JOIN standing ON kind = 'incarnation' AND key = device || '.' || incarnation || '.1'
            WHERE device = ?"""
        lives = {}
        for incarnation, seq, body in self._database.rows(sql, (self._keys.public.device,)):
            started = msgspec.json.decode(body, type=e.IncarnationStarted)
            left = started.left.incarnation if started.left else ""
            lives[incarnation] = Life(left, seq, self._stands_apart(started))
        return lives

    def _stands_apart(self, started: e.IncarnationStarted) -> bool:
        """True of one that began without our numbers, at an event that is held here as it says."""
        left = started.left
        if left is None or keeps_numbers(started.reason):
            return False
        held = self._log.hash_at(LogName(left.device, left.incarnation), left.seq)
        return held is not None and held.hex() == started.left_hash

    def _head(self, own: Own | None) -> Known | None:
        return self._log.head(own.log) if own else None

    def _writing(self, own: Own, floor: dict[str, int]) -> Writing:
        return Writing(own, self._database, self._log, self._folding, self._keys, floor)

    def _begin(
        self, reason: Reason, left: Own | None, mark: Mark | None, floor: dict[str, int], now: datetime
    ) -> Own:  # fmt: skip
        """Start an incarnation whose first event names the head it left; raises the floor to all drawn."""
        head, held = self._head(left), self._drawn()
        own = Own(
            self._unit,
            self._counter,
            LogName(self._keys.public.device, self._random(8).hex()),
            reason,
            *_before(self._lives(), mark),
        )
        self._log.open(own.log, self._keys.public)
        own_row = msgspec.json.encode(own).decode()
        self._database.run("INSERT OR REPLACE INTO local VALUES ('own', ?)", (own_row,))
        floor.update(above(floor, held))
        body = e.IncarnationStarted(
            counter=self._counter,
            sign_key=self._keys.public.sign.hex(),
            seal_key=self._keys.public.seal.hex(),
            reason=reason,
            left=e.EventName(*left.log.root, head.seq) if left and head else None,
            left_hash=head.hash.hex() if head else "",
            in_doubt=in_doubt(mark, held),
        )
        self._writing(own, floor).append(body, by="", at=now)
        return own

    def _drawn(self) -> dict[str, int]:
        """The highest number held of each series this device ever drew from."""
        device = f"{self._keys.public.device}.%"
        sql = "SELECT key FROM standing WHERE kind IN ('lane', 'book') AND key LIKE ?"
        granted = {row[0].rpartition(".")[2] for row in self._database.rows(sql, (device,))}
        ours = {str(self._counter), *granted}
        numbers = self._database.rows("SELECT series, highest FROM numbers")
        return {series: n for series, n in numbers if series.rpartition(":")[2] in ours}

    def _mark(self, own: Own, numbers: Mapping[str, int]) -> None:
        head = self._log.head(own.log)
        assert head is not None
        self._marker.write(
            Mark(
                own.log.incarnation, head.seq, head.hash.hex(), remembered(numbers),
                self._marker.machine, folder_id(self._database.path), own.reason,
                own.known,
            )
        )  # fmt: skip


def _before(
    lives: Mapping[str, Life], mark: Mark | None
) -> tuple[tuple[str, ...], tuple[str, int]]:
    """What an incarnation that begins knows of those before it, by database and marker together."""
    if mark is None:
        return tuple(sorted(lives)), ("", 0)
    held = lives[mark.incarnation].seq if mark.incarnation in lives else 0
    return tuple(sorted({*lives, mark.incarnation})), (mark.incarnation, max(mark.seq, held))


def folder_id(database: Path) -> str:
    """The file's own id on its disk: a copy of the folder has another."""
    return str(database.stat().st_ino)
