"""Makes a counter that can receive at once; it stands whole, or not at all."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec import structs

import resources
from app.counter import desk_of, establish, refuse_taken
from app.credentials import KeyRing
from app.desk.desk import Desk
from app.desk.unit.office import Imported, Row, read_rows
from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.unit.founding import Founding, described
from app.models.unit.officer import Role
from app.settings import Places

CATALOGUE = ("catalogue/procedures.csv", "catalogue/cases.csv", "catalogue/fees.csv")
HOLIDAYS = "calendar/holidays.csv"


@dataclass(frozen=True)
class Founded:
    """What was made; `key` opens its data, and is told this once."""

    key: bytes
    unit: UnitDescribed
    procedures: Imported
    days: Imported


def found(places: Places, said: Founding, now: Callable[[], datetime]) -> Founded:
    """Make the counter that was described. Raises `BadInput`, and then nothing was made.

    It is made beside its place, so that no power cut leaves half a counter.
    """
    refuse_taken(places)
    unfinished = replace(places, data=places.data.with_name(f"{places.data.name}.new"))
    shutil.rmtree(unfinished.data, ignore_errors=True)
    unit = described(said.name)
    if said.return_by:
        unit = structs.replace(unit, return_by=said.return_by)
    first = said.officers[0]
    key = establish(unfinished, said.code, said.number, first.password, login=first.login)
    desk = desk_of(unfinished, key, now)
    try:
        desk.office.describe(unit, first.login)
        _seat(desk, unfinished, key, said)
        procedures, days = bring_shipped(desk, first.login)
        if said.printer:
            desk.places.choose_all(said.printer, ())
    finally:
        desk.store.close()
    _put_in_place(unfinished.data, places.data)
    return Founded(key, unit, procedures, days)


def bring_shipped(desk: Desk, by: str) -> tuple[Imported, Imported]:
    """Import the catalogue and the holidays that ship with the program, as any other import."""
    procedures, cases, fees = map(_shipped, CATALOGUE)
    catalogue = desk.office.import_catalogue(procedures, cases, fees, by)
    return catalogue, desk.office.import_holidays(_shipped(HOLIDAYS), by)


# --- inside -------------------------------------------------------------------------------------


def _seat(desk: Desk, places: Places, key: bytes, said: Founding) -> None:
    first, *others = said.officers
    desk.office.add_officer(first.login, first.name, Role, first.login, first.title)
    ring = KeyRing.read(places.key_ring)
    for officer in others:
        ring.add(officer.login, officer.password, key)
        desk.office.add_officer(
            officer.login, officer.name, officer.roles, first.login, officer.title
        )


def _put_in_place(unfinished: Path, data: Path) -> None:
    try:
        if data.is_dir() and not any(data.iterdir()):
            data.rmdir()  # Windows puts nothing in the place of a folder, not even of an empty one
        unfinished.rename(data)
    except OSError as error:
        raise BadInput(
            f"Ở {data} đã có tệp khác. Hãy dời đi hoặc chọn thư mục khác.", "data"
        ) from error


def _shipped(name: str) -> list[Row]:
    return read_rows(resources.path(name), _no_workbook)


def _no_workbook(path: Path) -> Iterable[Iterable[object]]:
    raise NotImplementedError(f"{path} ships as CSV")
