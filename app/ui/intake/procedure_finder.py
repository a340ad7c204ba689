"""Finds a procedure in the catalogue by a few letters: the line they are typed in, and what it finds."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.procedures.procedure import Procedure, rank
from app.ui.intake.procedure_list import ProcedureList
from app.ui.look.theme import Measure, Space, Tone, Type
from app.ui.widgets.fields import SearchLine
from app.ui.widgets.parts import Badge, column

MOST_FOUND = 40
LIST_HEIGHT = 5 * Measure.PRIMARY + Space.TIGHT
HINT = "Tên không dấu, hoặc mã"
NOTHING = "Không có thủ tục nào khớp. Hãy gõ ít chữ hơn, hoặc gõ mã thủ tục."


def always(_: Procedure) -> bool:
    """The whole catalogue."""
    return True


class ProcedureFinder(QWidget):
    """A heading and a list; `line` stands wherever the card's head is."""

    picked = Signal(object)
    """The `Procedure` chosen in the list."""

    def __init__(
        self,
        name: str,
        heading: Callable[[Mapping[str, int]], str],
        is_offered: Callable[[Procedure], bool] = always,
    ) -> None:
        """While no letter is typed: what stands over the list, by the usage, and what is in it."""
        super().__init__()
        self.line = SearchLine(HINT)
        self.line.setAccessibleName(name)
        self._unasked, self._is_offered = heading, is_offered
        self._procedures: Sequence[Procedure] = ()
        self._usage: Mapping[str, int] = {}
        self._asked, self._found = "", 0
        self._heading = Badge(size=Type.SMALL)
        self._heading.setFixedHeight(Space.PAGE)
        self.list = ProcedureList()
        self.setLayout(column(self._heading, self.list, spacing=Space.TIGHT))
        self.line.stepped.connect(self.list.step)
        self.list.picked.connect(self.picked)
        self.say_found()

    def offer(self, procedures: Sequence[Procedure], usage: Mapping[str, int]) -> None:
        """Find among these; `usage` by code says which are offered first."""
        self._procedures, self._usage = procedures, usage

    def named(self, code: str) -> Procedure | None:
        """The one of this code."""
        return next((each for each in self._procedures if each.code == code), None)

    def search(self, words: str) -> None:
        """Show what `words` find."""
        self._asked = words
        among = self._procedures if words else tuple(filter(self._is_offered, self._procedures))
        found = rank(among, words, self._usage)
        self._found = len(found)
        self.list.show_procedures(found[:MOST_FOUND], is_asked=bool(words))
        self.say_found()

    def pick_current(self) -> bool:
        """Pick what the arrow keys point at; False when there is nothing to pick."""
        found = self.list.current()
        if found:
            self.picked.emit(found)
        return found is not None

    def say_found(self) -> None:
        """How many were found."""
        if self._found == 0 and self._asked:
            self._heading.say(NOTHING, Tone.TODAY, "info")
        elif self._asked:
            self._heading.say(f"{self._found} thủ tục khớp", Tone.QUIET, "")
        else:
            self._heading.say(self._unasked(self._usage), Tone.QUIET, "")

    def say_wrong(self, sentence: str) -> None:
        """Say over the list that one must be chosen."""
        self._heading.say(sentence, Tone.LATE, "triangle-alert")
