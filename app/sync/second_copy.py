"""The second copy: every committed deed, sealed, on a stick or second disk that stays in the PC.

A folder holds one counter's copy: a backup (`base-GGGG.motcua`) and the bundles since
(`tail-GGGG-NNNNNN.motcua`), each from the counter to itself, starting where the one before ends.
What a copy holds is read from the copy, never remembered, so a stick that was pulled, swapped or
cut short is caught up by map. docs/adr/0016-a-second-copy.md says why.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.files import why
from app.models.errors import BadInput, Refused
from app.models.exchange.bundle import Addressed, bind, cover_of, messages
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known, Map, MessageRejected
from app.store.backup import KEY_RING, key_ring_in
from app.store.checks.finding import Finding
from app.store.database.database import StorageFailed
from app.store.database.telling import Tell, quiet, stretch, told
from app.store.journal.tips import Tips
from app.store.own.attachments import BESIDE, Attachments
from app.store.own.sealed_files import SealedFiles
from app.store.store import Store
from app.sync.bundle import put, whole

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SETTING = "second_copy"
HAS_ONE, HAS_NONE = "Đã có bản thứ hai", "Chưa có bản thứ hai"
MOST_BUNDLES, MOST_BYTES = 3000, 64 * 2**20  # of a tail, before its base is written anew

_BASE = re.compile(r"base-(\d{4})\.motcua")
_TAIL = re.compile(r"tail-(\d{4})-(\d{6})\.motcua")


@dataclass(frozen=True)
class State:
    """Whether every deed committed is on the second disk too, in words; no words: none is kept."""

    copied: bool
    sentence: str


@dataclass(frozen=True)
class Lying:
    """A copy as it lies in a folder: its base, and the bundles since, without a gap."""

    folder: Path
    generation: int
    tail: tuple[Path, ...]

    @property
    def base(self) -> Path:
        return self.folder / f"base-{self.generation:04}.motcua"

    @property
    def next(self) -> Path:
        return _bundle(self.folder, self.generation, len(self.tail))


@dataclass(frozen=True)
class _Reached:
    """A copy that was read: what it holds, and the size of its last bundle in bytes."""

    copy: Lying
    held: Map
    size: int


class SecondCopy:
    """Keeps the copy of one store; `store` isn't shared with another thread (see `Store.beside`)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tips = Tips(store.database, store.log, store.unit, store.keys)
        self._reached: _Reached | None = None
        self._scans: set[str] = set()
        self._state = State(copied=False, sentence="")

    def state(self) -> State:
        """How it stood when it was last followed."""
        return self._state

    def set(self, folder: Path, tell: Tell = quiet) -> State:
        """Keep the copy in `folder` from now on; begins one there unless ours is there already.

        Whatever is raised, by `tell` too, the copy is kept where it was before.

        Raises `BadInput` for a folder that isn't there or lies with the data, `Refused` when it
        holds another counter's copy, or of ours what this counter doesn't have.
        """
        folder = folder.resolve()
        if not folder.is_dir():
            raise BadInput(f"Không có thư mục {folder}. Hãy cắm ổ hoặc chọn nơi khác.", "folder")
        if folder.is_relative_to(self._store.database.path.parent.resolve()):
            raise BadInput("Bản thứ hai phải ở ngoài thư mục dữ liệu, trên ổ khác.", "folder")
        with _alone(self._lock):
            self._refuse_others(folder)
            before = self._store.keeping.get(SETTING)
            try:
                # first: the base must know of it too
                self._store.keeping.put(SETTING, str(folder))
                self._fill(folder, tell)
            except BaseException:
                self._reached = None
                self._store.keeping.put(SETTING, before)
                raise
        return self.follow()

    def forget(self) -> State:
        """Keep no copy from now on; what lies in the folder stays."""
        self._store.keeping.put(SETTING, "")
        return self.follow()

    def follow(self, *, every: bool = False) -> State:
        """Copy what the second disk lacks; what keeps it from that becomes the state's words.

        `every`: read all bundles of a copy that comes into reach, not only the last.
        """
        folder = self._store.keeping.get(SETTING)
        if not folder:
            self._state = State(copied=False, sentence="")
            return self._state
        try:
            with _alone(self._lock):
                self._catch_up(Path(folder), every=every)
            self._state = State(copied=True, sentence=f"{HAS_ONE}.")
        except (Refused, OSError) as error:
            self._reached = None
            said = error if isinstance(error, Refused) else f"Không ghi được vào đó: {why(error)}."
            self._state = State(copied=False, sentence=f"{HAS_NONE}. {said}")
        return self._state

    def look_again(self) -> State:
        """Read the copy as if it had just come into reach: a changed ring of keys gives it a new base."""
        self._reached = None
        return self.follow()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    # --- inside ---------------------------------------------------------------------------------

    @property
    def _lock(self) -> Path:
        return self._store.database.path.with_name("second-copy.lock")

    def _fill(self, folder: Path, tell: Tell) -> None:
        found = lying_in(folder)
        if found is None:
            self._begin(folder, _newest(folder) + 1, stretch(tell, 0, 800))
        else:
            self._reached = self._reach(found, every=True)
        self._copy_scans(folder, anew=True, tell=stretch(tell, 800, 1000))

    def _catch_up(self, folder: Path, *, every: bool) -> None:
        if self._reached is not None and not _still_lies(self._reached):
            self._reached = None
        came = self._reached is None
        if self._reached is None:
            self._reached = self._find(folder, every=every)
        with self._store.database.snapshot():
            held = self._tips.map()
            grew = held != self._reached.held
            if grew:
                self._reached = self._add(self._reached.copy, self._reached.held, held)
        if came or grew:
            self._copy_scans(folder, anew=came)
        if came and self._is_stale(self._reached.copy):
            # full, say: the base and tail that are there hold everything too
            with suppress(StorageFailed):
                self._begin(folder, self._reached.copy.generation + 1)

    def _copy_scans(self, folder: Path, *, anew: bool, tell: Tell = quiet) -> None:
        """The scans that lie only here, sealed as they are, after the deeds that name them."""
        if anew:
            self._scans.clear()
        attachments = Attachments(self._store.database)
        lacking = attachments.only_here(but=self._scans)
        pace = told(lacking, tell, len(lacking), every=1)
        attachments.files.copy_to(SealedFiles(folder / BESIDE), pace)
        self._scans.update(lacking)

    def _find(self, folder: Path, *, every: bool) -> _Reached:
        if not folder.is_dir():
            raise BadInput(f"Không thấy {folder}. Hãy cắm lại ổ; việc đã lưu sẽ tự chép sang.")
        self._refuse_others(folder)
        found = lying_in(folder)
        if found is None:
            # an empty mount point looks like this too, and lies on the first disk
            raise Refused(
                f"Ở {folder} không có bản nào của quầy này. Hãy cắm đúng ổ, "
                "hoặc đặt lại bằng “motcua second-copy set”."
            )
        return self._reach(found, every=every)

    def _refuse_others(self, folder: Path) -> None:
        """A folder holds one counter's copy; whose can't be told is another's."""
        ours = (self._store.unit, self._store.keys.public.device)
        for first in folder.glob("tail-*-000000.motcua"):
            with first.open("rb") as file:
                try:
                    cover = cover_of(file)
                except MessageRejected:
                    cover = None
            if cover is None or (cover.unit, cover.to) != ours:
                raise Refused(f"Ở {folder} có bản thứ hai của quầy khác. Hãy chọn thư mục khác.")

    def _reach(self, copy: Lying, *, every: bool) -> _Reached:
        """Read how far a copy is whole; what follows a damaged bundle is set aside."""
        count, held = len(copy.tail), self._map_in(copy.tail[-1]) if not every else None
        if held is None:
            count, held = self._whole_part(copy)
            for number, file in enumerate(copy.tail):
                if number >= count:
                    file.replace(file.with_name(f"{file.name}.damaged"))
            copy = replace(copy, tail=copy.tail[:count])
        if held is None:
            raise Refused(
                f"Bản thứ hai ở {copy.folder} bị hỏng. Hãy xóa nó rồi đặt lại "
                "bằng “motcua second-copy set”."
            )
        if not all(self._store.log.branching.holds(log, known) for log, known in held.items()):
            raise Refused(
                f"Bản thứ hai ở {copy.folder} có việc mà máy này không có. Hãy khôi phục từ đó "
                "bằng “motcua restore --from-copy”, hoặc chọn thư mục khác."
            )
        return _Reached(copy, held, copy.tail[-1].stat().st_size)

    def _whole_part(self, copy: Lying) -> tuple[int, Map | None]:
        """(bundles that are whole from the first on, what the last of them says is held)."""
        count = 0
        with suppress(BadInput, MessageRejected):
            for file in copy.tail:
                with whole(file):
                    count += 1
        return count, self._map_in(copy.tail[count - 1]) if count else None

    def _map_in(self, bundle: Path) -> Map | None:
        """What a copy holds as of this bundle; None when it isn't whole."""
        try:
            with whole(bundle) as file:
                first = next(messages(file, self._store.keys, self._store.unit))
        except (BadInput, MessageRejected):
            return None
        return first.map

    def _add(self, copy: Lying, held: Map, coming: Map) -> _Reached:
        """Write one more bundle, with all that lies between two maps."""
        lacking = sum(known.seq - _seq(held, log) for log, known in coming.items())
        keys = self._store.keys
        addressed = Addressed(self._store.unit, keys, keys.public, len(copy.tail), 0)

        def write(file: BinaryIO) -> None:
            if bind(file, self._tips, addressed, held).sent != lacking:
                raise StorageFailed("Dữ liệu của máy không đọc lại được hết. Hãy chạy kiểm tra.")

        put(copy.next, write)
        return _Reached(
            replace(copy, tail=(*copy.tail, copy.next)), coming, copy.next.stat().st_size
        )

    def _begin(self, folder: Path, generation: int, tell: Tell = quiet) -> None:
        """Write a base and the first bundle on it, then drop the copies before."""
        copy = Lying(folder, generation, ())
        held = self._tips.map()  # before the base, which then holds at least this
        self._store.backup(copy.base, scratch="second-copy.db", tell=tell)
        with self._store.database.snapshot():
            self._reached = self._add(copy, held, self._tips.map())
        for file in folder.iterdir():
            named = re.match(r"(?:base|tail)-(\d{4})[-.]", file.name)
            if named and int(named[1]) < generation:
                file.unlink()

    def _is_stale(self, copy: Lying) -> bool:
        """True when the tail is long, or officers and passwords aren't those of the base."""
        ring = self._store.database.path.with_name(KEY_RING)
        return (
            len(copy.tail) > MOST_BUNDLES
            or sum(file.stat().st_size for file in copy.tail) > MOST_BYTES
            or ring.read_bytes() != key_ring_in(copy.base)
        )


# --- the folder ---------------------------------------------------------------------------------


def lying_in(folder: Path) -> Lying | None:
    """The newest copy that was begun to its end; None where there is none."""
    names = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
    for generation in sorted((int(m[1]) for m in map(_BASE.fullmatch, names) if m), reverse=True):
        tail = list[Path]()
        while (file := _bundle(folder, generation, len(tail))).name in names:
            tail.append(file)
        if tail:
            return Lying(folder, generation, tuple(tail))
    return None


def copy_to_restore(folder: Path) -> Lying:
    """The copy in `folder`; raises `BadInput` where there is none."""
    found = lying_in(folder)
    if found is None:
        raise BadInput(f"Ở {folder} không có bản thứ hai nào. Hãy kiểm tra ổ đĩa.", "file")
    return found


def take_tail(store: Store, copy: Lying) -> Sequence[Finding]:
    """Take what a copy holds beyond its base, up to the first bundle that is damaged."""
    for count, file in enumerate(copy.tail):
        try:
            with whole(file) as opened:
                for message in messages(opened, store.keys, store.unit):
                    store.take(message.runs)
        except (BadInput, MessageRejected) as error:
            left = len(copy.tail) - count
            return [
                Finding(True, f"Không đọc được {left} gói cuối, từ {file.name} trở đi. {error}")
            ]
    beyond = [
        name
        for name in (file.name for file in copy.folder.iterdir())
        if (named := _TAIL.fullmatch(name))
        and int(named[1]) == copy.generation
        and int(named[2]) >= len(copy.tail)
    ]
    if beyond:
        return [Finding(True, f"Thiếu gói {copy.next.name}; không lấy được những gói sau nó.")]
    return []


def _bundle(folder: Path, generation: int, number: int) -> Path:
    return folder / f"tail-{generation:04}-{number:06}.motcua"


def _newest(folder: Path) -> int:
    """The highest generation any base has there; 0 without one."""
    return max((int(m[1]) for f in folder.iterdir() if (m := _BASE.fullmatch(f.name))), default=0)


def _still_lies(reached: _Reached) -> bool:
    """False when the stick is gone, another one, or somebody else has added to it."""
    try:
        same = reached.copy.tail[-1].stat().st_size == reached.size
    except OSError:
        return False
    return same and not reached.copy.next.exists()


def _seq(held: Map, log: LogName) -> int:
    return held.get(log, Known(0, b"")).seq


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the system lets go of it when a process dies."""
    with lock.open("ab") as file:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def same_disk(one: Path, other: Path) -> bool:
    """True when both lie on one disk, as far as the system tells."""
    return os.stat(one).st_dev == os.stat(other).st_dev
