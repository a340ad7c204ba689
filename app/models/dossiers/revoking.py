"""Says which events of a revoked device still count.

A revocation names a log and the first of its events that doesn't count any more. Of a revoked
device nothing counts in a log that no revocation names: it was begun afterwards. What is said of a
log holds for all its branches.
"""

from collections.abc import Iterable, Mapping

from msgspec import structs

from app.models.dossiers.fold import in_order
from app.models.events import event as e
from app.models.events.encoding import unbranched

Revocations = Mapping[str, Mapping[str, int]]  # device → incarnation → the first seq without effect

NAMES = "revoked:"  # how the things that revocations are about begin


def revocations(events: Iterable[e.Event]) -> Revocations:
    """What these events of the server say; of two about a log the later holds.

    What else they saw is nothing to them: a word of another device neither holds one up nor undoes it.
    """
    said = {event.name: event for event in events}
    alone = (
        structs.replace(event, saw=tuple(name for name in event.saw if name in said))
        for event in said.values()
    )
    found: dict[str, dict[str, int]] = {}
    for event in in_order(alone):
        if isinstance(event.body, e.Revoked):
            body = event.body
            found.setdefault(body.device, {})[body.incarnation] = body.seq
    return found


def marked(event: e.Event, revoked: Revocations) -> e.Event:
    """The event, marked when it no longer counts."""
    logs = revoked.get(event.name.device)
    if logs is None or event.name.seq < logs.get(unbranched(event.name).incarnation, 1):
        return event
    return structs.replace(event, revoked=True)
