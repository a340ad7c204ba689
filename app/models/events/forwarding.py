"""What another agency was asked for when a dossier was forwarded, until when, and when it answered."""

from datetime import datetime

import msgspec

from app.models.deadlines.appointment import Limit
from app.models.events.facts import Body, Instant


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """One agency of those a dossier was sent to at once, its own limit and where that ends.

    Its work stands in the personal part of the event, in the agencies' order. The limit is who
    forwards sets it (NĐ 61/2018 Đ.19.5–6) and moves no promise.
    """

    agency: str
    limit: Limit | None = None
    due: Instant | None = None


class AgencyAnswered(Body, frozen=True, omit_defaults=True, tag="agency_answered"):
    """One agency of those that have the dossier gave its answer; with the last one it is back.

    What it answered stands in the personal part, as a note.
    """

    agency: str


class Answer(msgspec.Struct, frozen=True):
    """Which agency answered, when, and who took it down."""

    agency: str
    at: datetime
    by: str
