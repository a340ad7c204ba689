"""A card of the exchange's page that lists things of dossiers, out of sight while there are none."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from PySide6.QtCore import Signal

from app.models.events.event import EventName
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Badge, Card, WrappingLabel
from app.ui.widgets.rows import Row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Column, Table

MOST = 4  # rows in sight
CODE_WIDTH = 204
ONE_LINE, TWO_LINES = Measure.ROW, Measure.ROW + Space.PADDING


class ListCard(Card, Generic[Row]):
    """By arrows; Enter opens the dossier of a row, where it has one."""

    opened = Signal(object)
    """The `EventName` of a dossier."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        dossier: Callable[[Row], EventName | None],
        most: int = MOST,
        fewest: int = 0,
        row_height: int = ONE_LINE,
    ) -> None:
        """It has room for `fewest` to `most` rows of `row_height` px, as many as there are."""
        self._count = Badge()
        super().__init__(title, self._count)
        self._title, self._columns, self._key, self._dossier = title, columns, key, dossier
        self._most, self._fewest, self._row_height = most, fewest, row_height
        self._advice = WrappingLabel(tone=Tone.QUIET)
        self.body.addWidget(self._advice)
        self.hide()

    def show_rows(
        self, rows: Sequence[Row], count: str, tone: Tone, icon: str, advice: str = ""
    ) -> None:
        """List `rows`: their count in words beside the title, above them what can be done."""
        if rows:
            self._count.say(count, tone, icon)
            self._advice.setText(advice)
            self._advice.setVisible(bool(advice))
            self._table.show_rows(rows)
            shown = max(self._fewest, min(len(rows), self._most))
            self._table.setFixedHeight(Measure.ROW + Space.WITHIN + shown * self._row_height)
        self.setVisible(bool(rows))

    @Later
    def _table(self) -> TableView[Row]:
        table = TableView(Table(self._columns, self._key))
        table.setAccessibleName(self._title)
        table.opened.connect(self._open)
        self.body.addWidget(table)
        return table

    def _open(self, row: Row) -> None:
        if (dossier := self._dossier(row)) is not None:
            self.opened.emit(dossier)
