"""The unit's books of fee receipts: entered as issued, each number used, spoiled or lost."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.fee_receipts import Account
from app.models.errors import BadInput
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.unit.officer import Officer
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import EmptyState, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

FIELDS = {"form": "Mẫu số", "sign": "Ký hiệu", "first": "Số đầu", "last": "Số cuối"}
WIDTH = 150
COLUMNS: list[Column[Account]] = [
    Column("Ký hiệu", lambda each: Cell(each.book.sign), 140),
    Column("Mẫu số", lambda each: Cell(each.book.form), share=1),
    Column("Số", lambda each: Cell(_run(each.book)), 190, figures=True),
    Column("Quầy", lambda each: Cell(str(each.book.counter or "mọi quầy")), 110, figures=True),
    Column("Đã dùng", lambda each: Cell(str(each.used)), 110, counts=True),
    Column("Hủy", lambda each: Cell(str(each.spoiled)), 90, counts=True),
    Column("Mất", lambda each: Cell(str(each.lost), Tone.LATE if each.lost else Tone.PLAIN), 90,
           counts=True),
    Column("Còn", lambda each: Cell("" if each.book.electronic else str(each.left)), 90, counts=True),
]  # fmt: skip


def _run(book: ReceiptBookIssued) -> str:
    return "điện tử" if book.electronic else f"{book.written(book.first)}–{book.written(book.last)}"


class ReceiptBooks(QWidget):
    """The account of every book, a line to enter one, and a number to take out of use."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._view = TableView(Table(COLUMNS, lambda each: each.book.sign), _no_books())
        self._lines = {name: Line() for name in FIELDS}
        self._fields = {name: Field(words, self._lines[name]) for name, words in FIELDS.items()}
        self._number = Line()
        self._number_field = Field("Số của quyển đang chọn", self._number)
        self._code = Line("mã trên giấy tiếp nhận")
        self._code_field = Field("Hồ sơ đã nộp tiền", self._code)
        self._give = QuietButton("Ghi số này cho hồ sơ", "Ctrl+G")
        self._enter = QuietButton("Nhập quyển", "Ctrl+I")
        self._spoil = QuietButton("Hủy số")
        self._lose = QuietButton("Báo mất")
        self._lay_out()
        self._enter.clicked.connect(self._enter_book)
        self._spoil.clicked.connect(partial(self._take_out, "spoiled"))
        self._lose.clicked.connect(partial(self._take_out, "lost"))
        self._give.clicked.connect(self._give_number)
        self._code.returnPressed.connect(self._give_number)

    def refresh(self) -> None:
        """Read the accounts."""
        self._jobs.run(Lane.DESK, self._desk.fee_receipts.accounts, self._show)

    def _lay_out(self) -> None:
        for field in self._fields.values():
            field.setFixedWidth(WIDTH)
        self._number_field.setFixedWidth(WIDTH + Space.PAGE * 2)
        entering = row(*self._fields.values(), self._enter, None)
        self._code_field.setFixedWidth(WIDTH + Space.PAGE * 3)
        taking_out = row(
            self._number_field,
            self._spoil,
            self._lose,
            Space.PAGE,
            self._code_field,
            self._give,
            None,
        )
        layout = column(self._view, entering, taking_out, spacing=Space.TIGHT)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _enter_book(self) -> None:
        words = {name: line.words() for name, line in self._lines.items()}
        try:
            first, last = (_number(words[name], name) for name in ("first", "last"))
        except BadInput as wrong:
            self._show_wrong(wrong)
            return
        book = ReceiptBookIssued(
            words["sign"], words["form"], first, last, self._desk.store.counter,
            electronic=not (first or last),
        )  # fmt: skip
        enter = self._desk.fee_receipts.enter
        self._do(lambda: enter(book, self._officer), f"Đã nhập quyển biên lai {book.sign}.")

    def _take_out(self, outcome: Literal["spoiled", "lost"]) -> None:
        if (chosen := self._chosen()) is None:
            return
        book, number = chosen
        spoil, sign = self._desk.fee_receipts.spoil, book.sign
        done = "Đã hủy" if outcome == "spoiled" else "Đã ghi mất"
        self._do(
            lambda: spoil(sign, number, outcome, self._officer),
            f"{done} biên lai {sign} {book.written(number)}.",
        )

    def _give_number(self) -> None:
        """Of an electronic book the provider's number, which was sent back once the fee was taken."""
        if (chosen := self._chosen()) is None:
            return
        book, number = chosen
        desk, code, sign = self._desk, self._code.words(), book.sign

        def work() -> None:
            name = desk.lookup.named(code)
            desk.fee_receipts.give(name, self._officer, sign, number)

        written = book.written(number)
        self._do(work, f"Đã ghi biên lai {sign} {written}. In ở “Biên lai” của hồ sơ {code}.")

    def _chosen(self) -> tuple[ReceiptBookIssued, int] | None:
        """The book chosen and the number typed; None once it is said which is missing or wrong."""
        account = self._view.current()
        if account is None:
            self.told.emit("Chưa chọn quyển biên lai nào.", Tone.LATE)
            return None
        try:
            return account.book, _number(self._number.words(), "number")
        except BadInput as wrong:
            self._show_wrong(wrong)
            return None

    def _do(self, work: Callable[[], None], sentence: str) -> None:
        self._jobs.run(Lane.DESK, work, partial(self._came_back, sentence))

    def _came_back(self, sentence: str, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._show_wrong(result.error)
            return
        for line in (*self._lines.values(), self._number, self._code):
            line.clear()
        self.told.emit(sentence, Tone.DONE)
        self.refresh()

    def _show_wrong(self, error: Exception) -> None:
        fields = {**self._fields, "number": self._number_field, "code": self._code_field}
        field = fields.get(getattr(error, "field", ""))
        if field:
            field.set_error(str(error))
        self.told.emit(str(error), Tone.LATE)

    def _show(self, result: Ok[list[Account]] | Err) -> None:
        if isinstance(result, Ok):
            self._view.show_rows(result.value)
        else:
            self.told.emit(str(result.error), Tone.LATE)


def _number(words: str, field: str) -> int:
    """The number typed, 0 for none. Raises `BadInput`."""
    if words and not (words.isascii() and words.isdigit()):
        raise BadInput("Số biên lai chỉ gồm chữ số, như 0000121.", field)
    return int(words or 0)


def _no_books() -> EmptyState:
    return EmptyState(
        "hand-coins",
        "Chưa nhập quyển biên lai nào.",
        "Ghi mẫu số, ký hiệu, số đầu, số cuối như in trên quyển; biên lai điện tử thì bỏ trống số.",
    )
