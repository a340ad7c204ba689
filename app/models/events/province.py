"""Events about the province's own system, into which dossiers are still typed."""

from datetime import datetime

import msgspec

from app.models.events.facts import Body, Count


class ProvinceField(msgspec.Struct, frozen=True, omit_defaults=True):
    """A box of that system's screen: what stands beside it, what goes in and how that is written.

    `stage` is when the box is filled: while the dossier is entered, or once there is a result.
    """

    label: str
    variable: str
    how: str = ""
    stage: str = "received"


class ProvinceDescribed(Body, frozen=True, omit_defaults=True, tag="province_described"):
    """Whether the unit types its dossiers into a system of the province, and that system's boxes.

    Dossiers received before the day `since` (ISO) aren't asked for; while it is "", those received
    more than 30 days ago. No `fields`: those that ship.
    """

    used: bool = True
    since: str = ""
    fields: tuple[ProvinceField, ...] = ()


class ProvinceEntered(Body, frozen=True, omit_defaults=True, tag="province_entered"):
    """The dossier stands in that system under `code`, with this national status (0: voided).

    Said again it is another code, or how the dossier stands there now; "" takes back what was said.
    """

    code: str
    national_status: Count = 0


class Entry(msgspec.Struct, frozen=True):
    """What that system was told of a dossier last, and who told it."""

    code: str
    national_status: int
    by: str
    at: datetime
