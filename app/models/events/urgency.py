"""Events about haste: a dossier that is wanted early, and one that no longer is."""

from app.models.events.facts import Body, Instant


class Hastened(Body, frozen=True, omit_defaults=True, tag="hastened"):
    """The citizen wants it early: why (personal), and by when if they said. It moves no promise."""

    wished: Instant | None = None


class Eased(Body, frozen=True, omit_defaults=True, tag="eased"):
    """Nobody waits for it any more than for the others."""
