"""A procedure of the catalogue: its cases, checklist and fee rules, and how it is found by typing."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from app.models.deadlines.deadline import Limit
from app.models.errors import BadInput
from app.models.text import fold

Channel = Literal["counter", "online", "post"]
FeeKind = Literal["free", "fixed", "per_page", "per_copy", "per_case", "province", "unknown"]


BY_CASE = " (tùy trường hợp)"
AGREED = "thỏa thuận bằng văn bản"  # how a case says that its limit is the one agreed on

# what the shipped catalogue tells officers of its sources; an installed one keeps its rows for years
_REMARK = re.compile(r" – (?:nguồn không nêu|cán bộ nhập).*")
_UNNAMED = re.compile(r"Trường hợp (?:mặc định|\d+)")


def public_name(case: str) -> str:
    """A case's name without what is for officers alone; "" when nothing else is left."""
    name = _REMARK.sub("", case)
    return "" if name != case and _UNNAMED.fullmatch(name) else name


class DocumentKind(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the checklist; `shown_only` papers are looked at and given back."""

    name: str
    shown_only: bool = False
    optional: bool = False


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """A variant with a limit of its own; without one, `phrase` and `article` are what the law says."""

    number: int
    name: str = ""
    limit: Limit | None = None
    confirmed: bool = False
    phrase: str = ""
    article: str = ""

    @property
    def limit_phrase(self) -> str:
        """The limit in the law's words, "" where nobody knows it."""
        return self.limit.phrase if self.limit else self.phrase

    @property
    def limit_article(self) -> str:
        """The law that sets it, "" where nobody knows it."""
        return self.limit.article if self.limit else self.article


class Tier(msgspec.Struct, frozen=True, array_like=True):
    """Pages `first` to `last` (None: and all that follow) cost `amount` đồng each."""

    first: int
    last: int | None
    amount: int


class FeeRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a fee is worked out, for one case (0: all) and one channel; amounts in đồng.

    One with days takes, on those days, the place of the one without.
    """

    kind: FeeKind
    channel: Channel | Literal["any"] = "any"
    case: int = 0
    amount: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    exemptions: tuple[str, ...] = ()
    article: str = ""
    confirmed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_dated(self) -> bool:
        return bool(self.valid_from or self.valid_to)


class Procedure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the catalogue, named by `N.NNNNNN`; case 1 is the usual one."""

    code: str
    name: str
    field: str
    level: str = ""
    cases: tuple[Case, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    result: str = ""
    result_code: str = ""
    source: str = ""
    confirmed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def agreement_article(self, number: int) -> str:
        """The law by which a limit longer than that case's is agreed on, "" where nobody knows it.

        A confirmed case that stands for such agreements says it, else the case itself.
        """
        agreed_on = (x for x in self.cases if x.confirmed and not x.limit and AGREED in x.phrase)
        return next(agreed_on, self.case(number)).limit_article

    def case(self, number: int) -> Case:
        """Raises `BadInput` when there is no such case."""
        for case in self.cases:
            if case.number == number:
                return case
        known = ", ".join(str(case.number) for case in self.cases)
        raise BadInput(
            f"Thủ tục {self.code} không có trường hợp {number}. Chọn trong: {known}.", "case"
        )

    def limits(self) -> str:
        """The limit of each case as the public reads it; a case is named where the law names it."""
        said = [(public_name(case.name), case.limit_phrase) for case in self.cases]
        known = [(name, phrase) for name, phrase in said if phrase]
        if len(known) > 1 and not any(name for name, _ in known):
            return "; ".join(dict.fromkeys(phrase for _, phrase in known)) + BY_CASE
        alone = len(self.cases) == 1
        named = (phrase if alone or not name else f"{name}: {phrase}" for name, phrase in known)
        return "; ".join(named)

    def holds_on(self, day: date) -> bool:
        """Whether the unit may receive it on `day`."""
        return _covers(self, day)

    def fees_on(self, day: date) -> list[FeeRule]:
        """The fee rules in force on `day`, in the catalogue's order."""
        dated = [rule for rule in self.fees if rule.is_dated and _covers(rule, day)]
        replaced = {(rule.case, rule.channel) for rule in dated}
        return [
            rule
            for rule in self.fees
            if (rule in dated if rule.is_dated else (rule.case, rule.channel) not in replaced)
        ]


def _covers(span: FeeRule | Procedure, day: date) -> bool:
    return (span.valid_from or date.min) <= day <= (span.valid_to or date.max)


def to_json(procedure: Procedure) -> dict[str, object]:
    """Plain values for an event, defaults left out."""
    return dict(msgspec.to_builtins(procedure))


def from_json(values: Mapping[str, object]) -> Procedure:
    """The inverse of `to_json`; keys of a later version are ignored.

    Raises `msgspec.ValidationError` when the values are no procedure.
    """
    return msgspec.convert(values, Procedure)


# --- found by typing ----------------------------------------------------------------------------


def matches(procedure: Procedure, words: str) -> bool:
    """Whether each word begins a word of its name or field, marks or none, or is in its code."""
    return _closeness(procedure, *_asked(words)) is not None


def rank(procedures: Iterable[Procedure], words: str, usage: Mapping[str, int]) -> list[Procedure]:
    """Those that match, the likeliest first: code, words in a row, most used (`usage` by code)."""
    asked, digits = _asked(words)
    found = []
    for procedure in procedures:
        if closeness := _closeness(procedure, asked, digits):
            by_code, apart, place = closeness
            key = (by_code, apart, -usage.get(procedure.code, 0), place, len(procedure.name))
            found.append((key, procedure))
    return [procedure for _, procedure in sorted(found, key=lambda pair: pair[0])]


def _asked(words: str) -> tuple[list[str], str]:
    """The folded words, and the digits when that is all that was typed."""
    text = words[:200].strip()
    return _plain_words(text), text.replace(".", "") if re.fullmatch(r"[\d.]+", text) else ""


def _closeness(
    procedure: Procedure, asked: list[str], digits: str
) -> tuple[bool, bool, int] | None:
    """(not by code, words apart, where the words stand); None when it doesn't match."""
    if not asked:
        return True, False, 0
    if digits and digits in procedure.code.replace(".", ""):
        return False, False, 0
    text = _searched(f"{procedure.name} {procedure.field}")
    if not all(f" {word}" in text for word in asked):
        return None
    place = text.find(" " + " ".join(asked))
    return True, place < 0, place


@lru_cache(maxsize=2048)  # folding a catalogue at each keystroke would take 10 ms
def _searched(text: str) -> str:
    return " " + " ".join(_plain_words(text))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
