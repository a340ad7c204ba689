"""Joins a counter's store and a bundle file: an exchange that somebody carries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path

from app.files import room_at
from app.models.exchange.bundle import Addressed, Bound, bind, fitting, messages
from app.models.exchange.chain import LogName
from app.models.exchange.file_talk import fitting_in
from app.models.exchange.lacking import to_send
from app.models.exchange.messages import Map, Message, MessageRejected, Run, Taken
from app.models.exchange.talk import Heard, unheard
from app.store.store import Store
from app.sync import bundle_files
from app.sync.bundle import ALL, Scans, put, whole
from app.sync.known import Known, devices, enrolled_server, named, note_reader, reads_branches
from app.sync.reached import LARGE, Do, Reached, here, tidy

USB = "usb"  # the setting that remembers when a bundle was read last


@dataclass(frozen=True)
class Read:
    """What a bundle brought; `by` is the sender in words, `beyond` counts the stretches that begin
    where we don't stand yet (its writer thinks we hold more than we do)."""

    by: str
    taken: Taken
    forks: int
    beyond: int
    files: int = 0
    """Scans that are whole here now."""


def write_bundle(store: Store, path: Path, to: str, do: Do = here, most: int = ALL) -> Bound:
    """All that `to` (server, hub or a counter's number) lacks by its last signed map, as a file.

    Scans come behind the events, `most` bytes of them and no more than there is room for. Raises
    `BadInput`, `Refused` when it isn't known, `StorageFailed`.
    """
    reader = do(lambda: named(store, to))
    addressed, held = do(lambda: _addressed(store, reader))
    found, room = do(lambda: bundle_files.waiting(store, reader)), room_at(path)
    chosen = fitting_in(found, room if most == ALL else min(most, room))
    words = list(islice(said := bundle_files.words(store, reader, chosen, do), 1))
    of_files = chain(words, said) if words and addressed.branches else None
    bound = put(path, lambda file: bind(file, Reached(store, do), addressed, held, of_files))
    return replace(bound, files=len(chosen), files_left=len(found) - len(chosen))


def scans_for(store: Store, to: str) -> Scans:
    """How many scans wait for `to`; raises `Refused`."""
    return bundle_files.summed(bundle_files.waiting(store, named(store, to)))


def _addressed(store: Store, reader: Known) -> tuple[Addressed, Map]:
    """From us to `reader`, and what that holds."""
    store.journal.sign_head()
    held = store.keeping.acknowledged(reader.peer)
    number, seen = store.keeping.exchange_number(), store.keeping.seen(reader.keys.device)
    reads = reads_branches(store, reader)
    addressed = Addressed(store.unit, store.keys, reader.keys, number, seen, branches=reads)
    return addressed, held.map if held else {}


def read_bundle(
    store: Store, path: Path, now: datetime, do: Do = here, heard: Heard = unheard
) -> Read:
    """Take in a bundle meant for this counter; read again, or late, it changes nothing.

    `heard` hears how many events are taken in, and of how many that are new here. Raises
    `BadInput`, and `MessageRejected` for what is not for us, not from a device of the unit, or not
    whole: then nothing was taken.
    """
    server = do(lambda: enrolled_server(store)).keys.device
    do(store.journal.sign_head)
    taken, beyond, reached = Taken(), 0, Reached(store, do)
    with whole(path) as file:
        said = partial(messages, file, store.keys, store.unit)
        first, ends = _surveyed(said())
        held = do(store.map)
        # what the server signed comes first: it says who is enrolled
        own = {log: end for log, end in ends.items() if log.device == server}
        if _tells_news(own, held):
            for message in said():
                taken += _take(reached, [run for run in message.runs if run.log in own])[0]
                if not _tells_news(own, reached.map()):
                    break  # of a new PC's years the rest is read once less
        known = do(lambda: devices(store))
        sender = known.get(first.sender.device)
        if sender is None:
            raise MessageRejected(
                "Gói này của một máy chưa ghi danh hoặc đã bị thu hồi; không nhận. Hãy hỏi cấp trên."
            )
        ever = do(lambda: store.standing.ever_enrolled(server))
        _refuse_strangers({store.keys.public.device, server, *ever}, ends)
        new = sum(max(0, end - _seq(held, log)) for log, end in ends.items())
        for message in said():
            heard(taken.received, new)
            came, left = _take(reached, message.runs)
            taken, beyond = taken + came, beyond + left
        heard(taken.received, new)
        heard_from = sender
        files = bundle_files.take(store, file, heard_from, first.seen, now, do)
    forks = do(lambda: _heed(store, first, heard_from, now))
    if taken.received >= LARGE:
        tidy(store, do)
    return Read(sender.called, taken, forks, beyond, files)


def _surveyed(said: Iterable[Message]) -> tuple[Message, dict[LogName, int]]:
    """Read to its end before anything is taken: the first message, and how far it goes in each log."""
    ends: dict[LogName, int] = {}
    first = None
    for message in said:
        first = first or message._replace(runs=())
        ends.update((run.log, run.last) for run in message.runs)
    assert first is not None, "a bundle without a message is refused"
    return first, ends


def _tells_news(ends: Mapping[LogName, int], held: Map) -> bool:
    return any(_seq(held, log) < end for log, end in ends.items())


def _seq(held: Map, log: LogName) -> int:
    return held[log].seq if log in held else 0


def _heed(store: Store, first: Message, sender: Known, now: datetime) -> int:
    """Keep what the sender's map says; how many logs of it have forked."""
    keeping, theirs = store.keeping, first.map or {}
    if first.number >= keeping.seen(first.sender.device):  # an older program wrote the older ones
        note_reader(store, sender.peer, branches=first.branches)
    keeping.note_seen(first.sender.device, first.number)
    keeping.set_exchange_number(first.seen)
    keeping.acknowledge(sender.peer, theirs, now, first.seen)
    keeping.put(USB, now.isoformat())
    return len(to_send(store.map(), theirs, store.hash_at).forks)


def _take(reached: Reached, runs: Iterable[Run]) -> tuple[Taken, int]:
    fit, beyond = fitting(runs, reached.map())
    return reached.take(fit), beyond


def _refuse_strangers(known: Collection[str], logs: Iterable[LogName]) -> None:
    if not all(log.device in known for log in logs):
        raise MessageRejected(
            "Gói có sự kiện của một máy chưa ghi danh; không nhận. Hãy đồng bộ với máy chủ trước."
        )
