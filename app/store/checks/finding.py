"""What a check found, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `wrong` ones make the whole check fail, the others only explain."""

    wrong: bool
    sentence: str
