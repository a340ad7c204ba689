"""What the intake page asks of the desk: each function runs in the desk lane, on snapshots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.intake.blank_draft import BlankDraft
from app.desk.intake.intake import Preview
from app.desk.intake.people import Person, person
from app.desk.intake.receiving import Receipt
from app.desk.online.waiting import Waiting
from app.models.dossiers.checklist import BLANK
from app.models.errors import Refused
from app.models.events.event import UnitDescribed
from app.models.procedures.procedure import Procedure
from app.models.unit.officer import Officer
from app.store.own.keeping import Draft
from app.ui.intake.back_entry import Written
from app.ui.intake.blank_scanned import LEFT

PERSON = (
    "kind", "name", "id_kind", "id_number", "id_reason", "old_number", "born", "sex", "address", "phone", "email",
    "authorised", "principal_name", "principal_address", "principal_number", "principal_phone",
    "principal_email", "authorisation",
)  # fmt: skip

LATELY = timedelta(days=90)  # over which the usage of procedures is counted


@dataclass(frozen=True)
class Opening:
    """What the page is opened with; `kept` is the form as the program last ended,
    `blank` what was keyed of a blank then.

    `cases` says in which case the officer last received each procedure.
    """

    procedures: tuple[Procedure, ...]
    usage: Mapping[str, int]
    cases: Mapping[str, int]
    unit: UnitDescribed
    parked: tuple[Draft, ...]
    kept: IntakeDraft | None
    blank: BlankDraft | None


@dataclass(frozen=True)
class Looked:
    """A draft, what receiving it would mean, what is known of the same person; and the online
    dossier it takes in, if any."""

    draft: IntakeDraft
    preview: Preview
    person: Person
    online: Waiting | None = None


@dataclass(frozen=True)
class Form:
    """A form to show, and whose are set aside now."""

    draft: IntakeDraft
    parked: tuple[Draft, ...]


def opening(desk: Desk, officer: Officer) -> Opening:
    """The catalogue as it holds today, and what was left on the desk."""
    today = desk.clock()
    return Opening(
        procedures=tuple(p for p in desk.store.standing.procedures() if p.holds_on(today.date())),
        usage=desk.store.dossiers.usage(today - LATELY),
        cases=desk.store.dossiers.last_cases(officer.login, today - LATELY),
        unit=desk.store.standing.unit(),
        parked=tuple(desk.intake.parked(officer)),
        kept=desk.intake.kept(officer),
        blank=_kept_blank(desk, officer),
    )


def _kept_blank(desk: Desk, officer: Officer) -> BlankDraft | None:
    kept = desk.blank_drafts.kept(officer)
    if kept and kept.scan and not desk.digitising.is_whole(kept.scan):
        kept = msgspec.structs.replace(kept, scan=None)  # it stayed on another computer
    return kept


def keep(desk: Desk, officer: Officer, draft: IntakeDraft, blank: BlankDraft | None) -> None:
    """Keep the form as it stands, and what is keyed of a blank."""
    desk.intake.keep(draft, officer)
    if blank != desk.blank_drafts.kept(officer):
        desk.blank_drafts.keep(blank, officer)


def of_same_person(draft: IntakeDraft) -> IntakeDraft:
    """A new draft with whoever stands in `draft`."""
    return msgspec.structs.replace(IntakeDraft(), **{name: getattr(draft, name) for name in PERSON})


def look(desk: Desk, draft: IntakeDraft, at: datetime | None = None) -> Looked:
    """What receiving `draft` would mean, now or by hand at `at`."""
    known = person(desk.store, draft, desk.clock().date())
    return Looked(draft, desk.intake.look(draft, at), known, desk.online.look(draft.online))


def receive(
    desk: Desk, officer: Officer, draft: IntakeDraft, following: IntakeDraft, pen: Written | None
) -> Receipt:
    """Receive `draft`, or key what the pen wrote; the form that follows takes its place."""
    if pen is None:
        receipt = desk.intake.receive(draft, officer, form=True)
    else:
        receipt = desk.intake.receive(
            draft, pen.by, at=pen.at, keyed_by=officer.login, form=True, blank=pen.blank
        )
        receipt = replace(receipt, warnings=(*receipt.warnings, *_tie(desk, officer, receipt, pen)))
        desk.blank_drafts.keep(pen.following, officer)
    desk.intake.keep(following, officer)
    return receipt


def _tie(desk: Desk, officer: Officer, receipt: Receipt, pen: Written) -> Iterator[str]:
    """Tie the scan of the blank to its dossier, which is received whatever comes of that."""
    if pen.scan is None:
        yield LEFT
        return
    try:
        desk.digitising.tie(receipt.name, BLANK, pen.scan, officer)
    except Refused as refusal:
        yield str(refusal)


def park(desk: Desk, officer: Officer, draft: IntakeDraft) -> Form:
    """Set `draft` aside."""
    desk.intake.park(draft, officer)
    return Form(IntakeDraft(), tuple(desk.intake.parked(officer)))


def begin_with(desk: Desk, officer: Officer, current: IntakeDraft, draft: IntakeDraft) -> Form:
    """Begin with what came from elsewhere; what stands in the form, or was kept of it, is set aside."""
    empty = IntakeDraft()
    standing = desk.intake.kept(officer) or empty if current == empty else current
    if standing not in (empty, draft):
        desk.intake.park(standing, officer)
    desk.intake.keep(draft, officer)
    return Form(draft, tuple(desk.intake.parked(officer)))


def take_up(desk: Desk, officer: Officer, current: IntakeDraft, parked: Draft) -> Form:
    """Take up what was set aside; what stands in the form is set aside instead."""
    if current != IntakeDraft():
        desk.intake.park(current, officer)
    draft = desk.intake.take_up(parked)
    return Form(draft, tuple(desk.intake.parked(officer)))
