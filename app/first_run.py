"""Makes the first counter of this PC for the window that asks about it, and does what follows."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.counter import CodePaper, Counter, open_counter
from app.founding import found
from app.models.exchange.talk import Heard
from app.models.unit.founding import Founding
from app.safekeeping import Safekeeping
from app.settings import Places
from app.sync import enrol_by_file
from app.sync.enrol_by_file import Joined
from app.sync.reached import Do, stepping
from app.sync.second_copy import SecondCopy, same_disk
from app.upstream import join, join_by_file

SAME_DISK = "Thư mục này cùng ổ với dữ liệu: ổ hỏng thì mất cả hai. Đổi sang USB ở F8."


class NewCounter:
    """One counter; before `found` there is nothing, and afterwards everything else can wait."""

    def __init__(self, places: Places, do: Do, now: Callable[[], datetime]) -> None:
        """`do` does work at the desk for another lane."""
        self._places, self._do, self._now = places, do, now
        self._counter: Counter | None = None

    def found(self, said: Founding) -> None:
        """Make it, and open it as its first officer. Raises `Refused`."""
        found(self._places, said, self._now)
        first = said.officers[0]
        self._counter = open_counter(self._places, first.login, first.password, self._now)

    def join(self, url: str, code: str) -> str:
        """Enrol it; the unit as the server calls it. Raises `Refused`."""
        return join(self._open.desk.store, url, code, self._do).unit_name

    def check_request(self, url: str, code: str) -> None:
        """Raise `BadInput` for what no request of enrolment can be made of."""
        enrol_by_file.check_request(url, code)

    def write_request(self, file: Path, url: str, code: str) -> None:
        """Ask to be enrolled, in a file that somebody carries. Raises `Refused`."""
        enrol_by_file.write_request(self._open.desk.store, file, url, code, self._do)

    def read_answer(self, file: Path, url: str, step: Callable[[], None], heard: Heard) -> Joined:
        """Enrol it by the file that came back. Raises `Refused`; `step` before each slice."""
        store, do = self._open.desk.store, stepping(self._do, step)
        return join_by_file(store, file, self._now(), do, heard, url)

    def keep_copy(self, folder: Path) -> str:
        """Keep a second copy there from now on; what came of it. Raises `Refused`."""
        second = SecondCopy(self._open.desk.store.beside())
        try:
            state = second.set(folder)
        finally:
            second.close()
        is_near = state.copied and same_disk(folder, self._places.data)
        return f"{state.sentence} {SAME_DISK}" if is_near else state.sentence

    def draw_code(self) -> CodePaper:
        """A recovery code on its paper, which opens nothing until it is kept."""
        return self._safe.draw_code()

    def keep_code(self, paper: CodePaper) -> None:
        """From now on it opens every backup."""
        self._safe.keep_code(paper)

    def close(self) -> None:
        """Let go of the data; at the desk."""
        if self._counter is not None:
            self._counter.desk.store.close()

    @property
    def _open(self) -> Counter:
        assert self._counter is not None, "nothing follows what wasn't founded"
        return self._counter

    @property
    def _safe(self) -> Safekeeping:
        counter = self._open
        unit = self._do(counter.desk.store.standing.unit).name
        return Safekeeping(counter, unit, self._now)
