"""What the search at the top finds, as it is typed."""

from PySide6.QtCore import Qt, Signal

from app.desk.desk import Desk
from app.desk.looking.lookup import BoardLine
from app.models.unit.officer import Officer
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import found_columns, short_code
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import ENTER, QuietButton
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import EmptyState, Words, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Table

MOST = 30  # two screens; each more costs time with every key


class SearchPage(WorkPage):
    """Kết quả tìm."""

    title = "Kết quả tìm"
    taken_in = Signal(str)
    """The card, as it was scanned, of somebody who is not known yet and is to be received."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._finding = Latest(jobs, self._show, self)
        self._opens_next, self._card = False, ""
        self._words, self._is_new = "", False
        self._take_in = QuietButton("Tiếp nhận người này", ENTER)
        self._take_in.clicked.connect(self.open_current)
        self._take_in.hide()
        title = Words(self.title, Type.TITLE, weight=Weight.STRONG)
        self._count = Words(tone=Tone.QUIET)
        self._view = TableView(
            Table(found_columns(desk.clock), lambda line: line.row.name),
            _nothing_found(self._take_in),
        )
        self._view.setAccessibleName("Hồ sơ tìm thấy")
        self._code = Words(weight=Weight.STRONG, figures=True)
        self._who = Words()
        self._open = QuietButton("Mở", ENTER)
        self._open.clicked.connect(self.open_current)
        self._view.opened.connect(lambda line: self.opened.emit(line.row.name))
        self._view.moved.connect(self._say_current)
        layout = column(
            row(title, Space.WITHIN, self._count, None),
            self._view,
            row(self._code, self._who, None, self._open),
            spacing=Space.BETWEEN,
        )
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def entered(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._finding.busy:  # else what was just typed is being looked for
            self.refresh()

    def refresh(self) -> None:
        """Look again at what is found; a page out of sight looks when it comes into sight."""
        if self._words and self.isVisible():
            self._find()

    def ask(self, words: str, card: str = "") -> None:
        """Find dossiers by `words`; while one search runs, only the latest words wait.

        `card` is what was scanned, if the words came from one: an unknown bearer can be received.
        """
        self._opens_next, self._card = False, card
        self._words, self._is_new = words, True
        self._take_in.hide()
        self._find()

    def step(self, by: int) -> None:
        """Move in the list by the arrow keys of the search field: +1 down, −1 up."""
        last = self._view.table.rowCount() - 1
        self._view.selectRow(max(0, min(last, self._view.currentIndex().row() + by)))

    def open_current(self) -> None:
        """Open the dossier the list stands at, once what was typed has been found; or receive whose
        card found nothing."""
        if self._finding.busy:
            self._opens_next = True
        elif line := self._view.current():
            self.opened.emit(line.row.name)
        elif self._take_in.isVisibleTo(self):
            self.taken_in.emit(self._card)

    def _find(self) -> None:
        words = self._words
        self._finding.ask(lambda: self._desk.lookup.find(words, MOST))

    def _show(self, result: Ok[list[BoardLine]] | Err) -> None:
        lines = result.value if isinstance(result, Ok) else []
        self._count.setText(str(result.error) if isinstance(result, Err) else _counted(len(lines)))
        self._view.show_rows(lines)
        if self._is_new:
            self._view.selectRow(0)
        self._is_new = False
        self._take_in.setVisible(bool(self._card) and isinstance(result, Ok) and not lines)
        if self._opens_next and lines:  # an Enter before the answer opens what is found, no more
            self.open_current()
        self._opens_next = False

    def _say_current(self, line: BoardLine | None) -> None:
        self._code.setText(short_code(line.row.code) if line else "")
        self._who.setText(line.row.applicant if line else "")
        self._open.setEnabled(line is not None)


def _counted(found: int) -> str:
    if found < MOST:
        return f"{found} hồ sơ, mới nhất trước"
    return f"{MOST} hồ sơ mới nhất; gõ thêm chữ để thu hẹp"


def _nothing_found(take_in: QuietButton) -> EmptyState:
    return EmptyState(
        "search",
        "Không thấy hồ sơ nào.",
        "Thử gõ ít chữ hơn, bỏ dấu, hoặc chỉ vài số cuối của mã hồ sơ.",
        take_in,
    )
