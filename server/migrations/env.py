"""Runs the migrations in the transaction that `server.store.database` opened; Alembic's own entry."""

from alembic import context


def migrate() -> None:
    context.configure(connection=context.config.attributes["connection"])
    context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic runs this file
    migrate()
