"""Rings at the window that is open on the same data already, instead of a second one being opened."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QThread, Signal

PATIENCE, STEP = 30_000, 20
"""ms for whoever is inside to hear it, and between two looks: an old PC is still opening by the second click."""


class Bell(QObject):
    """A file in `folder` that a newcomer puts there, and who was first takes away.

    Qt's local sockets would load its whole network, which nothing else needs at a counter alone.
    """

    rung = Signal()
    """Somebody wanted the same data: come forward."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._ring = folder / "ring"
        self._lock = QLockFile(str(folder / "lock"))
        self._lock.setStaleLockTime(0)  # it lasts as long as its process
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self._listen)

    def is_answered(self) -> bool:
        """Whether somebody was here first, and comes forward; else whoever comes next is heard here."""
        if self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError:
            self._ring.unlink(missing_ok=True)
            return False
        self._ring.touch()
        for _ in range(PATIENCE // STEP):
            if not self._ring.exists():
                return True
            QThread.msleep(STEP)
        # the window was killed, and another program has its number by now
        self._ring.unlink(missing_ok=True)
        self._lock.removeStaleLockFile()
        self._lock.tryLock(0)
        return False

    def close(self) -> None:
        """Hear nobody any more."""
        self._watcher.directoryChanged.disconnect(self._listen)
        self._lock.unlock()

    def _listen(self) -> None:
        if self._lock.isLocked() and self._ring.exists():
            self._ring.unlink(missing_ok=True)
            self.rung.emit()
