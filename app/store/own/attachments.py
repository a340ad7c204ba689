"""Knows where each sealed file lies: here, at the server, at both, or nowhere within reach."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from app.files import room_at, why
from app.models.events import event as e
from app.models.events.digitising import Digitised
from app.models.events.encoding import decode
from app.store.database.database import Database, StorageFailed
from app.store.database.telling import Tell, quiet, told
from app.store.journal.meaning import seconds
from app.store.own.sealed_files import FULL, SealedFiles

FOLDER = "attachments"
BESIDE = "motcua-attachments"
"""The folder beside a backup; several backups share it, for a file never changes."""

_COPY_AGAIN = (
    f"Hồ sơ thì đã vào đủ. Hãy giữ lại thư mục {BESIDE}; khôi phục bản này lần nữa, "
    "ở ổ hay cổng USB khác, là chép tiếp những bản quét còn thiếu."
)

SLICE = 500  # events read at once, between two deeds
NOTED = "attachments_noted"  # the setting that remembers the last event looked at

ASK_AGAIN = timedelta(minutes=10)
"""After so long a file that is nowhere within reach is asked for again."""

ASK_OF_KEPT = timedelta(days=3)
"""After so long the server is asked whether it still holds what it once did: it may have been put
back from a backup."""


# what this counter scanned itself goes up at every go until it is there, the rest in its turn;
# what was asked by a clock that ran ahead isn't waited for until then
_TURNS = """
    SELECT file, device, incarnation, events.seq, size, there,
        asked_at <= :again OR asked_at > :now
    FROM attachments JOIN events ON events.id = event JOIN logs ON logs.id = events.log
    WHERE (there = 0 AND (asked_at <= :again OR asked_at > :now OR device = (
        SELECT value ->> '$.log[0]' FROM local WHERE name = 'own')))
    OR (there = 1 AND (asked_at < :kept OR asked_at > :now)) ORDER BY event"""


class Whereabouts(StrEnum):
    """Of a file, as this counter knows it."""

    BOTH = "both"
    HERE = "here"
    THERE = "there"
    MISSING = "missing"


class Named(NamedTuple):
    """A file of `size` sealed bytes, and an event that names it."""

    file: str
    event: e.EventName
    size: int


class Attachments:
    """The files of this counter and the server's word on them; a table that is no fold."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.files = SealedFiles(database.path.with_name(FOLDER))

    def whereabouts(self, file: str, size: int) -> Whereabouts:
        """Where it lies."""
        there = self.is_there(file)
        if self.files.is_here(file, size):
            return Whereabouts.BOTH if there else Whereabouts.HERE
        return Whereabouts.THERE if there else Whereabouts.MISSING

    def is_there(self, file: str) -> bool:
        """Whether the server last said that it holds it whole."""
        row = self._database.one("SELECT there FROM attachments WHERE file=?", (file,))
        return bool(row and row[0])

    def there(self) -> set[str]:
        """All that the server last said it holds whole."""
        return {
            file for (file,) in self._database.rows("SELECT file FROM attachments WHERE there=1")
        }

    def size_of(self, file: str) -> int | None:
        """In sealed bytes, as the event that names it says; None when none does."""
        row = self._database.one("SELECT size FROM attachments WHERE file=?", (file,))
        return None if row is None else int(row[0])

    def is_drafted(self, file: str) -> bool:
        """Whether some draft, of whomever, names it."""
        return self._database.one("SELECT 1 FROM drafts WHERE instr(body, ?)", (file,)) is not None

    def note(self) -> bool:
        """Take down what the next events name that weren't looked at yet; False once all were."""
        sql = """
            SELECT events.id, device, incarnation, events.seq, public FROM events
            JOIN logs ON logs.id = events.log
            WHERE type = 'document_digitised' AND events.id > (
                SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM local WHERE name = ?
            ) ORDER BY events.id LIMIT ?"""
        rows = self._database.rows(sql, (NOTED, SLICE))
        found = []
        for id_, device, incarnation, seq, public in rows:
            body = decode(e.EventName(device, incarnation, seq), public, None).body
            if isinstance(body, Digitised):
                found.append((body.file, id_, body.size))
        if rows:
            with self._database.transaction():
                self._note(found)
                self._database.run(
                    "INSERT OR REPLACE INTO local VALUES (?,?)", (NOTED, str(rows[-1][0]))
                )
        return len(rows) == SLICE

    def expect(self, file: str, event: e.EventName, size: int) -> None:
        """Take down a file of one's own, within the deed that names it."""
        row = self._database.one(
            "SELECT events.id FROM events JOIN logs ON logs.id = events.log"
            " WHERE device=? AND incarnation=? AND events.seq=?",
            event,
        )
        assert row is not None
        self._note([(file, row[0], size)])

    def heed(self, told: Mapping[str, bool], at: datetime) -> None:
        """Keep what the server says: which of these it holds whole."""
        rows = [(held, seconds(at), file) for file, held in told.items()]
        with self._database.transaction():
            self._database.many("UPDATE attachments SET there=?, asked_at=? WHERE file=?", rows)

    def to_ask(self, now: datetime) -> list[Named]:
        """The files to ask the server about: what it isn't known to hold, now and then what it is.

        The disk is asked about a file only when its turn comes: what the server keeps and this
        counter doesn't is left alone for as long as the rest.
        """
        turns = {
            "again": seconds(now - ASK_AGAIN),
            "kept": seconds(now - ASK_OF_KEPT),
            "now": seconds(now),
        }
        found, elsewhere = list[Named](), list[tuple[int | None, str]]()
        for file, *name, size, there, is_due in self._database.rows(_TURNS, turns):
            if (is_due and not there) or self.files.is_here(file, size):
                found.append(Named(file, e.EventName(*name), size))
            elif there:
                elsewhere.append((seconds(now), file))
        if elsewhere:
            with self._database.transaction():
                self._database.many("UPDATE attachments SET asked_at=? WHERE file=?", elsewhere)
        return found

    def only_here(self, but: Collection[str] = ()) -> list[str]:
        """The files that lie here and at no server, but these: what a lost PC would take with it."""
        rows = self._database.rows("SELECT file, size FROM attachments WHERE there = 0")
        return [file for file, size in rows if file not in but and self.files.is_here(file, size)]

    def named(self) -> list[tuple[str, int]]:
        """Every file that events name and its sealed bytes, the newest first; wherever it lies."""
        rows = self._database.rows("SELECT file, size FROM attachments ORDER BY event DESC")
        return [(file, size) for file, size in rows]

    def lacking(self) -> list[Named]:
        """The files that lie here and the server isn't known to hold, each with an event that names it."""
        sql = """
            SELECT file, device, incarnation, events.seq, size FROM attachments
            JOIN events ON events.id = event JOIN logs ON logs.id = events.log
            WHERE there = 0 ORDER BY event"""
        rows = self._database.rows(sql)
        named = (Named(file, e.EventName(*name), size) for file, *name, size in rows)
        return [one for one in named if self.files.is_here(one.file, one.size)]

    def back_up(self, backup: Path, tell: Tell = quiet) -> int:
        """Copy what lies only here beside a backup, sealed as it is; how many were not there yet.

        Raises `StorageFailed`.
        """
        files = self.only_here()
        pace = told(files, tell, len(files), every=1)
        return self.files.copy_to(SealedFiles(backup.with_name(BESIDE)), pace)

    def _note(self, found: Sequence[tuple[str, int, int]]) -> None:
        self._database.many(
            "INSERT INTO attachments (file, event, size) VALUES (?,?,?) ON CONFLICT DO NOTHING",
            found,
        )


def take_back(backup: Path, database: Path) -> str:
    """Bring the files that lie beside a backup to where `database` lies; what couldn't be, in words.

    "" when all are there. What the disk has no room for stays where it is: the data needs some too.
    """
    beside, here = SealedFiles(backup.with_name(BESIDE)), SealedFiles(database.with_name(FOLDER))
    left, reason = 0, ""
    try:
        for file in beside.all():
            size = beside.size_of(file)
            if here.is_here(file, size):
                continue
            try:
                if size > room_at(here.folder):
                    raise StorageFailed(FULL)
                left += not beside.copy_to(here, (file,))
            except StorageFailed as error:
                left, reason = left + 1, str(error)
    except OSError as error:
        return f"Không đọc được {beside.folder}: {why(error)}. {_COPY_AGAIN}"
    told = f"{left} bản quét cạnh bản sao lưu không chép được, hoặc đã hỏng."
    return " ".join(filter(None, (told, reason, _COPY_AGAIN))) if left else ""
