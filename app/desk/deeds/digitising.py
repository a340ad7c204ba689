"""What an officer does with scans: tie a file to a paper, reuse one, take it back, open it.

Sealing and writing the file is slow work for any lane; only tying it is for the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.dossiers.checklist import Line, blank_line, lines, of_papers, unplaced
from app.models.dossiers.dossier import Attachment, Dossier
from app.models.dossiers.fold import Folded
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.digitising import Digitised, DigitisingReversed, HowDigitised
from app.models.exchange.sealed_file import KEY_BYTES, key_of, opened, sealed
from app.models.unit.officer import Officer
from app.store.own.attachments import Attachments, Whereabouts
from app.store.store import Store

MOST_CONTENT = 32 * 2**20
"""Bytes of one scan; a hundred pages in grey take a quarter of it."""

LEFT_AFTER = timedelta(hours=1)
"""Sooner it may be another program's, which is about to tie it."""


@dataclass(frozen=True)
class Scan:
    """A sealed file that lies on disk and belongs to nothing yet."""

    file: str
    size: int
    key: str
    pages: int
    media: str = "application/pdf"


@dataclass(frozen=True)
class Paper:
    """A line of the checklist, and where each of its files lies."""

    line: Line
    places: tuple[Whereabouts, ...]


@dataclass(frozen=True)
class Reusable:
    """A file of another dossier of the same person."""

    code: str
    attachment: Attachment


class Digitising:
    """The scans of dossiers."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._attachments = Attachments(store.database)

    # --- for any lane -----------------------------------------------------------------------------

    def seal(self, content: bytes, pages: int, media: str = "application/pdf") -> Scan:
        """Seal a scan and put it on disk. Raises `BadInput` when it is too long, `StorageFailed`."""
        if not content or len(content) > MOST_CONTENT:
            raise BadInput(
                f"Bản quét dài {len(content) // 2**20} MB, nhiều nhất là {MOST_CONTENT // 2**20} MB. "
                "Hãy quét lại ở 200–300 điểm, đen trắng hoặc xám, hoặc tách ra nhiều tệp.",
                "file",
            )
        key = key_of(self._store.random(KEY_BYTES))
        bytes_ = sealed(content, key)
        file = self._attachments.files.put(bytes_, is_untied=True)
        return Scan(file, len(bytes_), key, pages, media)

    def open(self, attachment: Attachment) -> bytes:
        """The scan itself. Raises `Refused` while it isn't on this computer."""
        bytes_ = self._attachments.files.read(attachment.file)
        if bytes_ is None:
            raise Refused("Tệp số hóa không có ở máy này. Hãy tải về từ máy chủ rồi mở lại.")
        return opened(bytes_, attachment.key)

    # --- at the desk ------------------------------------------------------------------------------

    def is_whole(self, scan: Scan) -> bool:
        """Whether its sealed file still lies here."""
        return self._attachments.files.is_here(scan.file, scan.size)

    def abandon(self, scan: Scan) -> None:
        """Remove the file of a scan that was given up; one that an event names stays."""
        if self._attachments.size_of(scan.file) is None:
            self._attachments.files.drop(scan.file)

    def clear_up(self) -> None:
        """Remove what a power cut left between a scan's file and the draft or event that names it."""
        files = self._attachments.files
        for file in files.untied(self._clock() - LEFT_AFTER):
            if self._attachments.size_of(file) is not None:
                files.tied(file)
            elif not self._attachments.is_drafted(file):
                files.drop(file)

    def papers(self, folded: Folded) -> tuple[Paper, ...]:
        """The checklist with its files; before it the receipt, where that was filled by hand."""
        return tuple(
            Paper(line, tuple(map(self.whereabouts, line.attachments)))
            for line in _lines(folded, folded.arrived("xem lại"))
        )

    def whereabouts(self, attachment: Attachment) -> Whereabouts:
        """Where a file lies."""
        return self._attachments.whereabouts(attachment.file, attachment.size)

    def only_here(self) -> int:
        """How many files this computer holds and no server."""
        return len(self._attachments.only_here())

    def tie(
        self, name: e.EventName, number: int, scan: Scan, officer: Officer,
        how: HowDigitised = "digitised",
    ) -> e.EventName:  # fmt: skip
        """Say that a scan belongs to line `number` of the checklist, or to the receipt filled by hand (0).

        Raises `BadInput`, `Refused`."""
        return self._tie(name, number, scan, officer, how)

    def place(
        self, name: e.EventName, digitised: e.EventName, number: int, officer: Officer
    ) -> e.EventName:
        """Let the scan of the event `digitised`, which lost its paper, belong to line `number`.

        Raises `BadInput`, `Refused`.
        """
        found = (one for one in unplaced(self._dossier(name)) if one.event == digitised)
        if (one := next(found, None)) is None:
            raise Refused("Bản quét này đã có chỗ trong thành phần hồ sơ, hoặc đã bị bỏ.")
        scan = Scan(one.file, one.size, one.key, one.pages, one.media)
        return self._tie(name, number, scan, officer, one.how, DigitisingReversed(str(digitised)))

    def reuse(
        self, name: e.EventName, number: int, found: Reusable, officer: Officer,
        *, result: bool = False,
    ) -> e.EventName:  # fmt: skip
        """Let a file of another dossier serve for this paper too; `result` if it was its result."""
        one = found.attachment
        scan = Scan(one.file, one.size, one.key, one.pages, one.media)
        return self.tie(name, number, scan, officer, "reused_result" if result else "reused")

    def reusable(self, name: e.EventName) -> list[Reusable]:
        """The files of this person's other dossiers, the newest dossier first."""
        dossier = self._dossier(name)
        person = dossier.applicant.identity.number if dossier.applicant else ""
        found = []
        for row in self._store.dossiers.of_person(person):
            other = self._store.dossiers.opened(row.name).dossier
            if other is not None and row.name != name:
                found += [Reusable(row.code, one) for one in of_papers(other) if one.key]
        return found

    def reverse(self, name: e.EventName, digitised: e.EventName, officer: Officer) -> None:
        """Say that a file doesn't belong to its paper. Raises `Refused`."""
        if all(one.event != digitised for one in self._dossier(name).attachments):
            raise Refused("Bản số hóa này không còn ở hồ sơ; không có gì để bỏ.")
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            body = DigitisingReversed(str(digitised))
            writing.append(body, thing=name, by=officer.login, at=now)

    # --- inside -----------------------------------------------------------------------------------

    def _tie(
        self, name: e.EventName, number: int, scan: Scan, officer: Officer, how: HowDigitised,
        instead: DigitisingReversed | None = None,
    ) -> e.EventName:  # fmt: skip
        folded = self._folded(name)
        dossier = folded.arrived("mở lại")
        line = self._line(folded, dossier, number)
        if any(self._is_same(one, scan) for one in line.attachments):
            raise Refused(
                f"“{line.document.name}” đã có đúng bản quét này; không cần đưa vào lần nữa."
            )
        now = self._clock()
        body = Digitised(number, scan.file, scan.size, scan.pages, scan.media, how)
        personal = e.Personal(salt=dossier.salt, items=(line.document.name,), file_key=scan.key)
        with self._store.journal.deed(now) as writing:
            event = writing.append(body, thing=name, by=officer.login, at=now, personal=personal)
            self._attachments.expect(scan.file, event, scan.size)
            if instead:
                writing.append(instead, thing=name, by=officer.login, at=now)
        self._attachments.files.tied(scan.file)
        return event

    def _dossier(self, name: e.EventName) -> Dossier:
        return self._folded(name).arrived("mở lại")

    def _folded(self, name: e.EventName) -> Folded:
        folded = self._store.dossiers.opened(name)
        if not folded.arrived("mở lại").salt:
            raise Refused("Thông tin cá nhân của hồ sơ này đã được xóa; không số hóa thêm.")
        return folded

    def _line(self, folded: Folded, dossier: Dossier, number: int) -> Line:
        found = next((one for one in _lines(folded, dossier) if one.number == number), None)
        if found is None:
            raise BadInput(
                f"Hồ sơ có {len(dossier.documents)} thành phần; không có thành phần số {number}.",
                "document",
            )
        return found

    def _is_same(self, known: Attachment, scan: Scan) -> bool:
        if known.file == scan.file:
            return True
        if known.size != scan.size:
            return False
        files = self._attachments.files
        before, now = files.read(known.file), files.read(scan.file)
        if before is None or now is None:
            return False
        return opened(before, known.key) == opened(now, scan.key)


def _lines(folded: Folded, dossier: Dossier) -> tuple[Line, ...]:
    blank = blank_line(folded)
    return (*((blank,) if blank else ()), *lines(dossier))
