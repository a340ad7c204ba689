"""Where the simulated server keeps its data, and how an old dump comes back: a file, or PostgreSQL."""

import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from server.store.database import open_embedded
from server.store.postgres import open_url
from tests.server.cluster import Cluster


class Store(Protocol):
    """What is kept and put back while nothing is open."""

    def open(self) -> Engine: ...

    def keep(self) -> str:
        """A dump of now; its name."""

    def put(self, dump: str) -> None:
        """Everything as it was then."""

    def copied(self, to: Path) -> "Store":
        """Another store that begins from this one."""

    def end(self) -> None: ...


class FileStore:
    """The embedded SQLite file in `folder`."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key, self._numbers = folder, key, count()

    def open(self) -> Engine:
        return open_embedded(self._file, self._key)

    def keep(self) -> str:
        name = f"dump {next(self._numbers)}.db"
        shutil.copyfile(self._file, self._folder / name)
        return name

    def put(self, dump: str) -> None:
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._folder / dump, self._file)

    def copied(self, to: Path) -> "FileStore":
        to.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._file, to / self._file.name)
        return FileStore(to, self._key)

    def end(self) -> None:
        """The folder goes with the run."""

    @property
    def _file(self) -> Path:
        return self._folder / "server.db"


class PostgresStore:
    """A database of a real cluster; dumps are databases beside it."""

    def __init__(self, cluster: Cluster, database: str) -> None:
        self._cluster, self._database = cluster, database
        self._dumps: list[str] = []

    def open(self) -> Engine:
        return open_url(self._cluster.url(self._database))

    def keep(self) -> str:
        name = f"{self._database}_dump{len(self._dumps)}"
        self._cluster.sql(f"CREATE DATABASE {name} TEMPLATE {self._database}")
        self._dumps.append(name)
        return name

    def put(self, dump: str) -> None:
        self._cluster.sql(f"DROP DATABASE {self._database} WITH (FORCE)")
        self._cluster.sql(f"CREATE DATABASE {self._database} TEMPLATE {dump}")

    def copied(self, to: Path) -> "PostgresStore":
        del to
        name = self._cluster.database()
        self._cluster.sql(f"DROP DATABASE {name}")
        self._cluster.sql(f"CREATE DATABASE {name} TEMPLATE {self._database}")
        return PostgresStore(self._cluster, name)

    def end(self) -> None:
        for name in (self._database, *self._dumps):
            self._cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")
