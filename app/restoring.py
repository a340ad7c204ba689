"""A backup or second copy on its way into the place of this PC's data, as the window needs it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.clock import VIETNAM
from app.counter import open_counter, restore_counter
from app.credentials import KeyRing
from app.files import why
from app.lock_out import LockOut
from app.models.errors import BadInput, Refused
from app.models.unit.recovery_code import RecoveryCode
from app.settings import Places
from app.store.backup import forget, key_ring_in, unpack
from app.store.database.database import Database
from app.store.offered import Done, Held, Offered, Opening
from app.store.own.keeping import Keeping
from app.store.reading.standing import Standing
from app.store.restore import Continued, Stage
from app.sync.second_copy import Lying, copy_to_restore, take_tail


class Restoring:
    """For the lane that copies; everything raises `Refused`, and then nothing was replaced."""

    def __init__(self, places: Places, now: Callable[[], datetime]) -> None:
        self._places, self._now = places, now

    @property
    def replaces(self) -> bool:
        """Whether there is data here that would be set aside."""
        return self._places.database.exists()

    def look(self, source: Path) -> Offered:
        """What a backup, or the folder of a second copy, says of itself."""
        copy = self._copy(source)
        file = copy.base if copy else source
        ring = self._ring(file)
        newest = copy.tail[-1] if copy and copy.tail else file
        try:
            written = datetime.fromtimestamp(newest.stat().st_mtime, VIETNAM)
        except OSError as error:
            raise BadInput(f"Không đọc được {newest}: {why(error)}.", "file") from error
        return Offered(
            source, written, ring.officers, ring.code_made, len(copy.tail) if copy else 0
        )

    def open(self, offered: Offered, opening: Opening) -> Held:
        """What it holds; its database is unpacked beside the data and thrown away again."""
        copy = self._copy(offered.source)
        file = copy.base if copy else offered.source
        ring, looked_at = self._ring(file), self._places.database.with_name("motcua.looking")
        key = self._key(ring, opening)
        try:
            looked_at.parent.mkdir(parents=True, exist_ok=True)
            unpack(file, looked_at)
            with Database(looked_at, key) as database:
                return _held(database)
        except OSError as error:
            raise Refused(f"Không đủ chỗ hoặc không ghi được vào {looked_at.parent}.") from error
        finally:
            forget(looked_at)

    def restore(self, offered: Offered, opening: Opening, reached: Callable[[Stage], None]) -> Done:
        """Put it in place, open it and check everything in it; `reached` may end it by `Refused`."""
        copy = self._copy(offered.source)
        source = (
            Continued(copy.base, lambda store: take_tail(store, copy), reached)
            if copy
            else Continued(offered.source, reached=reached)
        )
        code = RecoveryCode.parse(opening.code) if opening.code else None
        login, password = opening.login, opening.password
        done = restore_counter(self._places, source, login, password, self._now(), code)
        counter = open_counter(self._places, login, password, self._now)
        try:
            verified = counter.desk.store.verify()
        finally:
            counter.desk.store.close()
        findings = (*done.findings, *verified.findings)
        return Done(
            done.taken_over, done.set_aside, verified.events, verified.ok,
            tuple(finding.sentence for finding in findings),
        )  # fmt: skip

    # --- inside -----------------------------------------------------------------------------------

    def _copy(self, source: Path) -> Lying | None:
        return copy_to_restore(source) if source.is_dir() else None

    def _ring(self, file: Path) -> KeyRing:
        return KeyRing.parse(key_ring_in(file), self._places.key_ring)

    def _key(self, ring: KeyRing, opening: Opening) -> bytes:
        if opening.code:
            return ring.recover(RecoveryCode.parse(opening.code))
        with LockOut(self._places).trying(opening.login, self._now()):
            return ring.open(opening.login, opening.password)


def _held(database: Database) -> Held:
    keeping = Keeping(database)
    count, newest = database.one("SELECT count(*), max(received_at) FROM dossiers") or (0, None)
    return Held(
        unit=keeping.get("unit"),
        name=Standing(database).unit().name,
        counter=int(keeping.get("counter", "0")),
        dossiers=count,
        newest=datetime.fromtimestamp(newest, VIETNAM) if newest else None,
    )
