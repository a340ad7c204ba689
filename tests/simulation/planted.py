"""Bugs planted at the counter: each one slip that somebody could make.

A workload that doesn't find them would not find their like.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from app.desk.intake import intake
from app.models import numbering
from app.models.dossiers import fold
from app.models.events import event as e
from app.models.exchange import incarnation
from app.store import restore
from app.store.database.database import Database
from app.store.journal import journal
from app.store.journal.folding import Folding
from app.store.journal.journal import Journal, Writing
from server.exchange import upstream as server_upstream
from server.store import database
from server.units import grants, units
from server.units.granted import Granted
from tests.simulation.planting import Patch, bug, everywhere

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


@bug
def granted_lane_left_whenever_a_copy_writes(patch: Patch) -> None:
    right = incarnation.has_a_twin

    def has_a_twin(own: Any, *more: Any) -> bool:
        return right(replace(own, reason="new"), *more)

    patch.setattr(journal, "has_a_twin", has_a_twin)


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
    def granted(self: Writing, kind: str) -> list[Any]:
        body = {"lane": e.LaneGranted, "book": e.BookGranted}[kind]
        pattern = f"{self.own.log.device}.{self.own.log.incarnation}.%"
        sql = "SELECT body FROM standing WHERE kind = ? AND key LIKE ?"
        rows = self._database.rows(sql, (kind, pattern))
        return [msgspec.json.decode(row[0], type=body) for row in rows]

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
    right = Folding.judged

    def judged(self: Folding, ids: Any, *rest: Any) -> Any:
        named = list(ids)
        return right(self, named[:-1] if len(named) > 1 else named, *rest)

    patch.setattr(Folding, "judged", judged)


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
