"""The papers of a dossier: ticked, counted as originals, certified and plain copies, or seen."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.events.facts import Document
from app.models.procedures.procedure import DocumentKind
from app.models.text import fold
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import CountBox, Tick, TickBox
from app.ui.widgets.fields import Line
from app.ui.widgets.parts import Words, column, row

ALL_KEY, MORE_KEY = "Alt+A", "Alt+P"
COUNT_COLUMN = 76
ROW, LOW_ROW = Measure.CONTROL - Measure.FOCUS, Measure.ICON_RAIL + Measure.FOCUS
TITLE, MISSING = "Thành phần hồ sơ", "Còn thiếu giấy tờ"
SHORT_TITLE, SHORT_MISSING = "Giấy tờ", "Còn thiếu"
COUNTS = ("Bản chính", "Chứng thực", "Bản sao")
ORIGINALS, _, COPIES = range(3)


class PaperRow(QWidget):
    """One line of the checklist. A count ticks it, an empty tick has no counts."""

    changed = Signal()

    def __init__(self, words: QWidget, box: TickBox, name: str) -> None:
        super().__init__()
        self._is_optional = False
        self.box = box
        self._usual = ORIGINALS
        self.counts = [CountBox(_counted(label, name)) for label in COUNTS]
        layout = row(words, Space.BETWEEN, *map(_centred, self.counts), spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._show_counts()
        box.toggled.connect(self._ticked)
        for count in self.counts:
            count.changed.connect(self._counted)

    def numbers(self) -> tuple[int, ...]:
        """How many originals, certified and plain copies."""
        return tuple(count.count() or 0 for count in self.counts)

    def fill(self, document: Document | None) -> None:
        """As it was handed in; None as it wasn't."""
        numbers = (
            (document.originals, document.certified, document.copies) if document else (0,) * 3
        )
        for box, number in zip(self.counts, numbers, strict=True):
            box.set_count(number)
        self.box.setChecked(document is not None)

    def _ticked(self, is_ticked: bool) -> None:
        if is_ticked and not any(self.numbers()):
            self.counts[self._usual].set_count(1)
        if not is_ticked:
            for count in self.counts:
                count.set_count(None)
        self._show_counts()
        self.changed.emit()

    def _show_counts(self) -> None:
        """What few bring is a low line until it is ticked: most forms fit a small screen so."""
        is_low = self._is_optional and not self.box.isChecked()
        for count in self.counts:
            count.setHidden(is_low)
        self.setMinimumHeight(LOW_ROW if is_low else ROW)

    def _counted(self) -> None:
        self.box.setChecked(any(self.numbers()))
        self.changed.emit()


class AskedRow(PaperRow):
    """A paper the procedure asks for."""

    def __init__(self) -> None:
        self._tick = Tick("")
        super().__init__(self._tick, self._tick.box, "")

    def ask(self, kind: DocumentKind) -> None:
        """Stand for this paper, not handed in yet."""
        self._tick.say(kind.name)
        for label, count in zip(COUNTS, self.counts, strict=True):
            count.setAccessibleName(_counted(label, kind.name))
        self._is_optional = kind.optional
        self._usual = COPIES if fold(kind.name).startswith("ban sao") else ORIGINALS
        self.fill(None)
        self._show_counts()


class ShownRow(QWidget):
    """A paper only shown, never kept: seen or not."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tick = tick = Tick("")
        self.box = tick.box
        self._seen = Words("xuất trình", Type.BODY, Tone.QUIET)
        self._seen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._seen.setFixedWidth(len(COUNTS) * COUNT_COLUMN)
        layout = row(tick, Space.BETWEEN, self._seen, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setMinimumHeight(LOW_ROW)
        self.box.toggled.connect(self._ticked)

    def ask(self, kind: DocumentKind) -> None:
        """Stand for this paper, not seen yet."""
        self._tick.say(kind.name)
        self.fill(None)

    def fill(self, document: Document | None) -> None:
        """As it was seen; None as it wasn't."""
        self.box.setChecked(document is not None)

    def _ticked(self, is_ticked: bool) -> None:
        self._seen.setText("đã xem" if is_ticked else "xuất trình")
        self._seen.set_tone(Tone.DONE if is_ticked else Tone.QUIET)
        self.changed.emit()


class Checklist(QWidget):
    """The papers the procedure asks for, and others the citizen brings."""

    changed = Signal()
    reshaped = Signal()
    """There are other lines than before."""
    completed = Signal()
    """All were ticked at once: there is nothing more to do here."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[DocumentKind, ...] = ()
        self._is_missing = self._is_narrow = False
        self._rows: list[AskedRow | ShownRow] = []
        self._spare: list[AskedRow | ShownRow] = []
        self._others: list[tuple[Line, PaperRow]] = []
        every = _small_link("Đủ cả", ALL_KEY)
        every.clicked.connect(self.tick_required)
        every.clicked.connect(self.completed)
        more = _small_link("Thêm giấy tờ", MORE_KEY)
        more.clicked.connect(self._add_and_type)
        self._title = Words(TITLE, weight=Weight.STRONG)
        head = row(
            self._title,
            Space.WITHIN,
            every,
            Space.WITHIN,
            more,
            None,
            *map(_heading, COUNTS),
            spacing=0,
        )
        self._lines: QVBoxLayout = column(spacing=0)
        self.setLayout(column(head, self._lines, spacing=Space.TIGHT))

    def offer(self, kinds: tuple[DocumentKind, ...]) -> None:
        """Ask for these papers, none handed in yet."""
        self._kinds = kinds
        self._clear()
        for kind in kinds:
            self._add_row(kind)
        self.reshaped.emit()

    def tick_required(self) -> None:
        """Everything that must be there is there; what is asked for "nếu có" stays as it is."""
        for kind, line in zip(self._kinds, self._rows, strict=True):
            if not kind.optional:
                line.box.setChecked(True)

    def documents(self) -> tuple[Document, ...]:
        """What was handed in or seen."""
        asked = [
            _document(kind.name, line)
            for kind, line in zip(self._kinds, self._rows, strict=True)
            if line.box.isChecked()
        ]
        others = [
            _document(line.words(), counted)
            for line, counted in self._others
            if line.words() and counted.box.isChecked()
        ]
        return (*asked, *others)

    def missing(self) -> tuple[str, ...]:
        """The papers that must be there and aren't."""
        return tuple(kind.name for kind, _ in self._lacking())

    def say_missing(self, *, is_missing: bool) -> None:
        """Point out in the list's title that papers are missing; it moves nothing."""
        self._is_missing = is_missing
        self._say_title()

    def give_way(self, *, is_narrow: bool) -> None:
        """Say the title in fewer words, so that the counts keep their room."""
        self._is_narrow = is_narrow
        self._say_title()

    def fill(self, documents: Sequence[Document]) -> None:
        """As they were; what the procedure doesn't ask for becomes a line of its own."""
        left = list(documents)
        for kind, line in zip(self._kinds, self._rows, strict=True):
            found = next((document for document in left if document.name == kind.name), None)
            line.fill(found)
            if found:
                left.remove(found)
        for document in left:
            name, counted = self._add_other()
            name.setText(document.name)
            counted.fill(document)

    def first_missing(self) -> QWidget | None:
        """The box of the first paper that must be there and isn't."""
        return next((line.box for _, line in self._lacking()), None)

    def _say_title(self) -> None:
        title, missing = (SHORT_TITLE, SHORT_MISSING) if self._is_narrow else (TITLE, MISSING)
        self._title.setText(missing if self._is_missing else title)
        self._title.set_tone(Tone.TODAY if self._is_missing else Tone.PLAIN)

    def _lacking(self) -> Iterator[tuple[DocumentKind, PaperRow | ShownRow]]:
        for kind, line in zip(self._kinds, self._rows, strict=True):
            if not (kind.optional or line.box.isChecked()):
                yield kind, line

    def _clear(self) -> None:
        """What the procedure asked for is kept for the next one: to build a line takes ms."""
        for line in [*self._rows, *(counted for _, counted in self._others)]:
            self._lines.removeWidget(line)
            line.hide()
        for _, counted in self._others:
            counted.deleteLater()
        self._spare = self._rows + self._spare
        self._rows, self._others = [], []

    def _add_row(self, kind: DocumentKind) -> None:
        line = self._take(ShownRow if kind.shown_only else AskedRow)
        line.blockSignals(True)
        line.ask(kind)
        line.blockSignals(False)
        self._lines.addWidget(line)
        line.show()
        self._rows.append(line)

    def _take(self, sort: type[AskedRow] | type[ShownRow]) -> AskedRow | ShownRow:
        if line := next((line for line in self._spare if type(line) is sort), None):
            self._spare.remove(line)
            return line
        line = sort()
        line.changed.connect(self.changed)
        return line

    def _add_other(self) -> tuple[Line, PaperRow]:
        name, box = Line("Tên giấy tờ"), TickBox()
        name.setAccessibleName("Tên giấy tờ khác")
        box.setAccessibleName("Giấy tờ khác")
        words = QWidget()
        words.setLayout(row(box, name))
        line = PaperRow(words, box, "giấy tờ khác")
        line.changed.connect(self.changed)
        name.textChanged.connect(lambda text: box.setChecked(bool(text.strip())))
        name.textChanged.connect(self.changed)
        self._lines.addWidget(line)
        self._others.append((name, line))
        self.reshaped.emit()
        return name, line

    def _add_and_type(self) -> None:
        name, _ = self._add_other()
        name.setFocus(Qt.FocusReason.OtherFocusReason)


def _counted(label: str, name: str) -> str:
    return f"{label}: {name}"


def _document(name: str, line: PaperRow | ShownRow) -> Document:
    if isinstance(line, ShownRow):
        return Document(name, shown=True)
    originals, certified, copies = line.numbers()
    return Document(name, originals, certified, copies)


def _small_link(words: str, key: str) -> LinkButton:
    button = LinkButton(words, key)
    button.setFixedHeight(Measure.ICON_RAIL)
    return button


def _heading(label: str) -> Words:
    words = Words(label, Type.SMALL, Tone.QUIET)
    words.setFixedWidth(COUNT_COLUMN)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


def _centred(box: CountBox) -> QHBoxLayout:
    side = (COUNT_COLUMN - box.width()) // 2
    return row(side, box, side, spacing=0)
