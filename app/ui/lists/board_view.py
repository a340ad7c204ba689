"""What the board shows, brought by the desk in one go."""

from dataclasses import dataclass

from app.desk.desk import Desk
from app.desk.looking.lookup import Board, BoardLine
from app.desk.online.waiting import OnlineCounts
from app.models.unit.officer import Officer
from app.ui.dossier.dossier_list import Asked, Listed


@dataclass(frozen=True)
class BoardView:
    """What the page shows at one instant.

    `to_enter` is how many dossiers the province's system lacks.
    """

    board: Board
    officers: tuple[Officer, ...]
    online: OnlineCounts
    to_enter: int
    asked: Asked
    listed: Listed | None


def look(desk: Desk, asked: Asked) -> BoardView:
    """The board's list and those who may be handed something; at the desk only."""
    board = desk.lookup.look_at(asked.listing, asked.limit, asked.first)
    return BoardView(
        board, tuple(desk.store.standing.officers()), desk.online.counts(), desk.province.to_enter(),
        asked, asked.listed(desk),
    )  # fmt: skip


def owes_apology(line: BoardLine) -> bool:
    """Whether an apology is due today, or should have been before."""
    missed = line.apology_missed or line.left.late
    return line.apologise_today or (line.runs and missed and not line.row.apologised)
