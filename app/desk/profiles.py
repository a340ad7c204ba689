"""The law profiles that ship: which holds from when is said by each one's own file."""

import tomllib
from functools import cache

import resources
from app.models.profile import Profile


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile: the folders of `resources/forms` that say from when they hold."""
    files = sorted(resources.path("forms").glob("*/profile.toml"))
    return tuple(
        Profile(file.parent.name, said["valid_from"], **said.get("clock", {}))
        for file in files
        for said in (tomllib.loads(file.read_text("utf-8")),)
    )
