"""The law profiles that ship: which holds from when is said by each one's own file."""

import tomllib
from datetime import datetime
from functools import cache

import resources
from app.models.deadlines.calendar import vietnam_time
from app.models.deadlines.profile import Profile, holding_on, named
from app.models.dossiers.dossier import Dossier


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile: the folders of `resources/forms` that say from when they hold."""
    files = sorted(resources.path("forms").glob("*/profile.toml"))
    return tuple(
        Profile(file.parent.name, said["valid_from"], **said.get("clock", {}))
        for file in files
        for said in (tomllib.loads(file.read_text("utf-8")),)
    )


def profile_at(at: datetime) -> Profile:
    """The law that whatever is received at `at` is under."""
    return holding_on(profiles(), vietnam_time(at).date())


def profile_of(dossier: Dossier) -> Profile:
    """The law a dossier was received under, and keeps."""
    return named(profiles(), dossier.received.profile)
