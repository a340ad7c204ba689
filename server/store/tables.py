"""The server's tables: the unit stands first in every key, and nothing is unique across units.

So the same schema runs on SQLite, on one PostgreSQL and on a PostgreSQL split by unit. `units`,
`logs`, `heads` and `events` are what was taken in; `devices`, `revocations`, `lanes`, `books` and
`dossiers` are folded from it; `exchanges`, `peers` (what a bundle told), `codes`, `forks`, `files`
and `file_parts` (sealed scans), `ballots`, `phone_ballots` and `phone_spent` are the server's own. Instants are whole seconds
since 1970; dates are ISO text.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


def plain(text: str) -> str:
    """As both stores hold it: PostgreSQL has no U+0000 in text, and U+FFFD stands for it."""
    return text.replace("\0", "\ufffd")


class Words(TypeDecorator[str]):
    """Text from events anybody may have signed; the event's own bytes stay as they came."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else plain(value)


_SHELF = 200  # characters of a thing's name that are indexed: PostgreSQL takes no endless key


def shelf(thing: str) -> str:
    """Where events about `thing` are looked for: the start of its name, which others may share."""
    return plain(thing[:_SHELF])


def _key(name: str) -> Column[str]:
    return Column(name, Words, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Words, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str, *, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=nullable)


units = Table("units", metadata, _key("unit"), _text("name"), _number("added_at"))

logs = Table(
    "logs", metadata, _key("unit"), _key("device"), _key("incarnation"),
    _bytes("sign_key"), _bytes("seal_key"), _number("seq"), _bytes("hash"),
    _bytes("onto", nullable=True),  # of a branch the hash it goes on from
)  # fmt: skip

heads = Table(
    "heads", metadata, _key("unit"), _key("device"), _key("incarnation"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _bytes("hash"), _bytes("signature"),
)  # fmt: skip

events = Table(
    "events", metadata, _key("unit"), _key("device"), _key("incarnation"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _text("about"), _text("type"),
    _bytes("public"), _bytes("personal", nullable=True), _bytes("personal_hash"), _bytes("hash"),
    Index("events_about", "unit", "about"),
)  # fmt: skip

devices = Table("devices", metadata, _key("unit"), _key("device"), _number("counter"))

revocations = Table(
    "revocations", metadata, _key("unit"), _key("device"), _key("incarnation"), _number("seq"),
)  # fmt: skip

lanes = Table(
    "lanes", metadata, _key("unit"), _key("device"), _key("incarnation"),
    Column("lane", Integer, primary_key=True, autoincrement=False), _key("first"), _text("last"),
)  # fmt: skip

books = Table(
    "books", metadata, _key("unit"), _key("device"), _key("incarnation"),
    Column("book", Integer, primary_key=True, autoincrement=False),
)  # fmt: skip

dossiers = Table(
    "dossiers", metadata, _key("unit"), _key("thing"),
    _text("code"), _text("provisional_code"), _text("token"), _text("status"),
    _text("procedure_name"), _number("due"), _number("received_at"),
    # a slip's QR names no unit; with 80 random bits two dossiers never share a token
    Index("dossiers_token", "token"),
)  # fmt: skip

exchanges = Table(
    "exchanges", metadata, _key("unit"), _key("device"), _number("number"), _number("at"),
    _number("branches"),  # 1 for a device that reads them
)  # fmt: skip

peers = Table(
    "peers", metadata, _key("unit"), _key("device"), _text("map"), _number("at"),
    Column("wanted", Words, nullable=False, default=""),  # scans it lacked
)  # fmt: skip

codes = Table(
    "codes", metadata, _key("unit"), _key("id"),
    _text("secret"), _number("expires"), _number("tries"), _text("used_by"),
)  # fmt: skip

refusals = Table(
    "refusals", metadata, _key("unit"), _key("device"), _key("why"),
    _number("times"), _number("first_at"), _number("last_at"),
)  # fmt: skip

files = Table("files", metadata, _key("unit"), _key("file"), _number("held"), _number("whole"))

file_parts = Table(
    "file_parts", metadata, _key("unit"), _key("file"),
    Column("start", BigInteger, primary_key=True, autoincrement=False), _bytes("part"),
)  # fmt: skip

# one row a citizen: no device, no dossier, and no day but the one its box was full
ballots = Table("ballots", metadata, _key("unit"), _key("key"), _text("until"), _text("answers"))

# what was said by phone, until its box is full; and whose turn is spent, which nothing joins to it
phone_ballots = Table(
    "phone_ballots", metadata, _key("unit"), _key("key"), _text("day"), _text("answers"),
)  # fmt: skip
phone_spent = Table("phone_spent", metadata, _key("unit"), _key("mark"))

forks = Table(
    "forks", metadata, _key("unit"), _key("device"), _key("incarnation"), _key("their_hash"),
    _number("seq"), _text("our_hash"), _text("told_by"), _number("at"),
)  # fmt: skip
