"""What every unit is given on its first day: the shipped catalogue and calendar, as events."""

import csv

import resources
from app.models.events import event as e
from app.models.procedures.catalogue import from_rows
from app.models.procedures.procedure import to_json


def catalogue() -> list[e.ProcedureSet]:
    """One event for each procedure."""
    procedures, cases, fees = (_rows(f"catalogue/{n}.csv") for n in ("procedures", "cases", "fees"))
    found, refused = from_rows(procedures, cases, fees)
    assert not refused, "what ships is right"
    return [e.ProcedureSet(procedure.code, to_json(procedure)) for procedure in found]


def calendar() -> list[e.DaySet]:
    """One event for each special day."""
    return [
        e.DaySet(row["date"], row["kind"], row["name"], row["source"], row["confirmed"] == "yes")
        for row in _rows("calendar/holidays.csv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
