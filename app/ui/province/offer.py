"""How many dossiers the province's system still lacks: said on the board, a key away."""

from app.desk.desk import Desk
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.papers.offers import Offer

PROVINCE_KEY = "Ctrl+Shift+N"


class ProvinceOffer(Offer):
    """Out of sight while it lacks none, and where the unit uses no such system."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__("Nhập", PROVINCE_KEY, "send")
        self._desk = desk
        self._looking: Latest[int] = Latest(jobs, self._show, self)

    def look(self) -> None:
        """Count them anew."""
        self._looking.ask(self._desk.province.to_enter)

    def _show(self, result: Ok[int] | Err) -> None:
        if isinstance(result, Ok):
            self.say(f"Chưa nhập lên hệ thống tỉnh: {result.value}" if result.value else "")
