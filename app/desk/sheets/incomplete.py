"""Finds what a day has left undone: hours, names and signatures that papers still lack.

An incomplete control slip or register counts against the unit (NĐ 61/2018 Đ.19; TT 01/2018 Đ.10),
so it is mended before the day closes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from app.desk.papers.facts import in_effect
from app.desk.sheets.books import span
from app.models.dossiers.checklist import blank_line, keyed_later
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.dossiers.lifecycle import AT_WORK, Clock, Status, clock
from app.models.events import event as e
from app.store.store import Store

NOT_ACCEPTED = "Bàn giao chưa có người nhận ký"
NEVER_ACCEPTED = "Phiếu kiểm soát thiếu giờ nhận, người nhận"
NO_COLLECTOR = "Sổ theo dõi thiếu ký nhận kết quả"
NO_APOLOGY = "Quá hạn chưa xin lỗi"
NOT_TOLD = "Chưa báo dân ngày hẹn mới"
NO_SERIAL = "Chưa vào sổ theo dõi"
NO_BLANK = "Nhập bù chưa có bản quét giấy ghi tay"
PROVISIONAL = "Còn mã tạm, chưa có mã chính thức"


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is not complete: what, of which dossier, since when and with whom."""

    what: str
    name: e.EventName
    code: str
    applicant: str
    since: datetime
    officer: str


class Incomplete:
    """Reads only."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def of(self, since: date | None = None, until: date | None = None) -> list[Lacking]:
        """What is lacking of the dossiers `asked` for, `in_order`."""
        return in_order(self.among(self.asked(since, until)))

    def asked(self, since: date | None = None, until: date | None = None) -> list[str]:
        """The names of the dossiers worked on in these days (default: today), and of all that are
        handed over or late, or keyed of a blank nobody scanned."""
        today, registers = self._clock().date(), self._store.registers
        keyed = registers.keyed(*span(since or until or today, until or today))
        worked_on = (event.about for event in keyed if ":" not in event.about)
        late = (row.name for row in self._store.dossiers.late(self._clock()))
        pressing = chain(
            late, registers.in_status(Status.HANDED_OVER), registers.unscanned_blanks()
        )
        return list(dict.fromkeys((*worked_on, *map(str, pressing))))

    def among(self, names: Sequence[str]) -> list[Lacking]:
        """What is lacking of these, one dossier after the other."""
        names_of = self._store.standing.names()
        return [
            Lacking(
                what, dossier.name, dossier.shown_code,
                dossier.owner.name if dossier.owner else "", since, names_of.get(who, who),
            )
            for folded in self._store.registers.named(names)
            if (dossier := folded.dossier) is not None and dossier.status is not Status.VOIDED
            for what, test in _KINDS.items()
            for since, who in test(dossier, folded, self._clock())
        ]  # fmt: skip


def in_order(lacking: Iterable[Lacking]) -> list[Lacking]:
    """The kinds in their order, the oldest of each first."""
    kinds = list(_KINDS)
    return sorted(lacking, key=lambda each: (kinds.index(each.what), each.since, each.code))


_HAND_OVERS = e.HandedOver | e.Forwarded

Since = Iterable[tuple[datetime, str]]
"""Since when, and whose turn it is."""


def _not_accepted(dossier: Dossier, folded: Folded, _now: datetime) -> Since:
    if dossier.status is Status.HANDED_OVER:
        yield from _unsigned(dossier, folded, slice(-1, None))


def _never_accepted(dossier: Dossier, folded: Folded, _now: datetime) -> Since:
    """Rows of the control slip that nobody signed for, though the dossier went on."""
    waits = dossier.status is Status.HANDED_OVER
    yield from _unsigned(dossier, folded, slice(None, -1 if waits else None))


def _unsigned(dossier: Dossier, folded: Folded, which: slice) -> Since:
    """The hand-overs within the unit that lack the receiver's hour and name.

    Another agency, which a dossier is forwarded to, signs on paper only.
    """
    ways = (x.body for x in in_effect(folded.verdicts) if isinstance(x.body, _HAND_OVERS))
    rows = zip(dossier.hand_overs, ways, strict=False)
    within = [row for row, way in rows if isinstance(way, e.HandedOver)][which]
    return ((row.at, row.to) for row in within if row.accepted_at is None and not row.taker)


def _no_collector(dossier: Dossier, folded: Folded, _now: datetime) -> Since:
    if dossier.status is not Status.RETURNED:
        return
    for event in in_effect(folded.verdicts):
        signed_for = event.personal is not None and bool(event.personal.collector)
        if isinstance(event.body, e.Returned) and not signed_for:
            yield event.at, event.by


def _no_apology(dossier: Dossier, _folded: Folded, now: datetime) -> Since:
    late = dossier.status in (Status.RECEIVED, *AT_WORK) and dossier.first_due < now
    if late and dossier.apology is None:
        yield dossier.first_due, dossier.holder


def _not_told(dossier: Dossier, _folded: Folded, _now: datetime) -> Since:
    """Of an open dossier: whoever closed it was at the counter, or has its notice."""
    if clock(dossier.status) is not Clock.CLOSED:
        yield from ((notice.at, dossier.received_by) for notice in dossier.untold[:1])


def _no_serial(dossier: Dossier, _folded: Folded, _now: datetime) -> Since:
    if dossier.received.serial is None:
        yield dossier.received_at, dossier.received_by


def _no_blank(dossier: Dossier, folded: Folded, _now: datetime) -> Since:
    """The receipt filled by hand, which shows both hours and both hands, is kept with the dossier."""
    line, opening = blank_line(folded), keyed_later(folded, dossier)
    if line and opening and not line.attachments and dossier.salt:
        yield opening.keyed_at, opening.keyed_by


def _provisional(dossier: Dossier, _folded: Folded, _now: datetime) -> Since:
    if not dossier.code:
        yield dossier.received_at, dossier.received_by


_KINDS: dict[str, Callable[[Dossier, Folded, datetime], Since]] = {
    NOT_ACCEPTED: _not_accepted,
    NEVER_ACCEPTED: _never_accepted,
    NO_COLLECTOR: _no_collector,
    NO_APOLOGY: _no_apology,
    NOT_TOLD: _not_told,
    NO_SERIAL: _no_serial,
    NO_BLANK: _no_blank,
    PROVISIONAL: _provisional,
}
