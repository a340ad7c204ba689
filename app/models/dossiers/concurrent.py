"""What two deeds done at two places, neither knowing of the other, come to; and who must look.

The fold decides: what an event saw comes first, then the smaller name. This table says for each
pair of event types what that means, in words. The tasks it makes are derived from the events and
never written; only that somebody looked is an event (`ConflictSettled`).
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from app.models.dossiers.event_names import name_of
from app.models.dossiers.fold import Effect, Folded, Verdict
from app.models.dossiers.lifecycle import TRANSITIONS, Deed, deed_of_type
from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.forwarding import AgencyAnswered
from app.models.events.new_dates import CitizenTold, DelayExplained, Reappointed
from app.models.events.province import ProvinceEntered
from app.models.events.urgency import Eased, Hastened


class Outcome(StrEnum):
    BOTH = "both"
    LATER = "later"
    FIRST = "first"


class Rule(NamedTuple):
    """`sentence` is for the dossier's holder; empty where nobody has to look."""

    outcome: Outcome
    sentence: str = ""


class Task(NamedTuple):
    """Something for `holder` to look at: `deed` met `other`, which it hadn't seen."""

    deed: e.EventName
    other: e.EventName
    holder: str
    rule: Rule


BodyType = type[object]

PEOPLE, PRINCIPAL, PAPERS, REQUEST = "applicant", "principal", "documents", "request"
STEP, PROCEDURE, DATE = "step", "procedure", "date"
FEE, DELAY, CODE, HASTE, PROVINCE = "fee", "delay", "code", "haste", "province"

FACT: dict[str, str] = {
    STEP: "bước của hồ sơ", PEOPLE: "người nộp", PRINCIPAL: "người ủy quyền", PAPERS: "thành phần hồ sơ",
    REQUEST: "nội dung yêu cầu", PROCEDURE: "thủ tục, trường hợp", DATE: "ngày hẹn",
    FEE: "phí, lệ phí", DELAY: "giải trình chậm", CODE: "mã chính thức",
    HASTE: "yêu cầu cần sớm", PROVINCE: "mã trên hệ thống tỉnh",
}  # fmt: skip

# event type → the facts it may set
DOSSIER: dict[BodyType, tuple[str, ...]] = {
    e.HandedOver: (STEP,), e.Accepted: (STEP,), e.SentBack: (STEP,), e.Forwarded: (STEP,),
    AgencyAnswered: (),
    e.Signed: (STEP,), e.SupplementRequested: (STEP,), e.SupplementReceived: (STEP, DATE),
    e.PaymentRequested: (STEP,), e.Paid: (STEP, FEE, DATE), e.CaseChanged: (PROCEDURE, DATE),
    DelayExplained: (DELAY,), e.Apologised: (DATE,), Reappointed: (DATE,), CitizenTold: (),
    Hastened: (HASTE,), Eased: (HASTE,),
    e.Resolved: (STEP,), e.Refusal: (STEP,), e.Returned: (STEP,), Withdrawn: (STEP,),
    Stopped: (STEP,), e.Reopened: (STEP, DATE),
    e.Corrected: (PEOPLE, PRINCIPAL, PAPERS, REQUEST, PROCEDURE, FEE, DATE),
    e.Undone: (STEP,), e.Voided: (STEP,), e.CodeAssigned: (CODE,), e.Printed: (),
    e.PrintSpoiled: (), e.ConflictSettled: (), Digitised: (), DigitisingReversed: (),
    ProvinceEntered: (PROVINCE,),
}  # fmt: skip

_ONCE = frozenset({e.Apologised, e.CodeAssigned, e.Paid, AgencyAnswered})

_ESPECIALLY: dict[frozenset[BodyType], str] = {
    frozenset({e.Returned}): (
        "Kết quả được ghi là đã trả ở hai nơi. Hãy đối chiếu chữ ký của người nhận."
    ),
    frozenset({e.Paid}): (
        "Tiền được ghi là đã thu ở hai nơi. Hãy đối chiếu biên lai; thu thừa thì trả lại."
    ),
    frozenset({e.PaymentRequested, e.Paid}): (
        "Một nơi ghi đã nộp tiền trong khi nơi khác yêu cầu nộp; yêu cầu vẫn chờ. "
        "Hãy xem có phải cùng một khoản không; nếu phải, ghi đã nộp cho yêu cầu."
    ),
    frozenset({e.HandedOver}): (
        "Hồ sơ được ghi bàn giao ở hai nơi; chỉ một lần có tác dụng. Hãy hỏi giấy đang ở ai."
    ),
    frozenset({e.HandedOver, e.Forwarded}): (
        "Hồ sơ vừa bàn giao vừa chuyển tiếp ở hai nơi; chỉ một việc có tác dụng. "
        "Hãy hỏi giấy đang ở đâu."
    ),
    frozenset({AgencyAnswered}): (
        "Trả lời của cơ quan được ghi ở hai nơi; của cùng một cơ quan thì chỉ lần đầu có tác dụng. "
        "Hãy xem hồ sơ còn ở cơ quan nào."
    ),
    frozenset({e.CodeAssigned}): (
        "Hồ sơ được cấp hai mã chính thức; chỉ mã đầu có tác dụng. Hãy báo công dân mã đúng."
    ),
}

LAST_WORD = Rule(
    Outcome.LATER, "Hai nơi nói khác nhau về cùng một việc của đơn vị; lời sau đang có hiệu lực."
)
"""Of what stands in the unit (an officer, a holiday, a grant, a help) the last word holds."""


@cache
def rule_of(pair: frozenset[BodyType]) -> Rule:
    """What two deeds of these types come to, or two of the one type; both are in `DOSSIER`."""
    kinds = [kind for kind in DOSSIER if kind in pair]
    return _rule(kinds[0], kinds[-1])


def _rule(one: BodyType, other: BodyType) -> Rule:
    facts = [FACT[fact] for fact in DOSSIER[one] if fact in DOSSIER[other]]
    if _excludes(one, other) or _excludes(other, one):
        return _first(one, other)
    if not facts:
        return Rule(Outcome.BOTH)
    what = f"cùng đổi {'; '.join(facts)}, việc sau đang có hiệu lực"
    return _told(Outcome.LATER, one, other, f"{what}. Hãy xem cả hai, sửa lại nếu chưa đúng.")


def _first(one: BodyType, other: BodyType) -> Rule:
    what = "chỉ một việc có tác dụng. Hãy xem hồ sơ, làm lại việc kia nếu vẫn cần."
    return _told(Outcome.FIRST, one, other, what)


def _told(outcome: Outcome, one: BodyType, other: BodyType, what: str) -> Rule:
    sentence = f"“{name_of(one)}” và “{name_of(other)}” được ghi ở hai nơi cùng lúc; {what}"
    return Rule(outcome, _ESPECIALLY.get(frozenset({one, other}), sentence))


def _excludes(one: BodyType, other: BodyType) -> bool:
    """True when `other` may have no effect once `one` has had its own."""
    first, second = deed_of_type(one), deed_of_type(other)
    if one is other and one in _ONCE:
        return True
    if first is None or second is None:
        return False
    if Deed.UNDO in (first, second):
        return True  # only the very last deed can be taken back
    steps, then = TRANSITIONS[first], TRANSITIONS[second]
    common = steps.keys() & then.keys()
    if not common:
        return any(steps.values()) or any(then.values())
    return any((steps[status] or status) not in then for status in common)


def touched(body: object) -> frozenset[str]:
    """The facts this very event sets; those of its type's that it leaves alone are left out."""
    facts = set(DOSSIER.get(type(body), ()))
    if isinstance(body, e.Corrected):
        facts &= {*body.fields, *((FEE,) if body.fee else ()), DATE}
    if getattr(body, "promise", None) is None:
        facts.discard(DATE)
    return frozenset(facts)


def tasks(folded: Folded) -> tuple[Task, ...]:
    """What somebody must look at, in the order of the deeds; what was looked at is left out."""
    if folded.dossier is None:
        return ()
    ordered = [v for v in folded.verdicts if v.effect is not Effect.HELD]
    if _in_a_row(ordered):
        return ()
    placed, seen = [v for v in ordered if _counts(v)], _seen(ordered)
    found = []
    for at, verdict in enumerate(placed):
        apart = [one for one in placed[:at] if one.event.name not in seen[verdict.event.name]]
        for other, rule in _conflicts(verdict, apart):
            if not _settled(verdict, placed, seen):
                found.append(
                    Task(verdict.event.name, other.event.name, folded.dossier.holder, rule)
                )
    return tuple(found)


def _counts(verdict: Verdict) -> bool:
    return type(verdict.event.body) in DOSSIER and not verdict.event.revoked


def _in_a_row(ordered: list[Verdict]) -> bool:
    """True when each saw the one before, as nearly always: then nothing was done apart."""
    return all(then.event.saw == (one.event.name,) for one, then in pairwise(ordered))


def _seen(ordered: list[Verdict]) -> dict[e.EventName, frozenset[e.EventName]]:
    """All that each event's author knew; what was seen comes before."""
    known: dict[e.EventName, frozenset[e.EventName]] = {}
    for verdict in ordered:
        saw = verdict.event.saw
        known[verdict.event.name] = frozenset(saw).union(*(known.get(x, ()) for x in saw))
    return known


def _conflicts(verdict: Verdict, apart: list[Verdict]) -> Iterator[tuple[Verdict, Rule]]:
    """With which of the deeds before it, which it hadn't seen, an event is at odds."""
    applied = [one for one in apart if one.effect is Effect.APPLIED]
    rules = [(one, rule_of(frozenset(_types(one, verdict)))) for one in applied]
    if verdict.effect is Effect.WITHOUT:
        # the last of them is what it met, if only by where that led
        excluding = [(one, rule) for one, rule in rules if rule.outcome is Outcome.FIRST]
        yield from excluding[-1:] or [(one, _first(*_types(one, verdict))) for one in applied[-1:]]
        return
    for one, rule in rules:
        if touched(one.event.body) & touched(verdict.event.body):
            yield one, rule


def _types(one: Verdict, other: Verdict) -> tuple[BodyType, BodyType]:
    return type(one.event.body), type(other.event.body)


def _settled(
    verdict: Verdict, placed: list[Verdict], seen: dict[e.EventName, frozenset[e.EventName]]
) -> bool:
    name = verdict.event.name
    return any(
        isinstance(one.event.body, e.ConflictSettled)
        and one.event.body.event == str(name)
        and name in seen[one.event.name]
        for one in placed
    )
