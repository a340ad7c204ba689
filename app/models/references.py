"""Tells which event a reference means, beyond its name: a cloned PC gives one name to two events."""

from collections.abc import Callable, Iterable

from app.models import events as e

DIGITS = 16  # of a chain hash, in hex: what a device can't make another event share but on purpose


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
        "" if name[:2] == event[:2] else (hash_of(name) or b"").hex()[:DIGITS]
        for name in (*opening, *saw)
    )
    told = told if opening else ("", *told)
    return told if any(told) else ()
