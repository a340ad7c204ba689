"""One dossier as its page shows it, brought from the desk in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.desk.deeds.correcting import lacking
from app.desk.deeds.deciding import supplement_doubts
from app.desk.deeds.digitising import Paper
from app.desk.deeds.progress import applicable, why_not
from app.desk.deeds.promising import NOT_MOVED
from app.desk.desk import Desk
from app.desk.looking.conflicts import may_settle
from app.desk.looking.lookup import Away
from app.desk.looking.usual_receivers import usual_receivers
from app.desk.papers.forms import papers_of
from app.desk.papers.press import copies_of
from app.desk.profiles import profile_of
from app.models.deadlines.lateness import Lateness
from app.models.dossiers.concurrent import Task, tasks
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Verdict
from app.models.dossiers.lifecycle import TRANSITIONS, Deed, Status, deed_of
from app.models.events.event import EventName
from app.models.procedures.procedure import Case
from app.models.unit.officer import Officer, Role
from app.store.own.print_jobs import PrintJob
from app.ui.dossier.columns import short_code


@dataclass(frozen=True)
class DossierView:
    """A dossier with its history, how it stands at `now`, and who and what its deeds may name.

    `offered_due` is what an apology may promise; `is_moved` when the calendar gives another date.
    """

    name: EventName
    dossier: Dossier
    verdicts: tuple[Verdict, ...]
    left: Lateness
    officers: tuple[Officer, ...]
    cases: tuple[Case, ...]
    offered_due: datetime
    is_moved: bool
    now: datetime
    papers: tuple[str, ...] = ()
    """The forms it has now."""
    lacking: tuple[str, ...] = ()
    """The papers its procedure asks of everybody and it doesn't have."""
    usual_receivers: Mapping[str, str] = field(default_factory=dict)
    """By its field, who took over the last one; "" where nobody knows."""
    supplement_doubts: tuple[str, ...] = ()
    """What stands against asking for a supplement now, in sentences."""
    away: tuple[Away, ...] = ()
    """The other agencies that have it now."""
    tasks: tuple[Task, ...] = ()
    """What deeds done apart left somebody to look at."""
    scans: tuple[Paper, ...] = ()
    """Its checklist, with the files made of it and where they lie."""
    prints: tuple[PrintJob, ...] = ()
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What this counter printed of it, and the labels of each form's copies."""

    @property
    def code(self) -> str:
        return self.dossier.shown_code

    @property
    def short_code(self) -> str:
        return short_code(self.code)

    @property
    def names(self) -> Mapping[str, str]:
        """The officers' names by login."""
        return {officer.login: officer.name for officer in self.officers}

    def named(self, holder: str) -> str:
        """An officer's name for a login; other holders as they are."""
        return self.names.get(holder, holder)

    def deeds_for(self, officer: Officer) -> tuple[Deed, ...]:
        """The deeds that apply now for this officer, and no others."""
        moved = self.is_moved and officer.may(Deed.REAPPOINT)
        return (*applicable(self.dossier, officer), *((Deed.REAPPOINT,) if moved else ()))

    def why_not(self, deed: Deed, officer: Officer) -> str:
        """Why this officer can't do it now; empty when they can."""
        unmoved = deed is Deed.REAPPOINT and not self.is_moved
        return why_not(deed, self.dossier, officer) or (NOT_MOVED if unmoved else "")

    def waits_for_signature_of(self, officer: Officer) -> bool:
        """Whether this leader was handed it, accepted or not, and has nothing else to do than to sign."""
        unsigned = self.dossier.status in (Status.HANDED_OVER, Status.PROCESSING)
        is_theirs = unsigned and self.dossier.holder == officer.login
        return is_theirs and officer.may(Deed.SIGN) and Role.SPECIALIST not in officer.roles

    def may_settle(self, officer: Officer) -> bool:
        """Whether this officer may say that what was done apart was looked at."""
        return may_settle(officer, self.dossier.holder, self.officers)

    @property
    def last_deed(self) -> Deed | None:
        """What “Hoàn tác” would take back."""
        last = next(
            (v.event for v in self.verdicts if v.event.name == self.dossier.last_change), None
        )
        return deed_of(last.body) if last else None


def look(desk: Desk, name: EventName) -> DossierView:
    """The dossier as it stands; at the desk only. Raises `Refused` while its beginning is missing."""
    folded = desk.lookup.dossier(name)
    dossier = folded.arrived("mở lại")
    procedure = desk.store.standing.procedure(dossier.procedure)
    prints = tuple(desk.press.prints_of(name))
    return DossierView(
        name=name,
        dossier=dossier,
        verdicts=folded.verdicts,
        left=desk.lookup.standing_of(dossier),
        officers=tuple(desk.store.standing.officers()),
        cases=procedure.cases if procedure else (),
        offered_due=desk.new_dates.offered(dossier),
        is_moved=desk.new_dates.is_moved(dossier),
        now=desk.clock(),
        papers=papers_of(dossier),
        lacking=lacking(procedure, dossier.documents) if procedure else (),
        usual_receivers=usual_receivers(
            desk.store, [name] if dossier.status in TRANSITIONS[Deed.HAND_OVER] else []
        ),
        supplement_doubts=_supplement_doubts(desk, dossier),
        away=desk.lookup.away_of(dossier),
        tasks=tasks(folded),
        scans=desk.digitising.papers(folded),
        prints=prints,
        copies={job.form: copies_of(job.form, dossier.received.profile) for job in prints},
    )


def _supplement_doubts(desk: Desk, dossier: Dossier) -> tuple[str, ...]:
    standing = desk.store.standing
    policy = profile_of(dossier).under(standing.policy())
    return supplement_doubts(dossier, desk.clock(), standing.calendar(), policy)
