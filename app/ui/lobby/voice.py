"""Calls a number aloud where this PC has a Vietnamese voice, else by a chime; harmless without sound.

The voice is eSpeak NG's, a program of its own. Of numbers it is told only what is on the screen.
"""

import shutil
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

SPEAKER = "espeak-ng"
AT_MOST = 500  # ms until a program that was killed is gone
SLOWLY = ("-v", "vi", "-s", "135")
"""In Vietnamese, so many words a minute."""


def speaker() -> str:
    """Where the speaker lies on this PC; "" when there is none."""
    return shutil.which(SPEAKER) or ""


class Voice(QObject):
    """One sentence at a time; of those called meanwhile only the last is said."""

    def __init__(
        self, program: str, parent: QObject, chime: Callable[[], None] = QApplication.beep
    ) -> None:
        super().__init__(parent)
        self._chime, self._speaker, self._next = chime, program, ""
        self._process = QProcess(self)
        self._process.finished.connect(self._go_on)
        self._process.errorOccurred.connect(self._fall_silent)
        self.is_on = True

    def use(self, program: str) -> None:
        """Speak by this program; "" is none."""
        self._speaker = program

    def say(self, words: str) -> None:
        """Say `words`, or let it chime where nobody can."""
        if not self.is_on:
            return
        if not self._speaker:
            self._chime()
        elif self._process.state() is not QProcess.ProcessState.NotRunning:
            self._next = words
        else:
            self._process.start(self._speaker, [*SLOWLY, words])

    def stop(self) -> None:
        """Fall silent at once."""
        self._next = ""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(AT_MOST)

    def _go_on(self) -> None:
        words, self._next = self._next, ""
        if words:
            self.say(words)

    def _fall_silent(self, error: QProcess.ProcessError) -> None:
        """It can't be started: from now on it chimes."""
        if error is QProcess.ProcessError.FailedToStart:
            self._speaker = ""
            self._chime()
