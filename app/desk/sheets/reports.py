"""Draws up the statutory report of a span: Biểu số II.06a, each field on a line."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.desk.papers.facts import unit_values
from app.desk.sheets.books import EVERY, span
from app.models.dossiers.reports import Tally, period_named, tally
from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.text import sort_key
from app.printing.sheet import Reached, Sheet, unheard
from app.store.store import Store

Line = dict[str, object]

NO_FIELD = "Chưa rõ lĩnh vực"
_COLUMNS = (
    "taken_on", "online", "in_person", "carried",
    "solved", "early", "on_time", "late",
    "under_way", "within", "overdue",
)  # fmt: skip


class Reports:
    """Reads only; a span that is over comes out the same whenever it is drawn up."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def ii06a(self, since: date, until: date, reached: Reached = unheard) -> Sheet:
        """What was taken on and solved from `since` to `until`, both days included.

        Dossiers are counted as they stood at the end of `until`, or now if that is still to come.
        `reached` hears how many were read. Raises `BadInput` for days that are the wrong way round.
        """
        check_days(since, until)
        sums = self._sums(since, until, reached)
        fields = sorted(sums, key=lambda field: (not field, sort_key(field)))
        whole = sum(sums.values(), Tally())
        unit = self._store.standing.unit()
        values: Line = {
            "reported_to": unit.upstream,
            "period": period_named(since, until),
            "reported": [
                *(
                    _line(f"{n}", field or NO_FIELD, sums[field])
                    for n, field in enumerate(fields, 1)
                ),
                _line("", "Tổng số", whole),
            ],
        }
        today = self._clock().date()
        return report_of(unit, "report-ii06a", values, (since, until), today)

    # --- inside -----------------------------------------------------------------------------------

    def _sums(self, since: date, until: date, reached: Reached) -> Mapping[str, Tally]:
        first, last = span(since, until)
        end = min(last, self._clock())
        sums: dict[str, Tally] = defaultdict(Tally)
        for number, folded in enumerate(self._store.registers.under_way(first, end), 1):
            dossier = folded.dossier
            if dossier is not None and (counted := tally(dossier, first, end)):
                sums[dossier.field] += counted
            if number % EVERY == 0:
                reached(number)
        return sums


def check_days(since: date, until: date) -> None:
    """Raise `BadInput` for days that are the wrong way round."""
    if until < since:
        raise BadInput("Ngày cuối ở trước ngày đầu. Hãy sửa ngày đầu hoặc ngày cuối.")


def report_of(
    unit: UnitDescribed, form: str, values: Line, days: tuple[date, date], today: date
) -> Sheet:
    """The sheet of a report on the span from the first to the last of `days`."""
    since, until = days
    head = {**unit_values(unit), "number": "", "date": today, "since": since, "until": until}
    return Sheet(form, {**head, **values}, f"{since:%d-%m-%Y} đến {until:%d-%m-%Y}")


def _line(ordinal: str, field: str, counted: Tally) -> Line:
    return {"place": ordinal, "field": field, **{c: getattr(counted, c) for c in _COLUMNS}}
