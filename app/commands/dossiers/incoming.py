"""Reads dossiers that come as data, a line of JSON or a table's row each, into intake drafts."""

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from app.commands.instants import instant
from app.desk.draft import IntakeDraft, checklist, to_themselves
from app.desk.unit.office import Figure
from app.models.citizens.applicant import IdKind, clean_born, identity_of
from app.models.citizens.lost_zeros import may_lack_zeros, whole_number, whole_phone
from app.models.errors import BadInput
from app.models.events import facts
from app.models.procedures.procedure import Procedure
from app.models.text import clean_name

LONGEST_LINE = 256 * 1024
PAPER_NAME_LIMIT = 400
NO_NUMBER = "không có trong dữ liệu nhập"
NEEDED = ("procedure", "name")  # the columns without which a row is no dossier

Count = Annotated[int, msgspec.Meta(ge=0, le=999)]


class _Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: Literal["person", "organisation"] = "person"
    id_kind: IdKind | None = None
    id_number: str | None = None
    id_reason: str | None = None
    born: str | None = None
    sex: Literal["male", "female", "", None] = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


class _Principal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    authorisation: str
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


class _Recipient(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""
    phone: str = ""
    address: str = ""


class _Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    originals: Count = 0
    certified: Count = 0
    copies: Count = 0
    shown: bool = False


class _Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Annotated[int, msgspec.Meta(ge=1, le=400)]
    unit: Literal["working_day", "calendar_day", "working_hour", "same_day"]
    source: str = ""


class _Fee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    amount: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] | None = None
    exempt: str = ""
    when: Literal["now", "on_return"] = "on_return"
    method: Literal["cash", "transfer"] = "cash"


class Incoming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dossier as data; `received` (ISO) is when, if not now, `officer` who did it, `code` that of
    a receipt filled by hand, `post` to whom the post takes the result. A key it doesn't have is refused.
    """

    procedure: str
    applicant: _Person
    case: int | None = None
    principal: _Principal | None = None
    documents: tuple[_Paper, ...] | None = None
    channel: Literal["counter", "online", "post", None] = None
    request: str | None = None
    sets: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    limit: _Limit | None = None
    fee: _Fee | None = None
    pages: Count | None = None
    copies: Count | None = None
    agreement: str | None = None
    waybill: str | None = None
    post: _Recipient | None = None
    officer: str | None = None
    received: str | None = None
    code: str | None = None

    def received_at(self) -> datetime | None:
        """When it was received, if it says so; a bare time is Vietnam's. Raises `BadInput`."""
        return instant(self.received) if self.received else None

    def draft(self, procedure: Procedure) -> IntakeDraft:
        """The intake form as this dossier fills it. Raises `BadInput`."""
        who, fee = self.applicant, self.fee or _Fee()
        identity = identity_of(who.id_number or "", who.id_reason or NO_NUMBER)
        draft = IntakeDraft(
            procedure=self.procedure,
            case=self.case or 1,
            kind=who.kind,
            name=who.name,
            id_kind=(who.id_kind or identity.kind).value,
            id_number=identity.number,
            id_reason=identity.reason,
            born=who.born or "",
            sex=who.sex or "",
            address=who.address or "",
            phone=who.phone or "",
            email=who.email or "",
            request=self.request or "",
            documents=_papers(self.documents, procedure),
            sets=self.sets or 1,
            channel=self.channel or "counter",
            waybill=self.waybill or "",
            fee_amount="" if fee.amount is None else str(fee.amount),
            fee_exempt=fee.exempt,
            fee_when=fee.when,
            fee_method=fee.method,
            pages=self.pages or 0,
            copies=self.copies or 1,
        )
        return self._limited(self._authorised(self._posted(draft)))

    def _posted(self, draft: IntakeDraft) -> IntakeDraft:
        """The post takes the result, to the filer where nothing else is said."""
        to = self.post
        if to is None:
            return draft
        return to_themselves(
            msgspec.structs.replace(
                draft, post_name=to.name, post_phone=to.phone, post_address=to.address
            )
        )

    def _authorised(self, draft: IntakeDraft) -> IntakeDraft:
        principal = self.principal
        if principal is None:
            return draft
        return msgspec.structs.replace(
            draft,
            authorised=True,
            principal_name=principal.name,
            principal_number=principal.id_number or "",
            principal_address=principal.address or "",
            principal_phone=principal.phone or "",
            principal_email=principal.email or "",
            authorisation=principal.authorisation,
        )

    def _limited(self, draft: IntakeDraft) -> IntakeDraft:
        limit = self.limit
        if limit is None:
            return draft
        return msgspec.structs.replace(
            draft, limit_value=str(limit.value), limit_unit=limit.unit, limit_source=limit.source,
            agreement=self.agreement or "",
        )  # fmt: skip


def lines_of(file: str) -> Iterator[bytes]:
    """The lines of a file or, for `-`, of stdin, as they come. Raises `BadInput`."""
    if file == "-":
        yield from _without_mark(sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as opened:
            yield from _without_mark(opened)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {file}. Hãy kiểm tra tên và quyền đọc.") from error


def from_line(line: bytes) -> Incoming:
    """The dossier of one line of JSON. Raises `BadInput`."""
    if len(line) > LONGEST_LINE:
        raise BadInput(f"Dòng dài hơn {LONGEST_LINE // 1024} KiB. Mỗi dòng chỉ ghi một hồ sơ.")
    try:
        return msgspec.json.decode(line, type=Incoming)
    except msgspec.ValidationError as error:
        raise _wrong(error) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("Dòng không phải JSON (UTF-8). Mỗi dòng là một hồ sơ {…}.") from error


def from_row(row: Mapping[str, str], today: date) -> Incoming:
    """The dossier of one row: the applicant's keys are columns like the others. Raises `BadInput`.

    A table from elsewhere has columns of its own, which say nothing here.
    """
    given = {column.strip(): cell.strip() for column, cell in row.items() if cell.strip()}
    if lacking := [column for column in NEEDED if column not in given]:
        columns = ", ".join(f"“{column}”" for column in lacking)
        raise BadInput(f"Thiếu {columns}. Hãy ghi thêm rồi nhập lại.", lacking[0])
    persons = {key: cell for key, cell in given.items() if key in _Person.__struct_fields__}
    own = {key: cell for key, cell in given.items() if key in Incoming.__struct_fields__}
    try:
        incoming = msgspec.convert({**own, "applicant": persons}, Incoming, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong(error) from error
    figures = {column.strip() for column, cell in row.items() if isinstance(cell, Figure)}
    whole = _with_zeros(incoming.applicant, figures, today)
    return msgspec.structs.replace(incoming, applicant=whole)


def _without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without the byte-order mark some editors put before the first."""
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix(BOM_UTF8)


def _with_zeros(who: _Person, figures: Set[str], today: date) -> _Person:
    """The person with the zeros their numbers lost; `figures` names the columns of quantities."""
    number, phone = who.id_number or "", who.phone or ""
    if "id_number" in figures:
        born = clean_born(who.born or "", today)
        number = whole_number(number, who.kind, today, who.id_kind, born, who.sex or "")
    elif who.id_kind is None and may_lack_zeros(number, who.kind):
        raise BadInput(
            f"Số giấy tờ “{number[:20]}” có 10 chữ số, số định danh có 12; có thể đã mất số 0 ở đầu. "
            "Hãy ghi đủ; nếu là mã số thuế thì ghi tax_number ở cột id_kind.",
            "id_number",
        )
    if "phone" in figures:
        phone = whole_phone(phone)
    return msgspec.structs.replace(who, id_number=number, phone=phone)


def _papers(papers: tuple[_Paper, ...] | None, procedure: Procedure) -> tuple[facts.Document, ...]:
    """The papers said to be there; if nothing is said, what the checklist asks of everybody."""
    if papers is None:
        return checklist(procedure)
    return tuple(
        facts.Document(
            clean_name(paper.name, PAPER_NAME_LIMIT, "documents"),
            paper.originals,
            paper.certified,
            paper.copies,
            paper.shown,
        )
        for paper in papers
    )


def _wrong(error: msgspec.ValidationError) -> BadInput:
    """msgspec says what and where: "Object missing required field `name` - at `$.applicant`"."""
    said = str(error)
    at = re.search(r" - at `(?:key in )?\$\.?(.*)`", said)
    if unknown := re.match(r"Object contains unknown field `(.+?)`", said):
        key = ".".join(filter(None, (at and at[1], unknown[1])))
        return BadInput(f"Không có khóa “{key}”. Hãy sửa tên khóa hoặc bỏ khóa ấy.", key)
    missing = re.match(r"Object missing required field `(\w+)`", said)
    where = ".".join(filter(None, (at and at[1], missing and missing[1])))
    if missing:
        return BadInput(f"Thiếu “{where}”. Hãy ghi thêm rồi nhập lại.", where)
    if not where:
        return BadInput("Dòng không phải một hồ sơ {…}.")
    return BadInput(f"Giá trị ở “{where}” không đúng kiểu hoặc không có trong danh sách.", where)
