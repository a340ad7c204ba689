"""Reads a catalogue from table rows: the wrong ones are listed, the others become procedures.

Columns of procedures: code, name, field, level, time_limit_value, time_limit_unit, fee_vnd,
documents, result, article, source (or source_note), confirmed, valid_from, valid_to. Of cases:
code, case_no, case_vi, limit_value, limit_unit, phrase_vi, article, confirmed. Of fees: code,
case_no, channel, rule, amount_vnd, tiers, cap_vnd, exemption_vi, article, confirmed, valid_from,
valid_to. Only code, name and field are needed; a blank is unknown, never 0.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeVar, cast, get_args

from msgspec.structs import replace

from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.errors import BadInput
from app.models.procedures.procedure import (
    Case,
    Channel,
    DocumentKind,
    FeeKind,
    FeeRule,
    Procedure,
    Tier,
)
from app.models.text import clean_text

Row = Mapping[str, object]
Table = Literal["procedures", "cases", "fees"]
Key = TypeVar("Key")
Read = TypeVar("Read")

CELL_LIMIT = 4000

_SAME_DAY = "Trong ngày; tiếp nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"
_PHRASES = {
    LimitUnit.WORKING_DAY: "{:02} ngày làm việc",
    LimitUnit.CALENDAR_DAY: "{:02} ngày",
    LimitUnit.WORKING_HOUR: "{:02} giờ làm việc",
    LimitUnit.SAME_DAY: _SAME_DAY,
}


class Refusal(NamedTuple):
    """A row that did not go in: its line (the heading is line 1), why, and of which table."""

    line: int
    reason: str
    table: Table = "procedures"


def from_rows(
    procedures: Iterable[Row], cases: Iterable[Row] = (), fees: Iterable[Row] = ()
) -> tuple[list[Procedure], list[Refusal]]:
    """The procedures in the order of their rows, and every row refused.

    A procedure without case rows has the one case of its own row, one without fee rows the fee of
    `fee_vnd`: 0 is free, any other figure doesn't say what it counts and stays unknown.
    """
    refused: list[Refusal] = []
    found = _read("procedures", procedures, refused, _procedure)
    own_cases = _by_code(_read("cases", cases, refused, lambda row: _case(row, found)))
    for code, procedure in found.items():
        numbered = {case.number: case for case in (*procedure.cases, *own_cases[code])}
        found[code] = replace(procedure, cases=tuple(numbered[n] for n in sorted(numbered)))
    own_fees = _by_code(_read("fees", fees, refused, lambda row: _fee_rule(row, found)))
    whole = [replace(p, fees=tuple(own_fees[p.code] or p.fees)) for p in found.values()]
    return whole, refused


def _by_code(found: Mapping[tuple[str, Key], Read]) -> defaultdict[str, list[Read]]:
    grouped = defaultdict(list)
    for (code, _), value in found.items():
        grouped[code].append(value)
    return grouped


def _read(
    table: Table,
    rows: Iterable[Row],
    refused: list[Refusal],
    read: Callable[["_Cells"], tuple[Key, Read]],
) -> dict[Key, Read]:
    """The rows by their key; those `read` says no to, and repeated keys, go to `refused`."""
    found: dict[Key, Read] = {}
    for line, row in enumerate(rows, start=2):
        try:
            key, value = read(_Cells(row))
            if key in found:
                raise BadInput("Trùng với một dòng ở trên. Giữ lại một dòng.")
            found[key] = value
        except BadInput as wrong:
            refused.append(Refusal(line, str(wrong), table))
    return found


class _Cells:
    """One row, its cells read as what they should be; raises `BadInput` when they are not."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def text(self, column: str) -> str:
        value = self._row.get(column)
        return " ".join(clean_text("" if value is None else str(value), CELL_LIMIT, column).split())

    def needed(self, column: str) -> str:
        if text := self.text(column):
            return text
        raise BadInput(f"Thiếu cột {column}.", column)

    def number(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if not re.fullmatch("[0-9]{1,12}", text):
            raise BadInput(f"Cột {column} phải là số nguyên viết liền; đang là “{text}”.", column)
        return int(text)

    def holds(self, column: str) -> bool:
        return self.text(column).lower() in ("yes", "có", "true", "1")

    def one_of(self, column: str, known: Collection[str], default: str = "") -> str:
        text = self.text(column) or default
        if text not in known:
            raise BadInput(f"Cột {column} phải là một trong: {', '.join(known)}.", column)
        return text

    def day(self, column: str) -> date | None:
        text = self.text(column)[:10]
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise BadInput(f"Cột {column} phải là ngày dạng 2026-11-30.", column) from None

    def code(self) -> str:
        """The first 8 characters: provinces append their own (2.000815.000.00.00.H61)."""
        value = self._row.get("code")
        # a spreadsheet keeps 2.000630 as a number, without its last zero
        text = f"{value:.6f}" if isinstance(value, float) else self.text("code")
        if not re.match(r"[0-9]\.[0-9]{6}(?:\.|$)", text):
            raise BadInput(f"Mã thủ tục phải có dạng N.NNNNNN; đang là “{text}”.", "code")
        return text[:8]

    def limit(self, value_column: str, unit_column: str, phrase: str, article: str) -> Limit | None:
        value, unit = self.number(value_column), self.text(unit_column)
        if value is None and not unit:
            return None
        if not value or unit not in list(LimitUnit):
            raise BadInput(
                f"Thời hạn phải có số từ 1 và đơn vị là một trong: {', '.join(LimitUnit)}.",
                unit_column,
            )
        words = phrase or _PHRASES[LimitUnit(unit)].format(value)
        return Limit(value, LimitUnit(unit), words, article)


# --- procedures ---------------------------------------------------------------------------------


def _procedure(row: _Cells) -> tuple[str, Procedure]:
    code = row.code()
    confirmed = row.holds("confirmed")
    source = row.text("source") or row.text("source_note")
    limit = row.limit("time_limit_value", "time_limit_unit", "", row.text("article") or source)
    result = row.text("result")
    return code, Procedure(
        code=code,
        name=row.needed("name"),
        field=row.needed("field"),
        level=row.text("level"),
        cases=(Case(1, limit=limit, confirmed=confirmed),),
        documents=_documents(row.text("documents")),
        fees=_stated_fee(row, confirmed),
        result=re.sub(r"\s*\[KQ[^\]]*\]", ";", result).strip("; "),
        result_code="; ".join(re.findall(r"\[(KQ[^\]]*)\]", result)),
        source=source,
        confirmed=confirmed,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )


def _documents(text: str) -> tuple[DocumentKind, ...]:
    """A list parted by ";"; "(xuất trình …)" is only shown, "(nếu …)" and "(khi …)" may be missing."""
    names = (name.strip() for name in re.split(r";(?![^()]*\))", text))
    return tuple(
        DocumentKind(
            name,
            shown_only="(xuất trình" in name.lower(),
            optional=bool(re.search(r"\((?:nếu|khi) |\) nếu ", name)),
        )
        for name in names
        if name
    )


def _stated_fee(row: _Cells, confirmed: bool) -> tuple[FeeRule, ...]:
    amount = row.number("fee_vnd")
    if amount is None:
        return ()
    return (FeeRule("unknown" if amount else "free", amount=amount or None, confirmed=confirmed),)


# --- cases and fees -----------------------------------------------------------------------------


def _known(row: _Cells, procedures: Mapping[str, Procedure]) -> Procedure:
    if procedure := procedures.get(row.code()):
        return procedure
    raise BadInput(f"Không có thủ tục {row.code()} trong bảng thủ tục.", "code")


def _case(row: _Cells, procedures: Mapping[str, Procedure]) -> tuple[tuple[str, int], Case]:
    code = _known(row, procedures).code
    number = row.number("case_no")
    if not number:
        raise BadInput("Cột case_no phải là số từ 1.", "case_no")
    phrase, article = row.text("phrase_vi"), row.text("article")
    limit = row.limit("limit_value", "limit_unit", phrase, article)
    return (code, number), Case(
        number,
        row.text("case_vi"),
        limit,
        row.holds("confirmed"),
        phrase="" if limit else phrase,
        article="" if limit else article,
    )


def _fee_rule(
    row: _Cells, procedures: Mapping[str, Procedure]
) -> tuple[tuple[str, tuple[int, str, date | None, date | None]], FeeRule]:
    procedure = _known(row, procedures)
    case = row.number("case_no") or 0
    if case:
        procedure.case(case)
    channel = row.one_of("channel", ("any", *get_args(Channel)), "any")
    kind = row.one_of("rule", get_args(FeeKind))
    amount, tiers = row.number("amount_vnd"), _tiers(row.text("tiers"))
    if (kind in ("fixed", "per_copy", "per_case") and not amount) or (
        kind == "per_page" and not tiers
    ):
        raise BadInput(f"Lệ phí {kind} thiếu mức thu. Chưa biết mức thì ghi unknown.", "amount_vnd")
    first, last = row.day("valid_from"), row.day("valid_to")
    return (procedure.code, (case, channel, first, last)), FeeRule(
        kind=cast(FeeKind, kind),
        channel=cast(Channel | Literal["any"], channel),
        case=case,
        amount=amount or None,
        tiers=tiers,
        cap=row.number("cap_vnd"),
        exemptions=_exemptions(row.text("exemption_vi")),
        article=row.text("article"),
        confirmed=row.holds("confirmed"),
        valid_from=first,
        valid_to=last,
    )


def _tiers(text: str) -> tuple[Tier, ...]:
    """ "1-2:2000;3-:1000" is 2,000 đồng for each of pages 1 and 2, 1,000 for each from the third."""
    parts = [
        re.fullmatch(r"(\d+)-(\d*):(\d+)", part.strip()) for part in text.split(";") if part.strip()
    ]
    tiers = tuple(
        Tier(int(part[1]), int(part[2]) if part[2] else None, int(part[3]))
        for part in parts
        if part
    )
    starts = [1, *(tier.last + 1 if tier.last else 0 for tier in tiers)]
    if parts and (None in parts or [*(tier.first for tier in tiers), 0] != starts):
        raise BadInput(
            "Cột tiers phải liền nhau từ trang 1, bậc cuối để ngỏ: 1-2:2000;3-:1000.", "tiers"
        )
    return tiers


def _exemptions(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(";"))
    return tuple(part[0].upper() + part[1:] for part in parts if part)
