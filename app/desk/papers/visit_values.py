"""What the papers of somebody who left without being received say."""

from collections.abc import Callable

from app.desk.papers.facts import Values, checked, lines_of, numbered, people_values, unit_values
from app.models.deadlines.calendar import vietnam_time
from app.models.events import event as e
from app.models.procedures.procedure import Procedure


def values_of_visit(
    form: str, event: e.Event, unit: e.UnitDescribed, procedure: Procedure | None,
    name_of: Callable[[str], str],
) -> Values:  # fmt: skip
    """Every variable of a form for somebody who left without being received: no code, no number
    in a register, only what was said at the desk."""
    body, told = event.body, event.personal or e.Personal(salt="")
    assert isinstance(body, e.LeftUnreceived)
    return {
        **unit_values(unit),
        **people_values(told.applicant, None),
        "date": None if form == "opinion" else vietnam_time(event.at).date(),
        "number": numbered(body.slip) if form == body.outcome else "",
        "code": "",
        "provisional": False,
        "request": told.request or body.procedure_name,
        "field": procedure.field if procedure else "",
        "limit": procedure.limits() if procedure else "",
        "fee": "",
        "officer": name_of(event.by),
        "contact": name_of(event.by),
        "lookup_url": "",
        "reason": told.reason,
        "items": lines_of(told.items),
        "checklist": checked(procedure, told.documents),
    }
