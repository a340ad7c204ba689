"""The lists of dossiers there are: what each holds, and the orders it can be put in."""

from dataclasses import dataclass
from enum import StrEnum

from app.store.database.migrations import OPEN, TO_LOOK_AT


class By(StrEnum):
    """What a list is sorted by; `PRESSING` is the board's own order.

    Wanted early by the wished hour, then running by due date, waiting, ready.
    """

    PRESSING = "pressing"
    CODE = "code"
    APPLICANT = "applicant"
    PROCEDURE = "procedure"
    DUE = "due"
    RESOLVED = "resolved"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: a filter of the board (a field of `BoardCounts`), whose, found by `words`, sorted."""

    only: str = "all"
    holder: str = ""
    words: str = ""
    by: By = By.PRESSING
    is_descending: bool = False


# filter name → the condition it adds; the marks are bound by name
FILTERS = {
    "all": OPEN,
    "late": f"{OPEN} AND runs AND first_due < :now",
    "due_today": f"{OPEN} AND runs AND first_due >= :now AND due BETWEEN :start AND :end",
    "due_soon": f"{OPEN} AND runs AND first_due >= :now AND due > :end AND due <= :soon",
    "due_tomorrow": f"{OPEN} AND runs AND due BETWEEN :tomorrow AND :tomorrow_end",
    "not_handed_over": f"{OPEN} AND status = :a",
    "hand_over_late": f"{OPEN} AND status = :a AND received_at < :owed_before",
    "waiting": f"{OPEN} AND status IN (:e, :f)",
    "ready": f"{OPEN} AND status = :g",
    "to_apologise": f"{OPEN} AND runs AND NOT apologised AND first_due BETWEEN :apology AND :apology_end",
    "to_sign": f"{OPEN} AND status IN (:b, :c) AND holder IN (SELECT value FROM json_each(:leaders))",  # noqa: S608  # ours
    "expected": f"{OPEN} AND (runs OR status = :g) AND due BETWEEN :start AND :end",
    "long_waiting": f"{OPEN} AND status = :e AND holder_since < :long_ago",
    "uncollected": f"{OPEN} AND status = :g AND resolved_at < :long_ago",
    "away": f"{OPEN} AND away",
    "away_late": f"{OPEN} AND away AND away_due < :now",
    "to_post": f"{OPEN} AND status = :g AND by_post",
    "received_today": "received_at BETWEEN :start AND :end",
    "conflicts": TO_LOOK_AT,
}
APART = ("received_today", "conflicts")
"""Those that count closed dossiers too."""

_SHOWN_CODE = "coalesce(nullif(code, ''), provisional_code)"
_NAMED_HOLDER = "coalesce((SELECT value FROM json_each(:names) WHERE key = holder), holder)"
# what each order compares, one after the other; the last make every order a whole one,
# and the same at every counter
_KEYS = {
    By.PRESSING: ("NOT urgent", "(status IN (:e, :f)) + 2 * (status = :g)", "coalesce(wished, due)"),
    By.CODE: (f"length({_SHOWN_CODE})", _SHOWN_CODE),
    By.APPLICANT: ("sort_key(applicant)",),
    By.PROCEDURE: ("sort_key(replace(procedure_name, 'Thủ tục ', ''))",),
    By.DUE: ("due",),
    By.RESOLVED: ("coalesce(resolved_at, holder_since)",),
    By.HOLDER: (f"sort_key({_NAMED_HOLDER})", "holder_since"),
}  # fmt: skip
_LAST = ("received_at", _SHOWN_CODE, "thing")


def keys(listing: Listing) -> str:
    """The columns k0, k1, … that a list is ordered by, as a query picks them."""
    terms = (*_KEYS[listing.by], *_LAST)
    return ", ".join(f"{term} AS k{place}" for place, term in enumerate(terms))


def order(listing: Listing) -> str:
    """ "k0 DESC, k1 DESC": how `keys` order it."""
    way = " DESC" if listing.is_descending else ""
    terms = (*_KEYS[listing.by], *_LAST)
    return ", ".join(f"k{place}{way}" for place in range(len(terms)))


def condition(listing: Listing) -> str:
    """What a dossier in the list fulfils."""
    held = " AND holder = :holder" if listing.holder else ""
    found = (
        " AND thing IN (SELECT rowid FROM search WHERE search MATCH :match)"
        if listing.words.strip()
        else ""
    )
    return f"{FILTERS[listing.only]}{held}{found}"
