"""Which door stands: the counter's own, or that of the commune to practise on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QWidget

from app.models.errors import Refused
from app.settings import Places
from app.ui.doors.door_page import DoorPage
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.widgets.room import on_screen

if TYPE_CHECKING:
    from app.ui.window import Window

Tell = Callable[[int, int], None]

SIZE = (720, 560)  # px of a door


class Practice(Protocol):
    """The commune to practise on, beside the counter of `places`; see `app.demo.practice`."""

    def names(self) -> Mapping[str, str]:
        """Whom one can be there, by login."""

    def make(self, places: Places, now: datetime, tell: Tell) -> None: ...

    def throw_away(self, places: Places) -> None: ...


class Sitting(Protocol):
    """What is behind a door, as `app.main.Session` has it."""

    opened: Any
    """A signal: the `Window`, once somebody came in."""

    @property
    def door(self) -> DoorPage: ...

    @property
    def window(self) -> "Window | None": ...

    @property
    def reopens(self) -> bool: ...

    @property
    def restores(self) -> bool:
        """Whether it opens again where a backup takes the place of the data."""

    def close(self) -> None: ...


class Doors(QObject):
    """One door at a time; what was behind the one before is closed."""

    opened = Signal(object)
    """The `Window`, once somebody came in."""

    def __init__(
        self,
        places: Places,
        sit: Callable[[Places, Mapping[str, str] | None], Sitting],
        practice: Practice | None,
        jobs: Jobs,
        now: Callable[[], datetime],
        restoring: Callable[[Places], Sitting] | None = None,
        *,
        restores_first: bool = False,
    ) -> None:
        """`sit` builds what is behind a door; where that is practice, it is told who is there.

        `restoring` is where a backup takes the place of the data; `restores_first`: begin there.
        """
        super().__init__()
        self._places, self._sit, self._practice = places, sit, practice
        self._jobs, self._now, self._restoring = jobs, now, restoring
        self._was_stopped = False
        self._left: list[Sitting] = []
        first = restoring if restores_first else None
        self.sitting = self._put(first(places)) if first else self._stand(None)

    def front(self) -> QWidget:
        """The window that comes forward when the program is started again."""
        return self.sitting.window or self.sitting.door

    def close(self) -> None:
        """Close what is behind the door."""
        self._was_stopped = True
        self._jobs.close()
        self.sitting.close()

    # --- inside -----------------------------------------------------------------------------------

    def _stand(self, practice: Practice | None) -> Sitting:
        if practice is None:
            sitting = self._sit(self._places, None)
        else:
            sitting = self._sit(self._places.practice, practice.names())
        return self._put(sitting)

    def _put(self, sitting: Sitting) -> Sitting:
        sitting.opened.connect(self.opened)
        self._join(sitting.door)
        door = sitting.door
        door.resize(on_screen(door, door.sizeHint().expandedTo(QSize(*SIZE))))
        door.show()
        door.entered()
        return sitting

    def _join(self, door: DoorPage) -> None:
        door.leave.connect(lambda: self._change(None))
        door.stopped.connect(self._stop)
        if restoring := self._restoring:
            door.restore.connect(lambda: self._go_to(lambda: self._put(restoring(self._places))))
        if practice := self._practice:
            door.practise.connect(lambda: self._practise(practice))
            door.begin_again.connect(lambda: self._begin_again(practice))

    def _change(self, practice: Practice | None) -> None:
        self._go_to(lambda: self._stand(practice))

    def _go_to(self, stand: Callable[[], Sitting]) -> None:
        left, self.sitting = self.sitting, stand()
        left.door.close()
        left.close()
        self._left.append(left)  # its door's button is what brought us here

    def _practise(self, practice: Practice) -> None:
        if self._places.practice.key_ring.exists():
            self._change(practice)
        else:
            self._make(practice, lambda: None)

    def _begin_again(self, practice: Practice) -> None:
        self._make(practice, lambda: practice.throw_away(self._places))

    def _make(self, practice: Practice, before: Callable[[], None]) -> None:
        self._was_stopped = False
        door = self.sitting.door
        door.show_making(0, 0)

        def show(far: tuple[int, int]) -> None:
            door.show_making(*far)

        heard = self._jobs.teller(show)

        def tell(done: int, of: int) -> None:
            if self._was_stopped:
                raise Refused("Đã thôi; chưa dựng xã tập dùng.")
            heard((done, of))

        def work() -> None:
            before()
            practice.make(self._places, self._now(), tell)

        def made(result: Ok[None] | Err) -> None:
            if isinstance(result, Ok):
                self._change(practice)
            else:
                door.ask_again(str(result.error))

        self._jobs.run(Lane.NET, work, made)

    def _stop(self) -> None:
        self._was_stopped = True
