"""Who stands at the desk, as earlier dossiers know them: to be offered, compared, and noticed twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.desk.draft import IntakeDraft
from app.desk.intake.addresses import lies_in
from app.models.citizens.applicant import Applicant, Identity, IdKind, clean_identity
from app.models.dossiers.lifecycle import OPEN
from app.models.errors import BadInput
from app.models.text import fold
from app.store.reading.dossiers import DossierRow
from app.store.store import Store

FEWEST_WORDS = 2  # of a name before it is looked up: a family name alone is half the commune
NAMESAKES = 20


@dataclass(frozen=True)
class Person:
    """What earlier dossiers say of the person in the form."""

    known: Applicant | None
    """As last received; None when nobody is known, or several of that name are."""
    rows: tuple[DossierRow, ...]
    """The dossiers of the number typed, then those of the card's old number; newest first."""
    doubts: tuple[str, ...]
    """What doesn't fit what is known, in sentences."""
    lies_in: str = ""
    """Commune and province an address of three levels belongs to now."""
    old_number: str = ""
    """By which some of `rows` are known, or all: the same person, if the card is theirs."""


NOBODY = Person(None, (), ())


def person(store: Store, draft: IntakeDraft, today: date) -> Person:
    """Look up who the form names: by number, or by a whole name while no number is typed."""
    return replace(_named(store, draft, today), lies_in=lies_in(draft.address))


def _named(store: Store, draft: IntakeDraft, today: date) -> Person:
    number = id_number(draft)
    if number:
        rows = tuple(store.dossiers.of_person(number))
        older = tuple(store.dossiers.of_person(old_number(draft)))
        known = _as_received(store, (rows or older)[0]) if rows or older else None
        doubts = (
            *_other_name(draft, rows, "số này"),
            *_other_name(draft, older, f"số CMND cũ {draft.old_number} trên thẻ"),
            *_twice(draft, (*rows, *older), today),
        )
        return Person(known, (*rows, *older), doubts, old_number=old_number(draft) if older else "")
    if draft.id_number.strip() or len(draft.name.split()) < FEWEST_WORDS:
        return NOBODY
    return Person(_namesake(store, draft.name), (), ())


def id_number(draft: IntakeDraft) -> str:
    """The number as it is stored; "" while it can't be one."""
    identity = Identity(IdKind(draft.id_kind), draft.id_number, draft.id_reason)
    try:
        return clean_identity(identity).number
    except BadInput:
        return ""


def old_number(draft: IntakeDraft) -> str:
    """The old number of the card whose number stands in the form; "" while it has none."""
    return draft.old_number if draft.id_kind == IdKind.CITIZEN and id_number(draft) else ""


def _namesake(store: Store, name: str) -> Applicant | None:
    """The only person of that name."""
    wanted = fold(name)
    found = {
        row.id_number: row
        for row in store.dossiers.find(name, NAMESAKES)
        if row.id_number and fold(row.applicant) == wanted
    }
    return _as_received(store, next(iter(found.values()))) if len(found) == 1 else None


def _as_received(store: Store, row: DossierRow) -> Applicant | None:
    dossier = store.dossiers.opened(row.name).dossier
    return dossier.applicant if dossier else None


def _other_name(draft: IntakeDraft, rows: Sequence[DossierRow], whose: str) -> tuple[str, ...]:
    typed = fold(draft.name)
    if not typed or not rows or typed in {fold(row.applicant) for row in rows}:
        return ()
    said = f"Ở hồ sơ trước, {whose} đứng tên {rows[0].applicant}."
    return (f"{said} Đối chiếu lại thẻ: có thể là thẻ của người khác.",)


def _twice(draft: IntakeDraft, rows: Sequence[DossierRow], today: date) -> tuple[str, ...]:
    """The same procedure of the same person, still open or received today."""
    same = [
        row
        for row in rows
        if draft.procedure
        and row.procedure == draft.procedure
        and (row.status in OPEN or row.received_at.date() == today)
    ]
    if not same:
        return ()
    row = same[0]
    code = "-".join(row.code.split("-")[-2:])
    state = "chưa xong" if row.status in OPEN else "đã xong"
    said = f"Người này đã nộp thủ tục này: {code}, nhận {row.received_at:%H:%M %d/%m/%Y}, {state}."
    return (f"{said} Đúng là một hồ sơ khác thì cứ lưu.",)
