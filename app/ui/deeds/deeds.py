"""Deeds as pages offer them: their keys, which is the likely one, and doing them at the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.desk.deeds.details import Details
from app.desk.deeds.progress import Done
from app.desk.desk import Desk
from app.models.dossiers.dossier import HandOver
from app.models.dossiers.lifecycle import LABEL, NEEDS_REASON, REVERSAL, Deed, Status
from app.models.errors import Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.dossier.columns import short_code, spoken_due
from app.ui.dossier.facts import certified_words

PRIMARY_KEY = "F9"
COMES_BACK, ALL_COME_BACK = "Nhận lại từ cơ quan", "Nhận lại từ mọi cơ quan"
UNDO_REASON = "Bấm nhầm, hoàn tác ngay."

KEYS: dict[Deed, str] = {
    Deed.HAND_OVER: "Ctrl+B",
    Deed.ACCEPT: "Ctrl+N",
    Deed.SEND_BACK: "Ctrl+R",
    Deed.REQUEST_SUPPLEMENT: "Ctrl+S",
    Deed.SUPPLEMENT_RECEIVED: "Ctrl+U",
    Deed.REQUEST_PAYMENT: "Ctrl+T",
    Deed.PAID: "Ctrl+M",
    Deed.CHANGE_CASE: "Ctrl+H",
    Deed.FORWARD: "Ctrl+F",
    Deed.ANSWER: "Ctrl+Shift+F",
    Deed.SIGN: "Ctrl+Y",
    Deed.EXPLAIN_DELAY: "Ctrl+E",
    Deed.APOLOGISE: "Ctrl+L",
    Deed.REAPPOINT: "Ctrl+Shift+L",
    Deed.TELL: "Ctrl+I",
    Deed.HASTEN: "Ctrl+Shift+S",
    Deed.EASE: "Ctrl+Shift+E",
    Deed.RESOLVE: "Ctrl+G",
    Deed.RETURN: "Ctrl+J",
    Deed.CORRECT: "Ctrl+D",
    # what is hard to take back wants two fingers more
    Deed.REFUSE: "Ctrl+Shift+T",
    Deed.WITHDRAW: "Ctrl+Shift+R",
    Deed.STOP: "Ctrl+Shift+D",
    Deed.REOPEN: "Ctrl+Shift+M",
    Deed.VOID: "Ctrl+Shift+H",
    Deed.UNDO: "Ctrl+Shift+Z",
}
DANGEROUS = frozenset({Deed.REFUSE, Deed.WITHDRAW, Deed.STOP, Deed.VOID, Deed.UNDO})
TOLD_MORE = NEEDS_REASON | {
    Deed.HAND_OVER, Deed.FORWARD, Deed.REQUEST_PAYMENT, Deed.PAID, Deed.RETURN, Deed.TELL,
    Deed.ANSWER,
}  # fmt: skip
"""Deeds that ask something before they are done; the others are done at once."""

_LIKELY: dict[Status, Deed] = {
    Status.RECEIVED: Deed.HAND_OVER,
    Status.HANDED_OVER: Deed.ACCEPT,
    Status.PROCESSING: Deed.RESOLVE,
    Status.SIGNED: Deed.RESOLVE,
    Status.WAITING_SUPPLEMENT: Deed.SUPPLEMENT_RECEIVED,
    Status.WAITING_PAYMENT: Deed.PAID,
    Status.RESOLVED: Deed.RETURN,
}


@dataclass(frozen=True)
class Choices:
    """The deeds that apply now, parted as the page shows them."""

    likely: Deed | None
    others: tuple[Deed, ...]
    dangerous: tuple[Deed, ...]
    agencies: int = 0
    """So many other agencies were sent it: to accept it is to have it back."""

    def label(self, deed: Deed) -> str:
        """What a deed is called here."""
        if self.agencies and deed is Deed.ACCEPT:
            return COMES_BACK if self.agencies == 1 else ALL_COME_BACK
        return LABEL[deed]


def parted(
    deeds: Iterable[Deed], status: Status, *, agencies: int = 0, signs: bool = False
) -> Choices:
    """The deed mostly done next, the other ones, and those that stand apart.

    `signs`: it waits for the signature of whoever looks: it is not to be resolved unsigned by the
    same key.
    """
    deeds = tuple(deeds)
    likely = Deed.SIGN if signs else _LIKELY.get(status)
    likely = Deed.ANSWER if Deed.ANSWER in deeds else likely
    return Choices(
        likely if likely in deeds else None,
        tuple(deed for deed in deeds if deed not in DANGEROUS and deed is not likely),
        tuple(deed for deed in deeds if deed in DANGEROUS),
        agencies,
    )


Shares = tuple[tuple[str, tuple[EventName, ...]], ...]
"""(login of the receiver, what they take), one a receiver."""


@dataclass(frozen=True)
class Order:
    """Deeds to do to dossiers in turn, all or none; `keyed_by` when another than the doer types.

    `takes_back`: the last deed of each, which an undo means and no later one. `shares`: to whom each
    part of them is handed over, where that is not one receiver.
    """

    names: tuple[EventName, ...]
    steps: tuple[tuple[Deed, Details], ...]
    doer: Officer
    keyed_by: str = ""
    takes_back: tuple[EventName | None, ...] = ()
    shares: Shares = ()


@dataclass(frozen=True)
class Carried:
    """An order carried out: what to say of it, what to look out for, whether undo takes it back.

    `steps`: so many deeds were done to each dossier, and are taken back together.
    """

    names: tuple[EventName, ...]
    sentence: str
    warnings: tuple[str, ...]
    can_be_undone: bool
    deeds: tuple[EventName | None, ...] = ()
    """The event of the last deed to each dossier."""
    steps: int = 1


def carry_out(desk: Desk, order: Order) -> Carried:
    """Do what `order` says; at the desk only. Raises `Refused`."""
    if order.shares:
        return _share_out(desk, order)
    for name, meant in zip(order.names, order.takes_back, strict=False):
        _check_last(desk, name, meant)
    each = desk.progress.do_in_turn(order.steps, order.names, order.doer, order.keyed_by)
    done, deeds = each[-1], [deed for deed, _ in order.steps]
    whom = desk.lookup.holder_name(order.steps[-1][1].to)
    return Carried(
        order.names,
        said(deeds, done, whom, desk.clock()),
        tuple(dict.fromkeys(warning for step in each for one in step for warning in one.warnings)),
        can_be_undone=all(REVERSAL[deed][0] is Deed.UNDO for deed in deeds),
        deeds=tuple(one.dossier.last_change for one in done),
        steps=len(deeds),
    )


def sharing(shares: Shares, doer: Officer) -> Order:
    """Hands over to each receiver their share."""
    names = tuple(name for _, names in shares for name in names)
    return Order(names, ((Deed.HAND_OVER, Details()),), doer, shares=shares)


def _share_out(desk: Desk, order: Order) -> Carried:
    done = desk.progress.hand_over(order.shares, order.doer, order.keyed_by)
    warnings = tuple(dict.fromkeys(warning for one in done for warning in one.warnings))
    whom = ", ".join(f"{desk.lookup.holder_name(to)} {len(names)}" for to, names in order.shares)
    sentence = f"Đã ghi “{LABEL[Deed.HAND_OVER]}”: {len(done)} hồ sơ ({whom})."
    deeds = tuple(one.dossier.last_change for one in done)
    return Carried(order.names, sentence, warnings, can_be_undone=True, deeds=deeds)


def _check_last(desk: Desk, name: EventName, meant: EventName | None) -> None:
    dossier = desk.lookup.dossier(name).dossier
    if dossier and dossier.last_change != meant:
        code = short_code(dossier.shown_code)
        raise Refused(f"Sau đó hồ sơ {code} đã có việc khác. Hãy mở hồ sơ xem trước khi hoàn tác.")


def is_handed_back(order: Order) -> bool:
    """Whether it ends with results in the hands of somebody who stands at the desk."""
    deed, details = order.steps[-1]
    return deed is Deed.RETURN and details.way != "post"


def undoing(carried: Carried, officer: Officer) -> Order:
    """What takes `carried` back at once."""
    undone = ((Deed.UNDO, Details(reason=UNDO_REASON)),)
    return Order(carried.names, undone * carried.steps, officer, takes_back=carried.deeds)


def said(deeds: Sequence[Deed], done: list[Done], to: str, now: datetime) -> str:
    """What the last of `deeds` came to: "Đã ghi “Bàn giao” cho Trần Văn Bình: hồ sơ 261123-0044." """
    deed = deeds[-1]
    what = f"{_named(deeds)} cho {to}" if to else _named(deeds)
    if len(done) > 1:
        return f"Đã ghi {what}: {len(done)} hồ sơ."
    dossier = done[0].dossier
    code = short_code(dossier.shown_code)
    if deed is Deed.ANSWER:
        return _answered(dossier.hand_overs[-1], code)
    if deed is Deed.ACCEPT and dossier.hand_overs[-1].forwarded:
        return f"Đã nhận lại từ {dossier.hand_overs[-1].to}: hồ sơ {code}."
    more = f" Hẹn trả {spoken_due(dossier.due, now)}." if deed in _RENEWS else ""
    if deed is Deed.RESOLVE and dossier.certified:
        more = f" Số chứng thực: {certified_words(dossier.certified)}."
    return f"Đã ghi {what}: hồ sơ {code}.{more}"


def _named(deeds: Sequence[Deed]) -> str:
    """ "“Đã nộp tiền” và “Trả kết quả”"; of what takes both back, "“Hoàn tác” cả 2 việc"."""
    names = [f"“{LABEL[deed]}”" for deed in dict.fromkeys(deeds)]
    times = f" cả {len(deeds)} việc" if len(names) < len(deeds) else ""
    return " và ".join(names) + times


def _answered(row: HandOver, code: str) -> str:
    left = "; ".join(part.agency for part in row.outstanding)
    rest = f"Còn chờ {left}." if left else "Mọi cơ quan đã trả lời."
    return f"Đã ghi trả lời của {row.answers[-1].agency}: hồ sơ {code}. {rest}"


_RENEWS = frozenset(
    {
        *(Deed.SUPPLEMENT_RECEIVED, Deed.REOPEN, Deed.APOLOGISE, Deed.CHANGE_CASE, Deed.PAID),
        *(Deed.REAPPOINT, Deed.TELL),
    }
)
