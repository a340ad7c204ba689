"""Which of several flatbeds scans: chosen once on this counter, and shown as long as there are several."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.scanning.sane import Scanner
from app.store.own.keeping import Keeping
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone, Type
from app.ui.widgets.choices import Choice
from app.ui.widgets.parts import Words, row

KEPT = "scanner"  # the setting: what the system calls the one chosen
UNCHOSEN = "Chọn máy quét"


class ScannerChoice(QWidget):
    """Out of sight while there is one scanner, or none was looked for."""

    def __init__(self, keeping: Keeping, jobs: Jobs) -> None:
        super().__init__()
        self._keeping, self._jobs = keeping, jobs
        self._kept = ""
        self._choice = Choice[str]()
        self._choice.setAccessibleName("Máy quét")
        layout = row(Words("Máy quét", Type.SMALL, Tone.QUIET), self._choice)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._choice)
        self._choice.chosen.connect(self._keep)
        self.hide()
        jobs.run(Lane.DESK, lambda: keeping.get(KEPT), self._known)

    def heed(self, found: Sequence[Scanner]) -> Scanner | None:
        """The one to scan with; None where somebody has to choose first, which is offered now."""
        self.setVisible(len(found) > 1)
        if len(found) == 1:
            return found[0]
        self._offer(found)
        return next((scanner for scanner in found if scanner.id == self._kept), None)

    # --- inside -----------------------------------------------------------------------------------

    def _offer(self, found: Sequence[Scanner]) -> None:
        alike = Counter(scanner.name for scanner in found)
        named = [
            (one.id, one.name if alike[one.name] == 1 else f"{one.name} ({one.id})")
            for one in found
        ]
        is_kept = self._kept in {one.id for one in found}
        self._choice.blockSignals(True)
        self._choice.offer(named if is_kept else [("", UNCHOSEN), *named])
        self._choice.choose(self._kept if is_kept else "")
        self._choice.blockSignals(False)

    def _keep(self, device: str) -> None:
        self._kept = device
        self._jobs.run(Lane.DESK, partial(self._keeping.put, KEPT, device), lambda _: None)

    def _known(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            self._kept = result.value
