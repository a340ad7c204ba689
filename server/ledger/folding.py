"""Folds a unit's events into the server's tables, within the caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, and_, delete, insert, select

from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Verdict, fold
from app.models.dossiers.references import meant
from app.models.dossiers.revoking import Revocations, marked, revocations
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.events.encoding import decode
from app.models.exchange.chain import lookup_token
from server.ledger.branching import Branching
from server.ledger.bulk import Row, among, insert_many
from server.store import tables as t
from server.store.tables import plain, shelf

_AT_ONCE = 500  # names in one query, well below what any database takes

Told = tuple[e.Event, bytes]  # with the chain's hash after it

Begun = Mapping[str, Sequence[Told]]
"""By name the things that this transaction began, each with all that is held of it."""

NONE_BEGUN: Begun = {}

_OPENING_OTHERS = frozenset({e.IncarnationStarted, e.LeftUnreceived, Assisted})


class Folding:
    """One unit's fold: what the server itself said of devices, and the dossiers."""

    def __init__(self, connection: Connection, unit: str, server: str) -> None:
        self.branching = Branching(connection, unit)
        self._connection = connection
        self._unit = unit
        self._server = server
        self._revoked: Revocations | None = None

    def heed(self, body: e.AnyBody | e.Unknown) -> None:
        """Note what the server, whose event is kept already, says of a device; in any order."""
        match body:
            case e.Enrolled(device=device, counter=counter):
                self._put(t.devices, device=device, counter=counter)
            case e.Revoked(device=device, incarnation=incarnation):
                told = self.events_about([about(body)])[about(body)]
                said = (event for event in told if event.name.device == self._server)
                seq = revocations(said)[device][incarnation]
                self._put(t.revocations, device=device, incarnation=incarnation, seq=seq)
                self._revoked = None
            case e.LaneGranted(device, incarnation, lane, first, last):
                log = {"device": device, "incarnation": incarnation}
                self._put(t.lanes, **log, lane=lane, first=first, last=last)
            case e.BookGranted(device=device, incarnation=incarnation, book=book):
                self._put(t.books, device=device, incarnation=incarnation, book=book)
            case _:
                pass

    def fold(self, things: Iterable[str], begun: Begun = NONE_BEGUN) -> list[Verdict]:
        """Fold the dossiers among `things` anew; the verdict on each of their events."""
        verdicts: list[Verdict] = []
        for names in _portions(sorted(thing for thing in things if ":" not in thing)):
            told = self.events_about(names, begun)
            found = {name: fold(events) for name, events in told.items() if _of_dossier(events)}
            self._forget([name for name in names if name not in begun])
            rows = [self._row(name, one.dossier) for name, one in found.items() if one.dossier]
            insert_many(self._connection, t.dossiers, rows)
            verdicts += [verdict for one in found.values() for verdict in one.verdicts]
        return verdicts

    def unheard_of(self, things: Iterable[str]) -> set[str]:
        """Those of these things of which nothing is held yet."""
        unheard, c = {thing: shelf(thing) for thing in things}, t.events.c
        told = among(self._connection, c.about, unheard.values())
        query = select(c.about).where(c.unit == self._unit, told).distinct()
        held = set(self._connection.scalars(query))
        return {thing for thing, shelf_ in unheard.items() if shelf_ not in held}

    def events_about(
        self, things: Iterable[str], begun: Begun = NONE_BEGUN
    ) -> dict[str, list[e.Event]]:
        """All events about each of these things; a thing without events has none."""
        revoked, branching = self.revocations(), self.branching
        c = t.events.c
        columns = (c.device, c.incarnation, c.seq, c.public, c.personal, c.hash)
        wanted = frozenset(things)
        known = {thing: begun[thing] for thing in wanted & begun.keys()}
        wanted -= known.keys()
        found: dict[str, list[Told]] = {}
        for shelves in _portions(sorted({shelf(thing) for thing in wanted})):
            query = select(*columns).where(c.unit == self._unit, c.about.in_(shelves))
            for device, incarnation, seq, public, personal, hash_ in self._connection.execute(
                query
            ).all():
                name = e.EventName(device, incarnation, seq)
                event = decode(name, public, personal)
                thing = branching.thing_of(event)
                if thing in wanted:
                    found.setdefault(thing, []).append((event, hash_))
        return {
            thing: [marked(event, revoked) for event in meant(thing, told, branching.grown())]
            for thing, told in (known | found).items()
        }

    def things_of(self, device: str) -> set[str]:
        """The things a device ever wrote about, by where they are looked for."""
        c = t.events.c
        query = select(c.about).where(c.unit == self._unit, c.device == device).distinct()
        return set(self._connection.scalars(query))

    def revocations(self) -> Revocations:
        """What the server revoked in the unit."""
        if self._revoked is None:
            c = t.revocations.c
            query = select(c.device, c.incarnation, c.seq).where(c.unit == self._unit)
            found: dict[str, dict[str, int]] = {}
            for device, incarnation, seq in self._connection.execute(query):
                found.setdefault(device, {})[incarnation] = seq
            self._revoked = found
        return self._revoked

    def _forget(self, things: Sequence[str]) -> None:
        if things:
            of_these = and_(t.dossiers.c.unit == self._unit, t.dossiers.c.thing.in_(things))
            self._connection.execute(delete(t.dossiers).where(of_these))

    def _row(self, thing: str, dossier: Dossier) -> Row:
        return (
            self._unit,
            plain(thing),
            plain(dossier.code),
            plain(dossier.provisional_code),
            # without its salt (erased) a dossier can't be looked up; every such token is the same
            lookup_token(dossier.salt) if dossier.salt else "",
            dossier.status.value,
            plain(dossier.procedure_name),
            int(dossier.due.timestamp()),
            int(dossier.received_at.timestamp()),
        )

    def _put(self, table: Table, **values: object) -> None:
        row = {"unit": self._unit, **values}
        same = and_(*(column == row[column.name] for column in table.primary_key))
        self._connection.execute(delete(table).where(same))
        self._connection.execute(insert(table), row)


def _of_dossier(events: list[e.Event]) -> bool:
    """False for what is opened by another event than a reception."""
    return _OPENING_OTHERS.isdisjoint([type(event.body) for event in events])


def _portions(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
