from pathlib import Path

import pytest

from tests import making
from tests.making import ACounter, a_counter
from tests.sync.small import UNIT, SmallCounter, SmallServer
from tests.sync.stick import Stick, enrolled


@pytest.fixture
def server(tmp_path: Path) -> SmallServer:
    return SmallServer(tmp_path / "server", UNIT)


@pytest.fixture
def counter(server: SmallServer) -> SmallCounter:
    """Enrolled, and up to date."""
    made = SmallCounter("first", 1)
    server.enrol(made)
    server.exchange(made)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    """Carried to the server of the counters on real files."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return Stick(folder, SmallServer(tmp_path / "server", making.UNIT))


@pytest.fixture
def one(tmp_path: Path, stick: Stick) -> ACounter:
    """Enrolled on the day it was set up; it never had a line since."""
    return enrolled(a_counter(tmp_path / "1", 1), stick.server)


@pytest.fixture
def two(tmp_path: Path, stick: Stick) -> ACounter:
    return enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)
