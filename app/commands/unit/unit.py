"""`unit`: what the unit calls itself on paper, where its dossiers are kept, what has a second stage."""

from app.commands.call import DONE, Call, Command
from app.commands.unit.words import UNIT
from app.models.deadlines.opening import known_hours, written_hours
from app.models.errors import BadInput

DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def unit(call: Call) -> int:
    """Say it, after changing what was named; "" takes an optional one away. Paper that is out stays."""
    words = call.options
    said = {name: value for name in UNIT if (value := getattr(words, name)) is not None}
    shelves = [_shelf(each) for each in words.shelves]
    two_stage = None if words.two_stage is None else words.two_stage.replace(",", " ").split()
    with call.counter() as counter:
        known = counter.desk.office.change(
            counter.officer, said, shelves, two_stage, _hours(words.hours)
        )
    facts = {name: getattr(known, name) for name in UNIT}
    lines = [f"{name}: {facts[name]}  ({about})" for name, about in UNIT.items()]
    lines += [f"shelf: {field}={place}" for field, place in known.shelves]
    lines += [f"two_stage: {code}" for code in known.two_stage]
    hours = dict(zip(DAYS, written_hours(known_hours(known.hours)), strict=True))
    lines += [f"hours: {day}={said}" for day, said in hours.items() if said]
    more = {"shelves": dict(known.shelves), "two_stage": known.two_stage, "hours": hours}
    call.answer({**facts, **more}, "\n".join(lines))
    return DONE


COMMANDS: dict[str, Command] = {"unit": unit}


def _shelf(said: str) -> tuple[str, str]:
    """(field, place). Raises `BadInput`."""
    field, found, place = said.partition("=")
    if not found:
        raise BadInput(f"Hãy ghi như “Hộ tịch=Kệ 1”, không phải “{said[:60]}”.", "shelf")
    return field, place


def _hours(said: str | None) -> list[str] | None:
    """The seven days of "T2=7:30-11:30 13:30-17:00; T3=…"; None when nothing is. Raises `BadInput`."""
    if said is None:
        return None
    days = dict.fromkeys(DAYS, "")
    for each in filter(str.strip, said.split(";")):
        names, found, hours = each.partition("=")
        first, _, last = names.strip().upper().partition("-")
        last = last or first
        if not (found and first in DAYS and last in DAYS):
            raise BadInput(
                f"Hãy ghi như “T2-T6=7:30-11:30 13:30-17:00”, không phải “{each[:60]}”.", "hours"
            )
        days |= dict.fromkeys(DAYS[DAYS.index(first) : DAYS.index(last) + 1], hours)
    return list(days.values()) if any(days.values()) else []
