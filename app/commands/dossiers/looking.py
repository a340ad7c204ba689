"""`show`, `find`, `late` and `due`: reading what the counter knows, writing nothing."""

from app.commands.call import DONE, Call, Command, complain, days_ahead
from app.commands.telling import line, reasons, sheet, spoken, told
from app.desk.looking.lookup import BoardLine
from app.models.deadlines.appointment import days
from app.models.errors import BadInput

MOST_FOUND = 10_000


def show(call: Call) -> int:
    """Everything about one dossier."""
    with call.counter() as counter:
        lookup = counter.desk.lookup
        folded = lookup.dossier(lookup.named(call.options.code))
        dossier = folded.arrived("xem lại")
        away = lookup.away_of(dossier)
    call.answer(told(folded, dossier, away), sheet(folded, dossier, away))
    return DONE


def find(call: Call) -> int:
    """What the search box finds, the newest first."""
    with call.counter() as counter:
        most = _positive(call.options.limit, "--limit")
        for found in counter.desk.lookup.find(" ".join(call.options.words), min(most, MOST_FOUND)):
            call.answer(line(found), _row(found))
    return DONE


def late(call: Call) -> int:
    """What is overdue, or soon will be; the longest overdue first."""
    with call.counter() as counter:
        lookup = counter.desk.lookup
        soon = days_ahead(call.options.soon, "--soon")
        kept = lookup.board("away_late", limit=MOST_FOUND).lines if call.options.away else None
        for found in lookup.late(soon) if kept is None else kept:
            facts = {
                **line(found),
                "late_by": found.left.text() if found.left.late else "",
                "apology_by": lookup.apology_by(found.row.first_due),
            }
            call.answer(facts, _row(found))
    return DONE


def due(call: Call) -> int:
    """When a dossier would be due, and why."""
    said = call.options
    with call.counter() as counter:
        appointment = counter.desk.lookup.appointment(said.procedure, said.at, said.case)
    for warning in appointment.warnings if not said.json else ():
        complain(warning)
    facts = {
        "due": appointment.due,
        "limit": appointment.limit.phrase,
        "article": appointment.limit.article,
        "why": reasons(appointment),
        "warnings": appointment.warnings,
    }
    spelt = "\n".join(f"  {day.text}" for day in days(appointment))
    call.answer(facts, f"Hẹn trả {spoken(appointment.due)} ({appointment.limit.phrase})\n{spelt}")
    return DONE


COMMANDS: dict[str, Command] = {"show": show, "find": find, "late": late, "due": due}


# --- inside -------------------------------------------------------------------------------------


def _positive(number: int, option: str) -> int:
    if number < 1:
        raise BadInput(f"{option} phải là số từ 1 trở lên.", option)
    return number


def _row(found: BoardLine) -> str:
    row = found.row
    left = found.left.text() if found.runs else ""
    if found.away_left and found.away_left.late:
        left = f"{left}; cơ quan: {found.away_left.text().lower()}"
    parts = (row.code, spoken(row.due), left, row.applicant, row.procedure_name, found.holder)
    return "  ".join(part for part in parts if part)
