"""The running list of an errand with its total; then what was just received, with its numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from app.desk.intake.same_day import Costed, Counted, Finished, Given
from app.models.text import money
from app.models.unit.officer import Officer
from app.ui.dossier.columns import short_code, short_procedure, spoken_due
from app.ui.dossier.facts import certified_words
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Line
from app.ui.widgets.parts import Badge, Card, Divider, EmptyState, Words, WrappingLabel, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

NARROW, WIDTH, FEE_WIDTH = 360, 440, 120
AT_ONCE_KEY, LATER_KEY, REMOVE_KEY, RECEIPT_KEY = "F9", "Ctrl+F9", "Alt+X", "Alt+B"
AT_ONCE, LATER = "Nhận, thu tiền và trả luôn", "Nhận, hẹn trả"
METHODS = [("cash", "Tiền mặt"), ("transfer", "Chuyển khoản")]


@dataclass(frozen=True)
class Shown:
    """One line: what it is, in the colour of how it stands, and its fee."""

    place: int
    words: str
    fee: str
    tone: Tone = Tone.PLAIN
    icon: str = ""


class ErrandCard(Card):
    """What was taken so far, what it comes to, and the keys that finish it."""

    taken_back = Signal(int)
    """The number of the line that is to be typed again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.tighten()
        self._lines: list[Shown] = []
        self._now = now
        self._heading = Badge("Chưa có việc nào trong lượt", weight=Weight.STRONG)
        self._view = TableView(
            Table(
                [
                    Column[Shown]("Việc", lambda one: Cell(one.words, one.tone, one.icon)),
                    Column[Shown]("Lệ phí", lambda one: Cell(one.fee), FEE_WIDTH, counts=True),
                ],
                lambda one: one.place,
            ),
            EmptyState("inbox", "Chưa có việc nào.", "Chọn việc, bấm Enter để thêm."),
        )
        self._view.setAccessibleName("Việc trong lượt")
        self._view.setMinimumHeight(2 * Measure.ROW)
        self.remove = LinkButton("Bỏ việc đang chọn", REMOVE_KEY)
        self.receipt = LinkButton("In biên lai chung", RECEIPT_KEY)
        self.receipt.hide()
        self._total = Words(money(0), Type.PROMISE, Tone.ACCENT, Weight.BOLD, figures=True)
        self.method: Segments[str] = Segments(METHODS, "Cách thu")
        self.signer: Choice[str] = Choice()
        self.signer.setAccessibleName("Người ký")
        self.exempt = Line("lý do; bỏ trống khi thu")
        self.exempt.setAccessibleName("Miễn lệ phí, lý do")
        self._refused = WrappingLabel("", Type.SMALL, Tone.LATE)
        self.at_once = PrimaryButton(AT_ONCE, AT_ONCE_KEY)
        self.later = QuietButton(LATER, LATER_KEY)
        self._due = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._lay_out()
        self._view.opened.connect(lambda one: self.taken_back.emit(one.place))

    def _lay_out(self) -> None:
        self.body.addWidget(self._heading)
        self.body.addWidget(self._view, 1)
        self.body.addLayout(row(self.remove, self.receipt, None))
        self.body.addWidget(Divider())
        self.body.addWidget(self._total)
        names = ("Cách thu", "Miễn", "Người ký")
        labels = [Words(label, Type.SMALL, Tone.QUIET) for label in names]
        method = row(self.method, None)
        said = QGridLayout()
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(Space.WITHIN)
        said.addLayout(method, 0, 1)
        for place, control in enumerate((self.exempt, self.signer), start=1):
            said.addWidget(control, place, 1)
        for place, label in enumerate(labels):
            said.addWidget(label, place, 0)
        said.setColumnStretch(1, 1)
        self.body.addLayout(said)
        self.body.addWidget(self._refused)
        self.body.addWidget(self.at_once)
        foot = row(self._due, self.later)
        foot.setStretch(0, 1)
        self.body.addLayout(foot)
        self._refused.hide()

    def give_way(self, *, is_narrow: bool) -> None:
        """Take less room beside the person and the paper."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)

    def offer(self, signers: Sequence[Officer]) -> None:
        """Who may sign, the likeliest first."""
        kept = self.signer.value()
        self.signer.offer([(one.login, one.name) for one in signers])
        if kept in {one.login for one in signers}:
            self.signer.choose(kept or "")

    def current(self) -> int | None:
        """The number of the line the cursor is at."""
        one = self._view.current()
        return one.place if one else None

    def show_counted(self, counted: Counted) -> None:
        """What was taken so far."""
        now = self._now()
        lines = [_taken(n, each, now) for n, each in enumerate(counted.costed)]
        later = sum(not each.is_same_day for each in counted.costed)
        waits = f", {later} việc phải hẹn trả" if later else ""
        self._heading.say(f"{len(lines)} việc trong lượt{waits}", Tone.PLAIN, "")
        is_more = len(lines) > len(self._lines)
        self._show(lines)
        if is_more:  # the line just taken is the one that is taken off
            self._view.selectRow(len(lines) - 1)
        self._total.setText(money(counted.total))
        self._due.setText(_due_words(counted, now))
        self._offer_one(self.remove)
        self.remove.setEnabled(bool(lines))

    def show_finished(self, finished: Finished) -> None:
        """What was just received, with the numbers that go on stamps."""
        now = self._now()
        said = f"Vừa xong {len(finished.given)} việc, đã thu {money(finished.total)}"
        self._heading.say(said, Tone.DONE, "circle-check")
        self._show([_done(n, each, now) for n, each in enumerate(finished.given)])
        self._total.setText(money(finished.total))
        self._offer_one(self.receipt)
        self.receipt.setEnabled(bool(finished.paid))
        self._due.setText("")

    def _offer_one(self, offered: LinkButton) -> None:
        """What is taken off, then what is printed: never both, in one place."""
        for link in (self.remove, self.receipt):
            link.setVisible(link is offered)

    def _show(self, lines: list[Shown]) -> None:
        """A table that is shown anew at each key costs more than a frame."""
        if lines != self._lines:
            self._lines = lines
            self._view.show_rows(lines)

    def say_refused(self, sentence: str) -> None:
        """Say above the buttons why nothing was received; "" when it was."""
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))

    def set_busy(self, *, is_busy: bool) -> None:
        """Say that receiving takes its time; meanwhile nothing else begins."""
        for button in (self.at_once, self.later):
            button.setDisabled(is_busy)
        self.at_once.say("Đang lưu…" if is_busy else AT_ONCE)


def piece_words(costed: Costed) -> str:
    """ "Học bạ THPT; 3 trang × 2 bản": what a piece is, in a line of the list."""
    said = costed.piece.about.strip() or short_procedure(costed.procedure.name)
    return "; ".join(filter(None, (said, _counts(costed))))


def _counts(costed: Costed) -> str:
    """ "3 trang × 2 bản", in one line."""
    piece = costed.piece
    pages = f"{piece.pages} trang × " if piece.pages else ""
    return _whole(f"{pages}{piece.copies} bản") if pages or piece.copies > 1 else ""


def _whole(words: str) -> str:
    """Words that stay in one line."""
    return words.replace(" ", "\u00a0")


def _due_words(counted: Counted, now: datetime) -> str:
    """ "hẹn 16:30 T4 25/11, in phiếu": what giving nothing back at once would mean."""
    if not counted.costed:
        return ""
    due = max(each.due for each in counted.costed)
    slip = any(not each.is_same_day or each.due.date() != now.date() for each in counted.costed)
    return f"hẹn {spoken_due(due, now)}{', in phiếu' if slip else ''}"


def _taken(place: int, costed: Costed, now: datetime) -> Shown:
    words, fee = piece_words(costed), money(costed.fee)
    if costed.is_same_day:
        return Shown(place, words, fee)
    return Shown(place, f"{words}; hẹn {spoken_due(costed.due, now)}", fee, Tone.TODAY, "calendar")


def _done(place: int, given: Given, now: datetime) -> Shown:
    """The number that goes on the stamp first; its book says what kind of paper it is."""
    costed, said = given.costed, [piece_words(given.costed)]
    if given.certified:
        book, number = map(_whole, certified_words(given.certified).split(" · "))
        said = [f"{book}\u00a0· {number}", costed.piece.about.strip(), _counts(costed)]
    said.append(_whole(short_code(given.receipt.code)))
    if not given.is_returned:
        said.append(_whole(f"hẹn {spoken_due(given.receipt.due, now)}"))
    tone, icon = (Tone.DONE, "circle-check") if given.is_returned else (Tone.TODAY, "calendar")
    return Shown(place, "; ".join(filter(None, said)), money(costed.fee), tone, icon)
