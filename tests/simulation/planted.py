"""Bugs planted by name: each one slip that somebody could make, and no other test is asked about.

A workload that doesn't find them would not find their like.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.desk import intake
from app.models import chain, exchange, fold, incarnation, numbering
from app.models.chain import LogName, genesis, links
from app.models.errors import OtherSideFailed
from app.models.exchange import Known, Message
from app.models.sealing import unseal
from app.models.talk import _Talk
from app.store import journal, restore
from app.store.database import Database
from app.store.folding import Folding
from app.store.journal import Journal, Writing
from app.store.keeping import Keeping
from app.store.log import Log
from app.store.store import Store
from server import database, grants, tables, units
from server import upstream as server_upstream
from server.author import Author
from server.devices import Devices
from server.granted import Granted
from server.ledger import Ledger
from server.upstream import Upstream

Patch = pytest.MonkeyPatch
BUGS: dict[str, Callable[[Patch], None]] = {}


def bug(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Keep a bug under its name, with dashes."""
    BUGS[plant.__name__.replace("_", "-")] = plant
    return plant


def everywhere(patch: Patch, right: Any, wrong: Any) -> None:
    """Put `wrong` in the place of a function in every module that holds it."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("app", "server", "tests"):
            for attribute, value in list(vars(module).items()):
                if value is right:
                    patch.setattr(module, attribute, wrong)


# --- marker and incarnations --------------------------------------------------------------------


@bug
def marker_not_compared(patch: Patch) -> None:
    def why(own: Any, *_: Any, restored: bool = False) -> Any:
        return "new" if own is None else "restored" if restored else None

    patch.setattr(journal, "why_anew", why)


@bug
def marker_written_after_the_commit(patch: Patch) -> None:
    right, mark = Journal.deed, Journal._mark

    @contextmanager
    def deed(self: Journal, *given: Any, **named: Any) -> Iterator[Writing]:
        later: list[Any] = []
        with pytest.MonkeyPatch.context() as inside:
            inside.setattr(Journal, "_mark", lambda _, *numbers: later.append(numbers))
            with right(self, *given, **named) as writing:
                yield writing
        for numbers in later:
            mark(self, *numbers)

    patch.setattr(Journal, "deed", deed)


@bug
def machine_not_compared(patch: Patch) -> None:
    right = incarnation.why_anew

    def why(own: Any, head: Any, mark: Any, machine: str, folder: str, **named: Any) -> Any:
        return right(own, head, mark, mark.machine if mark else machine, folder, **named)

    patch.setattr(journal, "why_anew", why)


@bug
def lane_kept_without_a_marker(patch: Patch) -> None:
    kept = (*incarnation._KEEPS_ITS_NUMBERS, "no_marker")
    patch.setattr(incarnation, "_KEEPS_ITS_NUMBERS", kept)


@bug
def lane_kept_on_another_machine(patch: Patch) -> None:
    kept = (*incarnation._KEEPS_ITS_NUMBERS, "moved")
    patch.setattr(incarnation, "_KEEPS_ITS_NUMBERS", kept)


@bug
def marker_remembers_no_numbers(patch: Patch) -> None:
    patch.setattr(journal, "remembered", lambda _: {})


@bug
def marker_remembers_the_last_day_only(patch: Patch) -> None:
    right = incarnation.remembered

    def remembered(numbers: dict[str, int]) -> dict[str, int]:
        last = max((s.split(":")[1] for s in numbers if s.startswith("code:")), default="")
        return {
            s: n for s, n in right(numbers).items() if s[:5] != "code:" or s.split(":")[1] == last
        }

    patch.setattr(journal, "remembered", remembered)


@bug
def numbers_in_doubt_untold(patch: Patch) -> None:
    patch.setattr(journal, "in_doubt", lambda *_: ())


@bug
def twin_not_noticed(patch: Patch) -> None:
    patch.setattr(journal, "has_a_twin", lambda *_: False)


# --- numbers ------------------------------------------------------------------------------------


def _from_the_database(patch: Patch, kind: str) -> None:
    right = Writing._highest

    def highest(self: Writing, series: str) -> int:
        if not series.startswith(kind):
            return right(self, series)
        row = self._database.one("SELECT highest FROM numbers WHERE series=?", (series,))
        return int(row[0]) if row else 0

    patch.setattr(Writing, "_highest", highest)


@bug
def codes_go_on_from_the_database(patch: Patch) -> None:
    _from_the_database(patch, "code:")


@bug
def serials_go_on_from_the_database(patch: Patch) -> None:
    _from_the_database(patch, "book:")


@bug
def book_not_released(patch: Patch) -> None:
    patch.setattr(Writing, "_book", lambda self: self.own.counter)


@bug
def lane_not_released(patch: Patch) -> None:
    patch.setattr(Writing, "_lanes", lambda self, _: [self.own.counter])


@bug
def provisional_codes_of_one_byte(patch: Patch) -> None:
    right = numbering.provisional_code
    patch.setattr(intake, "provisional_code", lambda drawn: right(drawn[:1] * 8))


@bug
def anybody_grants_numbers(patch: Patch) -> None:
    def granted(self: Writing, kind: str) -> list[str]:
        pattern = f"{self.own.log.device}.{self.own.log.incarnation}.%"
        sql = "SELECT body FROM standing WHERE kind = ? AND key LIKE ?"
        return [row[0] for row in self._database.rows(sql, (kind, pattern))]

    patch.setattr(Writing, "_granted", granted)


@bug
def lanes_granted_twice(patch: Patch) -> None:
    right = grants.due_grants

    def due(wanting: Any, lanes: Any, *rest: Any) -> Any:
        """Each incarnation by itself, as if nobody else had been granted a lane."""
        return [
            grant
            for name in sorted(wanting)
            for grant in right(
                [name], [x for x in lanes if x.incarnation == name.incarnation], *rest
            )
        ]

    patch.setattr(server_upstream, "due_grants", due)


@bug
def grants_forgotten_with_the_dump(patch: Patch) -> None:
    patch.setattr(Granted, "keep", lambda *_: None)


# --- transactions and the fold ------------------------------------------------------------------


@bug
def half_a_deed_is_committed(patch: Patch) -> None:
    @contextmanager
    def transaction(self: Database) -> Iterator[Database]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self
        finally:
            self._connection.execute("COMMIT")

    patch.setattr(Database, "transaction", transaction)


@bug
def server_commits_halves(patch: Patch) -> None:
    @contextmanager
    def writing(engine: Any, unit: str) -> Iterator[Any]:
        try:
            del unit
            with engine.connect() as connection:
                connection.begin()
                try:
                    yield connection
                finally:
                    connection.commit()
        except OperationalError as error:
            raise database.StoreFailed("hỏng") from error

    patch.setattr(units, "writing", writing)


@bug
def fold_by_arrival(patch: Patch) -> None:
    everywhere(patch, fold.in_order, list)


@bug
def fold_by_the_clock(patch: Patch) -> None:
    everywhere(patch, fold.in_order, lambda events: sorted(events, key=lambda x: (x.at, x.name)))


@bug
def what_was_seen_is_not_named(patch: Patch) -> None:
    patch.setattr(journal, "heads", lambda _: ())


@bug
def one_thing_of_a_slice_unfolded(patch: Patch) -> None:
    right = Folding.fold

    def folded(self: Folding, things: Any, *rest: Any) -> Any:
        named = list(things)
        return right(self, named[:-1] if len(named) > 1 else named, *rest)

    patch.setattr(Folding, "fold", folded)


@bug
def rebuild_forgets_the_numbers(patch: Patch) -> None:
    right = Folding.rebuild

    def rebuild(self: Folding) -> None:
        right(self)
        self._database.run("DELETE FROM numbers")

    patch.setattr(Folding, "rebuild", rebuild)


@bug
def restore_takes_nothing_over(patch: Patch) -> None:
    patch.setattr(restore, "_take_over", lambda *_: (0, []))


# --- the exchange -------------------------------------------------------------------------------


@bug
def status_200_is_an_acknowledgement(patch: Patch) -> None:
    right = _Talk._checked

    def checked(self: _Talk, body: bytes, packed: bytes, said: Message) -> Message:
        try:
            return right(self, body, packed, said)
        except OtherSideFailed:
            return said._replace(runs=(), map=None, number=0, trouble="")

    patch.setattr(_Talk, "_checked", checked)


@bug
def answer_to_any_question_taken(patch: Patch) -> None:
    right = _Talk._checked

    def checked(self: _Talk, body: bytes, packed: bytes, said: Message) -> Message:
        try:
            return right(self, body, packed, said)
        except OtherSideFailed:
            answer = exchange.unpack(unseal(body, self._keys))
            if answer.sender != self._peer.keys:
                raise
            return answer

    patch.setattr(_Talk, "_checked", checked)


@bug
def heads_compared_by_number(patch: Patch) -> None:
    def to_send(mine: Any, theirs: Any, _: Any) -> Any:
        after = {log: theirs[log].seq if log in theirs else 0 for log in mine}
        return exchange.ToSend({log: seq for log, seq in after.items() if seq < mine[log].seq}, ())

    everywhere(patch, exchange.to_send, to_send)


@bug
def maps_compared_by_number(patch: Patch) -> None:
    right = exchange.map_hash

    def hashed(held: Any) -> str:
        return right({log: Known(known.seq, b"") for log, known in held.items()})

    everywhere(patch, right, hashed)


@bug
def signatures_of_heads_unchecked(patch: Patch) -> None:
    everywhere(patch, chain.head_holds, lambda *_: True)


@bug
def chain_unchecked(patch: Patch) -> None:
    def take(run: Any, unit: str, held: Any) -> Any:
        known = held or Known(0, genesis(unit, run.log))
        if run.first > known.seq + 1:
            raise exchange.MessageRejected("thiếu")
        new = run.records[known.seq + 1 - run.first :]
        return known.seq + 1, list(zip(new, links(known.hash, new), strict=True))

    everywhere(patch, exchange.take, take)


@bug
def personal_part_not_in_the_chain(patch: Patch) -> None:
    right = chain.link
    everywhere(
        patch, right, lambda before, record: right(before, record._replace(personal_hash=b""))
    )


@bug
def what_is_held_is_taken_again(patch: Patch) -> None:
    right = exchange.take

    def take(run: Any, unit: str, held: Any) -> Any:
        return right(run, unit, held if run.first > 1 else None)

    everywhere(patch, right, take)


@bug
def exchange_number_never_jumps(patch: Patch) -> None:
    patch.setattr(Keeping, "set_exchange_number", lambda *_: None)


@bug
def logs_left_behind_stay_unsigned(patch: Patch) -> None:
    def unsigned(self: Log, device: str) -> Any:
        sql = """
            SELECT device, incarnation, seq, hash FROM logs WHERE device=?
            AND seq > (SELECT ifnull(max(seq), 0) FROM heads WHERE log = logs.id)
            AND id = (SELECT max(id) FROM logs WHERE device = ?)"""
        rows = self._database.rows(sql, (device, device))
        return [(LogName(d, i), Known(seq, hash_)) for d, i, seq, hash_ in rows]

    patch.setattr(Log, "unsigned", unsigned)


@bug
def nothing_ever_waits(patch: Patch) -> None:
    patch.setattr(Store, "pending", lambda *_: (0, None))


# --- the server ---------------------------------------------------------------------------------


@bug
def server_acknowledges_what_it_was_told(patch: Patch) -> None:
    right = Upstream._exchanged

    def exchanged(self: Upstream, ledger: Any, message: Message, now: Any) -> Message:
        reply = right(self, ledger, message._replace(runs=()), now)
        return reply._replace(map={**(reply.map or {}), **(message.map or {})})

    patch.setattr(Upstream, "_exchanged", exchanged)


@bug
def strangers_accepted(patch: Patch) -> None:
    right = Devices.counters
    patch.setattr(Devices, "counters", lambda self: _Everybody(lambda: 0, right(self)))


class _Everybody(defaultdict[str, int]):
    def __contains__(self, _: object) -> bool:
        return True


@bug
def units_mixed(patch: Patch) -> None:
    def map_(self: Ledger) -> dict[LogName, Known]:
        c = tables.logs.c
        rows = self.connection.execute(select(c.device, c.incarnation, c.seq, c.hash))
        return {LogName(device, inc): Known(seq, hash_) for device, inc, seq, hash_ in rows}

    patch.setattr(Ledger, "map", map_)


@bug
def revoked_still_served(patch: Patch) -> None:
    patch.setattr(Devices, "revoked", lambda *_: False)


@bug
def server_goes_on_in_the_log_it_finds(patch: Patch) -> None:
    def log(self: Author, ledger: Ledger) -> tuple[LogName, Known]:
        name = LogName(self._keys.public.device, "1" * 16)
        return name, ledger.map().get(name) or Known(0, genesis(ledger.unit, name))

    patch.setattr(Author, "_log", log)
