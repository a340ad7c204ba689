"""What a unit may say of itself, checked: names, addresses, hours, rules of its own, shelves, stages.

`shelves` says where the dossiers of a field are kept; at `rating_url` the citizen says how it was.
Results are fetched at its `return_place`, at the unit itself where that is blank. `two_stage` names
procedures (`N.NNNNNN`), or one case of them (`N.NNNNNN/2`), that come back for a second stage.
`hours` says when it is open: see `app.models.deadlines.opening`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from typing import get_args

from msgspec import structs

from app.models.citizens.satisfaction import levels_of
from app.models.deadlines.opening import SHIPPED, read_hours, written_hours
from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.text import clean_name

LONGEST, LONGEST_SHELF = 200, 60
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
_STAGED = re.compile(r"\d\.\d{6}(/\d{1,2})?")
_CHOICES = {field.name: get_args(field.type) for field in structs.fields(UnitDescribed)}


def changed(known: UnitDescribed, said: Mapping[str, str]) -> UnitDescribed:
    """What the unit says once `said` stands in the place of what it named. Raises `BadInput`."""
    checked = {name: _CHECKS.get(name, _words)(name, value) for name, value in said.items()}
    return structs.replace(known, **checked)


def shelved(known: UnitDescribed, said: Iterable[tuple[str, str]]) -> UnitDescribed:
    """A field named gets its place; without one it is forgotten. Raises `BadInput`."""
    shelves = dict(known.shelves)
    for field, place in said:
        named = clean_name(field, LONGEST, "shelf")
        if not named:
            raise BadInput("Chưa có lĩnh vực nào để ghi nơi cất.", "shelf")
        shelves[named] = clean_name(place, LONGEST_SHELF, "shelf")
    return structs.replace(known, shelves=tuple((f, at) for f, at in shelves.items() if at))


def staged(known: UnitDescribed, said: Iterable[str]) -> UnitDescribed:
    """These procedures, or cases of them, have a second stage, and no others. Raises `BadInput`."""
    codes = tuple(sorted({code.strip() for code in said if code.strip()}))
    for code in codes:
        if not _STAGED.fullmatch(code):
            raise BadInput(
                f"“{code[:40]}” không phải mã thủ tục. Hãy ghi như 1.012789, "
                "hoặc 1.012789/2 cho riêng trường hợp 2.",
                "two_stage",
            )
    return structs.replace(known, two_stage=codes)


def opened(known: UnitDescribed, said: Sequence[str]) -> UnitDescribed:
    """It is open at these hours, seven texts from Monday; none: as it ships. Raises `BadInput`."""
    hours = read_hours(said)
    return structs.replace(known, hours=() if hours == SHIPPED else written_hours(hours))


def is_two_stage(unit: UnitDescribed, procedure: str, case: int) -> bool:
    """Whether the unit says that such a dossier comes back for a second stage."""
    return bool({procedure, f"{procedure}/{case}"} & set(unit.two_stage))


# --- inside -------------------------------------------------------------------------------------


def _words(name: str, value: str) -> str:
    return clean_name(value, LONGEST, name)


def _name(name: str, value: str) -> str:
    if found := _words(name, value):
        return found
    raise BadInput("Tên nơi tiếp nhận không bỏ trống được.", name)


def _address(name: str, value: str) -> str:
    value = _words(name, value)
    if value and not _ADDRESS.fullmatch(value):
        raise BadInput(f"“{value[:60]}” không phải địa chỉ như https://motcua.tinh.gov.vn.", name)
    return value.rstrip("/")


def _hour(name: str, value: str) -> str:
    try:
        return f"{time.fromisoformat(value):%H:%M}"
    except ValueError as error:
        raise BadInput(f"Giờ “{value[:20]}” không đúng. Hãy ghi như 16:30.", name) from error


def _choice(name: str, value: str) -> str:
    if value not in _CHOICES[name]:
        raise BadInput(f"“{value[:20]}” không phải {' hay '.join(_CHOICES[name])}.", name)
    return value


def _levels(name: str, value: str) -> str:
    if not value.strip():
        return ""
    if found := levels_of(_words(name, value)):
        return "; ".join(found)
    raise BadInput("Hãy ghi đủ ba mức, xấu nhất trước, cách nhau bằng dấu chấm phẩy.", name)


_CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "name": _name,
    "lookup_url": _address,
    "rating_url": _address,
    "return_by": _hour,
    "cut_off": _hour,
    "supplement": _choice,
    "payment": _choice,
    "reopen": _choice,
    "rating_levels": _levels,
}
