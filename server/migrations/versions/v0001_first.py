"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _number_key(name: str, kind: type[sa.Integer] = sa.BigInteger) -> sa.Column[int]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def _text(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _number(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.BigInteger, nullable=False) for name in names)


def _bytes(*names: str) -> tuple[sa.Column[bytes], ...]:
    return tuple(sa.Column(name, sa.LargeBinary, nullable=False) for name in names)


def upgrade() -> None:
    _create_what_is_taken_in()
    _create_what_is_folded()
    _create_the_servers_own()


def _log_key() -> tuple[sa.Column[str], ...]:
    return (_key("unit"), _key("device"), _key("incarnation"))


def _create_what_is_taken_in() -> None:
    op.create_table("units", _key("unit"), *_text("name"), *_number("added_at"))
    op.create_table(
        "logs", *_log_key(), *_bytes("sign_key", "seal_key"), *_number("seq"), *_bytes("hash")
    )
    op.create_table("heads", *_log_key(), _number_key("seq"), *_bytes("hash", "signature"))
    op.create_table(
        "events",
        *_log_key(),
        _number_key("seq"),
        *_text("about", "type"),
        *_bytes("public"),
        sa.Column("personal", sa.LargeBinary, nullable=True),
        *_bytes("personal_hash", "hash"),
    )
    op.create_index("events_about", "events", ["unit", "about"])


def _create_what_is_folded() -> None:
    op.create_table("devices", _key("unit"), _key("device"), *_number("counter"))
    op.create_table("revocations", *_log_key(), *_number("seq"))
    op.create_table(
        "lanes", *_log_key(), _number_key("lane", sa.Integer), _key("first"), *_text("last")
    )
    op.create_table("books", *_log_key(), _number_key("book", sa.Integer))
    op.create_table(
        "dossiers",
        _key("unit"),
        _key("thing"),
        *_text("code", "provisional_code", "token", "status", "procedure_name"),
        *_number("due", "received_at"),
    )
    op.create_index("dossiers_token", "dossiers", ["token"])


def _create_the_servers_own() -> None:
    op.create_table("exchanges", _key("unit"), _key("device"), *_number("number", "at"))
    op.create_table(
        "codes",
        _key("unit"),
        _key("id"),
        *_text("secret"),
        *_number("expires", "tries"),
        *_text("used_by"),
    )
    op.create_table(
        "forks",
        *_log_key(),
        _key("their_hash"),
        *_number("seq"),
        *_text("our_hash", "told_by"),
        *_number("at"),
    )
