"""Keeps how wide the officer made the columns of each table, from one day to the next."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.store.keeping import Keeping
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.widgets.table_view import TableView, Widths

KEPT = "widths"
RESTS = 500
"""ms a column has not been moved for, before its width is kept."""


class ColumnWidths(QObject):
    """The widths of this counter's tables, by page and table."""

    def __init__(self, keeping: Keeping, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._keeping, self._jobs = keeping, jobs
        self._widths: dict[str, Widths] = {}
        self._minded: dict[str, TableView[object]] = {}
        self._rests = QTimer(self, singleShot=True, interval=RESTS)
        self._rests.timeout.connect(self._keep)
        jobs.run(Lane.DESK, lambda: keeping.get(KEPT, "{}"), self._known)

    def mind(self, page: QWidget) -> None:
        """Give the tables of a page that was just built their widths, and hear of new ones."""
        for view in page.findChildren(TableView):
            name = f"{type(page).__name__} {view.accessibleName()}"
            self._minded[name] = view
            view.take_widths(self._widths.get(name, {}))
            view.widths_chosen.connect(partial(self._chosen, name))

    # --- inside -----------------------------------------------------------------------------------

    def _known(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            kept = msgspec.json.decode(result.value, type=dict[str, dict[str, int]])
            self._widths = {**kept, **self._widths}
            for name, view in self._minded.items():
                view.take_widths(self._widths.get(name, {}))

    def _chosen(self, name: str, widths: Widths) -> None:
        self._widths[name] = widths
        self._rests.start()

    def _keep(self) -> None:
        text = msgspec.json.encode(self._widths).decode()
        self._jobs.run(Lane.DESK, lambda: self._keeping.put(KEPT, text), lambda _: None)
