"""`unit`: what the unit calls itself on paper, where its dossiers are kept, what has a second stage."""

from app.commands.call import DONE, Call, Command
from app.commands.grammar import UNIT
from app.models.errors import BadInput


def unit(call: Call) -> int:
    """Say it, after changing what was named; "" takes an optional one away. Paper that is out stays."""
    words = call.options
    said = {name: value for name in UNIT if (value := getattr(words, name)) is not None}
    shelves = [_shelf(each) for each in words.shelves]
    two_stage = None if words.two_stage is None else words.two_stage.replace(",", " ").split()
    with call.counter() as counter:
        known = counter.desk.office.change(counter.officer, said, shelves, two_stage)
    facts = {name: getattr(known, name) for name in UNIT}
    lines = [f"{name}: {facts[name]}  ({about})" for name, about in UNIT.items()]
    lines += [f"shelf: {field}={place}" for field, place in known.shelves]
    lines += [f"two_stage: {code}" for code in known.two_stage]
    more = {"shelves": dict(known.shelves), "two_stage": known.two_stage}
    call.answer({**facts, **more}, "\n".join(lines))
    return DONE


COMMANDS: dict[str, Command] = {"unit": unit}


def _shelf(said: str) -> tuple[str, str]:
    """(field, place). Raises `BadInput`."""
    field, found, place = said.partition("=")
    if not found:
        raise BadInput(f"Hãy ghi như “Hộ tịch=Kệ 1”, không phải “{said[:60]}”.", "shelf")
    return field, place
