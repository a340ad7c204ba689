"""Follows the second copy while the window is open, in a lane of its own: no deed waits for a stick."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.store.database.telling import Tell, quiet
from app.sync.second_copy import HAS_NONE, HAS_ONE, SecondCopy, State
from app.ui.frame.frame import Light
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone

EVERY = 1000  # ms; a deed is to be copied within two seconds


class SecondCopies(QObject):
    """Looks once a second whether anything was committed, and copies it."""

    stood = Signal(object)
    """A `State`, whenever it is another one."""

    def __init__(
        self, second: Callable[[], SecondCopy], jobs: Jobs, parent: QObject | None = None
    ) -> None:
        """`second` opens the store once more; it is called in the lane that writes."""
        super().__init__(parent)
        self._open, self._jobs = second, jobs
        self._second: SecondCopy | None = None
        self._is_under_way = False
        self.state = State(copied=False, sentence="")
        """As last heard."""
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.follow)

    def begin(self) -> None:
        """From here on by itself, as long as the window is open."""
        self.follow()
        self._timer.start()

    def follow(self) -> None:
        """Copy what was committed, unless that is under way."""
        if not self._is_under_way:
            self._is_under_way = True
            self._jobs.run(Lane.COPY, self._work, self._followed)

    def keep_in(
        self, folder: Path, then: Callable[[Ok[State] | Err], None], tell: Tell = quiet
    ) -> None:
        """Keep the copy in `folder` from now on; `then` hears what came of it, `tell` how far it is."""
        self._do(lambda second: second.set(folder, tell), then)

    def forget(self, then: Callable[[Ok[State] | Err], None]) -> None:
        """Keep no copy from now on; what lies in the folder stays."""
        self._do(SecondCopy.forget, then)

    def look_again(self) -> None:
        """The ring of keys was changed: the copy is to hold it."""
        self._do(SecondCopy.look_again)

    def finish(self) -> State:
        """Copy the last deeds and let go; once the lanes are closed."""
        self._timer.stop()
        if self._second is not None:
            self.state = self._second.follow()
            self._second.close()
            self._second = None
        return self.state

    # --- inside -----------------------------------------------------------------------------------

    def _do(
        self,
        work: Callable[[SecondCopy], State],
        then: Callable[[Ok[State] | Err], None] = lambda _: None,
    ) -> None:
        def came_back(result: Ok[State] | Err) -> None:
            if isinstance(result, Ok):
                self._heed(result.value)
            then(result)

        self._jobs.run(Lane.COPY, lambda: work(self._opened()), came_back)

    def _opened(self) -> SecondCopy:
        if self._second is None:
            self._second = self._open()
        return self._second

    def _work(self) -> State:
        is_first = self._second is None
        return self._opened().follow(every=is_first)

    def _followed(self, result: Ok[State] | Err) -> None:
        self._is_under_way = False
        if isinstance(result, Ok):
            state = result.value
        else:
            state = State(copied=False, sentence=f"{HAS_NONE}. {result.error}")
        self._heed(state)

    def _heed(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.stood.emit(state)


def with_second_copy(light: Light, state: State) -> Light:
    """The frame's light, which also says whether a second copy is there; nothing when none is kept."""
    if not state.sentence:
        return light
    said = HAS_ONE if state.copied else HAS_NONE
    tone = light.tone if state.copied or light.tone is Tone.LATE else Tone.TODAY
    return replace(light, words=f"{light.words} · {said[0].lower()}{said[1:]}", tone=tone)
