"""How citizens are asked to say how it was: where, and in which words."""

from app.ui.unit.sections import Section, Standing, in_two
from app.ui.unit.words import RATING
from app.ui.widgets.parts import column


class RatingSection(Section):
    """The address on the slip, the question and its levels."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(column(in_two(self._ask(RATING)), None))

    def show_standing(self, standing: Standing) -> None:
        self._show_lines(standing.unit)

    def said(self) -> dict[str, str]:
        return {name: field.control.words() for name, field in self.fields.items()}
