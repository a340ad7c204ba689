"""The public boards: procedures of each field, officers, hotline, and cards with a QR."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from app.desk.papers.facts import unit_values
from app.models.errors import Refused
from app.models.procedures.procedure import FeeRule, Procedure, Tier
from app.models.text import money, sort_key
from app.models.unit.officer import ROLE_LABEL, Officer, Role
from app.printing.card import A_PAGE, Card
from app.printing.sheet import Sheet
from app.store.store import Store

Values = dict[str, object]

LOOK_UP = "Tra cứu hồ sơ"
LOOK_UP_WORDS = "Quét mã bằng điện thoại để biết hồ sơ đang ở đâu, bao giờ có kết quả."
RATE = "Đánh giá sự phục vụ"
RATE_WORDS = "Quét mã bằng điện thoại để cho biết Ông/Bà có hài lòng không. Không phải ghi tên."

_ORDER = list(Role)


class Boards:
    """Reads only; what the catalogue doesn't say, or nobody confirmed, stays blank for the pen."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def procedures(self, field: str = "", *, large: bool = False) -> list[Sheet]:
        """A board a field, procedures in the dictionary's order; `large` for A3."""
        today = self._clock().date()
        held = [p for p in self._store.standing.procedures() if p.holds_on(today)]
        held = sorted(held, key=lambda p: (sort_key(p.field), sort_key(p.name)))
        return [
            self._sheet(
                "board-procedures",
                {"field": name, "posted": list(_posted(group, today))},
                name,
                "A3 landscape board" if large else "",
            )
            for name, group in groupby(held, key=lambda p: p.field)
            if field in ("", name)
        ]

    def officers(self, *, large: bool = False) -> Sheet:
        """Who works here: name, title, work, and room for a photo; the hotline below."""
        active = [o for o in self._store.standing.officers() if o.active and _seen(o)]
        people: list[Values] = [
            {"name": o.name, "title": o.title, "work": _work(o)} for o in sorted(active, key=_rank)
        ]
        return self._sheet(
            "board-officers", {"people": people}, "Cán bộ", "A3 board" if large else ""
        )

    def cards(self, hamlets: Sequence[str]) -> list[Card]:
        """For each hamlet a card to look up by, and one to rate the service by; without a name a
        page of each to write one on.

        Raises `Refused` while the unit has neither address.
        """
        unit = self._store.standing.unit()
        cards = [(LOOK_UP, LOOK_UP_WORDS, unit.lookup_url), (RATE, RATE_WORDS, unit.rating_url)]
        known = [card for card in cards if card[-1]]
        if not known:
            raise Refused(
                "Đơn vị chưa có địa chỉ tra cứu nên chưa in được thẻ QR. "
                "Hãy hỏi cấp trên, rồi ghi bằng lệnh motcua unit."
            )
        return [
            Card(heading, words, name, address)
            for heading, words, address in known
            for name in hamlets or [""] * A_PAGE
        ]

    def _sheet(self, form: str, values: Values, name: str, layout: str) -> Sheet:
        today: date = self._clock().date()
        head = {**unit_values(self._store.standing.unit()), "date": today, "number": ""}
        return Sheet(form, {**head, **values}, name, layout=layout)


def _posted(procedures: Iterator[Procedure], today: date) -> Iterator[Values]:
    for procedure in procedures:
        yield {
            "code": procedure.code,
            "name": procedure.name,
            "limit": procedure.limits() if any(c.confirmed for c in procedure.cases) else "",
            "fee": "; ".join(filter(None, map(_rate, procedure.fees_on(today)))),
            "papers": len(procedure.documents),
        }


def _rate(rule: FeeRule) -> str:
    """A rate as a board states it; "" where the catalogue doesn't know it, or isn't sure."""
    if not rule.confirmed:
        return ""
    online = " (nộp trực tuyến)" if rule.channel == "online" else ""
    match rule:
        case FeeRule(kind="free"):
            return f"Không thu{online}"
        case FeeRule(kind="per_page"):
            tiers = ", ".join(_tier(tier) for tier in rule.tiers)
            return tiers + (f", tối đa {money(rule.cap)}/bản" if rule.cap is not None else "")
        case FeeRule(kind="fixed" | "province", amount=int(amount)):
            return f"{money(amount)}{online}"
        case FeeRule(kind="per_copy", amount=int(amount)):
            return f"{money(amount)}/bản{online}"
        case FeeRule(kind="per_case", amount=int(amount)):
            return f"{money(amount)}/trường hợp{online}"
        case _:
            return ""


def _tier(tier: Tier) -> str:
    pages = f"trang {tier.first}–{tier.last}" if tier.last else f"từ trang {tier.first}"
    return f"{money(tier.amount)}/trang ({pages})"


def _seen(officer: Officer) -> bool:
    """An administrator who is nothing else serves no citizen."""
    return bool(officer.roles - {Role.ADMINISTRATOR})


def _work(officer: Officer) -> str:
    roles = sorted(officer.roles - {Role.ADMINISTRATOR}, key=_ORDER.index)
    return "; ".join(ROLE_LABEL[role] for role in roles)


def _rank(officer: Officer) -> tuple[bool, bool, str]:
    """Leaders first, then who is in charge, then by name."""
    return (
        Role.LEADER not in officer.roles,
        Role.SUPERVISOR not in officer.roles,
        sort_key(officer.name),
    )
