"""A law profile: the circular whose forms and clock hold for what is received from a day on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.models.deadlines.deadline import LAW, DeadlinePolicy


@dataclass(frozen=True, slots=True)
class Profile:
    """`name` is the folder of its forms; `supplement` what its law does once all papers are there."""

    name: str
    valid_from: dt.date
    supplement: Literal["restart", "pause"] = "restart"

    def under(self, unit: DeadlinePolicy) -> DeadlinePolicy:
        """The unit's policy where it departs from the law, else what this law says."""
        if unit.supplement != LAW.supplement:
            return unit
        return replace(unit, supplement=self.supplement)


def holding_on(profiles: Sequence[Profile], day: dt.date) -> Profile:
    """The latest profile in force on `day`; before them all the earliest."""
    in_order = sorted(profiles, key=lambda profile: profile.valid_from)
    return [in_order[0], *(one for one in in_order if one.valid_from <= day)][-1]


def named(profiles: Sequence[Profile], name: str) -> Profile:
    """The profile a dossier was received under; one this version lacks reads as the latest."""
    known = {profile.name: profile for profile in profiles}
    return known.get(name) or max(profiles, key=lambda profile: profile.valid_from)
