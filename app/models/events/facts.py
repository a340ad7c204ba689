"""What events are made of: papers, fees, numbers in books, promises."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

# what no replica can hold is no fact: an instant without a zone, a number past any column
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
LARGEST = 2**53 - 1
Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]


def count(text: str) -> int:
    """The `Count` a text says; raises ValueError when it says none."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number


class Body(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    """What every event body has in common: its type stands in the field `type`."""


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the checklist: how many of each kind were handed in, or only shown."""

    name: str
    originals: Count = 0
    certified: Count = 0
    copies: Count = 0
    shown: bool = False


class Fee(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is owed and how: `amount` in đồng, None while nobody knows the rate."""

    amount: Count | None = None
    rule: str = ""
    article: str = ""
    exempt: str = ""
    when: Literal["now", "on_return", ""] = ""
    method: Literal["cash", "transfer", ""] = ""
    pages: Count = 0
    copies: Count = 0


class Serial(msgspec.Struct, frozen=True):
    """A number in a book: group (of the register, or a form's slips), year, book (quyển), number from 1."""

    group: str
    year: Count
    book: Count
    number: Count


class Promise(msgspec.Struct, frozen=True, omit_defaults=True):
    """An appointment as it was given: `why` is merged ranges [from, to, counted, rule]."""

    due: Instant
    why: tuple[tuple[str, str, int, str], ...] = ()
    warnings: tuple[str, ...] = ()
