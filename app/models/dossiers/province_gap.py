"""Says whether the province's system still has to be told of a dossier.

It is told that a dossier was received, and how it ended: national codes 7 to 10, a voided number,
or that a stopped one goes on. What happens in between it is told by the day's file.
"""

from enum import IntEnum

from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Status, status_code

ENDED = (7, 8, 9, 10)
"""National codes that are typed in too: withdrawn, stopped, resolved, returned."""


class Gap(IntEnum):
    """What is lacking there; the number stands in the table."""

    NONE = 0
    ABSENT = 1
    BEHIND = 2


def national(status: Status) -> int:
    """The national code; 0 of a voided number, which has none."""
    return status_code(status) or 0


def gap(dossier: Dossier) -> Gap:
    """What that system lacks of `dossier`; a number voided before it was entered never has to be."""
    if dossier.province is None:
        return Gap.NONE if dossier.status is Status.VOIDED else Gap.ABSENT
    stands = _told(national(dossier.status)) == _told(dossier.province.national_status)
    return Gap.NONE if stands else Gap.BEHIND


def _told(code: int) -> int:
    """All that is under way is one there: received."""
    return code if code in ENDED or not code else 2
