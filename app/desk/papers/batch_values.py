"""What a paper says that several dossiers of one person share, or that is about one alone."""

from collections.abc import Iterable, Sequence

from app.desk.papers.facts import Told, Values, document_rows, waybill
from app.desk.papers.values import values_of
from app.models.text import money

LISTED = 500
"""Letters of a request that a list of several dossiers prints (`row_variables.DOSSIER`)."""

IN_THE_LIST = "theo danh sách"


def values_of_all(form: str, told: Sequence[Told]) -> Values:
    """A paper that several dossiers of one person share: the first one's, and the list of all.

    Its appointment is the last of theirs, when all are ready; each one's own stands in the list.
    """
    first, *others = told
    values = {**values_of(form, first), "batch": [_listed(each) for each in told]}
    if not others:
        return values if form != "receipt" else {**values, "batch": []}
    requests = "; ".join(dict.fromkeys(each.dossier.subject for each in told))
    return {
        **values,
        "request": requests if len(requests) <= LISTED else IN_THE_LIST,
        "documents": [row for each in told for row in document_rows(each.dossier)],
        "certifications": [],
        "two_stage": False,
        "dossier_count": len(told),
        "due": max(each.dossier.due for each in told),
        "limit": _shared(each.dossier.limit.phrase for each in told),
        "book": _shared(_book(each) for each in told),
        "serial": IN_THE_LIST,
        "fee": _fees(told),
    }


def _listed(told: Told) -> Values:
    """A dossier's line in the list of several."""
    dossier = told.dossier
    serial, owner = dossier.received.serial, dossier.owner
    recipient = dossier.recipient if dossier.resolved_at else None
    return {
        "ordinal": 0,
        "code": dossier.shown_code,
        "serial": f"Quyển {serial.book:02d}, số {serial.number:02d}" if serial else "",
        "request": dossier.subject,
        "agency": dossier.received.resolving_agency,
        "received_at": dossier.received_at,
        "due": dossier.due,
        "limit": dossier.limit.phrase,
        "sets": dossier.received.sets,
        "name": recipient.name if recipient else owner.name if owner else "",
        "waybill": waybill(told),
    }


def _book(told: Told) -> str:
    serial = told.dossier.received.serial
    return f"{serial.book:02d}" if serial else ""


def _shared(words: Iterable[str]) -> str:
    """What all of them say; else the list tells."""
    said = set(words)
    return said.pop() if len(said) == 1 else IN_THE_LIST


def _fees(told: Sequence[Told]) -> str:
    amounts = [each.dossier.fee.amount for each in told]
    known = [amount for amount in amounts if amount is not None]
    return money(sum(known)) if len(known) == len(amounts) else ""
