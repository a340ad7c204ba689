"""What the same-day page asks of the desk: each function runs in the desk lane, on snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from app.desk.desk import Desk
from app.desk.draft import cautions_of_people
from app.desk.intake.people import Person, person
from app.desk.intake.same_day import Counted, Errand, Finished
from app.models.procedures.procedure import Procedure
from app.models.unit.officer import Officer
from app.ui.intake.work import LATELY


@dataclass(frozen=True)
class Opening:
    """What the page is opened with; `kept` is the errand as the program last ended."""

    procedures: tuple[Procedure, ...]
    usage: Mapping[str, int]
    signers: tuple[Officer, ...]
    kept: Errand | None


@dataclass(frozen=True)
class Looked:
    """An errand as it stands, what is known of the same person, and what is doubtful in their facts."""

    counted: Counted
    person: Person
    cautions: tuple[str, ...]


def opening(desk: Desk, officer: Officer) -> Opening:
    """The catalogue as it holds today, who may sign, and what was left on the desk."""
    now = desk.clock()
    held = (p for p in desk.store.standing.procedures() if p.holds_on(now.date()))
    return Opening(
        procedures=tuple(p for p in held if any(case.limit for case in p.cases)),
        usage=desk.store.dossiers.usage(now - LATELY),
        signers=tuple(desk.same_day.signers()),
        kept=desk.same_day.kept(officer),
    )


def look(desk: Desk, errand: Errand) -> Looked:
    """What the errand costs, what is wrong, and who it is."""
    today = desk.clock().date()
    known = person(desk.store, errand.person, today)
    cautions = (*cautions_of_people(errand.person, today), *known.doubts)
    return Looked(desk.same_day.count(errand), known, cautions)


def add(desk: Desk, officer: Officer, errand: Errand, following: Errand) -> Errand:
    """Take the piece that is typed, if nothing is wrong in it; what follows is kept at once."""
    desk.same_day.cost(errand, errand.typed)
    desk.same_day.keep(following, officer)
    return following


def finish(desk: Desk, officer: Officer, errand: Errand, *, at_once: bool) -> Finished:
    """Receive all of it. Raises `Refused`."""
    return desk.same_day.finish(errand, officer, at_once=at_once)


def is_empty(errand: Errand) -> bool:
    """Whether nothing of it would be missed."""
    return replace(errand, method="cash", signer="") == Errand()
