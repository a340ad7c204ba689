"""What a form is made of: a header, blocks, and texts that name variables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.printing.graphics.ink import Ink


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a template in one face: literal text, or a variable in a shape."""

    text: str
    variable: str
    shape: str
    bold: bool
    italic: bool


Template = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When a block is printed: a variable holds something, or `unless` it does; "" is always."""

    variable: str = ""
    unless: bool = False


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Texts side by side in columns of equal width."""

    texts: tuple[Template, ...]
    when: Condition = Condition()
    framed: bool = False
    small: bool = False
    keep: bool = False
    """Stays on the page of the block after it."""
    centred: bool = False
    apart: bool = False
    """White space stands above it."""
    ink: Ink = Ink.BLACK
    """Of texts that are not side by side."""
    stops: tuple[float, ...] = ()
    """Where the texts after the first begin, in mm on A5; without stops they share the room."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph for each row of a list variable; none at all leaves `blanks` for the pen."""

    rows: str
    text: Template
    blanks: int = 0
    when: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rules to write on by hand."""

    count: int


@dataclass(frozen=True, slots=True)
class Barcode:
    """Lines of text with the Code 128 of a variable at their right."""

    texts: tuple[Template, ...]
    variable: str
    when: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its parts stand one under another, each one text or several side by side.

    A text is one or more paragraphs.
    """

    head: Template
    group: Template
    """Heads neighbouring columns of the same group together, above their own heads."""
    width: float
    """In mm on A5; 0 takes what the others leave."""
    centred: bool
    even: bool
    """Spare height goes to all parts alike, not to the last."""
    parts: tuple[tuple[tuple[Template, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list variable, then those `blanks` that no row has taken the place of.

    Without a variable its rows are `lines`, texts of the form itself.
    """

    rows: str
    columns: tuple[Column, ...]
    blanks: tuple[Mapping[str, object], ...]
    depth: float
    """Least height of a row, in mm on A5."""
    lines: tuple[str, ...] = ()
    when: Condition = Condition()
    empty: Template = ()
    """What stands below the head when there is no row; without it no table is printed then."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: title, what to do, and the name below the space for the hand."""

    title: Template
    notes: tuple[Template, ...]
    name: Template


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures side by side."""

    columns: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Paragraphs at the left of the QR of a variable."""

    qr: str
    paragraphs: tuple[Paragraphs, ...]
    keep: bool = False
    """Stays, as `Paragraphs`, on the page of the block after it."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page; for sheets, whose sections are laid out one after another."""


Block = Paragraphs | Listed | Ruled | Barcode | Table | Signatures | Beside | PageBreak


@dataclass(frozen=True, slots=True)
class Header:
    """What heads each paper of a profile: the agencies at the left, the motto at the right."""

    left: tuple[Template, ...]
    right: tuple[Template, ...]
    number: Template
    place_and_date: Template
    logo: bytes = b""
    """The unit's emblem, PNG or JPEG."""


@dataclass(frozen=True, slots=True)
class Form:
    """A paper as its circular prints it."""

    name: str
    profile: str
    valid_from: date
    """Holds for dossiers received from this day."""
    source: str
    title: str
    copies: tuple[str, ...]
    header: Header | None
    """None for what is no official paper: a label."""
    above: tuple[Block, ...]
    """What stands between header and title."""
    blocks: tuple[Block, ...]
    provisional: tuple[str, ...]
    """What no source that was read confirms; the unit may change it."""
    previews: Mapping[str, tuple[str, ...]]
    """For each variant the variables it leaves blank; the first variant is the usual one."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What variables say on this law's papers instead of their values."""
    sheet: str = ""
    """The layout of a sheet (`app.printing.papers.sheets`), which no paper is chosen for; "" for a slip."""

    def variables(self) -> tuple[str, ...]:
        """The names of the variables it prints, in order, once each."""
        head = _headed(self.header) if self.header else ()
        blocks = (name for block in (*self.above, *self.blocks) for name in _named(block))
        return tuple(dict.fromkeys((*head, *blocks)))


def _headed(header: Header) -> Iterator[str]:
    return _in(*header.left, *header.right, header.number, header.place_and_date)


def _named(block: Block) -> Iterator[str]:
    match block:
        case Paragraphs():
            yield from _printed(block)
        case Barcode(texts, variable, when):
            yield from filter(None, (when.variable, *_in(*texts), variable))
        case Listed(rows, when=when) | Table(rows, when=when):
            yield from filter(None, (when.variable, rows))
        case Signatures(columns):
            for column in columns:
                yield from _in(column.title, *column.notes, column.name)
        case Beside(qr, paragraphs):
            for each in paragraphs:
                yield from _printed(each)
            yield qr
        case Ruled() | PageBreak():
            pass


def _printed(block: Paragraphs) -> Iterator[str]:
    if block.when.variable:
        yield block.when.variable
    yield from _in(*block.texts)


def _in(*texts: Template) -> Iterator[str]:
    return (span.variable for text in texts for span in text if span.variable)
