"""Keeps how the officer has each table: its columns' widths and what it is sorted by."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.store.own.keeping import Keeping
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.widgets.table_view import TableView, Widths
from app.ui.widgets.tables import Sorting

KEPT, SORTED = "widths", "sorted"
RESTS = 500
"""ms a column has not been moved for, before its width is kept."""


class ColumnWidths(QObject):
    """The widths and the order of this counter's tables, by page and table."""

    def __init__(self, keeping: Keeping, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._keeping, self._jobs = keeping, jobs
        self._widths: dict[str, Widths] = {}
        self._sorted: dict[str, Sorting | None] = {}
        self._minded: dict[str, TableView[object]] = {}
        self._rests = QTimer(self, singleShot=True, interval=RESTS)
        self._rests.timeout.connect(self._keep)
        jobs.run(
            Lane.DESK, lambda: (keeping.get(KEPT, "{}"), keeping.get(SORTED, "{}")), self._known
        )

    def mind(self, page: QWidget) -> None:
        """Give the tables of a page that was just built, or has grown, their widths; hear of new ones."""
        for view in page.findChildren(TableView):
            name = f"{type(page).__name__} {view.accessibleName()}"
            if self._minded.get(name) is view:
                continue
            self._minded[name] = view
            self._give(name, view)
            view.widths_chosen.connect(partial(self._chosen, name))
            view.sorting_chosen.connect(partial(self._chosen_sorting, name))

    # --- inside -----------------------------------------------------------------------------------

    def _give(self, name: str, view: TableView[object]) -> None:
        view.take_widths(self._widths.get(name, {}))
        if name in self._sorted:
            view.take_sorting(self._sorted[name])

    def _known(self, result: Ok[tuple[str, str]] | Err) -> None:
        if isinstance(result, Ok):
            widths, sorted_ = result.value
            kept = msgspec.json.decode(widths, type=dict[str, dict[str, int]])
            self._widths = {**kept, **self._widths}
            chosen = msgspec.json.decode(sorted_, type=dict[str, Sorting | None])
            self._sorted = {**chosen, **self._sorted}
            for name, view in self._minded.items():
                self._give(name, view)

    def _chosen(self, name: str, widths: Widths) -> None:
        self._widths[name] = widths
        self._rests.start()

    def _chosen_sorting(self, name: str, sorting: Sorting | None) -> None:
        self._sorted[name] = sorting
        self._rests.start()

    def _keep(self) -> None:
        widths = msgspec.json.encode(self._widths).decode()
        sorted_ = msgspec.json.encode(self._sorted).decode()

        def put() -> None:
            self._keeping.put(KEPT, widths)
            self._keeping.put(SORTED, sorted_)

        self._jobs.run(Lane.DESK, put, lambda _: None)
