"""One dossier as it is typed into the province's system: its boxes, what is copied, the code."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.province.entering import Screen
from app.desk.province.fields import Filled
from app.models.dossiers.province_gap import Gap
from app.models.errors import Refused
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.province.copying import Copying
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import Card, ElidedLabel, EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

LABEL_WIDTH = 168
NEXT_KEY, BACK_KEY, AGAIN_KEY = "F9", "Shift+F9", "Ctrl+F9"
CODE_HINT = "Quét hoặc dán mã của hệ thống tỉnh rồi bấm Enter"
KNOWN_HINT = "Đã sửa trên hệ thống tỉnh thì bấm Enter; mã khác thì sửa mã"
CLEARED = "Bộ nhớ tạm không còn nội dung của trang này."
PUT = "Trong bộ nhớ tạm: {}"


@dataclass(frozen=True)
class BoxRow:
    """A box with its number, and whether it was copied before, is copied now, or comes yet."""

    number: int
    box: Filled
    at: int


def _sign(row: BoxRow) -> Cell:
    if not row.box.words:
        return Cell(row.box.label, Tone.QUIET, "circle-minus")
    if row.number == row.at:
        return Cell(row.box.label, Tone.ACCENT, "circle-dot", strong=True)
    return Cell(row.box.label, icon="check" if row.number < row.at else "circle")


def _words(row: BoxRow) -> Cell:
    return Cell(row.box.words) if row.box.words else Cell("để trống", Tone.QUIET)


COLUMNS: list[Column[BoxRow]] = [Column("Trường", _sign, LABEL_WIDTH), Column("Nội dung", _words)]


class ProvinceCard(Card):
    """Empty until a dossier is chosen. F9 copies the next box; after the last one comes the code."""

    kept = Signal(str)
    """The code as it was typed."""

    def __init__(self, copying: Copying) -> None:
        super().__init__()
        self._copying = copying
        self.shown: Screen | None = None
        self._code = Words(tone=Tone.QUIET, figures=True)
        self._owner = WrappingLabel("", Type.TITLE, weight=Weight.STRONG)
        self._procedure = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._boxes = TableView(Table(COLUMNS, lambda one: one.number))
        self._boxes.setAccessibleName("Các trường của hệ thống tỉnh")
        self._held = ElidedLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._back = QuietButton("Lùi", BACK_KEY)
        self._again = QuietButton("Chép lại", AGAIN_KEY)
        self.go = PrimaryButton("Chép trường tiếp", NEXT_KEY)
        self.line = Line("")
        self._field = Field("Mã trên hệ thống tỉnh", self.line, hint=CODE_HINT, note_lines=2)
        self._whole = QStackedWidget()
        self._lay_out()
        self._back.clicked.connect(copying.copy_before)
        self._again.clicked.connect(copying.copy_again)
        self.go.clicked.connect(copying.copy_next)
        self._boxes.opened.connect(lambda one: copying.copy(one.number))
        self.line.returnPressed.connect(lambda: self.kept.emit(self.line.text()))
        copying.moved.connect(self._show_boxes)
        copying.ended.connect(self.ask_code)
        self.show_none()

    def show_none(self) -> None:
        """No dossier is chosen, or none is left."""
        self.shown = None
        self._copying.begin(())
        self._whole.setCurrentIndex(0)
        self.go.setEnabled(False)

    def show_screen(self, screen: Screen) -> None:
        """Begin with a dossier; of the same one what is copied and typed stays."""
        before, self.shown = self.shown, screen
        self._code.setText(f"{screen.code} · {screen.status}")
        self._owner.setText(screen.owner)
        self._procedure.setText(screen.procedure_name)
        self._field.set_hint(KNOWN_HINT if screen.gap is Gap.BEHIND else CODE_HINT)
        if before and (before.name, before.boxes) == (screen.name, screen.boxes):
            return
        self.line.setText(screen.province_code)
        self.go.setEnabled(True)
        self._copying.begin(screen.boxes)
        self._whole.setCurrentIndex(1)

    def ask_code(self) -> None:
        """The code comes next: the cursor stands in its line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def offer_code(self, code: str) -> None:
        """Put a code that was scanned or copied into its line; nothing is kept before Enter."""
        self.line.setText(code)
        self._field.set_error("")
        self.ask_code()

    def refuse(self, refusal: Refused) -> None:
        """Say beside the line what is wrong with the code; it stays there to be mended."""
        self._field.set_error(str(refusal))
        self.ask_code()

    # --- inside ---

    def _lay_out(self) -> None:
        empty = EmptyState("arrow-right-left", "Chọn hồ sơ ở bên trái", "bằng phím mũi tên ↑ ↓")
        part = QWidget()
        layout = column(
            self._code, self._owner, self._procedure, self._boxes, self._held,
            row(self._back, self._again, None, self.go), self._field, spacing=Space.TIGHT,
        )  # fmt: skip
        layout.setStretch(3, 1)
        part.setLayout(layout)
        self._whole.addWidget(empty)
        self._whole.addWidget(part)
        self.body.addWidget(self._whole)

    def _show_boxes(self) -> None:
        at = self._copying.at
        boxes: Sequence[Filled] = self.shown.boxes if self.shown else ()
        self._boxes.show_rows([BoxRow(number, box, at) for number, box in enumerate(boxes)])
        if at >= 0:
            self._boxes.selectRow(at)
            self._boxes.scrollTo(self._boxes.table.index(min(at + 1, len(boxes) - 1), 0))
        else:
            self._boxes.setCurrentIndex(QModelIndex())
            self._boxes.clearSelection()
        for button in (self._back, self._again):
            button.setEnabled(at >= 0)
        there = self._copying.lies_there()
        self._held.setText(PUT.format(there) if there else CLEARED if at >= 0 else "")
