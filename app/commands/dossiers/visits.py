"""`leave`: somebody who came and left without being received, and the paper they took along."""

from app.commands.call import DONE, Call, Command
from app.desk.draft import IntakeDraft
from app.desk.papers.facts import numbered
from app.models.citizens.applicant import identity_of
from app.models.events.event import LeftUnreceived


def leave(call: Call) -> int:
    """Record the visit; its name stands for the code it doesn't have when its paper is printed."""
    said = call.options
    identity = identity_of(said.id_number, "chưa tiếp nhận")
    with call.counter() as counter:
        desk = counter.desk
        draft = IntakeDraft(
            procedure=desk.lookup.procedure(said.procedure).code,
            name=said.name,
            id_kind=identity.kind.value,
            id_number=identity.number,
            id_reason=identity.reason,
            phone=said.phone,
            address=said.address,
            request=said.request,
        )
        outcome, items = said.outcome, tuple(said.items)
        visit = desk.intake.leave(draft, outcome, counter.officer, said.reason, items)
        body = desk.store.log.event(visit).body
    number = numbered(body.slip) if isinstance(body, LeftUnreceived) else ""
    facts = {"visit": str(visit), "outcome": outcome, "number": number}
    call.answer(facts, f"Đã ghi. In giấy: motcua print {outcome} {visit}")
    return DONE


COMMANDS: dict[str, Command] = {"leave": leave}
