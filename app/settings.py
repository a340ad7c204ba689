"""Says where things lie on disk for one counter."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path, user_state_path


@dataclass(frozen=True)
class Places:
    """`data` is what a backup may copy; `state` is outside it and never backed up (the marker)."""

    data: Path
    state: Path

    @property
    def database(self) -> Path:
        return self.data / "motcua.db"

    @property
    def key_ring(self) -> Path:
        return self.data / "keys.json"

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def forms(self) -> Path:
        """What the unit has printed otherwise than the forms that ship."""
        return self.data / "forms"

    @property
    def practice(self) -> "Places":
        """Of the commune to practise on: beside the data, so that no backup holds it."""
        return Places(self.data.with_name(f"{self.data.name}-tap-dung"), self.state / "tap-dung")

    @property
    def hub(self) -> Path:
        """The unit's replica of the hub that this PC may run."""
        return self.data / "hub"

    @property
    def hub_wanted(self) -> Path:
        """A matter of this PC: a copy of the data begins no second hub elsewhere."""
        return self.state / "hub-wanted"

    @property
    def text_size(self) -> Path:
        """A matter of this screen: no backup carries it to another."""
        return self.state / "text-size"

    @property
    def last_officer(self) -> Path:
        """Likewise of this screen."""
        return self.state / "last-officer"

    @property
    def lock_out(self) -> Path:
        """A matter of this PC: a backup neither lifts a wait nor brings one."""
        return self.state / "wrong-passwords.json"

    @property
    def log(self) -> Path:
        return self.state / "motcua.log"


def places(data: Path | None = None) -> Places:
    """The given data folder, or the user's own; `MOTCUA_STATE` moves the state folder."""
    state = os.environ.get("MOTCUA_STATE")
    return Places(
        data=(data or user_data_path("motcua", appauthor=False)).resolve(),
        state=Path(state) if state else user_state_path("motcua", appauthor=False),
    )
