"""Joins with the window what scans need: the lane of files after each exchange, and its card."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.desk.deeds.digitising import Digitising
from app.models.exchange.file_talk import Going
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.words import Sent
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.stepping import Stepping

if TYPE_CHECKING:
    from app.ui.exchange.scans_card import ScansCard
    from app.ui.scanning.sources import Open


class ScansUp(QObject):
    """`scans` opens scanning for whoever needs it."""

    carried = Signal()
    """A go came to its end: files may lie elsewhere now."""

    def __init__(self, scans: "Open", exchanges: Exchanges, jobs: Jobs) -> None:
        super().__init__(exchanges)
        self.scans = scans
        self._exchanges, self._jobs = exchanges, jobs
        self._carrying = Stepping[Going](jobs, self)
        self._carrying.ended.connect(lambda _: self.carried.emit())
        exchanges.ended.connect(self._carry)

    def card(self, digitising: Digitising) -> "ScansCard":
        """For the exchange's page."""
        from app.ui.exchange.scans_card import ScansCard

        return ScansCard(digitising.only_here, self._carrying, self._jobs)

    def _carry(self, result: Ok[Sent] | Err) -> None:
        """The events went: now the scans, unless nobody is there to take them."""
        if isinstance(result, Ok) and not self._exchanges.is_near:
            self._carrying.go(lambda: self.scans().carry())
