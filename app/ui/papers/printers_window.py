"""Where each paper goes on this counter, a page to try a printer with, and a field to try the scanner."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.papers.forms import PRINTED, TICKET
from app.desk.papers.print_places import Place
from app.models.unit.scanner_check import GOOD, verdict
from app.printing.printers import spooler
from app.printing.printers.spooler import FOLDER, ROLL
from app.ui.frame.beside_window import BesideWindow
from app.ui.lanes.jobs import Err, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice, CountBox
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.file_dialogs import ask_folder
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row
from app.ui.widgets.sheet import Sheet

WIDTH, HEIGHT = 860, 640
NAME_WIDTH = 250
PAPER_WIDTH = 110
DEFAULT = "Như máy in chung"
NOBODY = "Chọn khi in"
SETS = "Mỗi bộ đủ các liên; từ bộ thứ hai trở đi mang dấu “BẢN IN LẠI”."
ROLL_HINT = "như 192.168.1.50, hoặc /dev/usb/lp0"
SCAN_HINT = "Bấm vào đây rồi quét từng mã trên trang thử"


@dataclass(frozen=True)
class Chosen:
    """The printer of every form without its own, and the place of each form."""

    default: str
    places: tuple[tuple[str, Place], ...]


class PrintersWindow(BesideWindow):
    """Nothing counts before it is kept."""

    kept = Signal(object)
    """What was `Chosen`."""
    trial = Signal(str)
    """A printer to try."""

    def __init__(self, chosen: Chosen, over: QWidget) -> None:
        super().__init__("Máy in của quầy", over)
        self.resize(WIDTH, HEIGHT)
        self._offered: list[str] = []
        self._default = Choice[str]()
        self._rows = [_FormRow(form, place) for form, place in chosen.places]
        self._roll = Line(ROLL_HINT)
        self._scan = Line(SCAN_HINT)
        self._verdict = WrappingLabel("", tone=Tone.QUIET, reserved_lines=2)
        self._folder = QuietButton("Thêm thư mục PDF", "Ctrl+O")
        self._try = QuietButton("In trang thử", "Ctrl+T", "printer")
        self._keep = PrimaryButton("Lưu", "F9")
        self._lay_out()
        self._offer(chosen.default)
        self._folder.clicked.connect(self._ask_folder)
        self._try.clicked.connect(self._want_trial)
        self._keep.clicked.connect(self._want_kept)
        self._scan.returnPressed.connect(self._scanned)
        self._roll.returnPressed.connect(self._add_roll)
        self._default.setFocus()

    def offer(self, result: Ok[list[str]] | Err) -> None:
        """The printers found; what is chosen already stays chosen."""
        self._offered = result.value if isinstance(result, Ok) else []
        self._offer(self._default.value() or "")

    def say(self, sentence: str, tone: Tone) -> None:
        """What came of the test page."""
        self._verdict.setText(sentence)
        self._verdict.set_tone(tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a scanner ends with Enter, which in a dialog would press a button
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        first = Card()
        top = row(Field("Máy in chung", self._default), self._folder, self._try)
        top.setStretch(0, 1)
        first.body.addLayout(top)
        forms = Sheet()
        heading = Words("Từng loại giấy", weight=Weight.STRONG)
        forms.fill(heading, WrappingLabel(SETS, Type.SMALL, Tone.QUIET), *self._rows)
        foot = Card()
        foot.body.setSpacing(0)
        foot.body.addLayout(
            row(Field("Thử máy quét", self._scan), Field("Thêm máy in cuộn K80", self._roll))
        )
        foot.body.addWidget(self._verdict)
        foot.body.addLayout(self.foot(self._keep))
        layout = column(first, forms, foot, spacing=Space.WITHIN)
        layout.setStretch(1, 1)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)

    def _offer(self, default: str) -> None:
        """Every printer that is here or chosen, in every list."""
        chosen = [default, *(row.place().printer for row in self._rows)]
        known = list(dict.fromkeys(filter(None, (*self._offered, *chosen))))
        named = [(name, spooler.where(name)) for name in known]
        self._default.offer([("", NOBODY), *named])
        self._default.choose(default)
        for each in self._rows:
            each.offer(named)

    def _ask_folder(self) -> None:
        ask_folder(self, "Chọn thư mục", self._add_folder)

    def _add_folder(self, folder: str) -> None:
        self._offered = [*self._offered, f"{FOLDER}{folder}"]
        self._offer(f"{FOLDER}{folder}")

    def _add_roll(self) -> None:
        """The tickets go there; nothing else can."""
        if place := self._roll.words():
            self._offered = [*self._offered, f"{ROLL}{place}"]
            self._offer(self._default.value() or "")
            ticket = next(each for each in self._rows if each.form == TICKET)
            ticket.choose(f"{ROLL}{place}")
            self._roll.clear()
            self.say(f"Phiếu tra cứu in ở {place}. Bấm Lưu để giữ.", Tone.DONE)

    def _want_trial(self) -> None:
        if printer := self._default.value():
            self.trial.emit(printer)
        else:
            self.say("Hãy chọn máy in chung rồi in trang thử.", Tone.TODAY)

    def _want_kept(self) -> None:
        places = tuple((each.form, each.place()) for each in self._rows)
        self.kept.emit(Chosen(self._default.value() or "", places))
        self.accept()

    def _scanned(self) -> None:
        said = verdict(self._scan.text())
        self.say(said, Tone.DONE if said == GOOD else Tone.LATE)
        self._scan.clear()


class _FormRow(QWidget):
    """A form, its printer, its paper and how many sets."""

    def __init__(self, form: str, place: Place) -> None:
        super().__init__()
        self.form = form
        self._printer_kept = place.printer
        name = PRINTED[form].name
        words = WrappingLabel(f"{name[:1].upper()}{name[1:]}")
        words.setFixedWidth(NAME_WIDTH)
        self._printer = Choice[str]()
        self._printer.setAccessibleName(f"Máy in của {name}")
        self._paper = Choice([(size, f"Khổ {size}") for size in PRINTED[form].sizes])
        self._paper.setFixedWidth(PAPER_WIDTH)
        self._paper.setAccessibleName(f"Khổ giấy của {name}")
        self._paper.choose(place.paper)
        self._copies = CountBox(f"Số bộ của {name}")
        self._copies.set_count(place.copies)
        line = row(
            words, self._printer, self._paper, self._copies, Words("bộ", Type.SMALL, Tone.QUIET)
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def offer(self, printers: Sequence[tuple[str, str]]) -> None:
        """The printers to choose from; a roll takes nothing but tickets."""
        kept, is_ticket = self.place().printer, self.form == TICKET
        able = [one for one in printers if is_ticket or not one[0].startswith(ROLL)]
        self._printer.offer([("", NOBODY if is_ticket else DEFAULT), *able])
        self._printer.choose(kept)

    def choose(self, printer: str) -> None:
        """Choose one that is offered."""
        self._printer.choose(printer)

    def place(self) -> Place:
        """What is chosen here."""
        chosen = self._printer.value()
        printer = self._printer_kept if chosen is None else chosen
        return Place(printer, self._paper.value() or "A4", self._copies.count() or 1)
