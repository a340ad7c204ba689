"""Watches where scans come from while somebody looks: the scanner's folder, and the flatbed's pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.deeds.digitising import Scan
from app.models.dossiers.dossier import Attachment
from app.models.exchange.file_talk import Going
from app.printing.graphics.raster import Picture
from app.scanning.folder import Seen, whole
from app.scanning.sane import Scanner, Tell
from app.store.own.keeping import Keeping
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.scanning.lines import Waiting

EVERY = 1000  # ms between two looks
KEPT = "scan_folder"  # the setting that names the watched folder


class Scans(Protocol):
    """Scanning, as the window needs it; slow, for the lanes SCAN and LINE."""

    def look(self, watched: str) -> dict[Path, Seen]: ...

    def scanners(self) -> list[Scanner]: ...

    def scan(self, device: str, tell: Tell) -> Path: ...

    def forget(self, files: Sequence[Path]) -> None: ...

    def made(self, files: Sequence[Path], tell: Tell) -> Scan: ...

    def abandon(self, scan: Scan) -> None: ...

    def shown(self, attachment: Attachment) -> tuple[bytes, int, list[Picture]]: ...

    def bring(self, attachment: Attachment) -> Iterator[Going]: ...

    def carry(self) -> Iterator[Going]: ...


Open = Callable[[], Scans]
"""Gives the one `Scans` there is, made by the first lane that asks."""


class ScanSources(QObject):
    """The files that wait, told again whenever they are others."""

    changed = Signal()

    def __init__(
        self, scans: Open, keeping: Keeping, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scans, self._keeping, self._jobs = scans, keeping, jobs
        self._seen: Mapping[Path, Seen] = {}
        self._is_looking = False
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self.folder = ""
        self.waiting: tuple[Waiting, ...] = ()
        self.trouble = ""
        """Why the folder can't be read; "" while it can."""

    def begin(self) -> None:
        """Look from now on, at the folder that was chosen once."""
        self._timer.start()
        self._jobs.run(Lane.DESK, lambda: self._keeping.get(KEPT), self._known)

    def end(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()

    def choose(self, folder: str) -> None:
        """From now on this folder."""
        self._jobs.run(Lane.DESK, partial(self._keeping.put, KEPT, folder), lambda _: None)
        self._seen = {}
        self._heed(folder)

    def look(self) -> None:
        """Look once; what didn't change since the last look is whole."""
        if not self._is_looking:
            self._is_looking = True
            self._jobs.run(Lane.SCAN, lambda: self._scans().look(self.folder), self._looked)

    # --- inside -----------------------------------------------------------------------------------

    def _known(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            self._heed(result.value)

    def _heed(self, folder: str) -> None:
        self.folder = folder
        self.changed.emit()
        self.look()

    def _looked(self, result: Ok[dict[Path, Seen]] | Err) -> None:
        self._is_looking = False
        trouble = str(result.error) if isinstance(result, Err) else ""
        seen = result.value if isinstance(result, Ok) else {}
        found = tuple(Waiting(path, seen[path].size) for path in whole(self._seen, seen))
        self._seen = seen
        if (found, trouble) != (self.waiting, self.trouble):
            self.waiting, self.trouble = found, trouble
            self.changed.emit()
