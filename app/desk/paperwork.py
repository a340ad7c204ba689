"""Issues printed forms: what stands on them, the print job as an event, the bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.desk.lookup import Lookup, on_time
from app.models import events as e
from app.models import facts
from app.models.applicant import Applicant, Principal
from app.models.chain import lookup_token
from app.models.dossier import ONE_STOP, Dossier, HandOver
from app.models.errors import BadInput, Refused
from app.models.lifecycle import Deed, Status
from app.models.officer import Officer
from app.models.text import money
from app.store.store import Store

FORMS = ("receipt", "control")
PRIVACY = "Dữ liệu cá nhân trên giấy này chỉ được dùng để giải quyết thủ tục hành chính."


class Renderer(Protocol):
    """`app.printing.slip.render`, given late so that ReportLab stays out of the start."""

    def __call__(self, form: str, values: dict[str, object], paper: str, mark: str) -> bytes: ...


@dataclass(frozen=True)
class Paper:
    """One issued paper: the PDF and how it was marked (empty for the original)."""

    pdf: bytes
    title: str
    mark: str
    job: e.EventName


class Paperwork:
    """Every paper of a dossier; printing is an event before anything reaches a printer."""

    def __init__(
        self, store: Store, lookup: Lookup, clock: Callable[[], datetime], render: Renderer
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock
        self._render = render

    def preview(self, form: str, name: e.EventName, paper: str = "A5") -> bytes:
        """The form as it would print now; nothing is recorded, and the page says so."""
        return self._render(form, self.values(form, name), paper, "BẢN XEM TRƯỚC")

    def issue(self, form: str, name: e.EventName, officer: Officer, paper: str = "A5") -> Paper:
        """Record a print of `form`, then give its PDF: the first is the original, later ones reprints.

        Raises `BadInput` for a form that isn't there, `Refused` where it doesn't apply.
        """
        officer.check(Deed.RECEIVE if form == "receipt" else Deed.HAND_OVER)
        dossier = self._dossier(name)
        if dossier.status is Status.VOIDED:
            raise Refused("Số của hồ sơ này đã hủy nên không in giấy nào nữa.")
        printed, outdated = dossier.prints_of(form), dossier.outdated_prints_of(form)
        values = self.values(form, name)
        mark = mark_of(printed, outdated)
        pdf = self._render(form, values, paper, mark)
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            body = e.Printed(
                form=form, paper=paper, ordinal=printed, replaces=0 < printed == outdated
            )
            job = writing.append(body, thing=name, by=officer.login, at=now)
        return Paper(pdf, f"{form} {dossier.code or dossier.provisional_code}", mark, job)

    def values(self, form: str, name: e.EventName) -> dict[str, object]:
        """The variables of a form, filled from the dossier and the unit."""
        if form not in FORMS:
            raise BadInput(f"Chưa có mẫu “{form}”. Các mẫu in được: {', '.join(FORMS)}.", "form")
        dossier = self._dossier(name)
        return {
            **self._unit_values(),
            **self._dossier_values(dossier),
            **_applicant_values(dossier.applicant),
            **_principal_values(dossier.principal),
            "hand_overs": [
                self._hand_over_row(n, row, dossier) for n, row in enumerate(dossier.hand_overs, 1)
            ],
        }

    # --- inside -----------------------------------------------------------------------------------

    def _dossier(self, name: e.EventName) -> Dossier:
        dossier = self._lookup.dossier(name).dossier
        if dossier is None:
            raise Refused("Hồ sơ này chưa về đủ từ máy khác; hãy đồng bộ rồi in.")
        return dossier

    def _unit_values(self) -> dict[str, object]:
        unit = self._store.standing.unit()
        return {
            "agency_upper": unit.agency_upper,
            "agency_own": unit.agency_own,
            "unit_sign": unit.sign,
            "one_stop": unit.name,
            "place": unit.place,
            "hotline": unit.hotline,
            "privacy": PRIVACY,
        }

    def _dossier_values(self, dossier: Dossier) -> dict[str, object]:
        received, unit = dossier.received, self._store.standing.unit()
        serial, slip = received.serial, received.slip
        return {
            "date": dossier.received_at.date(),
            "number": f"{slip.book}-{slip.number:04d}" if slip else "",
            "code": dossier.code or dossier.provisional_code,
            "provisional": not dossier.code,
            "book": f"{serial.book:02d}" if serial else "",
            "serial": f"{serial.number:02d}" if serial else "",
            "request": dossier.request or dossier.procedure_name,
            "documents": [
                _document_row(n, document) for n, document in enumerate(dossier.documents, 1)
            ],
            "sets": received.sets,
            "limit": dossier.limit.phrase,
            "received_at": dossier.received_at,
            "due": dossier.due,
            "return_place": received.return_place,
            "fee": fee_words(dossier.fee, paid=dossier.paid),
            "officer": self._lookup.holder_name(dossier.received_by),
            "lookup_url": f"{unit.lookup_url}/t/{lookup_token(dossier.salt)}"
            if unit.lookup_url
            else "",
            "resolving_agency": received.resolving_agency,
            "coordinating_agency": "",
        }

    def _hand_over_row(self, number: int, row: HandOver, dossier: Dossier) -> dict[str, object]:
        last = number == len(dossier.hand_overs)
        return {
            "ordinal": number,
            "from": _party(row.giver, self._lookup),
            "to": _party(row.to, self._lookup),
            "at": row.at,
            "giver": "" if row.giver == ONE_STOP else self._lookup.holder_name(row.giver),
            "taker": self._lookup.holder_name(row.taker) if row.taker else "",
            "result": on_time(dossier, self._store.standing.calendar()) if last else "",
            "note": row.note,
        }


def _party(holder: str, lookup: Lookup) -> str:
    return "Bộ phận TN&TKQ" if holder == ONE_STOP else lookup.holder_name(holder)


def mark_of(printed: int, outdated: int) -> str:
    """What the next print is marked with, after `printed` ones of which a correction outdated some."""
    if printed == 0:
        return ""
    again = printed - outdated
    reprint = f"BẢN IN LẠI lần {again}" if again else ""
    return " – ".join(part for part in ("THAY THẾ" if outdated else "", reprint) if part)


def fee_words(fee: facts.Fee, *, paid: bool) -> str:
    """The fee as the receipt says it; blank while nobody knows it."""
    if fee.exempt:
        return "Miễn"
    if fee.amount is None:
        return ""
    if fee.amount == 0:
        return "Không thu"
    how = {"cash": " bằng tiền mặt", "transfer": " bằng chuyển khoản", "": ""}[fee.method]
    return f"{money(fee.amount)} – " + (f"đã nộp{how}" if paid else "nộp khi nhận kết quả")


def _document_row(number: int, document: facts.Document) -> dict[str, object]:
    return {
        "ordinal": number, "name": document.name, "originals": document.originals,
        "certified": document.certified, "copies": document.copies, "shown": document.shown,
    }  # fmt: skip


def _applicant_values(applicant: Applicant | None) -> dict[str, object]:
    return {
        "applicant_name": applicant.name if applicant else "",
        "applicant_number": applicant.identity.number if applicant else "",
        "applicant_address": applicant.address if applicant else "",
        "applicant_phone": applicant.phone if applicant else "",
        "applicant_email": applicant.email if applicant else "",
    }


def _principal_values(principal: Principal | None) -> dict[str, object]:
    return {
        "principal_name": principal.name if principal else "",
        "principal_address": principal.address if principal else "",
        "principal_number": principal.identity.number if principal else "",
        "principal_phone": principal.phone if principal else "",
        "principal_email": principal.email if principal else "",
        "authorisation": principal.authorisation if principal else "",
    }
