"""A PC without a counter, and what the first run does to it, written down."""

from pathlib import Path

from app.counter import CodePaper
from app.models.errors import BadInput
from app.models.exchange.messages import Taken
from app.models.exchange.talk import Heard
from app.models.unit.founding import Founding
from app.sync.carrying import Read
from app.sync.enrol_by_file import Joined
from app.ui.exchange.bundle_card import Step
from app.ui.scanning.scanner_page import Drawing

NO_DRAWING = Drawing(1.0, 0.0, [(0.0, 0.0, 1.0, 1.0)])


class NoCounter:
    """Makes nothing; `refusal` is what it answers next, once."""

    def __init__(self) -> None:
        self.refusal: BadInput | None = None
        self.made: list[Founding] = []
        self.after: list[str] = []

    def found(self, said: Founding) -> None:
        self._maybe_refuse()
        self.made.append(said)

    def join(self, url: str, code: str) -> str:
        self._maybe_refuse()
        self.after.append(f"{url} {code}")
        return "xã Khánh Hà"

    def check_request(self, url: str, code: str) -> None:
        self._maybe_refuse()

    def write_request(self, file: Path, url: str, code: str) -> None:
        self._maybe_refuse()
        self.after.append(f"{file.name} {url} {code}")

    def read_answer(self, file: Path, url: str, step: Step, heard: Heard) -> Joined:
        self._maybe_refuse()
        return Joined("xã Khánh Hà", "https://motcua.gov.vn", Read("server", Taken(4000), 0, 0))

    def keep_copy(self, folder: Path) -> str:
        self._maybe_refuse()
        self.after.append(str(folder))
        return "Đã có bản thứ hai."

    def draw_code(self) -> CodePaper:
        raise BadInput("Chưa lập được mã.")

    def keep_code(self, paper: CodePaper) -> None:
        raise NotImplementedError

    def _maybe_refuse(self) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal:
            raise refusal
