"""Tells which event a reference means, beyond its name: a cloned PC gives one name to two events."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from msgspec import structs

from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.events.digitising import DigitisingReversed
from app.models.events.encoding import unbranched
from app.models.events.facts import Body
from app.models.events.online import OnlineAnswered
from app.models.events.receipt_books import FeeReceipted
from app.models.exchange.branches import Branches, digits, name_in
from app.models.exchange.chain import LogName

# They open a thing, and no event of another type opens the same one.
OPENING: frozenset[type[Body]] = frozenset(
    {e.Received, e.LeftUnreceived, e.IncarnationStarted, Assisted}
)
OPENING_TYPES = tuple(sorted(str(body.__struct_config__.tag) for body in OPENING))

UNCLEAR = e.EventName("", "~", 0)
"""Seen by what can't be told to mean one event: it is never held, so that the fold waits for it."""

_NAMES = {
    e.Undone: "deed", e.PrintSpoiled: "printed", e.ConflictSettled: "event",
    DigitisingReversed: "digitised",
}  # fmt: skip
"""The bodies that name another event of their own thing, and where."""


class Candidate(NamedTuple):
    """An event that a name may mean; `opens`: a thing begins with it."""

    name: e.EventName
    hash: bytes
    opens: bool


def seen_as(
    event: e.EventName,
    about: str,
    saw: Iterable[e.EventName],
    hash_of: Callable[[e.EventName], bytes | None],
) -> tuple[str, ...]:
    """For `about`, then each of `saw`, how the chain's hash after it begins; () where none is needed.

    `hash_of` gives that hash, None for what isn't held. A name is enough, and "" stands for it, where
    it can only mean one: in `event`'s own log before it, and for what no event opens (an officer).
    """
    opening = () if ":" in about else (e.EventName.parse(about),)
    told = tuple(
        "" if name[:2] == event[:2] else digits(hash_of(name) or b"") for name in (*opening, *saw)
    )
    told = told if opening else ("", *told)
    return told if any(told) else ()


def thing_meant(
    event: e.Event, grown: Branches, held: Callable[[e.EventName], Sequence[Candidate]]
) -> str:
    """The thing an event is about; `held` gives what a name without branch may mean.

    While what it tells isn't held, and where nothing can tell, it is a thing that no event opens.
    """
    if event.about == e.thing_of(event.name):
        return event.about
    name = _parsed(event.about)
    if name is None or not _is_forked(name, grown):
        return event.about if name is None else str(name)
    told = event.seen_as[0] if event.seen_as else ""
    found = held(name)
    if told:
        one = next((each.name for each in found if digits(each.hash) == told), None)
        return str(one or _elsewhere(name, told))
    if _log(event.name).root == _log(name):
        return str(name_in(grown, _log(event.name), name.seq))
    opening = found if len(found) == 1 else [each for each in found if each.opens]
    return str(opening[0].name if len(opening) == 1 else _elsewhere(name, ""))


def meant(thing: str, told: Sequence[tuple[e.Event, bytes]], grown: Branches) -> list[e.Event]:
    """The events about `thing`, each told with its hash, their references as they are meant."""
    if not grown and not any(event.seen_as for event, _ in told):
        return [event for event, _ in told]
    reading = _Reading(thing, told, grown)
    return [reading.of(event) for event, _ in told]


class _Reading:
    """Reads the references within one thing."""

    def __init__(self, thing: str, told: Sequence[tuple[e.Event, bytes]], grown: Branches) -> None:
        self._thing = thing
        self._grown = grown
        self._held: dict[e.EventName, list[tuple[e.EventName, str]]] = {}
        for event, hash_ in told:
            self._held.setdefault(unbranched(event.name), []).append((event.name, digits(hash_)))

    def of(self, event: e.Event) -> e.Event:
        hashes = chain(event.seen_as[1:], repeat(""))
        saw = tuple(
            self._one(name, told, event) for name, told in zip(event.saw, hashes, strict=False)
        )
        saw = (*saw, *self._waits_for(event))
        body = self._body(event, saw) if self._grown else event.body
        if getattr(body, _NAMES.get(type(body), ""), "") == str(UNCLEAR):
            saw = (*saw, UNCLEAR)
        if (event.about, event.saw, event.body) == (self._thing, saw, body):
            return event
        return structs.replace(event, about=self._thing, saw=saw, body=body)

    def _waits_for(self, event: e.Event) -> tuple[e.EventName, ...]:
        """Of an event whose thing isn't told yet, or was opened by another event of its name."""
        opening = _parsed(self._thing)
        if opening is None or self._thing == str(event.name):
            return ()
        if "~" in self._thing and not self._opener():
            return (UNCLEAR if self._thing_incarnation().endswith("~") else _name(self._thing),)
        told, here = event.seen_as[0] if event.seen_as else "", self._opener()
        return (_elsewhere(opening, told),) if told and here and told != here else ()

    def _thing_incarnation(self) -> str:
        return _name(self._thing).incarnation

    def _opener(self) -> str:
        """The hash of the event that opens the thing; "" while it isn't held."""
        opening = _parsed(self._thing)
        found = self._held.get(opening, []) if opening else []
        return next((told for name, told in found if str(name) == self._thing), "")

    def _one(
        self, name: e.EventName, told: str, event: e.Event, among: Sequence[e.EventName] = ()
    ) -> e.EventName:
        name = unbranched(name)
        held = self._held.get(name, [])
        if told:
            return next((one for one, hash_ in held if hash_ == told), _elsewhere(name, told))
        if not _is_forked(name, self._grown):
            return name
        if _log(event.name).root == _log(name):
            return name_in(self._grown, _log(event.name), name.seq)
        seen = [one for one, _ in held if one in among] or [one for one, _ in held]
        return seen[0] if len(seen) == 1 else UNCLEAR if seen else name

    def _body(self, event: e.Event, saw: Sequence[e.EventName]) -> e.AnyBody | e.Unknown:
        body = event.body
        field = _NAMES.get(type(body), "")
        name = _parsed(getattr(body, field)) if field else None
        if name is not None:
            return structs.replace(body, **{field: str(self._one(name, "", event, saw))})
        if isinstance(body, FeeReceipted):
            own = [self._own(each, event) for each in (body.dossier, *body.others)]
            return structs.replace(body, dossier=own[0], others=tuple(own[1:]))
        if isinstance(body, OnlineAnswered):
            return structs.replace(body, opened=self._own(body.opened, event))
        return body

    def _own(self, text: str, event: e.Event) -> str:
        """A dossier named by its author: in the author's own chain, if it is there."""
        name, log = _parsed(text), _log(event.name)
        if name is None or log.root != _log(name):
            return text
        return str(name_in(self._grown, log, name.seq))


def _elsewhere(name: e.EventName, told: str) -> e.EventName:
    """A name nothing goes by that is held here; without `told` nobody can say what is meant."""
    return name._replace(incarnation=f"{name.incarnation}~{told}")


def _log(name: e.EventName) -> LogName:
    return LogName(name.device, name.incarnation)


def _name(text: str) -> e.EventName:
    return e.EventName.parse(text)


def _parsed(text: str) -> e.EventName | None:
    """The event a text names, its branch left out; None for what is no such name."""
    if ":" in text:
        return None
    try:
        return unbranched(e.EventName.parse(text))
    except ValueError:
        return None


def _is_forked(name: e.EventName, grown: Branches) -> bool:
    log = _log(name).root
    return any(branch.root == log for branch in grown)
