"""Merges the search index: each commit adds a list to it, and a keystroke walks all lists there are.

SQLite would merge within a commit, hundreds of pages at a time; here a little is merged after each
deed, and the rest between two.
"""

from collections.abc import Iterator

from app.store.database.database import Database

MERGED_AFTER_A_DEED = 8  # pages; a deed adds about one, each of which is merged a few times
MERGED_AT_ONCE = 64  # pages, some ten milliseconds


def merge(database: Database, pages: int) -> bool:
    """Merge so many pages in the caller's transaction, negative: until one list is left. False once
    there is nothing to merge."""
    before = _changes(database)
    database.run("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
    return _changes(database) - before > 1


def merging(database: Database, pages: int = MERGED_AT_ONCE) -> Iterator[bool]:
    """Merge to the end, a transaction each time it is asked to go on; True as long as more is left."""
    more = True
    while more:
        with database.transaction():
            more = merge(database, pages)
        pages = abs(pages)  # what is negative begins a merge, which what is positive goes on with
        yield more


def _changes(database: Database) -> int:
    return int(database.rows("SELECT total_changes()")[0][0])
