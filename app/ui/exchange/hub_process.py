"""Runs this PC's hub beside the window, as a process of its own, for as long as one is wanted here.

It is begun again with the program and after a crash, and ended with the program: the end of its stdin,
which also a killed program leaves behind, ends it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil
from random import random
from time import monotonic

from PySide6.QtCore import QByteArray, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.sync.hub_place import HubPlace, HubStanding, environment, heard, sentence_of
from app.sync.pace import Pace

LOOK_EVERY = 5000  # ms between two looks whether the command line wants it otherwise
LONGEST = 60.0  # seconds at most until a hub that ended is begun again
PATIENCE = 3000  # ms a hub has to end by itself
MOST_WORDS = 2000  # characters of what it says of its end
NO_PROGRAM = "Không chạy được chương trình của trạm trung chuyển. Hãy cài lại Một Cửa."


class State(StrEnum):
    """Of the hub here."""

    OFF = "off"
    BEGINNING = "beginning"
    RUNNING = "running"
    FAILED = "failed"
    """It is wanted and doesn't run; it is tried again."""


@dataclass(frozen=True)
class Hub:
    """How it is: `address` and `since` while it runs, `sentence` why it doesn't."""

    state: State = State.OFF
    address: str = ""
    since: datetime | None = None
    standing: HubStanding | None = None
    sentence: str = ""


class HubProcess(QObject):
    """At most one, begun here and ended here; `seconds` is a clock that never jumps."""

    stood = Signal()
    """It is otherwise than before: see `hub`."""
    joined = Signal(str)
    """Whether a code was taken: "" when it was, else the sentence."""

    def __init__(
        self, place: HubPlace, now: Callable[[], datetime],
        seconds: Callable[[], float] = monotonic,
        chance: Callable[[], float] = random,  # noqa: S311  # no secret
    ) -> None:  # fmt: skip
        super().__init__()
        self.place, self.hub = place, Hub()
        self._now, self._seconds, self._chance = now, seconds, chance
        self._pace = Pace()
        self._runs: QProcess | None = None
        self._joins: QProcess | None = None
        self._words = ""
        self._is_closed = False
        self._looking = QTimer(self, interval=LOOK_EVERY)
        self._looking.timeout.connect(self.look)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.look)

    def begin(self) -> None:
        """From here on: run it while it is wanted."""
        self._looking.start()
        self.look()

    def look(self) -> None:
        """Begin it if it is wanted and doesn't run; end it if it isn't wanted any more."""
        if self._is_closed:
            return
        listen = self.place.wanted()
        if listen is None:
            self._end()
        elif self._runs is None and not self._pace.wait(self._seconds()):
            self._begin(listen)

    def want(self) -> None:
        """Begin it at once, and whenever the program begins. Raises `Refused`."""
        self.place.want()
        self._pace = Pace()
        self.look()

    def leave(self) -> None:
        """End it; it isn't begun again."""
        self.place.leave()
        self.look()

    def join(self, url: str, unit: str, code: str) -> None:
        """Make it known to the server at `url` by a one-time code; `joined` says what came of it."""
        if self._joins is not None:
            return
        process = self._process("hub", "join", url, unit)
        process.finished.connect(self._has_joined)
        process.errorOccurred.connect(self._has_not_joined)
        self._joins = process
        process.start()
        process.write(f"{code}\n".encode())
        process.closeWriteChannel()

    def close(self) -> None:
        """End it with the program, and wait for its end."""
        self._is_closed = True
        self._looking.stop()
        self._again.stop()
        for process in (self._runs, self._joins):
            if process is not None:
                process.blockSignals(True)
                process.closeWriteChannel()
                if not process.waitForFinished(PATIENCE):
                    process.kill()
                    process.waitForFinished(PATIENCE)
        self._runs = self._joins = None

    # --- inside -----------------------------------------------------------------------------------

    def _begin(self, listen: str) -> None:
        process = self._process("serve", "--tied", *(["--listen", listen] if listen else []))
        process.readyReadStandardOutput.connect(self._hear)
        process.readyReadStandardError.connect(self._note)
        process.finished.connect(self._has_ended)
        process.errorOccurred.connect(self._has_not_begun)
        self._runs, self._words = process, ""
        self._stand(Hub(State.BEGINNING))
        process.start()

    def _process(self, *words: str) -> QProcess:
        process = QProcess(self)
        program, *arguments = self.place.words(*words)
        process.setProgram(program)
        process.setArguments(arguments)
        process.setProcessEnvironment(_qt(environment()))
        return process

    def _end(self) -> None:
        if self._runs is None:
            self._again.stop()
            if self.hub.state is not State.OFF:
                self._stand(Hub())
            return
        self._runs.closeWriteChannel()
        QTimer.singleShot(PATIENCE, self._runs, self._runs.kill)

    def _hear(self) -> None:
        process = self._runs
        while process is not None and process.canReadLine():
            said = heard(bytes(process.readLine().data()))
            if said.address:
                self._stand(Hub(State.RUNNING, said.address, self._now()))
            if said.standing:
                self._pace = Pace()
                self._stand(replace(self.hub, standing=said.standing))

    def _note(self) -> None:
        if self._runs is not None:
            said = _text(self._runs.readAllStandardError())
            self._words = (self._words + said)[-MOST_WORDS:]

    def _has_ended(self, status: int) -> None:
        self._note()
        self._forget()
        if self.place.wanted() is None:
            self._stand(Hub())
        else:
            self._try_again(sentence_of(self._words, status))

    def _has_not_begun(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self._try_again(NO_PROGRAM)

    def _forget(self) -> None:
        if self._runs is not None:
            self._runs.deleteLater()
        self._runs = None

    def _try_again(self, sentence: str) -> None:
        now = self._seconds()
        self._pace = self._pace.failed(now, self._chance(), LONGEST)
        self._again.start(ceil(self._pace.wait(now) * 1000))
        self._stand(Hub(State.FAILED, sentence=sentence))

    def _has_joined(self, status: int) -> None:
        if self._joins is not None:
            words = _text(self._joins.readAllStandardError())
            self._answer("" if status == 0 else sentence_of(words, status))

    def _has_not_joined(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._answer(NO_PROGRAM)

    def _answer(self, sentence: str) -> None:
        if self._joins is not None:
            self._joins.deleteLater()
        self._joins = None
        self.joined.emit(sentence)

    def _stand(self, hub: Hub) -> None:
        if hub != self.hub:
            self.hub = hub
            self.stood.emit()


def _text(said: QByteArray) -> str:
    return bytes(said.data()).decode(errors="replace")


def _qt(environment: Mapping[str, str]) -> QProcessEnvironment:
    made = QProcessEnvironment()
    for name, value in environment.items():
        made.insert(name, value)
    return made
