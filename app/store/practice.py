"""Tells a store that was made to practise on: its papers are no originals, and it exchanges with nobody."""

from app.models.errors import Refused
from app.store.store import Store

WORD = "TẬP DÙNG"
"""Across each page that is printed, and over each window."""

_KEPT = "practice"


def set_aside(store: Store) -> None:
    """Make this store one for practice; nothing makes it anything else again."""
    store.keeping.put(_KEPT, WORD)


def word_of(store: Store) -> str:
    """What its papers bear; "" for a counter's own data."""
    return WORD if store.keeping.get(_KEPT) else ""


def refuse_exchange(store: Store) -> None:
    """Raise `Refused` for a store to practise on."""
    if word_of(store):
        raise Refused(
            "Đây là xã tập dùng, không phải dữ liệu thật, nên không ghi danh và không đồng bộ với ai."
        )
