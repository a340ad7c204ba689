"""What another agency was asked for when a dossier was forwarded, and until when it said it would be."""

import msgspec

from app.models.appointment import Limit
from app.models.facts import Instant


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """One agency of those a dossier was sent to at once, its own limit and where that ends.

    Its work stands in the personal part of the event, in the agencies' order. The limit is who
    forwards sets it (NĐ 61/2018 Đ.19.5–6) and moves no promise.
    """

    agency: str
    limit: Limit | None = None
    due: Instant | None = None
