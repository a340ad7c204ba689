"""Who takes the dossiers of a field over, as the last hand-overs say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.models.events.event import EventName
from app.store.store import Store


@dataclass(frozen=True)
class Share:
    """The dossiers of one field, and the login that last took one over; "" where nobody knows."""

    field: str
    usual: str
    names: tuple[EventName, ...]


def shares(store: Store, names: Collection[EventName]) -> tuple[Share, ...]:
    """These dossiers by their field, in its order.

    What is handed over for the first time goes by first hand-overs, the rest by the later ones; of a
    field of which both are there nobody knows.
    """
    held: dict[str, list[EventName]] = {}
    found: dict[str, str] = {}
    kinds: dict[tuple[str, bool], str] = {}
    for name, field, first in sorted(store.registers.fields(names), key=lambda one: one[1]):
        if (field, first) not in kinds:
            kinds[field, first] = store.registers.last_given(field, first=first)
        login = kinds[field, first]
        found[field] = login if found.get(field, login) == login else ""
        held.setdefault(field, []).append(name)
    return tuple(Share(field, found[field], tuple(names)) for field, names in held.items())


def usual_receivers(store: Store, names: Collection[EventName]) -> Mapping[str, str]:
    """Field of these dossiers → the login that last took one over, "" where nobody knows."""
    return {share.field: share.usual for share in shares(store, names)}
