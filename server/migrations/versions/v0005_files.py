"""Sealed files of scanned papers: which came, and their parts. Kept like events: never updated away."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"


def upgrade() -> None:
    op.create_table(
        "files",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "file")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("held", "whole")),
    )
    op.create_table(
        "file_parts",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "file")),
        sa.Column("start", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("part", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    # sealed bytes don't compress: don't try
    op.execute("ALTER TABLE file_parts ALTER COLUMN part SET STORAGE EXTERNAL")
    for table in ("files", "file_parts"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY one_unit ON {table} TO motcua_app "
            f"USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO motcua_app")
