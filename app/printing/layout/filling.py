"""Fills a form's texts with a dossier's values: runs of letters ready to be broken into lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.printing.forms.form import Condition, Span, Template
from app.printing.forms.variables import REGISTRY, Kind, Rows, Variable
from app.printing.forms.wording import rows, said
from app.printing.graphics.fonts import REGULAR, face
from app.printing.graphics.text import WHOLE, Line, Notch, Run, break_lines, width
from app.printing.paper import Type

DOTS = "…………"
"""Where a blank is filled in by hand."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Values by the variables they belong to."""

    values: Mapping[str, object]
    variables: Mapping[str, Variable | Rows] = field(default_factory=lambda: REGISTRY)

    def runs(self, text: Template) -> tuple[Run, ...]:
        """`text` with its values; KeyError when one is absent.

        A blank text after a label becomes dots; one that stands alone leaves white space.
        """
        blank = DOTS if any(span.text.strip() for span in text) else ""
        return tuple(self._run(span, blank) for span in text)

    def _run(self, span: Span, blank: str) -> Run:
        """Literal letters or a value in the span's face; dots in the ordinary one."""
        if not span.variable:
            return Run(span.text, face(span.bold, span.italic))
        words = self._said(span.variable, span.shape, blank)
        dotted = bool(blank) and words == blank
        return Run(words, REGULAR if dotted else face(span.bold, span.italic))

    def lines(self, text: Template, type_: Type, room: float, notch: Notch = WHOLE) -> list[Line]:
        """`text` broken to `room`; dots at its end run on to the right edge."""
        runs = self.runs(text)
        while runs and not runs[-1].text.strip():
            runs = runs[:-1]
        lines = break_lines(runs, type_.size, room, notch)
        if runs and runs[-1].text == DOTS:
            dot = Run("…", runs[-1].face)
            spare = notch.room(len(lines) - 1, room) - width(lines[-1], type_.size)
            more = int(spare / width((dot,), type_.size))
            lines[-1] = (*lines[-1], Run(dot.text * more, dot.face))
        return lines

    def words(self, variable: str) -> str:
        """What `variable` alone would print; "" when it is blank."""
        return self._said(variable, "", "")

    def holds(self, when: Condition) -> bool:
        """Whether a block under this condition is printed."""
        return not when.variable or self._has(when.variable) != when.unless

    def entries(self, variable: str) -> list[dict[str, object]]:
        """The rows of a list, each with its ordinal."""
        return [{**row, "ordinal": i} for i, row in enumerate(rows(self.values, variable), 1)]

    def _has(self, name: str) -> bool:
        if isinstance(self.variables[name], Rows):
            return bool(rows(self.values, name))
        return self.values[name] is not None and bool(self.words(name))

    def _said(self, name: str, shape: str, blank: str) -> str:
        variable = self.variables[name]
        if isinstance(variable, Rows):
            raise TypeError(f"{name} is a list; a table prints it")
        words = said(variable, self.values[name], shape)
        return words or (blank if variable.kind is Kind.TEXT else "")
