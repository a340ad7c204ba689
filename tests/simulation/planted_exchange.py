"""Bugs planted in the exchange and at the server."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.models.dossiers import references
from app.models.errors import OtherSideFailed
from app.models.exchange import branches, chain, lacking
from app.models.exchange import messages as exchange
from app.models.exchange.chain import LogName, genesis, links
from app.models.exchange.messages import Known, Message
from app.models.exchange.sealing import unseal
from app.models.exchange.talk import _Talk
from app.store.journal.log import Log
from app.store.own.keeping import Keeping
from app.store.store import Store
from server.exchange.upstream import Upstream
from server.hub.hub import Relay
from server.ledger.devices import Devices
from server.ledger.ledger import Ledger
from server.store import tables
from server.units.author import Author
from tests.simulation.planting import Patch, bug, everywhere

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
        return lacking.ToSend({log: seq for log, seq in after.items() if seq < mine[log].seq}, ())

    everywhere(patch, lacking.to_send, to_send)


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


@bug
def what_a_hub_has_is_sent(patch: Patch) -> None:
    right = Keeping.acknowledge

    def acknowledge(self: Keeping, peer: str, *rest: Any) -> bool:
        return right(self, "server" if peer.startswith("hub:") else peer, *rest)

    patch.setattr(Keeping, "acknowledge", acknowledge)


@bug
def hub_keeps_what_it_heard(patch: Patch) -> None:
    patch.setattr(Relay, "runs", lambda *_: ())


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


# --- forks --------------------------------------------------------------------------------------


@bug
def branches_named_by_who_came_first(patch: Patch) -> None:
    right = branches.named

    def named(root: str, links: Any, signed: Any) -> Any:
        first = {link.hash for link in links if link.incarnation == root}
        return right(root, links, first or signed)

    everywhere(patch, right, named)


@bug
def references_read_by_name(patch: Patch) -> None:
    everywhere(patch, references.meant, lambda _, told, __: [event for event, _ in told])
    everywhere(patch, references.thing_meant, lambda event, *_: event.about)


@bug
def the_point_where_they_parted_not_looked_for(patch: Patch) -> None:
    patch.setattr(_Talk, "_points", lambda *_: {})
