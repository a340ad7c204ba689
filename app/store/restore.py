"""Puts a backup in the place of a counter's data, and loses nothing that was there.

The replaced file is set aside under another name. What it holds beyond the backup is taken over
event by event as far as it verifies: a whole file wholly, a damaged one as far as it can be read.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from app.files import leave_for, leave_nothing_for, put_durably, settle, sync_folder, why
from app.models.errors import Refused
from app.models.exchange.chain import DeviceKeys, LogName, genesis
from app.models.exchange.messages import Known
from app.store.backup import KEY_RING, forget, key_ring_in, unpack
from app.store.checks.finding import Finding
from app.store.database.database import Busy, Database, StorageFailed
from app.store.journal.journal import Random
from app.store.journal.salvage import salvaged
from app.store.own.attachments import take_back
from app.store.own.keeping import Keeping, take_over_drafts
from app.store.store import Store


class Stage(IntEnum):
    """How far a restore is; once it replaces, it goes to its end."""

    UNPACK = 0
    CHECK = 1
    REST = 2
    TAKE_OVER = 3
    REPLACE = 4


@dataclass(frozen=True)
class Restored:
    """What a restore came to: events taken over from the replaced file, and where that is now."""

    taken_over: int
    set_aside: Path | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Continued:
    """A backup, what takes in all that was kept since it was made, and who hears how far it is.

    What `reached` raises at a stage ends the restore; nothing was replaced then.
    """

    backup: Path
    take_rest: Callable[[Store], Sequence[Finding]] = lambda _: ()
    reached: Callable[[Stage], None] = lambda _: None
    ring: bytes | None = None
    """What is to open it here, whatever else does; None: its own ring, where that is needed."""


def restore(
    backup: Path | Continued, database: Path, state: Path, key: bytes, now: datetime, *,
    replaced_key: bytes | None = None, random: Random = os.urandom,
    machine: str | None = None,
) -> Restored:  # fmt: skip
    """Put the data of `backup`, which `key` opens, at `database`; `state` is the marker's folder.

    `replaced_key` is what the ring of keys there opens, None when there is none or it doesn't
    open: the backup's ring is put in place unless both keys are the same. Raises `BadInput` for a
    file that is no backup, `Refused` for another unit's or while the data is open elsewhere; then
    nothing there was replaced.
    """
    whole = backup if isinstance(backup, Continued) else Continued(backup)
    coming = database.with_name(database.name + ".restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        whole.reached(Stage.UNPACK)
        unpack(whole.backup, coming)
        whole.reached(Stage.CHECK)
        with closing(Store(coming, state, key, random=random, machine=machine)) as store:
            if store.database.damage():
                raise StorageFailed("Bản sao lưu này bị hỏng; chưa thay gì. Hãy chọn bản khác.")
            whole.reached(Stage.REST)
            told = whole.take_rest(store)
            whole.reached(Stage.TAKE_OVER)
            taken, findings = _take_over(store, database, replaced_key or key)
            whole.reached(Stage.REPLACE)
            with store.journal.deed(now, restored=True):
                pass
            store.database.become_one_file()
        ring = whole.ring
        if replaced_key != key:
            ring = ring or key_ring_in(whole.backup)
            _keep_ring_aside(database.with_name(KEY_RING), now)
        aside = _put_in_place(coming, database, ring, now)
        if left := take_back(whole.backup, database):
            findings.append(Finding(True, left))
    except OSError as error:
        raise StorageFailed(f"Không khôi phục được vào {database.parent}: {why(error)}.") from error
    finally:
        forget(coming)
    return Restored(taken, aside, (*told, *findings))


# --- what the replaced file still holds ---------------------------------------------------------


def _take_over(store: Store, replaced: Path, key: bytes) -> tuple[int, list[Finding]]:
    """(events taken over, what couldn't be); raises `Refused` when it is another unit's or in use."""
    if not replaced.exists():
        return 0, []
    try:
        with Database(replaced, key) as old:
            unit, own, logs = _contents(old)
    except Busy as error:
        raise Refused(
            "Dữ liệu đang mở ở cửa sổ Một Cửa khác. Hãy đóng cửa sổ ấy rồi khôi phục lại."
        ) from error
    except (StorageFailed, ValueError) as error:
        return 0, [Finding(True, f"Không lấy được gì từ dữ liệu cũ. {error}")]
    if unit != store.unit:
        raise Refused(
            f"Bản sao lưu này của đơn vị {store.unit}, còn dữ liệu ở đây của {unit}; chưa thay gì."
        )
    with suppress(Refused), Database(replaced, key) as old:
        store.ballots.take_over(old)
    with suppress(Refused), Database(replaced, key) as old:
        take_over_drafts(store.database, old)
    keys = {known.public.device: known for known in (store.keys, own)}
    taken, findings = 0, []
    for log, tip in logs:
        # a connection that met a damaged page reads nothing more: each log gets its own
        count, all_ = 0, 0
        with suppress(Refused), Database(replaced, key) as old:
            before = _known_to_both(store, old, log)
            all_ = tip.seq - before.seq
            for run in salvaged(old, unit, log, before, keys.get(log.device)):
                count += store.take((run,)).received
        taken += count
        if not store.log.branching.holds(log, tip):
            sentence = f"chỉ lấy được {count} trong {all_} sự kiện sau bản sao lưu."
            findings.append(Finding(True, f"Nhật ký {log.device[:8]} trong dữ liệu cũ: {sentence}"))
    return taken, findings


def _known_to_both(store: Store, old: Database, log: LogName) -> Known:
    """Where to read on in an old file's log: behind what is held here too, or else from its beginning."""
    held = store.log.head(log)
    sql = """
        SELECT 1 FROM logs JOIN events ON events.log = logs.id
        WHERE device=? AND incarnation=? AND events.seq=? AND events.hash=?"""
    if held and old.one(sql, (*log, *held)):
        return held
    begins = """
        SELECT min(events.seq) - 1, onto FROM logs JOIN events ON events.log = logs.id
        WHERE device=? AND incarnation=?"""
    row = old.one(begins, log)
    after, onto = row or (0, None)
    return Known(after or 0, onto or genesis(store.unit, log))


def _contents(old: Database) -> tuple[str, DeviceKeys, list[tuple[LogName, Known]]]:
    """(unit, the device's keys, each log with its end); raises `Busy` when it is open elsewhere."""
    keeping = Keeping(old)
    unit, own = keeping.get("unit"), DeviceKeys(bytes.fromhex(keeping.get("device")))
    # what a branch grew from comes before it
    begins = "(SELECT min(seq) FROM events WHERE log = logs.id)"
    logs = old.rows(f"SELECT device, incarnation, seq, hash FROM logs ORDER BY {begins}, id")  # noqa: S608  # our own words
    old.become_one_file()
    return unit, own, [(LogName(device, inc), Known(*end)) for device, inc, *end in logs]


# --- the files ----------------------------------------------------------------------------------


def _put_in_place(coming: Path, database: Path, ring: bytes | None, now: datetime) -> Path | None:
    """Replace the database, then the ring; where the old database is now, None when there was none.

    When it raises `OSError`, nothing was replaced.
    """
    rings = database.with_name(KEY_RING)
    if ring is None:
        leave_nothing_for(rings)
    else:
        leave_for(rings, ring, coming, database)
    try:
        aside = _set_aside(database, now)
        coming.replace(database)
    except OSError:
        leave_nothing_for(rings)
        raise
    with suppress(OSError):  # it is replaced: what fails from here on, whoever reads the ring does
        sync_folder(database.parent)
        settle(rings)
    return aside


def _keep_ring_aside(ring: Path, now: datetime) -> None:
    """Give a ring a second name; it goes on lying under its own until another takes its place."""
    if not ring.exists():
        return
    aside = _free_name(ring, now)
    try:
        os.link(ring, aside)
    except OSError:
        put_durably(aside, ring.read_bytes(), 0o600)


def _free_name(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    while aside.exists():
        aside = aside.with_name(f"{aside.stem}-{path.suffix}")
    return aside


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Give a file, and what SQLite keeps beside it, another name; None when there is none."""
    if not path.exists():
        return None
    aside = _free_name(path, now)
    for beside in ("-wal", "-shm"):
        # first, or else they would be read into the file that comes
        with suppress(FileNotFoundError):
            path.with_name(path.name + beside).rename(aside.with_name(aside.name + beside))
    try:
        os.link(path, aside)  # so that the name is never without a file
    except OSError:
        path.rename(aside)
    return aside
