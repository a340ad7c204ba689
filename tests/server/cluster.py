"""A real PostgreSQL of the tests' own: made in a temporary folder, heard on a socket there, ended by its pid."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

from run import is_root
from server.store.postgres import migrate_url

_TEMPLATE = "motcua_template"
# a power cut is no concern of these tests: the files are thrown away
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "autovacuum": "off",
}


class Cluster:
    """A running PostgreSQL; its superuser is `postgres`, everybody on its socket is trusted."""

    def __init__(self, sockets: Path) -> None:
        self._sockets = sockets
        self._names = (f"motcua_{number}" for number in count(1))
        self.sql(f"CREATE DATABASE {_TEMPLATE}")
        migrate_url(self.url(_TEMPLATE, "postgres"))

    def url(self, database: str, role: str = "motcua_app") -> str:
        """A database's address for a role."""
        return f"postgresql://{role}@/{database}?host={self._sockets}"

    def database(self) -> str:
        """The name of a new, migrated database."""
        name = next(self._names)
        self.sql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return name

    def sql(self, statement: str) -> None:
        """Run one statement as the superuser."""
        engine = create_engine(self.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs, if there is any (Debian keeps it off the path)."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    found = shutil.which("initdb")
    return debian[-1] if debian else Path(found).parent if found else None


@contextmanager
def running(programs: Path, **settings: str) -> Iterator[Cluster]:
    """A cluster as long as the block runs; `settings` stand above those of the tests."""
    with tempfile.TemporaryDirectory(prefix="mc", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        if _AS:
            shutil.chown(place, "postgres", "postgres")
        files = ("-D", str(place / "files"))
        said = " ".join(f"-c {name}={value}" for name, value in (_SETTINGS | settings).items())
        _run(programs / "initdb", *files, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync")  # fmt: skip
        options = f"-k {place} -c listen_addresses='' {said}"
        _run(programs / "pg_ctl", *files, "-w", "-l", f"{place}/log", "-o", options, "start")
        try:
            yield Cluster(place)
        finally:
            _run(programs / "pg_ctl", *files, "-w", "-m", "immediate", "stop")


# PostgreSQL refuses to run as root
_AS = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups") if is_root() else ()


def _run(program: Path, *words: str) -> None:
    subprocess.run([*_AS, str(program), *words], check=True, stdout=subprocess.DEVNULL)
