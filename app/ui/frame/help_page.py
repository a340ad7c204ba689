"""Sets the pages of help as one text, in the look that is worn."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit

from app.ui.frame.help_text import Kind, Piece, read
from app.ui.look.icons import pixmap
from app.ui.look.theme import Colour, Measure, Space, worn_sheet
from app.ui.widgets.parts import said_key

KEYS_WIDTH = 148
LAW_WIDTH = Measure.ICON + Space.WITHIN
LAW = "law"


class HelpPage(QTextEdit):
    """Read only; one text, where parts for each line took a tenth of a second to build."""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[str, ...] = ()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # or the text is laid out twice, once without the bar that it turns out to need
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Trợ giúp")
        self.document().setDocumentMargin(0)

    def show_pages(self, *names: str) -> None:
        """These pages, one below the other, from the top."""
        if names != self._told:
            self._told = names
            self._set()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._told:
            self._set()

    def _set(self) -> None:
        text, law = self.document(), pixmap("book-open", colour=Colour.QUIET)
        text.setDefaultStyleSheet(worn_sheet("help.css"))
        text.addResource(QTextDocument.ResourceType.ImageResource, QUrl(LAW), law)
        self.setHtml("".join(map(_page, self._told)))


def _page(name: str) -> str:
    return "".join(_table(same) for _, same in groupby(read(name), lambda line: line.kind))


def _table(lines: Iterable[Piece]) -> str:
    rows = "".join(f"<tr>{_cells(line)}</tr>" for line in lines)
    return f'<table width="100%" cellspacing="0" cellpadding="0">{rows}</table>'


def _cells(line: Piece) -> str:
    match line.kind:
        case Kind.TITLE | Kind.HEADING | Kind.WORDS:
            return f"<td class={line.kind.name.lower()}>{escape(line.text)}</td>"
        case Kind.POINT:
            return _beside("•", Space.PADDING, line)
        case Kind.KEY:
            return _beside(_keys(line), KEYS_WIDTH, line)
        case Kind.LAW:
            return _beside(f"<img src={LAW}>", LAW_WIDTH, line)


def _beside(sign: str, width: int, line: Piece) -> str:
    source = f"<br><span class=source>{escape(line.source)}</span>" if line.source else ""
    return f"<td class=sign width={width}>{sign}</td><td>{escape(line.text)}{source}</td>"


def _keys(line: Piece) -> str:
    caps = (f"<td class=key>{escape(said_key(key))}</td>" for key in line.keys)
    return f"<table cellspacing=0><tr>{'<td>–</td>'.join(caps)}</tr></table>"
