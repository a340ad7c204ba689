"""Events of what is announced to a unit from above (thông báo khẩn), and that it was read there.

The words stand in the public part, which nothing erases: no citizen is named in them.
"""

from typing import Annotated

import msgspec

from app.models.events.facts import Body

MOST_WORDS = 500
"""Characters of one notice: what is read at a glance."""

NoticeName = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{16}\Z")]
"""Drawn by the server; in every unit a notice goes to it is called the same."""

NoticeText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)]


class NoticeSent(Body, frozen=True, omit_defaults=True, tag="notice_sent"):
    """Said by the server."""

    notice: NoticeName
    text: NoticeText


class NoticeWithdrawn(Body, frozen=True, omit_defaults=True, tag="notice_withdrawn"):
    """Said by the server: it needn't be read any more."""

    notice: NoticeName


class NoticeRead(Body, frozen=True, omit_defaults=True, tag="notice_read"):
    """Said at a counter: the officer in charge has read it, for the whole unit."""

    notice: NoticeName
