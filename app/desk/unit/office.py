"""Sets a counter up: unit, officers, catalogue, holidays; brings in what stood elsewhere."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from app.desk.unit.learning import confirmed
from app.models.deadlines.calendar import DayKind
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.procedures.catalogue import from_rows
from app.models.procedures.procedure import Procedure, to_json
from app.models.text import clean_name, clean_text
from app.models.unit.describing import changed, opened, shelved, staged
from app.models.unit.founding import checked_login
from app.models.unit.officer import Officer, Role, check_administers, check_leads
from app.store.store import Store

Row = dict[str, str]
"""Cells by the name of their column; of a workbook its quantities are `Figure`s."""

FURTHEST_YEARS = 3  # ahead that a special day is believed: the last one known ends the calendar
FIRST_FIGURE = 10  # that may be stored as 8E10; codes of procedures begin with one digit


class Figure(str):
    """A cell that holds a quantity: the zeros that may have stood before it are gone."""

    __slots__ = ()


@dataclass(frozen=True)
class Wrong:
    """A row that stayed out: its line in the file (from 1, the heading is 1) and why."""

    line: int
    reason: str
    by_rule: bool = False
    """A rule of the counter said no; nothing in the row is amiss."""


@dataclass(frozen=True)
class Imported:
    imported: int
    refused: tuple[Wrong, ...]


class Office:
    """What the administrator does."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def describe(self, unit: e.UnitDescribed, by: str) -> None:
        """Say what the unit calls itself on paper and which policies it works by."""
        self._write([unit], by)

    def change(
        self,
        officer: Officer,
        said: Mapping[str, str] = MappingProxyType({}),
        shelves: Iterable[tuple[str, str]] = (),
        two_stage: Iterable[str] | None = None,
        hours: Sequence[str] | None = None,
    ) -> e.UnitDescribed:
        """Say again what is named, and leave the rest; what was promised stays promised.

        Which procedures have a second stage (None: as before) a supervisor says too, everything
        else an administrator only. Unchanged it writes nothing. Raises `Refused`, `BadInput`.
        """
        shelves, known = tuple(shelves), self._store.standing.unit()
        if said or shelves or hours is not None:
            check_administers(officer)
        unit = shelved(changed(known, said), shelves)
        if hours is not None:
            unit = opened(unit, hours)
        if two_stage is not None:
            unit = self._staged(unit, two_stage, officer)
        if unit != known:
            self.describe(unit, officer.login)
        return unit

    def add_officer(
        self, login: str, name: str, roles: Iterable[Role], by: str, title: str = ""
    ) -> None:
        """Add an officer, or replace what was said of that login. Raises `BadInput`."""
        named = tuple(sorted(role.value for role in roles))
        added = e.OfficerAdded(checked_login(login), clean_name(name), named, clean_name(title))
        self._write([added], by)

    def refuse_known(self, login: str) -> None:
        """Raise `BadInput` where somebody who works here has that login already."""
        if any(one.login == login and one.active for one in self._store.standing.officers()):
            raise BadInput(f"Đã có người dùng tên “{login}”. Hãy đặt tên khác.", "login")

    def let_go(self, login: str, officer: Officer) -> None:
        """An officer works in the unit no longer, at any counter. Raises `Refused`, `BadInput`."""
        check_administers(officer)
        if login == officer.login:
            raise Refused("Không tự cho mình thôi làm được: phải do người quản trị khác.")
        known = {one.login: one for one in self._store.standing.officers() if one.active}
        if login not in known:
            raise BadInput(f"Không có cán bộ “{login[:40]}” đang làm ở đơn vị.", "login")
        one, roles = known[login], sorted(role.value for role in known[login].roles)
        gone = e.OfficerAdded(login, one.name, tuple(roles), one.title, active=False)
        self._write([gone], officer.login)

    def import_catalogue(
        self, procedures: list[Row], cases: list[Row], fees: list[Row], by: str
    ) -> Imported:
        """Take in catalogue rows; wrong ones are listed, the others go in, unchanged ones write nothing."""
        good, wrong = from_rows(procedures, cases, fees)
        known = {p.code: p for p in self._store.standing.procedures()}
        if not cases and not fees:  # the table alone says nothing of them: what was known stays
            good = [_keeping_parts(p, known.get(p.code)) for p in good]
        self._write([_set(p) for p in good if known.get(p.code) != p], by)
        return Imported(len(good), tuple(Wrong(w.line, w.reason) for w in wrong))

    def confirm(self, code: str, officer: Officer) -> None:
        """A supervisor vouches for a procedure's limits and fees; raises `Refused`."""
        check_leads(officer, "xác nhận danh mục")
        procedure = self._store.standing.procedure(code)
        if procedure is None:
            raise BadInput(f"Không có thủ tục {code} trong danh mục.", "procedure")
        self._write([_set(confirmed(procedure))], officer.login)

    def import_holidays(self, rows: list[Row], by: str) -> Imported:
        """Take in special days; wrong rows are listed, the others go in, unchanged ones write nothing."""
        known = self._store.standing.calendar().special
        good: list[e.DaySet] = []
        wrong: list[Wrong] = []
        for line, row in enumerate(rows, 2):
            try:
                good.append(_day(row, self._clock().year))
            except (BadInput, ValueError, KeyError) as error:
                sentence = (
                    str(error)
                    if isinstance(error, BadInput)
                    else "Dòng thiếu cột hoặc sai ngày (YYYY-MM-DD)."
                )
                wrong.append(Wrong(line, sentence))
        new = [day for day in good if _differs(day, known.get(date.fromisoformat(day.date)))]
        self._write(new, by)
        return Imported(len(good), tuple(wrong))

    def _staged(
        self, unit: e.UnitDescribed, said: Iterable[str], officer: Officer
    ) -> e.UnitDescribed:
        told = staged(unit, said)
        if told == unit:
            return unit
        check_leads(officer, "nêu thủ tục có hai giai đoạn")
        known = {procedure.code for procedure in self._store.standing.procedures()}
        for code in told.two_stage:
            if code.partition("/")[0] not in known:
                raise BadInput(f"Không có thủ tục {code} trong danh mục.", "two_stage")
        return told

    def _write(self, bodies: Iterable[e.AnyBody], by: str) -> None:
        bodies, now = list(bodies), self._clock()
        if not bodies:
            return
        with self._store.journal.deed(now) as writing:
            for body in bodies:
                writing.append(body, by=by, at=now)


def read_rows(path: Path, load_workbook: Callable[[Path], Iterable[Iterable[object]]]) -> list[Row]:
    """The rows of a CSV or XLSX file by column name; raises `BadInput` when it can't be read."""
    try:
        if path.suffix.lower() == ".xlsx":
            return _table([[_cell(cell) for cell in row] for row in load_workbook(path)])
        return _table(list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"Không đọc được tệp {path.name}. Hãy lưu lại dạng CSV UTF-8 hoặc XLSX.", "file"
        ) from error


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case int():
            return Figure(value)
        case float() if value >= FIRST_FIGURE and value.is_integer():
            return Figure(int(value))
        case float():
            # procedure codes are the only fractions in our tables, and 2.000630 comes back as 2.00063
            return f"{value:.6f}"
        case datetime() if value.time() == time.min:  # so a day alone is stored
            return value.date().isoformat()
        case _:
            return str(value)


def _table(lines: list[list[str]]) -> list[Row]:
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines:
        raise BadInput("Tệp trống, không có dòng tiêu đề.", "file")
    return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def _keeping_parts(procedure: Procedure, known: Procedure | None) -> Procedure:
    return replace(procedure, cases=known.cases, fees=known.fees) if known else procedure


def _set(procedure: Procedure) -> e.ProcedureSet:
    return e.ProcedureSet(code=procedure.code, procedure=to_json(procedure))


def _day(row: Row, this_year: int) -> e.DaySet:
    day = date.fromisoformat(row["date"].strip()[:10])
    if not 2000 <= day.year <= this_year + FURTHEST_YEARS:
        raise BadInput(f"Năm {day.year} quá xa. Hãy kiểm tra lại ngày.", "date")
    return e.DaySet(
        date=day.isoformat(),
        kind=DayKind(row["kind"].strip()).value,
        name=clean_text(row["name"], field="name"),
        source=clean_text(row.get("source", ""), field="source"),
        confirmed=row.get("confirmed", "yes").strip().lower() in ("yes", "có", "1", "true"),
    )


def _differs(day: e.DaySet, known: object) -> bool:
    same = ("kind", "name", "source", "confirmed")
    return known is None or any(getattr(known, field) != getattr(day, field) for field in same)
