"""How large the whole window is drawn: chosen once, kept beside the counter's state, worn from the next start.

Letters alone cannot grow: whatever is measured in px around them would cut them. So everything grows
by the factor that Qt takes when its application is made, and never after.
"""

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from app.files import put_durably, why
from app.models.errors import Refused

USUAL = "vua"
SIZES: dict[str, tuple[str, int]] = {
    USUAL: ("Cỡ chữ vừa", 100),
    "lon": ("Cỡ chữ lớn", 112),
    "rat-lon": ("Cỡ chữ rất lớn", 125),
}
"""The sizes one can choose: the name it is kept under → what it is called, per cent."""

FACTOR = "QT_SCALE_FACTOR"


@dataclass(frozen=True)
class TextSize:
    """The choice kept in `file`."""

    file: Path

    def kept(self) -> str:
        """The name of the size that was chosen last; the usual one where none can be read."""
        try:
            name = self.file.read_text(encoding="ascii")
        except (OSError, ValueError):
            return USUAL
        return name if name in SIZES else USUAL

    def keep(self, name: str) -> None:
        """Choose a size by its name. Raises `Refused` where the disk does."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            put_durably(self.file, name.encode("ascii"))
        except OSError as error:
            raise Refused(f"Không ghi được cỡ chữ vào {self.file}: {why(error)}.") from error

    def wear(self, environment: MutableMapping[str, str] = os.environ) -> None:
        """Have Qt draw in the kept size; before its application is made."""
        _, percent = SIZES[self.kept()]
        if percent != SIZES[USUAL][1]:
            environment[FACTOR] = str(percent / 100)


def unworn(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a program that is to choose its size anew."""
    return {name: value for name, value in environment.items() if name != FACTOR}
