"""The scans in a bundle: which a reader isn't known to hold, put behind the events; taken from one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import BinaryIO

import msgspec

from app.models.exchange import file_talk as talk
from app.models.exchange.bundle import words_of_files
from app.store.own.attachments import Attachments, Named
from app.store.own.keeping import HUB, SERVER
from app.store.store import Store
from app.sync.bundle import Scans
from app.sync.known import Known, reads_branches
from app.sync.reached import Do, here

KEEPERS = (SERVER, HUB)
"""Who keeps the unit's scans for all, and gives out what is asked for."""

MOST_KEPT = 5000  # names remembered of what a device brought, or said it holds, the newest


def waiting(store: Store, reader: Known) -> list[Named]:
    """What lies here and no server is known to hold, but what the reader said it holds; the oldest first.

    A reader of version 0.1, which reads no branches, reads no files either.
    """
    if not reads_branches(store, reader):
        return []
    attachments = Attachments(store.database)
    while attachments.note():
        pass
    held = set(_names(store, f"holds:{reader.peer}"))
    return [named for named in attachments.lacking() if named.file not in held]


def summed(found: Sequence[Named]) -> Scans:
    """Of them all."""
    return Scans(len(found), sum(named.size for named in found))


def words(store: Store, reader: Known, chosen: Sequence[Named], do: Do = here) -> Iterator[bytes]:
    """What is said of files, sealed to `reader`: what it brought us, or, where it keeps all of them,
    what we lack; then the chosen ones, part by part.
    """
    say = partial(talk.said, keys=store.keys, unit=store.unit, whom=reader.keys)
    attachments = Attachments(store.database)
    files = attachments.files
    if reader.called in KEEPERS:
        every = do(attachments.named)
        lacking = (file for file, size in every if not files.is_here(file, size))
        if wanted := tuple(islice(lacking, talk.MOST_NAMES)):
            yield say(talk.Wanting(wanted))
    brought = do(lambda: _names(store, f"brought:{reader.peer}"))
    for first in range(0, len(brought), talk.MOST_NAMES):
        yield say(talk.Holding(tuple(brought[first : first + talk.MOST_NAMES])))
    for named in chosen:
        sealed = files.read(named.file) or b""
        do(lambda: None)  # between two of them whoever waits may stop it
        for start in range(0, len(sealed), talk.PART):
            part = sealed[start : start + talk.PART]
            yield say(talk.Put(named.file, named.event, start, part))


def take(
    store: Store, file: BinaryIO, sender: Known, seen: int, now: datetime, do: Do = here
) -> int:
    """Keep what the bundle brings of files that events held here name; how many are whole here then.

    `seen` is the highest of our exchange numbers that its writer had heard of. Read again it
    changes nothing; a file whose hash isn't its name is dropped. Raises `MessageRejected`,
    `StorageFailed`.
    """
    attachments, whole = Attachments(store.database), dict[str, None]()
    while do(attachments.note):
        pass
    before = do(lambda: store.keeping.answered(sender.peer))
    unsaid, told = do(attachments.there) if sender.peer == SERVER else set[str](), False
    for word in words_of_files(file, store.keys, store.unit):
        if isinstance(word, talk.Holding):
            if sender.peer != SERVER or seen >= before:
                do(partial(_heed, store, sender, word.files, now))
            unsaid.difference_update(word.files)
            told = True
        elif isinstance(word, talk.Put) and _put(attachments, word, do):
            whole[word.file] = None
    if told and unsaid and seen > before:
        # a server put back from a backup: what its newest word leaves out it holds no more
        do(lambda: attachments.heed(dict.fromkeys(unsaid, False), now))
    if whole and sender.called not in KEEPERS:
        do(partial(_remember, store, f"brought:{sender.peer}", tuple(whole)))
    return len(whole)


# --- inside -------------------------------------------------------------------------------------


def _put(attachments: Attachments, put: talk.Put, do: Do) -> bool:
    """Whether the file is whole here after this part."""
    size, files = do(partial(attachments.size_of, put.file)), attachments.files
    if size is None:
        return False
    if files.is_here(put.file, size):
        return True
    end = put.start + len(put.part)
    if files.arrived(put.file) < put.start or end > size:
        return False
    files.add(put.file, put.start, put.part)
    return end == size and files.finish(put.file)


def _heed(store: Store, sender: Known, holds: Sequence[str], now: datetime) -> None:
    if sender.peer == SERVER:
        Attachments(store.database).heed(dict.fromkeys(holds, True), now)
    else:
        _remember(store, f"holds:{sender.peer}", holds)


def _names(store: Store, kept: str) -> list[str]:
    return msgspec.json.decode(store.keeping.get(kept) or "[]", type=list[str])


def _remember(store: Store, kept: str, files: Sequence[str]) -> None:
    names = list(dict.fromkeys([*_names(store, kept), *files]))[-MOST_KEPT:]
    store.keeping.put(kept, msgspec.json.encode(names).decode())
