from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from tests.server.cluster import Cluster, programs, running
from tests.sync.small import UNIT, SmallCounter, SmallServer


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL on this computer")
    with running(found) as cluster:
        yield cluster


@pytest.fixture
def database(cluster: Cluster) -> str:
    """The name of a PostgreSQL database of this test's own."""
    return cluster.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """The address of an empty store; none for SQLite, which lies in the server's data folder."""
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url(request.getfixturevalue("database"))


@pytest.fixture
def server(tmp_path: Path, store: str) -> Iterator[SmallServer]:
    made = SmallServer(tmp_path / "server", UNIT, store=store)
    yield made
    made.built.engine.dispose()


@pytest.fixture
def owner(server: SmallServer, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The server's store, open to whom nothing is refused."""
    if not server.store:
        yield server.built.engine
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    engine = create_engine(cluster.url(request.getfixturevalue("database"), "postgres"))
    yield engine
    engine.dispose()


@pytest.fixture
def counter(server: SmallServer) -> SmallCounter:
    """Enrolled, with nothing received yet."""
    made = SmallCounter("first", 1)
    server.enrol(made)
    return made
