"""Lists of many dossiers, and the way of one: hand-over lists, results handed back, each step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from app.clock import VIETNAM
from app.desk.looking.lookup import Lookup
from app.desk.papers.facts import in_effect, numbered, unit_values
from app.desk.sheets.books import span
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.dossiers.lifecycle import LABEL, deed_of
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.printing.sheet import Sheet
from app.store.store import Store

Values = dict[str, object]


class Lists:
    """Reads only; a list is printed as often as it is wanted, with the number it always had."""

    def __init__(self, store: Store, lookup: Lookup, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._lookup = lookup
        self._clock = clock

    def hand_over(self, key: str) -> Sheet:
        """Danh sách bàn giao hồ sơ: by its number (“1-0003”), or the last one a dossier went with.

        Raises `BadInput` when there is none.
        """
        key = key.strip()
        number = self._numbered(key) if key.partition("-")[0].isdecimal() else self._last_of(key)
        listed = self._store.registers.run_of(number.name, _same_list(number))
        found = self._store.registers.named(each.about for each in listed)
        body = number.body
        assert isinstance(body, e.HandedOver)
        values = {
            "date": number.at.astimezone(VIETNAM).date(),
            "list_number": numbered(body.slip),
            "listed_at": number.at,
            "giver": self._lookup.holder_name(number.by),
            "receiver": self._lookup.holder_name(body.to),
            "count": str(len(listed)),
            "handed": [_handed(dossier) for dossier in _dossiers(found)],
        }
        return self._sheet("hand-over-list", values, f"Bàn giao {numbered(body.slip)}")

    def lists_of(self, day: date) -> list[str]:
        """The numbers of the hand-over lists made on a day, oldest first."""
        keyed = self._store.registers.keyed(*span(day, day))
        bodies = (event.body for event in keyed)
        slips = (body.slip for body in bodies if isinstance(body, e.HandedOver))
        return list(dict.fromkeys(numbered(slip) for slip in slips if slip))

    def results(self, day: date) -> Sheet:
        """Phiếu bàn giao kết quả: what was resolved on a day and goes back to the counter."""
        keyed = self._store.registers.keyed(*span(day, day))
        done = (event.about for event in keyed if isinstance(event.body, e.Resolved | e.Refusal))
        found = list(_dossiers(self._store.registers.named(dict.fromkeys(done))))
        kinds = {code: self._result_of(code) for code in {each.procedure for each in found}}
        lines = [_result(each, kinds[each.procedure]) for each in found if each.resolved_at]
        values = {"date": day, "day": day, "count": str(len(lines)), "returning": lines}
        return self._sheet("results-hand-over", values, f"Kết quả {day:%d-%m-%Y}")

    def way(self, name: e.EventName) -> Sheet:
        """Quá trình xử lý hồ sơ: each deed that stands, by whom and when. Raises `Refused`."""
        folded = self._lookup.dossier(name)
        dossier = folded.arrived("in")
        code = dossier.shown_code
        applicant = dossier.owner
        values = {
            "code": code,
            "request": dossier.subject,
            "owner_name": applicant.name if applicant else "",
            "received_at": dossier.received_at,
            "due": dossier.due,
            "steps": list(self._steps(folded)),
        }
        return self._sheet("way", values, code)

    # --- inside -----------------------------------------------------------------------------------

    def _sheet(self, form: str, values: Values, name: str) -> Sheet:
        head = {**unit_values(self._store.standing.unit()), "date": self._clock().date()}
        return Sheet(form, {**head, "number": "", **values}, name)

    def _numbered(self, number: str) -> e.Event:
        def wanted(event: e.Event) -> bool:
            slip = event.body.slip if isinstance(event.body, e.HandedOver) else None
            return slip is not None and _same_number(slip, number)

        found = self._store.registers.newest("handed_over", wanted)
        if found is None:
            raise BadInput(
                f"Không có danh sách bàn giao số {number[:40]}. Hãy xem lại số, hoặc ghi mã hồ sơ."
            )
        return found

    def _last_of(self, code: str) -> e.Event:
        events = in_effect(self._lookup.dossier(self._lookup.named(code)).verdicts)
        for event in reversed(events):
            if isinstance(event.body, e.HandedOver) and event.body.slip:
                return event
        raise BadInput(f"Hồ sơ {code[:60]} chưa có trong danh sách bàn giao nào.")

    def _result_of(self, code: str) -> str:
        procedure = self._store.standing.procedure(code)
        return procedure.result if procedure else ""

    def _steps(self, folded: Folded) -> Iterator[Values]:
        for event in in_effect(folded.verdicts):
            deed = deed_of(event.body)
            if deed is None:
                continue
            promise = getattr(event.body, "promise", None)
            yield {
                "at": event.at,
                "officer": self._lookup.holder_name(event.by),
                "deed": LABEL[deed],
                "receiver": self._lookup.holder_name(getattr(event.body, "to", "")),
                "due": promise.due if promise else None,
            }


def _dossiers(found: Iterable[Folded]) -> Iterator[Dossier]:
    return (each.dossier for each in found if each.dossier is not None)


def _same_list(event: e.Event) -> Callable[[e.Event], bool]:
    """Whether another event went with the same list."""
    mine = event.body.slip if isinstance(event.body, e.HandedOver) else None
    return lambda other: isinstance(other.body, e.HandedOver) and other.body.slip == mine


def _same_number(slip: facts.Serial, number: str) -> bool:
    book, _, serial = number.partition("-")
    return serial.isdecimal() and (slip.book, slip.number) == (int(book), int(serial))


def _handed(dossier: Dossier) -> Values:
    owner = dossier.owner
    return {
        "code": dossier.shown_code,
        "procedure": dossier.subject,
        "applicant": owner.name if owner else "",
        "received": dossier.received_at,
        "due": dossier.due,
        "papers": papers(dossier.documents),
        "note": "",
    }


def papers(documents: Sequence[facts.Document]) -> str:
    """ "03 bản chính, 02 bản photo": how many papers go with a dossier."""
    kinds = (
        (sum(each.originals for each in documents), "bản chính"),
        (sum(each.certified for each in documents), "bản chứng thực"),
        (sum(each.copies for each in documents), "bản photo"),
    )
    return ", ".join(f"{count:02} {kind}" for count, kind in kinds if count)


def _result(dossier: Dossier, kind: str) -> Values:
    owner = dossier.owner
    refused = dossier.outcome == "refused"
    return {
        "code": dossier.shown_code,
        "procedure": dossier.subject,
        "result": "Văn bản từ chối" if refused else kind,
        "applicant": owner.name if owner else "",
        "address": owner.address if owner else "",
        "fee": bool(dossier.owed),
        "post": dossier.goes_by_post,
    }
