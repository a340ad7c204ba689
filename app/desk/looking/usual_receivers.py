"""Who takes the dossiers of a field over, as the last hand-overs say."""

from collections.abc import Collection, Mapping

from app.models.events.event import EventName
from app.store.store import Store


def usual_receivers(store: Store, names: Collection[EventName]) -> Mapping[str, str]:
    """Field of these dossiers → the login that last took one over, "" where nobody knows.

    What is handed over for the first time goes by first hand-overs, the rest by the later ones; a
    field of which both are there is not known.
    """
    found: dict[str, str] = {}
    for field, first in sorted(store.registers.fields(names)):
        login = store.registers.last_given(field, first=first)
        found[field] = login if found.get(field, login) == login else ""
    return found
