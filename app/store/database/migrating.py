"""Brings a file that an older version made up to date; nobody else needs sqlite-utils."""

import sys

from sqlcipher3 import dbapi2 as sqlcipher

from app.store.database.migrations import STEPS

# sqlite-utils catches the errors of whichever driver it finds first under this name
sys.modules.setdefault("pysqlite3", sys.modules["sqlcipher3"])
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher)

from sqlite_utils import Database, Migrations  # noqa: E402  # must follow the driver's registration


def migrate(connection: sqlcipher.Connection) -> None:
    """Do every step that this file hasn't seen yet, each in a transaction of its own."""
    migrations = Migrations("motcua")
    for step in STEPS:
        migrations()(step)
    migrations.apply(Database(connection))
