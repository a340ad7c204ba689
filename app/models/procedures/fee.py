"""Works out what a dossier costs by the catalogue's rules; what they don't say stays unknown."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from app.models.procedures.procedure import Channel, FeeKind, FeeRule, Procedure
from app.models.text import money

UNKNOWN = FeeRule("unknown")


class Fee(NamedTuple):
    """`amount` in đồng, None while nobody knows it; 0 only where a source says free."""

    amount: int | None
    explanation: str
    article: str
    exemptions: tuple[str, ...]
    rule: FeeKind
    confirmed: bool
    channel: Channel | Literal["any"] = "any"
    """How it has to come in for this rule to hold."""


def fee(
    procedure: Procedure, case_number: int, channel: Channel, day: date, pages: int = 1,
    copies: int = 1,
) -> Fee:  # fmt: skip
    """The fee of one dossier received on `day` (NĐ 61/2018 Đ.22, NĐ 118/2025 Đ.24).

    `pages` are the original's, `copies` the copies, cases or people asked for.
    """
    rule = _rule_for(procedure.fees_on(day), case_number, channel)
    amount, explanation = _reckon(rule, pages, copies)
    return Fee(
        amount, explanation, rule.article, rule.exemptions, rule.kind, rule.confirmed, rule.channel
    )


def fee_kind(procedure: Procedure, case_number: int, channel: Channel) -> FeeKind:
    """What the fee is counted by, the same on every day."""
    undated = (rule for rule in procedure.fees if not rule.is_dated)
    return _rule_for(undated, case_number, channel).kind


def _rule_for(rules: Iterable[FeeRule], case_number: int, channel: Channel) -> FeeRule:
    """The rule that says most about this case, then about this channel."""
    fitting = (
        rule for rule in rules if rule.case in (0, case_number) and rule.channel in ("any", channel)
    )
    return max(fitting, key=lambda rule: (rule.case, rule.channel != "any"), default=UNKNOWN)


def _reckon(rule: FeeRule, pages: int, copies: int) -> tuple[int | None, str]:
    match rule:
        case FeeRule(kind="free"):
            return 0, "không thu"
        case FeeRule(kind="fixed" | "province", amount=int(amount)):
            return amount, money(amount)
        case FeeRule(kind="per_page"):
            return _per_page(rule, pages, copies)
        case FeeRule(kind="per_copy", amount=int(amount)):
            return _times(amount, copies, "bản", money(amount))
        case FeeRule(kind="per_case", amount=int(amount)):
            return _times(amount, copies, "trường hợp", money(amount))
        case FeeRule(kind="province"):
            return None, "HĐND tỉnh quy định — nhập mức của tỉnh"
        case FeeRule(amount=int(amount)):
            return None, f"danh mục ghi {money(amount)} mà không nói cách tính — nhập mức của tỉnh"
        case _:
            return None, "chưa biết — nhập mức của tỉnh"


def _per_page(rule: FeeRule, pages: int, copies: int) -> tuple[int | None, str]:
    if pages < 1:
        return None, "chưa biết — nhập số trang của bản chính"
    counted = [
        (min(pages, tier.last or pages) - tier.first + 1, tier.amount)
        for tier in rule.tiers
        if tier.first <= pages
    ]
    each = sum(count * amount for count, amount in counted)
    words = " + ".join(f"{count} trang × {money(amount)}" for count, amount in counted)
    if rule.cap is not None and each > rule.cap:
        each, words = rule.cap, f"{words}, tối đa {money(rule.cap)}"
    return _times(each, copies, "bản", f"({words})")


def _times(each: int, count: int, unit: str, words: str) -> tuple[int | None, str]:
    if count < 1:
        return None, f"chưa biết — nhập số {unit}"
    return each * count, f"{count} {unit} × {words}"
