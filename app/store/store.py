"""Opens everything a counter keeps on disk, joined: the one thing desk and sync are given."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from app.files import sync_folder, why
from app.models.dossiers.fold import VERSION
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.exchange.branches import begins
from app.models.exchange.chain import DeviceKeys, LogName
from app.models.exchange.messages import STRETCH, Known, Map, Run, Taken
from app.store.backup import back_up, forget
from app.store.checks.finding import Finding
from app.store.checks.verify import Verified, verify
from app.store.database.database import Database, StorageFailed
from app.store.database.telling import Tell, quiet
from app.store.journal.folding import Folding
from app.store.journal.journal import Journal, Random
from app.store.journal.log import Log
from app.store.journal.marker import MarkerFile
from app.store.journal.merging import MERGED_AT_ONCE, merging
from app.store.own.ballots import Ballots
from app.store.own.keeping import Keeping
from app.store.reading.dossiers import Dossiers
from app.store.reading.lists import Lists
from app.store.reading.online import Online
from app.store.reading.registers import Registers
from app.store.reading.standing import Standing


class Store:
    """One counter's data: deeds are written through `journal`, everything else reads.

    As a `Replica` it exchanges what it holds; see `app.models.exchange.messages`.
    """

    def __init__(
        self, database: Path, state: Path, key: bytes, *,
        random: Random = os.urandom, machine: str | None = None, tell: Tell = quiet,
    ) -> None:  # fmt: skip
        """`tell` hears of the tables being folded anew, which takes minutes with a million dossiers."""
        self.database = Database(database, key)
        try:
            self._key = key
            self._again = partial(Store, database, state, key, random=random, machine=machine)
            self.keeping = Keeping(self.database)
            self.unit = self.keeping.get("unit")
            self.counter = int(self.keeping.get("counter", "0"))
            self.keys = DeviceKeys(bytes.fromhex(self.keeping.get("device")))
            self.folding = Folding(self.database)
            self._fold_anew(tell)
            self.standing = Standing(self.database)
            self.dossiers = Dossiers(self.database, self.folding)
            self.lists = Lists(self.database)
            self.registers = Registers(self.database, self.folding)
            self.online = Online(self.database, self.folding)
            self.random = random
            self.ballots = Ballots(self.database, random)
            self.log = Log(self.database, self.unit, self.folding)
            marker = MarkerFile(state, self.keys.public.device, key, machine)
            self.journal = Journal(
                self.database,
                self.log,
                self.folding,
                self.keys,
                marker,
                self.unit,
                self.counter,
                random,
            )
        except BaseException:
            self.database.close()  # Windows removes no file that is open
            raise

    def _fold_anew(self, tell: Tell) -> None:
        """Rebuild the tables when this program's fold means something else than theirs."""
        if self.keeping.get("fold") == str(VERSION):
            return
        with self.database.transaction():
            self.folding.rebuild(tell)
            self.keeping.note("fold", str(VERSION))
        self.tidy()

    def verify(self) -> Verified:
        """Check everything held against itself, and the marker against it."""
        verified = verify(self.database, self.folding, self.unit)
        reason = None if verified.damaged else self.journal.why_anew()
        if reason in (None, "new"):
            return verified
        sentence = (
            "Dữ liệu không khớp dấu niêm của máy này: máy dừng giữa lúc ghi, hoặc tệp được khôi phục, "
            "sao chép. Lần lưu tới sẽ bắt đầu nhật ký mới và đánh số tiếp phía trên."
        )
        return replace(verified, findings=(*verified.findings, Finding(False, sentence)))

    def backup(self, path: Path, scratch: str = "backup.db", *, tell: Tell = quiet) -> Verified:
        """Write data and keys into one file, read back and checked; raises `StorageFailed`.

        `path` is as it was when that, or `tell`, raises.
        """
        return back_up(self.database, self._key, self.unit, path, scratch, tell=tell)

    def beside(self) -> "Store":
        """Another connection to the same files, for a thread whose work must hold up no deed."""
        return self._again()

    def tidy(self) -> None:
        """Merge the search index after a large arrival: keystrokes then walk one list a word, not ten."""
        for _ in self.tidying():
            pass

    def tidying(self) -> Iterator[bool]:
        """The same, some pages each time it is asked to go on; True as long as more are left."""
        return merging(self.database, -MERGED_AT_ONCE)

    def close(self) -> None:
        self.database.close()

    # --- Replica ----------------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        return self.log.map()

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        return self.log.hash_at(log, seq)

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        return self.log.runs(after, budget)

    def take(self, runs: tuple[Run, ...]) -> Taken:
        return self.log.take(runs)

    def pending(self, *peers: str) -> tuple[int, datetime | None]:
        """(events none of `peers` has signed for, when the oldest was keyed); see `Keeping.words`."""
        return self.lacking(word.map for word in self.keeping.words(*peers).values())

    def lacking(self, maps: Iterable[Map]) -> tuple[int, datetime | None]:
        """(events that none of `maps` names, when the oldest was keyed)."""
        told, waiting, keyed = self._told(self.signed_by(maps)), 0, list[datetime]()
        for device, incarnation, seq in self.database.rows(
            "SELECT device, incarnation, seq FROM logs"
        ):
            log = LogName(device, incarnation)
            if told[log] < seq:
                waiting += seq - told[log]
                keyed.append(self.log.event(e.EventName(*log, told[log] + 1)).keyed_at)
        return waiting, min(keyed, default=None)

    def told_by(self, *peers: str) -> dict[LogName, int]:
        """How far each log held here is held by whoever of `peers` signed for it."""
        return self._told(self.signed_for(*peers))

    def _told(self, signed_for: Mapping[LogName, int]) -> dict[LogName, int]:
        """A branch's part before it parts is another's."""
        grown = self.log.branching.grown()
        logs = (LogName(*row) for row in self.database.rows("SELECT device, incarnation FROM logs"))
        return {log: max(signed_for.get(log, 0), begins(grown, log)) for log in logs}

    def signed_for(self, *peers: str) -> dict[LogName, int]:
        """How far each log is held by whoever of `peers` signed for it; see `Keeping.words`."""
        return self.signed_by(word.map for word in self.keeping.words(*peers).values())

    def signed_by(self, maps: Iterable[Map]) -> dict[LogName, int]:
        """How far each log is held by whoever signed one of `maps`; what isn't held here counts not.

        By hash: a branch may go by another name where another is held.
        """
        found: dict[LogName, int] = {}
        grown = self.log.branching.grown()
        for held in maps:
            for log, known in self.log.branching.held_of(held).items():
                while known > found.get(log, 0):
                    found[log] = known
                    log, known = grown.get(log, (log, 0))  # noqa: PLW2901  # what a branch grew from
        return found


def create(
    database: Path, key: bytes, unit: str, counter: int, *, random: Random = os.urandom
) -> None:
    """Make an empty database for counter `counter` of `unit`; raises `BadInput` when one is there."""
    if database.exists():
        raise BadInput(f"Ở {database.parent} đã có dữ liệu. Hãy chọn thư mục khác.")
    making = database.with_name(database.name + ".making")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        forget(making)
        with Database(making, key, create=True) as made:
            keeping = Keeping(made)
            keeping.put("unit", unit)
            keeping.put("counter", str(counter))
            keeping.put("device", random(64).hex())
            made.become_one_file()
        # under its own name only when it is whole
        making.replace(database)
        sync_folder(database.parent)
    except OSError as error:
        raise StorageFailed(
            f"Không tạo được dữ liệu ở {database.parent}: {why(error)}. Hãy chọn thư mục khác."
        ) from error
