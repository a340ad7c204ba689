"""Reads what a database still holds of a log beyond what is known, as far as it can be proved."""

from collections.abc import Iterator
from contextlib import suppress

from app.models.events.encoding import Record, as_record
from app.models.exchange.chain import (
    SIGN_EVERY,
    DeviceKeys,
    Head,
    LogName,
    PublicKeys,
    link,
    sign_head,
)
from app.models.exchange.messages import Known, Run
from app.store.database.database import Database, StorageFailed


def salvaged(
    database: Database, unit: str, log: LogName, after: Known, keys: DeviceKeys | None
) -> Iterator[Run]:
    """Runs that chain on from `after`, up to the first event that is damaged or doesn't.

    Of a branch `after` is what it goes on from, or lies within it.

    They end on kept heads, and where `keys` are the log's own device's on heads signed now.
    """
    found = database.one(
        "SELECT id, sign_key, seal_key FROM logs WHERE device=? AND incarnation=?", log
    )
    if found is None:
        return
    row, *public = found
    ends = {
        h[0]: Head(*h)
        for h in database.rows("SELECT seq, hash, signature FROM heads WHERE log=?", (row,))
    }
    known, records = after, list[Record]()

    def run(head: Head) -> Run:
        first = known.seq - len(records) + 1
        return Run(log, PublicKeys(*public), first, tuple(records), (head,))

    with suppress(StorageFailed):
        for seq, record, hash_ in _events(database, row, after.seq):
            if seq != known.seq + 1 or hash_ != link(known.hash, record):
                break
            known = Known(seq, hash_)
            records.append(record)
            head = ends.get(seq)
            if head is None and keys is not None and len(records) == SIGN_EVERY:
                head = sign_head(keys, unit, log, *known)
            if head is not None:
                yield run(head)
                records.clear()
    if records and keys is not None:
        yield run(sign_head(keys, unit, log, *known))


def _events(database: Database, log: int, after: int) -> Iterator[tuple[int, Record, bytes]]:
    sql = "SELECT seq, public, personal, erased_hash, hash FROM events WHERE log=? AND seq>? ORDER BY seq"
    for seq, public, personal, erased, hash_ in database.each(sql, (log, after)):
        yield seq, as_record(public, personal, erased), hash_
