"""Sends notices from above to units, withdraws them, and tells who read them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.models.deadlines.calendar import VIETNAM
from app.models.dossiers.standing import about
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.events.notices import MOST_WORDS, NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.unit.from_above import FromAbove, from_above
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.units.author import Author
from server.units.units import Units

SAID = ("notice_sent", "notice_withdrawn")


class Told(NamedTuple):
    """A notice as it stands in a unit."""

    unit: str
    notice: FromAbove


def in_words(told: Told) -> str:
    """One line of the list."""
    notice = told.notice
    at = notice.at.astimezone(VIETNAM)
    return f"{at:%d/%m/%Y %H:%M}  {told.unit}  {notice.notice}  {_state(notice)}: {notice.text}"


class Notices:
    """Over all units of the server; `server` is its device."""

    def __init__(
        self, units: Units, author: Author, server: str, random: Callable[[int], bytes]
    ) -> None:
        self._units, self._author, self._server = units, author, server
        self._random = random

    def send(self, text: str, units: Sequence[str], now: datetime) -> str:
        """Announce `text` to these units; what the notice is called. Raises `BadInput`, `UnknownUnit`.

        Each unit's is an event of its own: cut short, it is told to those before.
        """
        words = " ".join(text.split())
        if not words or len(words) > MOST_WORDS:
            raise BadInput(
                f"Thông báo phải có chữ và dài nhất {MOST_WORDS} ký tự; nội dung này dài {len(words)}."
            )
        notice = self._random(8).hex()
        for unit in units:
            with self._units.open(unit) as ledger:
                self._author.write(ledger, [NoticeSent(notice, words)], now)
        return notice

    def all(self, unit: str = "") -> list[Told]:
        """How each stands in one unit or in all, the newest of a unit first. Raises `UnknownUnit`."""
        found: list[Told] = []
        for each in [unit] if unit else self._units.all():
            with self._units.open(each) as ledger:
                found += [Told(each, notice) for notice in self._of(ledger)]
        return found

    def withdraw(self, notice: str, now: datetime) -> list[str]:
        """Let it be read no more, wherever it was sent; the units. Raises `Refused`."""
        units = []
        for unit in self._units.all():
            with self._units.open(unit) as ledger:
                if any(one.notice == notice and not one.withdrawn for one in self._of(ledger)):
                    self._author.write(ledger, [NoticeWithdrawn(notice)], now)
                    units.append(unit)
        if not units:
            raise Refused(
                f"Không có thông báo nào mang mã {notice} còn hiệu lực. "
                "Xem mã bằng lệnh motcua-server notice list."
            )
        return units

    def _of(self, ledger: Ledger) -> tuple[FromAbove, ...]:
        c = t.events.c
        query = select(c.incarnation, c.seq, c.public).where(
            c.unit == ledger.unit, c.device == self._server, c.type.in_(SAID)
        )
        said = [
            decode(e.EventName(self._server, incarnation, seq), public, None)
            for incarnation, seq, public in ledger.connection.execute(query)
        ]
        names = {x.body.notice for x in said if isinstance(x.body, NoticeSent)}
        told = ledger.folding.events_about(about(NoticeRead(name)) for name in names)
        read = (event for events in told.values() for event in events if not event.revoked)
        return from_above(said, read)


def _state(notice: FromAbove) -> str:
    if notice.withdrawn:
        return "đã rút"
    if notice.read_at is None:
        return "chưa đọc"
    return f"{notice.read_by} đã đọc {notice.read_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
