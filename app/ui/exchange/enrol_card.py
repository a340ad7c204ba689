"""Enrols the counter: where the server is and the code it gave, over the line or by a file."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal

from app.models.errors import BadInput
from app.ui.exchange.address_line import URL_HINT
from app.ui.exchange.enrol_by_file import Carries, EnrolByFile
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import Card, WrappingLabel, row

CODE_HINT = "5 nhóm 4 ký tự do cấp trên cấp, dùng một lần"
WHY = (
    "Quầy này chưa nối với cấp trên. Việc ở quầy vẫn chạy đủ; hồ sơ chờ ở máy cho đến khi ghi danh."
)


class Enrols(Carries, Protocol):
    """The server, as this card needs it."""

    def join(self, url: str, code: str) -> str:
        """For the line's lane: the unit's name, once the counter is known there."""


class EnrolCard(Card):
    """Two fields and the button that enrols; below, the way without a line."""

    enrolled = Signal()
    """Over the line."""
    joined = Signal(str)
    """By a file that was brought: what came with it, in words."""

    def __init__(self, enrols: Enrols, jobs: Jobs) -> None:
        super().__init__("Ghi danh quầy với máy chủ")
        self._enrols, self._jobs = enrols, jobs
        self._is_enrolling = False
        self._url, self._code = Line(URL_HINT), Line("XXXX-XXXX-XXXX-XXXX-XXXX")
        self._url_field = Field("Địa chỉ máy chủ", self._url)
        self._code_field = Field("Mã ghi danh", self._code, hint=CODE_HINT, note_lines=2)
        self._url.returnPressed.connect(self._code.setFocus)
        self._code.returnPressed.connect(self._enrol)
        enrol = PrimaryButton("Ghi danh quầy này", "F9")
        enrol.clicked.connect(self._enrol)
        self._by_file = EnrolByFile(enrols, jobs, lambda: (self._url.words(), self._code.words()))
        self._by_file.wrong.connect(self._refused)
        self._by_file.joined.connect(self.joined)
        self.body.setSpacing(Space.BETWEEN)
        self.body.addWidget(WrappingLabel(WHY, tone=Tone.QUIET))
        self.body.addWidget(self._url_field)
        self.body.addWidget(self._code_field)
        self.body.addLayout(row(enrol, None))
        self.body.addWidget(self._by_file)

    def wait_for(self, url: str) -> None:
        """A request was written to the server there, and its answer is still to come."""
        self._by_file.wait_for(url)
        self._url.setText(self._url.words() or url)

    def begin(self) -> None:
        """Put the focus where the first thing is typed."""
        self._url.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside -----------------------------------------------------------------------------------

    def _enrol(self) -> None:
        if self._is_enrolling:
            return
        self._is_enrolling = True
        url, code = self._url.words(), self._code.words()
        self._jobs.run(Lane.LINE, lambda: self._enrols.join(url, code), self._enrolled)

    def _enrolled(self, result: Ok[str] | Err) -> None:
        self._is_enrolling = False
        if isinstance(result, Err):
            self._refused(result.error)
        else:
            self.enrolled.emit()

    def _refused(self, error: Exception) -> None:
        """Beside the field it is about."""
        is_address = isinstance(error, BadInput) and error.field == "url"
        right, wrong = self._url_field, self._code_field
        if is_address:
            right, wrong = wrong, right
        right.set_error("")
        wrong.set_error(str(error))
        wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
