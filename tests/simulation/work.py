"""What officers do all day, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.desk.deeds.details import Details
from app.desk.deeds.progress import Done, applicable
from app.desk.intake.receiving import Receipt
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.facts import Document
from tests.making import NGA, a_draft
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat
from tests.simulation.template import PROCEDURES

if TYPE_CHECKING:
    from tests.simulation.world import World


def something(world: World, seat: Seat) -> None:
    """One thing an officer does at a seat."""
    drawn = world.chance.random()
    if drawn < 0.5:
        receive(world, seat)
    elif drawn < 0.85:
        step(world, seat)
    elif drawn < 0.93:
        print_again(world, seat)
    elif drawn < 0.97:
        leave(world, seat)
    else:
        set_day(world, seat)


def receive(world: World, seat: Seat, papers: tuple[Document, ...] = ()) -> e.EventName | None:
    """Receive a dossier, and mostly print its slip."""
    name = f"Người Thứ {len(world.run.trace)}"
    draft = a_draft(procedure=world.chance.choice(PROCEDURES), name=name, documents=papers)
    receipt: Receipt | None = world.act(
        seat, "receive", lambda: seat.desk.intake.receive(draft, seat.officer)
    )
    if receipt is None:
        return None
    world.note(f"{seat.name} received {receipt.code} {receipt.serial}")
    world.oracle.received(seat, receipt.name, receipt.code, name)
    if not seat.store.pending("server")[0]:
        raise Violated("I5", f"{seat.name} shows {receipt.code} as sent")
    if world.chance.random() < 0.6:
        print_paper(world, seat, receipt.name)
    return receipt.name


def step(world: World, seat: Seat) -> None:
    """Do one deed that applies to some dossier of the unit, whoever received it."""
    thing = some_dossier(world, seat)
    if thing is None:
        return
    dossier = seat.desk.lookup.dossier(thing).dossier
    if dossier is None:
        return
    deeds = [deed for deed in applicable(dossier, seat.officer) if deed not in _NEED_MORE]
    if not deeds:
        return
    deed = world.chance.choice(deeds)
    details = Details(to="hung", reason="lý do ghi trong phiếu", amount=8000, how="phone")
    done: list[Done] | None = world.act(
        seat, deed, lambda: seat.desk.progress.do(deed, [thing], seat.officer, details)
    )
    if done is None and not world.just_crashed:
        raise Violated("I10", f"{seat.name} was offered {deed} and then refused it")
    if done:
        world.note(f"{seat.name} {deed} {thing} {done[0].dossier.status}")
        world.oracle.stepped(seat, thing, done[0].dossier.status.value)


def print_again(world: World, seat: Seat) -> None:
    thing = some_dossier(world, seat)
    if thing is not None:
        print_paper(world, seat, thing)


def print_paper(world: World, seat: Seat, thing: e.EventName) -> None:
    """Print the slip; what comes out of the printer is what the oracle sees."""
    form = "receipt"
    paper = world.act(seat, "print", lambda: seat.desk.paperwork.issue(form, thing, seat.officer))
    if paper is None:
        return
    world.note(f"{seat.name} printed {paper.pdf.decode()}")
    world.oracle.printed(seat, thing, form, paper.mark, paper.job)


def leave(world: World, seat: Seat) -> None:
    """Somebody leaves with a slip that says what is missing."""
    draft = a_draft(name=f"Người Thứ {len(world.run.trace)}")
    name = world.act(
        seat,
        "leave",
        lambda: seat.desk.intake.leave(draft, "supplement", seat.officer, "thiếu giấy"),
    )
    world.note(f"{seat.name} left {name}")


def set_day(world: World, seat: Seat) -> None:
    """Two counters may say different things of one day."""
    body = e.DaySet("2026-12-31", world.chance.choice(("local_off", "work")), seat.name)
    if body.kind == "work":
        body = e.DaySet("2026-12-30", "local_off", seat.name)

    def write() -> None:
        with seat.store.journal.deed(seat.clock()) as writing:
            writing.append(body, by=NGA, at=seat.clock())

    world.act(seat, "day", write)
    world.note(f"{seat.name} set {body.date}")


# deeds that need an appointment or a case chosen with care; the rule table tries them all
_NEED_MORE = frozenset({Deed.APOLOGISE, Deed.CHANGE_CASE, Deed.CORRECT})


def dossiers(seat: Seat) -> list[e.EventName]:
    """All that the seat shows, in the order of their names."""
    rows = seat.store.database.rows(
        "SELECT name FROM dossiers JOIN things ON things.id = thing ORDER BY name"
    )
    return [e.EventName.parse(name) for (name,) in rows]


def some_dossier(world: World, seat: Seat) -> e.EventName | None:
    """One of them, drawn."""
    names = dossiers(seat)
    return world.chance.choice(names) if names else None
