"""Events that tie a paper of the checklist to the file made of it (số hóa; TT 01/2023/TT-VPCP Đ.8).

The file itself is no event: it travels on a lane of its own, sealed (`app.models.exchange.sealed_file`). What
opens it stands in the personal part, so that erasing a dossier closes its files wherever they lie.
"""

from typing import Annotated, Literal

import msgspec

from app.models.events.facts import Body, Count

FileName = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""SHA-256 of the sealed bytes, in hex: says nothing of what is in them."""

HowDigitised = Literal["digitised", "reused", "reused_result"]
"""Scanned here, or taken from another dossier's papers, or from another dossier's result."""

MOST_SEALED = 64 * 2**20
"""Bytes; a longer file is none of ours."""


class Digitised(Body, frozen=True, omit_defaults=True, tag="document_digitised"):
    """A file belongs to line `line` (from 1) of the checklist as it stood then; 0 is the receipt itself,
    where that was filled by hand.

    `size` counts the sealed bytes. The personal part holds the paper's name, which goes on naming it
    when the checklist is corrected, and the key.
    """

    line: Count
    file: FileName
    size: Annotated[int, msgspec.Meta(gt=0, le=MOST_SEALED)]
    pages: Count
    media: str = "application/pdf"
    how: HowDigitised = "digitised"


class DigitisingReversed(Body, frozen=True, omit_defaults=True, tag="digitising_reversed"):
    """What the event `digitised` tied to a paper doesn't belong to it."""

    digitised: str
