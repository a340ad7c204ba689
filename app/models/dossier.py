"""One dossier as its events tell it."""

from dataclasses import dataclass
from datetime import datetime

from app.models import events as e
from app.models import facts
from app.models.applicant import Applicant, Principal
from app.models.deadline import Limit
from app.models.lifecycle import Deed, Status

ONE_STOP = "Một cửa"
CITIZEN = "Công dân"


@dataclass(frozen=True, slots=True)
class HandOver:
    """One row of the control slip."""

    giver: str
    to: str
    at: datetime
    accepted_at: datetime | None = None
    taker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier as its events tell it. `promises[0]` is what lateness is measured against."""

    name: e.EventName
    received: e.Received
    received_at: datetime
    received_by: str
    status: Status
    holder: str
    holder_since: datetime
    code: str
    provisional_code: str
    procedure: str
    procedure_name: str
    field: str
    case: int
    case_name: str
    limit: Limit
    promises: tuple[facts.Promise, ...]
    applicant: Applicant | None
    principal: Principal | None
    request: str
    documents: tuple[facts.Document, ...]
    salt: str
    fee: facts.Fee
    paid: bool = False
    hand_overs: tuple[HandOver, ...] = ()
    supplement_requests: int = 0
    apologies: int = 0
    corrections: int = 0
    counted_from: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    prints: tuple[tuple[str, int], ...] = ()
    prints_before_correction: tuple[tuple[str, int], ...] = ()
    spoiled: frozenset[tuple[str, int]] = frozenset()
    """Prints that came to nothing, by the officer's word: (event that printed, copy; 0 is all)."""
    outcome: str = ""
    returned_at: datetime | None = None
    resolved_at: datetime | None = None
    last_change: e.EventName | None = None
    last_deed: Deed | None = None

    @property
    def due(self) -> datetime:
        """The appointment now in force."""
        return self.promises[-1].due

    @property
    def first_due(self) -> datetime:
        return self.promises[0].due

    def prints_of(self, form: str) -> int:
        """How many times `form` was sent to paper."""
        return dict(self.prints).get(form, 0)

    def outdated_prints_of(self, form: str) -> int:
        """How many of those were printed before the last correction, and are replaced by the next."""
        return dict(self.prints_before_correction).get(form, 0)
