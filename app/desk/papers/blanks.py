"""Draws receipts to be filled by hand while there is no power, and checks them when they are keyed.

A blank carries a provisional code of its own, drawn ahead: the day it will be needed is unknown, and
with it the official code, which the dossier gets when it is keyed. Both are found for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.desk.papers.facts import Values, unit_values
from app.desk.papers.paperwork import Renderer
from app.desk.profiles import profile_at
from app.models.deadlines.calendar import Calendar
from app.models.errors import BadInput
from app.models.numbering import PROVISIONAL, provisional_code
from app.printing.forms import forms
from app.printing.forms.variables import REGISTRY, Rows, blank
from app.store.store import Store

FORM, PAPER, MARK = "receipt", "A5", "GHI TAY"
PAPERS_TO_WRITE = 5
"""Lines of the checklist; more fit no page of A5."""
ALONE = 2
"""Working days after which who received may not be the only one to key it."""


@dataclass(frozen=True)
class Blank:
    """One receipt, both its copies, and the code on it."""

    code: str
    pdf: bytes


class Blanks:
    """Nothing is recorded of a blank before it is keyed."""

    def __init__(self, store: Store, clock: Callable[[], datetime], render: Renderer) -> None:
        self._store, self._clock, self._render = store, clock, render

    def draw(self) -> Blank:
        """One more, with a code nobody has."""
        code = provisional_code(self._store.random(8))
        profile = profile_at(self._clock()).name
        return Blank(code, self._render(FORM, self._values(code, profile), PAPER, MARK, profile))

    def _values(self, code: str, profile: str) -> Values:
        unit = self._store.standing.unit()
        unsaid = {name: blank(REGISTRY[name]) for name in forms.load(FORM, profile).variables()}
        rows = REGISTRY["documents"]
        assert isinstance(rows, Rows)
        line = {name: blank(each) for name, each in rows.fields.items()}
        papers = [{**line, "ordinal": n} for n in range(1, PAPERS_TO_WRITE + 1)]
        return {
            **unsaid, **unit_values(unit),
            "code": code, "provisional": True, "documents": papers, "return_place": unit.return_place or unit.name,
        }  # fmt: skip


def checked_blank(code: str, store: Store) -> str:
    """The code of a blank that wasn't keyed yet. Raises `BadInput`."""
    if not PROVISIONAL.fullmatch(code):
        raise BadInput(
            f"“{code[:40]}” không phải mã của tờ ghi tay (T- và 8 ký tự). Hãy quét lại mã vạch.",
            "code",
        )
    if store.dossiers.named(code) is not None:
        raise BadInput(f"Tờ ghi tay {code} đã nhập rồi. Hãy tìm theo mã ấy để xem.", "code")
    return code


def check_hands(at: datetime, now: datetime, by: str, keyed_by: str, calendar: Calendar) -> None:
    """Raise `BadInput` when a blank filled at `at` is so old that a second person must key it."""
    if by == keyed_by and calendar.working_days_between(at.date(), now.date()) > ALONE:
        raise BadInput(
            f"Tờ này nhận đã quá {ALONE} ngày làm việc, nên phải do người khác nhập. "
            "Hãy nhờ một cán bộ khác đăng nhập và nhập.",
            "officer",
        )
