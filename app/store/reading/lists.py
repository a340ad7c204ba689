"""The lists of dossiers an officer works from: how many each holds, and any page of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import json

from app.models.dossiers.lifecycle import OPEN, Status
from app.models.events import event as e
from app.models.search import EITHER, paired_tokens, query_tokens
from app.store.database.database import Database
from app.store.journal.meaning import seconds
from app.store.reading.dossiers import COLUMNS, FROM, DossierRow, row_of
from app.store.reading.listing import APART, FILTERS, Listing, condition, keys, order


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many dossiers burn, and how."""

    all: int
    late: int
    due_today: int
    due_soon: int
    due_tomorrow: int
    not_handed_over: int
    hand_over_late: int
    waiting: int
    ready: int
    to_apologise: int
    to_sign: int
    expected: int
    long_waiting: int
    uncollected: int
    away: int
    away_late: int
    to_post: int
    received_today: int
    conflicts: int


Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Moments:
    """The instants a board is drawn at: now, today's first and last second, the end of "soon".

    `tomorrow` is the next working day; what was first promised within `apology` must be apologised
    for today (NĐ 61/2018 Đ.19.9); what lies with one of the `leaders` waits to be signed; what has
    waited for the citizen since before `long_ago` is asked after; what came before `owed_before` should
    have been handed over. `names` are the officers' by login.
    """

    now: datetime
    day_start: datetime
    day_end: datetime
    soon_end: datetime
    tomorrow: Span | None = None
    apology: Span | None = None
    leaders: tuple[str, ...] = ()
    long_ago: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    owed_before: datetime | None = None


class Lists:
    """Queries only; what they read is written by the fold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, moments: Moments, holder: str = "") -> BoardCounts:
        """The board's numbers (of `holder`, if given): the open dossiers' in one pass over them."""
        held = "AND holder = :holder" if holder else ""
        sums = ", ".join(f"sum({FILTERS[name]})" for name in FILTERS if name not in APART)
        sql = f"SELECT {sums} FROM dossiers WHERE {FILTERS['all']} {held}"  # noqa: S608  # our own conditions
        marks = {**_marks(moments), "holder": holder}
        found = self._database.one(sql, marks)
        assert found is not None
        apart = (
            self._number(f"SELECT count(*) FROM dossiers WHERE {FILTERS[name]} {held}", marks)  # noqa: S608  # ours
            for name in APART
        )
        return BoardCounts(*(number or 0 for number in found), *apart)

    def page(
        self, moments: Moments, listing: Listing, limit: int = 200, first: int = 0
    ) -> list[DossierRow]:
        """`limit` dossiers of a list from number `first` on, in its order."""
        sql = f"""
            SELECT {COLUMNS} FROM (
                SELECT thing, {keys(listing)} FROM dossiers
                WHERE {condition(listing)} ORDER BY {order(listing)} LIMIT :limit OFFSET :first
            ) AS picked JOIN dossiers ON dossiers.thing = picked.thing
            JOIN things ON things.id = dossiers.thing
            ORDER BY {order(listing)}"""  # noqa: S608  # ours
        marks = {**self._marks_of(moments, listing), "limit": limit, "first": first}
        return [row_of(row) for row in self._database.rows(sql, marks)]

    def count(self, moments: Moments, listing: Listing) -> int:
        """How many dossiers a list holds."""
        sql = f"SELECT count(*) FROM dossiers WHERE {condition(listing)}"  # noqa: S608  # ours
        return self._number(sql, self._marks_of(moments, listing))

    def listed(self, moments: Moments, listing: Listing) -> list[tuple[e.EventName, Status]]:
        """Every dossier of a list in its order, and how far it is."""
        sql = f"""
            SELECT things.name, status, {keys(listing)} {FROM}
            WHERE {condition(listing)} ORDER BY {order(listing)}"""  # ours
        rows = self._database.rows(sql, self._marks_of(moments, listing))
        return [(e.EventName.parse(name), Status(status)) for name, status, *_ in rows]

    # --- inside -----------------------------------------------------------------------------------

    def _marks_of(self, moments: Moments, listing: Listing) -> dict[str, object]:
        match = self._match(listing.words)
        return {**_marks(moments), "holder": listing.holder, "match": match}

    def _match(self, words: str) -> str:
        """What search is asked for `words`: as they were typed, or in general when nothing is so."""
        either = []
        for one in words.split(EITHER):
            paired = " ".join(f'"{token}"' for token in paired_tokens(one))
            general = " ".join(f'"{token}"' for token in query_tokens(one))
            known = paired and self._database.one(
                "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (paired,)
            )
            either.append(paired if known else general)
        return " OR ".join(f"({tokens})" for tokens in either if tokens) or '""'

    def _number(self, sql: str, marks: Mapping[str, object]) -> int:
        row = self._database.one(sql, marks)
        return int(row[0]) if row else 0


def _marks(moments: Moments) -> dict[str, object]:
    names = dict(zip("abcdefg", (status.value for status in OPEN), strict=True))
    return {
        **names,
        "now": seconds(moments.now),
        "start": seconds(moments.day_start),
        "end": seconds(moments.day_end),
        "soon": seconds(moments.soon_end),
        **_span("tomorrow", moments.tomorrow),
        **_span("apology", moments.apology),
        "leaders": json.encode(moments.leaders).decode(),
        "names": json.encode(dict(moments.names)).decode(),
        "long_ago": seconds(moments.long_ago),
        "owed_before": seconds(moments.owed_before),
    }


def _span(name: str, span: Span | None) -> dict[str, int]:
    first, last = (int(at.timestamp()) for at in span) if span else (1, 0)
    return {name: first, f"{name}_end": last}
