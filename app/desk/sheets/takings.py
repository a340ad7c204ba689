"""Counts the money an officer took on a day, from the deeds themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.desk.papers.facts import in_effect
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that changed hands; `amount` in đồng, below 0 when it was given back."""

    event: e.Event
    officer: str
    amount: int
    cash: bool


@dataclass(frozen=True, slots=True)
class Takings:
    """What one officer took: how often, and the sums in đồng."""

    officer: str
    payments: int
    cash: int
    transfer: int


def payments(folded: Folded) -> Iterator[Payment]:
    """Each payment of one dossier that was not taken back."""
    for event in in_effect(folded.verdicts):
        match event.body:
            case e.Received(fee=fee) if fee.when == "now" and fee.amount:
                yield Payment(event, event.by, fee.amount, fee.method != "transfer")
            case e.Paid(amount=int(amount), method=method) if amount:
                yield Payment(event, event.by, amount, method != "transfer")
            case Withdrawn(fee_back="refunded") | Stopped(fee_back="refunded"):
                yield from _given_back(event, folded.dossier)
            case _:
                pass


def takings(found: Iterable[Payment]) -> list[Takings]:
    """One line an officer, by login."""
    sums: dict[str, tuple[int, int, int]] = {}
    for payment in found:
        count, cash, transfer = sums.get(payment.officer, (0, 0, 0))
        into_cash = payment.amount if payment.cash else 0
        sums[payment.officer] = (
            count + 1, cash + into_cash, transfer + payment.amount - into_cash,
        )  # fmt: skip
    return [Takings(officer, *sums[officer]) for officer in sorted(sums)]


def _given_back(event: e.Event, dossier: Dossier | None) -> Iterator[Payment]:
    if dossier is not None and dossier.collected:
        # no rule says how money goes back: what was transferred never lay in the drawer
        yield Payment(event, event.by, -dossier.collected, dossier.fee.method != "transfer")
