"""How the window looks, chosen by the officer: light, dark or high contrast, and the size of its letters."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from app.store.own.keeping import Keeping
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.text_size import SIZES, TextSize
from app.ui.look.theme import LOOKS, Tone, wear
from app.ui.widgets.page import Command

KEPT_AS = "look"
USUAL = "light"  # which the door wears

Tell = Callable[[str, Tone], None]


class Looks:
    """Wears what was kept, and offers the others; `reopen` opens the program again, in another size."""

    def __init__(
        self,
        app: QApplication,
        keeping: Keeping,
        jobs: Jobs,
        text_size: TextSize | None,
        reopen: Callable[[], None],
        tell: Tell,
    ) -> None:
        self._app, self._keeping, self._jobs, self._text_size = app, keeping, jobs, text_size
        self._open_anew, self._tell = reopen, tell
        jobs.run(Lane.DESK, lambda: keeping.get(KEPT_AS, USUAL), self._wear_if_other)

    def commands(self) -> list[Command]:
        """A command a look, and a size that isn't worn."""
        kept = self._text_size.kept() if self._text_size else ""
        return [
            *(
                Command(title, "", partial(self._choose, name))
                for name, (title, _) in LOOKS.items()
            ),
            *(
                Command(f"{title} (mở lại chương trình)", "", partial(self._choose_size, name))
                for name, (title, _) in SIZES.items()
                if kept not in ("", name)
            ),
        ]

    def _choose(self, name: str) -> None:
        def work() -> str:
            self._keeping.put(KEPT_AS, name)
            return name

        self._jobs.run(Lane.DESK, work, self._wear)

    def _wear(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            _, palette = LOOKS.get(result.value, LOOKS[USUAL])
            wear(self._app, palette)

    def _wear_if_other(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok) and result.value != USUAL:
            self._wear(result)

    def _choose_size(self, name: str) -> None:
        assert self._text_size is not None
        keep = self._text_size.keep
        self._jobs.run(Lane.DESK, lambda: keep(name), self._reopen)

    def _reopen(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Ok):
            self._open_anew()
        else:
            self._tell(str(result.error), Tone.LATE)
