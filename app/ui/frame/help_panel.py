"""The help about the screen in sight, at its right; work goes on beside it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLayout, QScrollArea, QWidget

from app.ui.frame.help_text import Kind, Piece, read
from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import Divider, Keycap, Words, WrappingLabel, column, row

KEY = "F1"
WIDTH = 420
KEYS_WIDTH = 148

TOP = Qt.AlignmentFlag.AlignTop


class HelpPanel(QFrame):
    """Over the right of a window while it is asked; `KEY` or Esc closes it."""

    def __init__(self, over: QWidget, top: int = 0) -> None:
        super().__init__(over)
        self._over, self._top = over, top
        self._came_from: QWidget | None = None
        self._told: tuple[str, ...] = ()
        self._left: list[str] = []
        self._pages: QBoxLayout = column(None)
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._draw_next)
        self.setProperty("floats", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Trợ giúp")
        leave = LeaveLink("Đóng")
        leave.setFixedHeight(Measure.ICON_RAIL)
        leave.clicked.connect(self.leave)
        layout = column(row(None, leave), self._area)
        layout.setContentsMargins(*[Space.PADDING] * 4)
        self.setLayout(layout)
        self.hide()

    def ask(self, *names: str) -> None:
        """Show these pages of help; asked again while it is open, close it."""
        if self.isVisible():
            self.leave()
            return
        self._came_from = QApplication.focusWidget()
        self.tell(*names)
        self.place()
        self.show()
        self.raise_()
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, *names: str) -> None:
        """Another screen came into sight: its help in place of the one before."""
        if names == self._told:
            return
        self._told = names
        self._turn.stop()
        content, self._pages, self._left = QWidget(), column(None), list(names)
        content.setLayout(self._pages)
        self._draw_next()
        self._area.setWidget(content)

    def _draw_next(self) -> None:
        """A page now, the next in the next turn: all at once would hold up what is typed beside them."""
        page = QWidget()
        page.setLayout(column(*map(_drawn, read(self._left.pop(0)))))
        self._pages.insertWidget(self._pages.count() - 1, page)
        if self._left:
            self._turn.start()

    def place(self) -> None:
        """Take the right of what it lies over, as large as that is now."""
        room = self._over.rect()
        self.setGeometry(room.right() + 1 - WIDTH, self._top, WIDTH, room.height() - self._top)

    def leave(self) -> None:
        """Close; the focus returns to where it was."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._over)
        self.hide()
        if had_focus and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _drawn(piece: Piece) -> QWidget | QLayout:
    match piece.kind:
        case Kind.TITLE:
            return WrappingLabel(piece.text, Type.TITLE, weight=Weight.BOLD)
        case Kind.HEADING:
            heading = WrappingLabel(piece.text, weight=Weight.STRONG)
            return column(Space.TIGHT, Divider(), heading, spacing=Space.WITHIN)
        case Kind.WORDS:
            return WrappingLabel(piece.text)
        case Kind.POINT:
            return _beside(Words("•", tone=Tone.ACCENT), WrappingLabel(piece.text))
        case Kind.KEY:
            return _beside(_keys(piece), WrappingLabel(piece.text))
        case Kind.LAW:
            words = column(
                WrappingLabel(piece.text),
                WrappingLabel(piece.source, Type.SMALL, Tone.QUIET),
                spacing=0,
            )
            return _beside(Icon("book-open", Tone.QUIET), words)


def _keys(piece: Piece) -> QWidget:
    caps = QWidget()
    dash = [Words("–", tone=Tone.QUIET)] if len(piece.keys) > 1 else []
    first, *last = map(Keycap, piece.keys)
    caps.setLayout(row(first, *dash, *last, None, spacing=Space.TIGHT))
    caps.setFixedWidth(KEYS_WIDTH)
    return caps


def _beside(sign: QWidget, words: QWidget | QLayout) -> QLayout:
    line = row(sign, words, spacing=Space.WITHIN)
    line.setAlignment(sign, TOP)
    line.setStretch(1, 1)
    return line
