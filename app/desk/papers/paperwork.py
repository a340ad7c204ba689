"""Issues printed forms: the print as an event, then its bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.desk.looking.lookup import Lookup
from app.desk.papers.batch_values import values_of_all
from app.desk.papers.facts import Told, Values, told_of
from app.desk.papers.fee_receipts import FeeReceipts
from app.desk.papers.forms import (
    FEE_RECEIPT,
    FORMS,
    TICKET,
    TOGETHER,
    known,
    papers_of,
    papers_of_visit,
    size_of,
    why_not,
    why_not_visit,
)
from app.desk.papers.prints import Prints, prints_since
from app.desk.papers.visit_values import values_of_visit
from app.desk.profiles import profile_at, profile_of
from app.models.citizens.applicant import Applicant
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.dossiers.print_state import may_go_again
from app.models.errors import Refused
from app.models.events import event as e
from app.models.unit.officer import Officer
from app.store.own.print_jobs import PrintJob, PrintJobs
from app.store.store import Store

DRAFT = "DỰ THẢO"
"""What is printed before its deed is done, to be looked over: no original, and no reprint of one."""


class Renderer(Protocol):
    """`app.printing.papers.slip.render`, given late so that ReportLab stays out of the start."""

    def __call__(
        self, form: str, values: dict[str, object], paper: str, mark: str, profile: str
    ) -> bytes: ...


@dataclass(frozen=True)
class Paper:
    """One issued paper: the PDF and how it was marked (empty for the original)."""

    pdf: bytes
    title: str
    mark: str
    job: e.EventName
    size: str = "A5"


@dataclass(frozen=True)
class _Asked:
    """A paper that was asked for: what stands on it, and how often it was printed before."""

    values: Values
    profile: str
    title: str
    prints: Prints
    is_draft: bool = False

    @property
    def mark(self) -> str:
        return DRAFT if self.is_draft else self.prints.mark


class Paperwork:
    """Every paper of a dossier; printing is an event before anything reaches a printer."""

    def __init__(
        self, store: Store, lookup: Lookup, clock: Callable[[], datetime], render: Renderer
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock
        self._render = render
        self._prints = PrintJobs(store.database)
        self._fee_receipts = FeeReceipts(store, lookup, clock)

    def papers(self, name: e.EventName) -> tuple[str, ...]:
        """The forms that a dossier, or a visit that left unreceived, has now."""
        visit, folded = self._opened(name)
        if isinstance(visit, e.LeftUnreceived):
            return papers_of_visit(visit)
        return papers_of(folded.arrived("in"))

    def preview(
        self, form: str, name: e.EventName, paper: str = "", others: Sequence[e.EventName] = ()
    ) -> bytes:
        """The form as it would print now; nothing is recorded, and the page says so."""
        paper = size_of(form, paper)
        asked = self._asked(form, [name, *others])
        return self._render(form, asked.values, paper, "BẢN XEM TRƯỚC", asked.profile)

    def printed(self, form: str, name: e.EventName) -> int:
        """How often a form was sent to paper; not what is provably on none."""
        return self._asked(form, [name]).prints.printed

    def values(self, form: str, name: e.EventName) -> Values:
        """The variables of a form, filled from the dossier or visit and the unit."""
        return self._asked(form, [name]).values

    def ticket(self, name: e.EventName) -> bytes:
        """The look-up ticket of a dossier; it is the original of nothing, and no event."""
        return self._render(TICKET, self.values("receipt", name), "K80", "", "")

    def issue(
        self,
        form: str,
        name: e.EventName,
        officer: Officer,
        paper: str = "",
        others: Sequence[e.EventName] = (),
    ) -> Paper:
        """Record a print of `form`, then give its PDF: the first is the original, later ones reprints.

        `paper` is its size, "" the usual one; it may be for `others` of the same person too. Raises
        `BadInput` for a form that isn't there, `Refused` where it doesn't apply.
        """
        paper = size_of(form, paper)
        officer.check(known(form).deed)
        if form == FEE_RECEIPT:
            name, *others = self._receipted(name, officer)
        others = [other for other in dict.fromkeys(others) if other != name]
        version, asked = self._store.database.version(), self._asked(form, [name, *others])
        pdf = self._render(form, asked.values, paper, asked.mark, asked.profile)
        if unsent := self._unsent([name, *others], form, paper, asked):
            return Paper(pdf, asked.title, asked.mark, unsent, paper)
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            if version != self._store.database.version():  # another program wrote since
                asked = self._asked(form, [name, *others])
                pdf = self._render(form, asked.values, paper, asked.mark, asked.profile)
            prints = asked.prints
            body = e.Printed(form, paper, ordinal=prints.printed, replaces=prints.replaces)
            job = writing.append(body, thing=name, by=officer.login, at=now)
            self._prints.expect(job, name, form, paper, asked.mark, now)
            for other in others:
                event = writing.append(body, thing=other, by=officer.login, at=now)
                self._prints.expect(event, other, form, paper, asked.mark, now, first=job)
        return Paper(pdf, asked.title, asked.mark, job, paper)

    # --- inside -----------------------------------------------------------------------------------

    def _asked(self, form: str, names: Sequence[e.EventName]) -> _Asked:
        known(form)
        visit, folded = self._opened(names[0])
        if isinstance(visit, e.LeftUnreceived):
            return self._asked_of_visit(form, visit, folded)
        every = (folded, *map(self._lookup.dossier, names[1:]))
        dossiers = [(each, each.arrived("in")) for each in every]
        for _, dossier in dossiers:
            if sentence := why_not(form, dossier):
                raise Refused(sentence)
        if len(dossiers) > 1:
            _check_together(form, [dossier for _, dossier in dossiers])
        told = [self._told(dossier, folded) for folded, dossier in dossiers]
        first = dossiers[0][1]
        return _Asked(
            self._fee_receipts.to_print(names[0])
            if form == FEE_RECEIPT
            else values_of_all(form, told),
            profile_of(first).name,
            f"{form} {first.shown_code}",
            self._prints_of(form, told[0]),
            is_draft=form == "apology" and first.apology is None,
        )

    def _prints_of(self, form: str, told: Told) -> Prints:
        """The prints of this very paper."""
        unsent = self._on_no_paper(told.dossier.name)
        if form == FEE_RECEIPT:
            given = self._fee_receipts.given_at(told.dossier.name)
            return prints_since([x for x in told.events if given and x.at >= given], form, unsent)
        return prints_since(told.events, form, unsent)

    def _on_no_paper(self, name: e.EventName) -> set[e.EventName]:
        return {job.event for job in self._prints.about(name) if may_go_again(job.state)}

    def _asked_of_visit(self, form: str, visit: e.LeftUnreceived, folded: Folded) -> _Asked:
        if sentence := why_not_visit(form, visit):
            raise Refused(sentence)
        events = [verdict.event for verdict in folded.verdicts]
        event = next(x for x in events if x.body is visit)
        standing = self._store.standing
        procedure = standing.procedure(visit.procedure) if visit.procedure else None
        values = values_of_visit(form, event, standing.unit(), procedure, self._lookup.holder_name)
        profile = profile_at(event.at).name
        prints = prints_since(events, form, self._on_no_paper(event.name))
        return _Asked(values, profile, f"{form} {event.at:%y%m%d-%H%M}", prints)

    def _receipted(self, name: e.EventName, officer: Officer) -> list[e.EventName]:
        """The dossiers of the receipt this one has, the first before the others; given now if need be."""
        if sentence := why_not(FEE_RECEIPT, self._lookup.dossier(name).arrived("in")):
            raise Refused(sentence)
        given = self._fee_receipts.given(name)
        if given is None:
            self._fee_receipts.give(name, officer)
            return [name]
        return [e.EventName.parse(each) for each in (given.dossier, *given.others)]

    def _opened(self, name: e.EventName) -> tuple[e.AnyBody | e.Unknown | None, Folded]:
        """What opened this thing, and its events folded."""
        folded = self._lookup.dossier(name)
        opening = (x.event.body for x in folded.verdicts if x.event.name == name)
        return next(opening, None), folded

    def _told(self, dossier: Dossier, folded: Folded) -> Told:
        return told_of(dossier, folded, self._store.standing, self._lookup.holder_name)

    def _unsent(
        self, names: Sequence[e.EventName], form: str, paper: str, asked: _Asked
    ) -> e.EventName | None:
        """The last print of a form, if provably no printer took it: then it goes as it was.

        It must be the last of just these dossiers: another paper was printed as another print.
        """
        lasts = [self._last(name, form) for name in names]
        last = lasts[0]
        if last is None or any(job is None or job.sheet != last.sheet for job in lasts):
            return None
        same = (last.paper, last.mark) == (paper, asked.mark)
        whole = len(self._prints.on_sheet(last.sheet)) == len(names)
        return last.event if same and whole and last.event in asked.prints.to_send else None

    def _last(self, name: e.EventName, form: str) -> PrintJob | None:
        return next((job for job in self._prints.about(name)[::-1] if job.form == form), None)


def _check_together(form: str, dossiers: Sequence[Dossier]) -> None:
    """Raise `Refused` unless these may share one paper."""
    if form not in TOGETHER:
        raise Refused(f"Mỗi hồ sơ có {FORMS[form].name} riêng. Hãy in từng hồ sơ một.")
    people = {_who(dossier.applicant) for dossier in dossiers}
    if form != "post-minutes" and len(people) > 1:
        raise Refused("Các hồ sơ này không cùng một người nộp. Hãy in giấy riêng cho từng người.")


def _who(applicant: Applicant | None) -> tuple[str, str]:
    """What tells one person from another: the number, or without one name and telephone."""
    if applicant is None:
        return "", ""
    return (applicant.identity.number, "") if applicant.identity.number else (
        applicant.name, applicant.phone
    )  # fmt: skip
