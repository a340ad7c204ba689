"""What a form is made of: a header, blocks, and texts that name variables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


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
class Paragraphs:
    """Texts side by side in columns of equal width; left out while the variable `when` is blank."""

    texts: tuple[Template, ...]
    when: str
    framed: bool
    small: bool
    keep: bool
    """Stays on the page of the block after it."""


@dataclass(frozen=True, slots=True)
class Barcode:
    """A text with the Code 128 of a variable at its right."""

    text: Template
    variable: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its parts stand one under another, each one text or several side by side.

    A text is one or more paragraphs.
    """

    head: Template
    width: float
    """In mm on A5; 0 takes what the others leave."""
    centred: bool
    even: bool
    """Spare height goes to all parts alike, not to the last."""
    parts: tuple[tuple[tuple[Template, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list variable, then those `blanks` that no row has taken the place of."""

    rows: str
    columns: tuple[Column, ...]
    blanks: tuple[Mapping[str, object], ...]
    depth: float
    """Least height of a row, in mm on A5."""


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


Block = Paragraphs | Barcode | Table | Signatures | Beside


@dataclass(frozen=True, slots=True)
class Header:
    """What heads each paper of a profile: the agencies at the left, the motto at the right."""

    left: tuple[Template, ...]
    right: tuple[Template, ...]
    number: Template
    place_and_date: Template


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
    header: Header
    blocks: tuple[Block, ...]
    provisional: tuple[str, ...]
    """What no source that was read confirms; the unit may change it."""

    def variables(self) -> tuple[str, ...]:
        """The names of the variables it prints, in order, once each."""
        return tuple(dict.fromkeys(_named(self.header, *self.blocks)))


def _named(header: Header, *blocks: Block) -> Iterator[str]:
    for text in (*header.left, *header.right, header.number, header.place_and_date):
        yield from _in(text)
    for block in blocks:
        match block:
            case Paragraphs():
                yield from _printed(block)
            case Barcode(text, variable):
                yield from (*_in(text), variable)
            case Table(rows):
                yield rows
            case Signatures(columns):
                for column in columns:
                    yield from _in(column.title, *column.notes, column.name)
            case Beside(qr, paragraphs):
                for each in paragraphs:
                    yield from _printed(each)
                yield qr


def _printed(block: Paragraphs) -> Iterator[str]:
    if block.when:
        yield block.when
    yield from _in(*block.texts)


def _in(*texts: Template) -> Iterator[str]:
    return (span.variable for text in texts for span in text if span.variable)
