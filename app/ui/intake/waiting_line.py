"""One line beside the filer's name: what waits for them, or that a card can be scanned."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.models.dossiers.lifecycle import Status
from app.store.reading.dossiers import DossierRow
from app.ui.look.theme import Measure, Space, Tone, Type
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.fields import written_day
from app.ui.widgets.parts import Badge, Keycap, Pill, Words, row

RETURN_KEY = "F4"
SCAN = "Quét căn cước bất cứ lúc nào"


class Waiting(QWidget):
    """What waits for this person; while nothing is known of it, that a card can be scanned."""

    return_now = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = False
        self._ready = Pill("", Tone.DONE, "package-check")
        self._count = self._ready.findChild(Words)
        self._about = Words("", Type.SMALL, Tone.QUIET)
        self._go = LinkButton("Trả ngay")
        self._go.setFixedHeight(Measure.ICON_RAIL)
        self._key = Keycap(RETURN_KEY)
        self._go.clicked.connect(self.return_now)
        self._scan = Badge(SCAN, Tone.QUIET, "scan-line", Type.SMALL)
        self._parts = (self._ready, self._about, self._go, self._key, self._scan)
        self._said: list[QWidget] = []
        self.setLayout(row(*self._parts))
        self.setFixedHeight(Measure.ICON_RAIL)
        self.show_rows(())

    def show_rows(self, rows: Sequence[DossierRow], old_number: str = "") -> None:
        """Show what waits among a person's dossiers, and which stands under their old number."""
        ready = [row for row in rows if row.status is Status.RESOLVED]
        lacking = [row for row in rows if row.status is Status.WAITING_SUPPLEMENT]
        self.is_ready = bool(ready)
        if self._count:
            self._count.setText(f"{len(ready)} kết quả chờ trả")
        self._about.setText(_about(ready, lacking, old_number))
        if ready:
            self._said = [part for part in self._parts if part is not self._scan]
        else:
            self._said = [self._about if lacking else self._scan]
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(_width(self._said), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_width(self._least()), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _least(self) -> list[QWidget]:
        """How many and their key; the day they came is said where there is room."""
        return [part for part in self._said if not (self.is_ready and part is self._about)]

    def _fit(self) -> None:
        shown = self._said if _width(self._said) <= self.width() else self._least()
        for part in self._parts:
            part.setVisible(part in shown)


def _width(parts: Sequence[QWidget], spacing: int = Space.WITHIN) -> int:
    return sum(part.sizeHint().width() + spacing for part in parts) - spacing


def _about(ready: Sequence[DossierRow], lacking: Sequence[DossierRow], old_number: str) -> str:
    if not (ready or lacking):
        return ""
    first = (*ready, *lacking)[0]
    is_by_old = bool(old_number) and first.id_number == old_number
    by_old = f", CMND cũ …{old_number[-4:]}" if is_by_old else ""
    day = written_day(first.received_at.date())
    said = (
        ("nhận" if is_by_old else "hồ sơ nhận")
        if ready
        else f"{len(lacking)} hồ sơ đang chờ bổ sung, nhận"
    )
    return f"{said} {day}{by_old}"
