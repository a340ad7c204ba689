"""The units of this server: added once, opened one at a time under their lock, looked up by anybody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, insert, select

from app.models.dossiers.lifecycle import Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.exchange.messages import map_hash
from app.models.numbering import SCANNABLE, is_code
from app.models.text import clean_name
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.store.database import reading, writing
from server.units.author import Author
from server.units.published import calendar, catalogue

_TOKEN = re.compile(f"[{SCANNABLE}]{{18}}")


# the unit's row is the unit's lock (SQLite knows no such thing, and locks the file)
_LOCKED = select(t.units.c.unit).where(t.units.c.unit == bindparam("of")).with_for_update()


class UnknownUnit(BadInput):
    """No such unit was ever added."""


class Found(NamedTuple):
    """What the public look-up shows of a dossier of `unit`; instants in seconds since 1970, no names."""

    code: str
    provisional_code: str
    status: Status
    procedure_name: str
    due: int
    received_at: int
    unit: str


class Units:
    """All units of one server."""

    def __init__(self, engine: Engine, server: str) -> None:
        self.engine = engine
        self._server = server

    @contextmanager
    def open(self, unit: str, *, is_lasting: bool = True) -> Iterator[Ledger]:
        """One unit's ledger in one transaction; nobody else takes in or writes for it meanwhile.

        Raises `UnknownUnit`. See `writing` for what isn't lasting.
        """
        if not _is_unit(unit):
            raise _unknown(unit)
        with writing(self.engine, unit, is_lasting=is_lasting) as connection:
            if connection.scalar(_LOCKED, {"of": unit}) is None:
                raise _unknown(unit)
            yield Ledger(connection, unit, self._server)

    def add(self, unit: str, name: str, author: Author, now: datetime) -> int:
        """A new unit, its catalogue and calendar published; how many events that took.

        Raises `BadInput` when `unit` is no identifier of an agency, `Refused` when it exists.
        """
        if not _is_unit(unit):
            raise BadInput(f"{unit} không phải mã định danh đơn vị; ví dụ đúng: H50.12.")
        named = clean_name(name)
        if not named:
            raise BadInput("Tên đơn vị không được để trống.")
        with writing(self.engine, unit) as connection:
            if connection.scalar(select(t.units.c.name).where(t.units.c.unit == unit)) is not None:
                raise Refused(f"Đơn vị {unit} đã có trên máy chủ này; không cần thêm nữa.")
            row = {"unit": unit, "name": named, "added_at": int(now.timestamp())}
            connection.execute(insert(t.units), row)
            published: list[e.AnyBody] = [*catalogue(), *calendar()]
            author.write(Ledger(connection, unit, self._server), published, now)
        return len(published)

    def all(self) -> list[str]:
        """The units of this server."""
        with reading(self.engine) as connection:
            return list(connection.scalars(select(t.units.c.unit).order_by(t.units.c.unit)))

    def name(self, unit: str) -> str:
        """What the unit is called; empty when it was never added."""
        with reading(self.engine, unit) as connection:
            return connection.scalar(select(t.units.c.name).where(t.units.c.unit == unit)) or ""

    def map_hash(self, unit: str) -> str:
        """That of the map of a unit, which changes whenever something new is held of it."""
        with reading(self.engine, unit) as connection:
            return map_hash(Ledger(connection, unit, self._server).map())

    def look_up(self, token: str) -> Found | None:
        """The dossier whose slip carries `token`."""
        if not _TOKEN.fullmatch(token):
            return None
        c = t.dossiers.c
        columns = (
            c.code, c.provisional_code, c.status, c.procedure_name, c.due, c.received_at, c.unit,
        )  # fmt: skip
        with reading(self.engine, token=token) as connection:
            query = select(*columns).where(c.token == token)
            row = connection.execute(query).first()
        if row is None:
            return None
        code, provisional, status, *rest = row
        return Found(code, provisional, Status(status), *rest)


def _is_unit(text: str) -> bool:
    return is_code(f"{text}-991231-0001")


def _unknown(unit: str) -> UnknownUnit:
    return UnknownUnit(f"Máy chủ chưa có đơn vị {unit}. Hãy thêm bằng lệnh motcua-server unit add.")
