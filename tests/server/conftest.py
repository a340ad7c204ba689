from pathlib import Path

import pytest

from tests.sync.small import UNIT, SmallCounter, SmallServer


@pytest.fixture
def server(tmp_path: Path) -> SmallServer:
    return SmallServer(tmp_path / "server", UNIT)


@pytest.fixture
def counter(server: SmallServer) -> SmallCounter:
    """Enrolled, with nothing received yet."""
    made = SmallCounter("first", 1)
    server.enrol(made)
    return made
