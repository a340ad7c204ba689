"""Scanning as the window needs it: folder, flatbed, pictures, and the server's lane of files.

Heavy to load; the window asks for it in the lane that needs it first.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from app.desk.deeds.digitising import Scan
from app.desk.desk import Desk
from app.models.dossiers.dossier import Attachment
from app.models.exchange.file_talk import Going
from app.printing.graphics.raster import Picture, page_count, pictures
from app.scanning import folder, scanners
from app.scanning.folder import Seen
from app.scanning.pages import one_pdf
from app.scanning.scanners import Scanner, Tell
from app.sync.reached import Do
from app.upstream import bring_file, carry_files

SCREEN_DPI = 96
MOST_SHOWN = 20  # pages on screen
GLASS = "glass"
"""The folder of the pages that were scanned and belong to nothing yet."""


class Scans:
    """One counter's; `do` runs work at the desk."""

    def __init__(self, desk: Desk, do: Do) -> None:
        self._desk, self._do = desk, do
        # beside the data, in clear until they are tied; what a crash left goes at the next start
        self._glass = desk.store.database.path.with_name(GLASS)
        self._pages = 0
        self.close()
        self._glass.mkdir(mode=0o700)
        desk.digitising.clear_up()

    def close(self) -> None:
        """Leave nothing in clear."""
        shutil.rmtree(self._glass, ignore_errors=True)

    # --- where scans come from --------------------------------------------------------------------

    def look(self, watched: str) -> dict[Path, Seen]:
        """The pages of the flatbed, then what lies in the folder. Raises `BadInput`."""
        scanned = folder.look(self._glass)
        return scanned | (folder.look(Path(watched)) if watched else {})

    def scanners(self) -> list[Scanner]:
        """The flatbeds there are. Raises `Refused`."""
        return scanners.find()

    def scan(self, device: str, tell: Tell) -> Path:
        """One page from the glass. Raises `Refused`."""
        self._pages += 1
        page = self._glass / f"Trang {self._pages}.png"
        growing = page.with_suffix(".tmp")
        scanners.scan(device, growing, tell)
        return growing.replace(page)

    def forget(self, files: Sequence[Path]) -> None:
        """Remove files that were taken in: a paper in clear has no business outside."""
        for file in files:
            with suppress(OSError):  # the next look shows that it is still there
                file.unlink()

    # --- what is made of them ---------------------------------------------------------------------

    def made(self, files: Sequence[Path], tell: Tell) -> Scan:
        """One sealed file of these. Raises `BadInput`, `StorageFailed`."""
        pdf, pages = one_pdf(files, tell)
        return self._desk.digitising.seal(pdf, pages)

    def abandon(self, scan: Scan) -> None:
        """Remove a sealed file that belongs to nothing and never will."""
        self._do(lambda: self._desk.digitising.abandon(scan))

    def shown(self, attachment: Attachment) -> tuple[bytes, int, list[Picture]]:
        """A scan, how many pages it has, and the first of them as pictures. Raises `Refused`."""
        pdf = self._desk.digitising.open(attachment)
        return pdf, page_count(pdf), pictures(pdf, SCREEN_DPI, MOST_SHOWN)

    # --- the server -------------------------------------------------------------------------------

    def bring(self, attachment: Attachment) -> Iterator[Going]:
        """Fetch a scan, a step for each part. Raises `Refused`."""
        desk = self._desk
        return bring_file(desk.store, attachment.file, attachment.size, desk.clock, self._do)

    def carry(self) -> Iterator[Going]:
        """Send what the server lacks, a step for each part. Raises `Refused`."""
        return carry_files(self._desk.store, self._desk.clock, self._do)
