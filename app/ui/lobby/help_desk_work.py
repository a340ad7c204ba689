"""What the help desk's page asks of the desk: each function runs in the desk lane, on snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.desk.desk import Desk
from app.desk.lobby.assisting import Help, HelpDraft
from app.desk.unit.choices import Words
from app.models.events.event import EventName
from app.models.procedures.procedure import Procedure
from app.models.unit.officer import Officer
from app.ui.intake.work import LATELY


@dataclass(frozen=True)
class Opening:
    """What the page is opened with; `kept` is the help as the program last ended."""

    procedures: tuple[Procedure, ...]
    usage: Mapping[str, int]
    levels: tuple[str, ...]
    outcomes: tuple[str, ...]
    kept: HelpDraft | None
    helps: tuple[Help, ...]


def opening(desk: Desk, officer: Officer) -> Opening:
    """The catalogue as it holds today, the unit's own words, and today's helps."""
    now = desk.clock()
    choices = desk.help_desk.choices
    return Opening(
        procedures=tuple(p for p in desk.store.standing.procedures() if p.holds_on(now.date())),
        usage=desk.store.dossiers.usage(now - LATELY),
        levels=choices.of(Words.LEVELS),
        outcomes=choices.of(Words.OUTCOMES),
        kept=desk.help_desk.kept(officer),
        helps=today(desk),
    )


def today(desk: Desk) -> tuple[Help, ...]:
    """Who was helped today, on every counter."""
    return tuple(desk.help_desk.of(desk.clock().date()))


def record(
    desk: Desk, officer: Officer, draft: HelpDraft, corrected: EventName | None
) -> EventName:
    """Write a help down, or say one better. Raises `BadInput`, `Refused`."""
    if corrected is None:
        return desk.help_desk.record(draft, officer)
    desk.help_desk.correct(corrected, draft, officer)
    return corrected
