"""Gives out one-time codes, and makes the counter that holds one known to its unit."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, insert, select, update

from app.models.errors import Refused
from app.models.events import event as e
from app.models.exchange.chain import PublicKeys
from app.models.exchange.enrolment import (
    HUB_COUNTER,
    ID_BYTES,
    SECRET_BYTES,
    Answered,
    Asked,
    Code,
    answer,
    asker,
)
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.store.database import insisting
from server.units.author import Author
from server.units.grants import due_grants
from server.units.units import Units, UnknownUnit

LASTS = timedelta(minutes=15)
DAYS = range(1, 31)  # for which a code may hold that somebody carries: its secret has 80 bits
MOST_TRIES = 5
NUMBERS = range(1, 1000)  # of counters


class Enrolment:
    """The codes of all units."""

    def __init__(
        self,
        units: Units,
        author: Author,
        keys: PublicKeys,
        random: Callable[[int], bytes],
        pin: str = "",
    ) -> None:
        self._units = units
        self._author = author
        self._keys = keys
        self._random = random
        self._pin = pin

    def new_code(self, unit: str, now: datetime, lasts: timedelta = LASTS) -> tuple[Code, datetime]:
        """A code for one counter of the unit, and until when it holds. Raises `UnknownUnit`."""
        code = Code.drawn(self._random(ID_BYTES + SECRET_BYTES))
        expires = now + lasts
        with self._units.open(unit) as ledger:
            over = (t.codes.c.id == code.id) | (t.codes.c.expires < int(now.timestamp()))
            ledger.connection.execute(delete(t.codes).where(t.codes.c.unit == unit, over))
            row = {"unit": unit, "id": code.id, "secret": code.secret}
            state = {"expires": int(expires.timestamp()), "tries": 0, "used_by": ""}
            ledger.connection.execute(insert(t.codes), row | state)
        return code, expires

    def enrol(self, asked: Asked, now: datetime) -> Answered:
        """Make the asking counter known; asked the same twice, the answer is the same.

        Raises `Refused`.
        """
        try:
            secret = insisting(lambda: self._try(asked, now))
        except UnknownUnit:
            secret = None
        keys = asker(asked, secret) if secret else None
        if secret is None or keys is None:
            raise Refused(
                "Mã ghi danh không đúng, đã hết hạn hoặc của đơn vị khác; hãy xin mã mới."
            )
        # apart from the try, so that insisting here uses up none of the code's
        insisting(lambda: self._enter(asked, keys, now))
        return answer(secret, asked, self._units.name(asked.unit), self._keys, self._pin)

    def _try(self, asked: Asked, now: datetime) -> str | None:
        """The code's secret, one try counted; None when it is over or was tried too often."""
        c = t.codes.c
        one = and_(c.unit == asked.unit, c.id == asked.id)
        with self._units.open(asked.unit) as ledger:
            ledger.connection.execute(update(t.codes).where(one).values(tries=c.tries + 1))
            good = and_(one, c.expires >= int(now.timestamp()), c.tries <= MOST_TRIES)
            return ledger.connection.scalar(select(c.secret).where(good))

    def _enter(self, asked: Asked, keys: PublicKeys, now: datetime) -> None:
        with self._units.open(asked.unit) as ledger:
            _use(ledger, asked.id, keys.device)
            self._make_known(ledger, asked, keys, now)
            if asked.branches:
                number = ledger.devices.known(keys.device).number
                ledger.devices.note_number(keys.device, number, now, branches=True)

    def _make_known(self, ledger: Ledger, asked: Asked, keys: PublicKeys, now: datetime) -> None:
        counter = asked.counter
        counters = ledger.devices.counters()
        if ledger.devices.known(keys.device).revoked:
            raise Refused(
                "Máy này đã bị thu hồi; hãy khởi tạo lại quầy rồi ghi danh như một máy mới."
            )
        if counters.get(keys.device) == counter:
            return
        if counter not in (HUB_COUNTER, *NUMBERS) or keys.device in counters:
            raise Refused(
                f"Máy này không ghi danh được làm quầy số {counter}; hãy kiểm tra số quầy."
            )
        taken = (*counters.values(), *(book.book for book in self._author.given(ledger)[1]))
        forgotten = self._author.counters(ledger.unit).get(counter, keys.device) != keys.device
        if counter != HUB_COUNTER and (counter in taken or forgotten):
            raise Refused(
                f"Quầy số {counter} đã có một máy khác ghi danh; hãy khởi tạo quầy với số khác."
            )
        body = e.Enrolled(keys.device, counter, keys.sign.hex(), keys.seal.hex(), asked.branches)
        self._author.write(ledger, (body, *self._lane(ledger, asked, keys.device, now)), now)

    def _lane(
        self, ledger: Ledger, asked: Asked, device: str, now: datetime
    ) -> Sequence[e.AnyBody]:
        """For the incarnation that has none, so that it numbers from its first dossier; once, as the
        device becomes known."""
        if not asked.incarnation or asked.counter == HUB_COUNTER:
            return ()
        log = (device, asked.incarnation)
        given = self._author.given(ledger)
        return due_grants([e.EventName(*log, 1)], *given, (), now.date(), own_book={log})


def _use(ledger: Ledger, id_: str, device: str) -> None:
    c = t.codes.c
    one = and_(c.unit == ledger.unit, c.id == id_)
    if ledger.connection.scalar(select(c.used_by).where(one)) not in {"", device}:
        raise Refused("Mã ghi danh này đã được dùng cho một máy khác; hãy xin mã mới.")
    ledger.connection.execute(update(t.codes).where(one).values(used_by=device))
