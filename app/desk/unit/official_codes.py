"""Gives dossiers received without a lane their official codes, once the server has granted one."""

from datetime import datetime

from app.models.dossiers.lifecycle import Status
from app.models.events import event as e
from app.store.database.database import Row
from app.store.store import Store

MOST_AT_ONCE = 50  # in one transaction, so that the officer's save never waits


def assign(store: Store, now: datetime) -> int:
    """Assign codes to this device's dossiers that have none, the oldest first; how many got one.

    Of the day of reception where the lane was granted for it, else of today. A provisional code
    that is on paper stays findable for ever; nothing happens while there is no lane.
    """
    assigned = 0
    while (waiting := _waiting(store)) and store.journal.expected(now, "")[0]:
        with store.journal.deed(now) as writing:
            for name, received_at in waiting:
                received = datetime.fromtimestamp(received_at, now.tzinfo).date()
                code = writing.next_code(received) or writing.next_code(now.date())
                if not code:
                    return assigned
                thing = e.EventName.parse(name)
                writing.append(e.CodeAssigned(code), by="", at=now, thing=thing)
                assigned += 1
    return assigned


def _waiting(store: Store) -> list[Row]:
    sql = """
        SELECT name, received_at FROM dossiers JOIN things ON things.id = thing
        WHERE provisional_code != '' AND code = '' AND status != ? AND name GLOB ?
        ORDER BY received_at, thing LIMIT ?"""
    own = f"{store.keys.public.device}.*"
    return store.database.rows(sql, (Status.VOIDED.value, own, MOST_AT_ONCE))
