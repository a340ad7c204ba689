"""Events about new dates: why one will be missed, one by a new calendar, the citizen told."""

from typing import Literal

from app.models.events.facts import Body, Instant, Promise

ToldHow = Literal["phone", "sms", "email", "zalo", "in_person", "post"]


class DelayExplained(Body, frozen=True, omit_defaults=True, tag="delay_explained"):
    """The resolver's written reason (personal) for the apology, and the new date they ask for."""

    due: Instant | None = None


class Reappointed(Body, frozen=True, omit_defaults=True, tag="reappointed"):
    """A new date that is nobody's fault: the days or hours it was counted by have changed."""

    promise: Promise
    cause: Literal["calendar"] = "calendar"


class CitizenTold(Body, frozen=True, omit_defaults=True, tag="citizen_told"):
    """The citizen knows of every new date given so far."""

    how: ToldHow
