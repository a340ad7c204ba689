"""`unit`: what the unit calls itself on paper, and where the dossiers of each field are kept."""

import re

from msgspec import structs

from app.commands.call import DONE, Call, Command, administrator
from app.commands.grammar import UNIT
from app.models.errors import BadInput
from app.models.text import clean_name

LONGEST = 200
_ADDRESSES = ("lookup_url", "rating_url")
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


def unit(call: Call) -> int:
    """Say it, after changing what was named; "" takes an optional one away. Paper that is out stays."""
    said = {name: getattr(call.options, name) for name in UNIT}
    changed = {name: _checked(name, value) for name, value in said.items() if value is not None}
    with call.counter() as counter:
        office, standing = counter.desk.office, counter.desk.store.standing
        known = standing.unit()
        if changed or call.options.shelves:
            shelves = tuple(_shelves(dict(known.shelves), call.options.shelves).items())
            by = administrator(counter)
            office.describe(structs.replace(known, **changed, shelves=shelves), by)
            known = standing.unit()
    facts = {**{name: getattr(known, name) for name in UNIT}, "shelves": dict(known.shelves)}
    lines = [f"{name}: {facts[name]}  ({about})" for name, about in UNIT.items()]
    lines += [f"shelf: {field}={place}" for field, place in known.shelves]
    call.answer(facts, "\n".join(lines))
    return DONE


COMMANDS: dict[str, Command] = {"unit": unit}


def _checked(name: str, value: str) -> str:
    value = clean_name(value, LONGEST, name)
    if name == "name" and not value:
        raise BadInput("Tên nơi tiếp nhận không bỏ trống được.", name)
    if name in _ADDRESSES and value and not _ADDRESS.fullmatch(value):
        raise BadInput(f"“{value[:60]}” không phải địa chỉ như https://motcua.tinh.gov.vn.", name)
    return value.rstrip("/") if name in _ADDRESSES else value


def _shelves(known: dict[str, str], said: list[str]) -> dict[str, str]:
    """A field named again gets the new place; without one it is forgotten. Raises `BadInput`."""
    for each in said:
        field, found, place = each.partition("=")
        field = clean_name(field, LONGEST, "shelf")
        if not (field and found):
            raise BadInput(f"Hãy ghi như “Hộ tịch=Kệ 1”, không phải “{each[:60]}”.", "shelf")
        known[field] = clean_name(place, 60, "shelf")
    return {field: place for field, place in known.items() if place}
