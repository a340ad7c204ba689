"""The intake form as typed, and what it says once each field is checked."""

import dataclasses
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from app.models.citizens.applicant import (
    Applicant,
    Caution,
    Identity,
    IdKind,
    Principal,
    Recipient,
    checked_applicant,
    checked_principal,
    checked_recipient,
    identity_of,
)
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.errors import BadInput
from app.models.events import facts
from app.models.procedures.fee import Fee
from app.models.procedures.procedure import AGREED, Case, Procedure
from app.models.text import clean_text, fold

LONGEST_LIMIT = 400
DEAREST_FEE = 1_000_000_000
LONGEST_WAYBILL = 60  # letters
BY_AGREEMENT = "chứng thực"  # there the citizen may agree to a longer limit
LAW_OF_AGREEMENTS = "NĐ 23/2015/NĐ-CP Đ.7, 21"  # where the catalogue names none for the procedure
BY_POST = "Qua dịch vụ bưu chính công ích"
NOT_ON_PAPER = "Giấy ủy quyền không ghi số"

_UNIT_WORDS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
    LimitUnit.SAME_DAY: "ngày, trả trong ngày",
}


class IntakeDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """The intake form as it stands, every field as typed; kept as JSON, so it survives a power cut."""

    procedure: str = ""
    case: int = 1
    limit_value: str = ""
    limit_unit: str = "working_day"
    limit_source: str = ""
    agreement: str = ""
    kind: Literal["person", "organisation"] = "person"
    name: str = ""
    id_kind: str = IdKind.CITIZEN.value
    id_number: str = ""
    id_reason: str = ""
    old_number: str = ""  # of the card, by which earlier dossiers may know its bearer
    born: str = ""
    sex: Literal["male", "female", ""] = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authorised: bool = False
    principal_name: str = ""
    principal_address: str = ""
    principal_number: str = ""
    principal_phone: str = ""
    principal_email: str = ""
    authorisation: str = ""
    request: str = ""
    documents: tuple[facts.Document, ...] = ()
    sets: int = 1
    channel: Literal["counter", "online", "post"] = "counter"
    received_unit: str = ""
    resolving_agency: str = ""
    return_place: str = ""
    fee_amount: str = ""
    fee_exempt: str = ""
    fee_when: Literal["now", "on_return", ""] = "on_return"
    fee_method: Literal["cash", "transfer", ""] = "cash"
    pages: int = 0
    copies: int = 1
    urgent: str = ""
    wished: str = ""
    waybill: str = ""
    by_post: bool = False
    post_name: str = ""
    post_phone: str = ""
    post_address: str = ""
    online: str = ""  # the official code of the online dossier it takes in


def checklist(procedure: Procedure) -> tuple[facts.Document, ...]:
    """Everything the procedure asks of everybody, one original each, or shown: "đủ cả"."""
    return tuple(
        facts.Document(kind.name, originals=0 if kind.shown_only else 1, shown=kind.shown_only)
        for kind in procedure.documents
        if not kind.optional
    )


def limit_of(case: Case, draft: IntakeDraft) -> Limit:
    """The catalogue's limit, or where it has none the one typed with its source; raises `BadInput`.

    A longer one the citizen agreed to in writing is typed as well, and goes before the catalogue's.
    """
    agreement = clean_text(draft.agreement, field="agreement").strip()
    if case.limit is not None and not agreement:
        return case.limit
    typed = draft.limit_value.strip()
    if not (typed.isascii() and typed.isdecimal() and 0 < int(typed[:4]) <= LONGEST_LIMIT):
        lacks = "Danh mục chưa có thời hạn này. Hãy nhập căn cứ và thời hạn"
        wanted = "Hãy nhập thời hạn đã thỏa thuận" if agreement else lacks
        raise BadInput(f"{wanted}, số từ 1 đến {LONGEST_LIMIT}.", "limit_value")
    source = clean_text(draft.limit_source, field="limit_source").strip()
    if not source and not agreement:
        raise BadInput("Hãy nhập căn cứ của thời hạn (số quyết định, điều luật).", "limit_source")
    value, unit = int(typed[:4]), LimitUnit(draft.limit_unit)
    return Limit(value, unit, f"{value:02d} {_UNIT_WORDS[unit]}", source)


def may_agree(field: str) -> bool:
    """Whether in this field the citizen may agree to a longer limit."""
    return fold(BY_AGREEMENT) in fold(field)


def check_may_agree(field: str) -> None:
    """Raises `BadInput` where no agreement may make a limit longer."""
    if not may_agree(field):
        raise BadInput(
            f"Chỉ việc chứng thực được thỏa thuận thời hạn dài hơn ({LAW_OF_AGREEMENTS}).",
            "agreement",
        )


def agreed(limit: Limit, agreement: str, law: str) -> Limit:
    """A limit that says it was agreed, in which paper and by what law."""
    return dataclasses.replace(
        limit,
        phrase=f"{limit.phrase} ({AGREED})",
        article=f"{law or LAW_OF_AGREEMENTS}; {AGREED}: {agreement}",
    )


def applicant_of(draft: IntakeDraft, today: date) -> tuple[Applicant, tuple[Caution, ...]]:
    """Who it is for, as stored, and what is doubtful; raises `BadInput`."""
    identity = Identity(IdKind(draft.id_kind), draft.id_number, draft.id_reason)
    typed = Applicant(
        draft.name,
        draft.kind,
        identity,
        draft.born,
        draft.sex,
        draft.address,
        draft.phone,
        draft.email,
    )
    return checked_applicant(typed, today)


def principal_of(draft: IntakeDraft, today: date) -> tuple[Principal | None, tuple[Caution, ...]]:
    """Who authorised the filer, if anybody; raises `BadInput` on a field named `principal_…`."""
    if not draft.authorised:
        return None, ()
    typed = Principal(
        draft.principal_name,
        identity_of(draft.principal_number, NOT_ON_PAPER),
        draft.principal_address,
        draft.principal_phone,
        draft.principal_email,
        draft.authorisation,
    )
    try:
        return checked_principal(typed, today)
    except BadInput as wrong:
        field = {"id_number": "number", "number": "number"}.get(wrong.field, wrong.field)
        named = field if field == "authorisation" else f"principal_{field}"
        raise BadInput(str(wrong), named) from None


def recipient_of(draft: IntakeDraft) -> Recipient | None:
    """To whom the post takes the result, where it does; raises `BadInput` on a field named `post_…`."""
    if not draft.by_post:
        return None
    return checked_recipient(Recipient(draft.post_name, draft.post_phone, draft.post_address))


def to_themselves(draft: IntakeDraft) -> IntakeDraft:
    """The post takes the result to whoever files, until another is named."""
    return replace(
        draft, by_post=True, post_name=draft.post_name or draft.name,
        post_phone=draft.post_phone or draft.phone,
        post_address=draft.post_address or draft.address,
    )  # fmt: skip


# what of a person is right or wrong by itself, whatever the other fields say
_GROUPS = (
    ("name", "kind"),
    ("id_kind", "id_number", "id_reason"),
    ("born",),
    ("address",),
    ("phone",),
    ("email",),
    ("principal_name",),
    ("principal_number",),
    ("principal_address",),
    ("principal_phone",),
    ("principal_email",),
    ("authorisation",),
)


def wrong_of_people(draft: IntakeDraft, today: date) -> dict[str, str]:
    """Field → sentence for everything that is wrong of applicant and principal, all at once."""
    sound = IntakeDraft(
        name="A",
        id_kind=IdKind.NONE.value,
        id_reason="-",
        authorised=draft.authorised,
        principal_name="A",
        authorisation="-",
    )
    wrong: dict[str, str] = {}
    for group in _GROUPS:
        alone = replace(sound, **{field: getattr(draft, field) for field in group})
        for check in (applicant_of, principal_of):
            try:
                check(alone, today)
            except BadInput as found:
                wrong.setdefault(found.field, str(found))
    return wrong


def cautions_of_people(draft: IntakeDraft, today: date) -> tuple[str, ...]:
    """What is doubtful of applicant and principal, once nothing is wrong of them."""
    try:
        people = (applicant_of(draft, today), principal_of(draft, today))
    except BadInput:
        return ()
    return tuple(caution.sentence for _, doubts in people for caution in doubts)


def copies_of(procedure: Procedure, draft: IntakeDraft) -> int:
    """How many copies the fee multiplies by: where it goes by pages, those counted in the papers.

    Certified copies (2.000815) are handed in with their original, so the checklist counts them; a
    number typed for the fee itself goes before.
    """
    by_pages = any(rule.kind == "per_page" for rule in procedure.fees)
    counted = sum(paper.copies for paper in draft.documents)
    return counted if by_pages and counted and draft.copies == 1 else draft.copies


def fee_of(draft: IntakeDraft, ruled: Fee | None, copies: int = 1) -> facts.Fee:
    """What is owed: as typed, else by the rule, else unknown; raises `BadInput`."""
    typed = draft.fee_amount.strip().replace(".", "").replace(" ", "").removesuffix("đ")
    if typed and not (typed.isascii() and typed.isdecimal() and int(typed[:11]) <= DEAREST_FEE):
        raise BadInput("Số tiền chỉ gồm chữ số, ví dụ 8.000.", "fee_amount")
    amount = int(typed) if typed else ruled.amount if ruled else None
    exempt = draft.fee_exempt.strip()
    return facts.Fee(
        amount=0 if exempt else amount,
        rule=ruled.rule if ruled else "",
        article=ruled.article if ruled else "",
        exempt="exempt" if exempt else "",
        when=draft.fee_when if amount and not exempt else "",
        method=draft.fee_method if amount and not exempt and draft.fee_when == "now" else "",
        pages=draft.pages,
        copies=copies if draft.pages else 0,
    )


def is_same_day(limit: Limit) -> bool:
    return limit.unit is LimitUnit.SAME_DAY
