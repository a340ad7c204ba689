"""Records who was helped at the help desk (bàn trợ giúp), and draws up what it came to.

No article that was read says what such a record holds: its words are the unit's own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from app.desk.sheets.books import span
from app.desk.sheets.reports import check_days, report_of
from app.desk.unit.choices import Choices
from app.models.citizens.applicant import Applicant, clean_identity, identity_of
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.exchange.chain import SALT_BYTES, salt
from app.models.text import clean_name, clean_text, sort_key
from app.models.unit.officer import Officer, Role
from app.printing.sheet import Sheet
from app.store.reading.helps import Helped, Helps
from app.store.store import Store

UNKNOWN = "không rõ"  # why somebody who was helped has no number here
LONGEST_CODE, MOST_MINUTES = 60, 24 * 60
ANONYMOUS, NO_PROCEDURE = "không cho biết tên", "Chưa rõ thủ tục"
Line = dict[str, object]
"""A line of the report."""


class HelpDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A help as it is typed; every field may stay blank but `outcome`."""

    name: str = ""
    id_number: str = ""
    procedure: str = ""
    request: str = ""
    level: str = ""
    outcome: str = ""
    portal_code: str = ""
    minutes: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """One help as it stands; `typed` is what was typed of it, to be corrected."""

    name: e.EventName
    at: datetime
    officer: str
    procedure_name: str
    typed: HelpDraft


class HelpDesk:
    """`name_of` gives an officer's name by login."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], name_of: Callable[[str], str]
    ) -> None:
        self._store = store
        self._clock = clock
        self._name_of = name_of
        self._helps = Helps(store.database, store.folding)
        self.choices = Choices(store.keeping)

    def record(self, draft: HelpDraft, officer: Officer) -> e.EventName:
        """Write down that somebody was helped just now. Raises `BadInput`."""
        now = self._clock()
        return self._write(draft, officer.login, officer, now, salt(self._store.random(SALT_BYTES)))

    def correct(self, name: e.EventName, draft: HelpDraft, officer: Officer) -> None:
        """Say a help better; it stays its officer's, of its hour. Raises `BadInput`, `Refused`."""
        before = self._own(name, officer)
        assert before.personal is not None
        self._write(draft, before.by, officer, before.at, before.personal.salt, name)

    def take_back(self, name: e.EventName, officer: Officer) -> None:
        """There was no such help. Raises `Refused`."""
        before = self._own(name, officer)
        self._say(name, Assisted(taken_back=True), before, officer)

    def restore(self, name: e.EventName, officer: Officer) -> None:
        """There was such a help after all, as it stood before it was taken back."""
        before = self._helps.before(name)
        if before is not None and isinstance(before.body, Assisted):
            self._say(name, before.body, before, officer)

    # --- drafts -----------------------------------------------------------------------------------

    def keep(self, draft: HelpDraft, officer: Officer) -> None:
        """Keep the form as it stands; after a crash it comes back so."""
        body = "" if draft == HelpDraft() else msgspec.json.encode(draft).decode()
        self._store.keeping.keep_draft("help", officer.login, draft.name, body, self._clock())

    def kept(self, officer: Officer) -> HelpDraft | None:
        """The form as it stood when the program last ended."""
        drafts = self._store.keeping.drafts("help", officer.login)
        return msgspec.json.decode(drafts[-1].body, type=HelpDraft) if drafts else None

    def of(self, day: date) -> list[Help]:
        """The helps of a day on every counter, the latest first."""
        return [self._help(name, event) for name, event in self._helps.lines(*span(day, day))]

    def report(self, since: date, until: date) -> Sheet:
        """What the helps from `since` to `until` come to. Raises `BadInput` for wrong days."""
        check_days(since, until)
        found = self._helps.counted(*span(since, until))
        values: Line = {
            "helped": _lines([found], lambda _: "Tổng số lượt trợ giúp"),
            "helped_by_outcome": _by(found, lambda each: each.outcome),
            "helped_by_level": _by(found, lambda each: each.level or "Không ghi"),
            "helped_by_procedure": _by(found, lambda each: each.procedure_name or NO_PROCEDURE),
            "helped_by_officer": _by(found, lambda each: self._name_of(each.by)),
        }
        unit, today = self._store.standing.unit(), self._clock().date()
        return report_of(unit, "report-help-desk", values, (since, until), today)

    # --- inside -----------------------------------------------------------------------------------

    def _own(self, name: e.EventName, officer: Officer) -> e.Event:
        before = self._helps.last(name)
        if before is None:
            raise Refused("Lượt trợ giúp này đã được bỏ. Hãy ghi lại thành lượt mới.")
        if officer.login != before.by and Role.SUPERVISOR not in officer.roles:
            who = self._name_of(before.by)
            raise Refused(f"Lượt này do {who} ghi. Người ghi hoặc phụ trách bộ phận mới sửa được.")
        return before

    def _say(self, name: e.EventName, body: Assisted, before: e.Event, officer: Officer) -> None:
        """Say the last word on a help, in its own hour."""
        personal = None if body.taken_back else before.personal
        with self._store.journal.deed(self._clock()) as writing:
            writing.append(
                body, thing=name, by=before.by, at=before.at, keyed_by=officer.login,
                keyed_at=self._clock(), personal=personal,
            )  # fmt: skip

    def _write(
        self, draft: HelpDraft, by: str, officer: Officer, at: datetime, salt_: str,
        thing: e.EventName | None = None,
    ) -> e.EventName:  # fmt: skip
        procedure = self._store.standing.procedure(draft.procedure) if draft.procedure else None
        body = Assisted(
            procedure=procedure.code if procedure else "",
            procedure_name=procedure.name if procedure else "",
            level=clean_name(draft.level, field="level"),
            outcome=clean_name(draft.outcome, field="outcome"),
            portal_code=clean_name(draft.portal_code, LONGEST_CODE, "portal_code"),
            minutes=_minutes(draft.minutes),
        )
        if not body.outcome:
            raise BadInput("Chưa chọn kết quả trợ giúp.", "outcome")
        personal = e.Personal(
            salt=salt_,
            applicant=_who(draft),
            request=clean_text(draft.request, field="request"),
            note=clean_text(draft.note, field="note"),
        )
        with self._store.journal.deed(self._clock()) as writing:
            self._store.keeping.forget_current(officer.login, "help")
            return writing.append(
                body, thing=thing, by=by, at=at, keyed_by=officer.login,
                keyed_at=self._clock(), personal=personal,
            )  # fmt: skip

    def _help(self, name: e.EventName, event: e.Event) -> Help:
        body, typed = event.body, _typed(event)
        assert isinstance(body, Assisted)
        said = body.procedure_name or typed.request
        return Help(name, event.at, self._name_of(event.by), said, typed)


def _who(draft: HelpDraft) -> Applicant | None:
    """Nobody owes a help desk a name; a number that is typed must be one."""
    name = clean_name(draft.name)
    if not name and not draft.id_number.strip():
        return None
    return Applicant(name, identity=clean_identity(identity_of(draft.id_number, UNKNOWN)))


def _minutes(minutes: int) -> int:
    if not 0 <= minutes <= MOST_MINUTES:
        raise BadInput("Số phút chưa đúng. Hãy ghi số phút đã trợ giúp.", "minutes")
    return minutes


def _typed(event: e.Event) -> HelpDraft:
    body, told = event.body, event.personal or e.Personal(salt="")
    assert isinstance(body, Assisted)
    who = told.applicant
    return HelpDraft(
        name=who.name if who else "",
        id_number=who.identity.number if who else "",
        procedure=body.procedure,
        request=told.request,
        level=body.level,
        outcome=body.outcome,
        portal_code=body.portal_code,
        minutes=body.minutes,
        note=told.note,
    )


def _by(found: Iterable[Helped], key: Callable[[Helped], str]) -> list[Line]:
    """A line for each key, the most often first."""
    groups: dict[str, list[Helped]] = defaultdict(list)
    for each in found:
        groups[key(each)].append(each)
    often = sorted(groups.values(), key=lambda some: (-len(some), sort_key(key(some[0]))))
    return _lines(often, lambda some: key(some[0]))


def _lines(
    groups: Iterable[Sequence[Helped]], name: Callable[[Sequence[Helped]], str]
) -> list[Line]:
    lines = []
    for place, some in enumerate(groups, 1):
        minutes = sum(each.minutes for each in some)
        lines.append(
            {"place": f"{place}", "what": name(some), "times": len(some), "minutes": minutes,
             "mean": (minutes * 2 + len(some)) // (2 * len(some)) if some else 0}
        )  # fmt: skip
    return lines
