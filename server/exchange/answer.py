"""What travels back to a counter on either lane, and how it stands with it."""

from enum import Enum
from typing import NamedTuple

from app.models.errors import Refused
from server.store.database import StoreFailed

ELSEWHERE = "Gói này gửi cho một máy chủ khác; hãy ghi danh lại với máy chủ này."
STRANGER = "Máy chủ chưa biết máy này; hãy ghi danh bằng mã do cấp trên cấp."


class Outcome(Enum):
    """What a carrier that knows states may say beside the answer."""

    ANSWERED = "answered"
    TURNED_AWAY = "turned-away"
    FAILED = "failed"


class Answer(NamedTuple):
    """Signed, and sealed to who asked for that."""

    travelling: bytes
    outcome: Outcome


def outcome_of(refused: Refused) -> Outcome:
    """A refusal is an answer like another, unless the database did not do its part."""
    return Outcome.FAILED if isinstance(refused, StoreFailed) else Outcome.ANSWERED
