"""What a counter said it holds when its last bundle was written: where the next one to it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"


def upgrade() -> None:
    op.create_table(
        "peers",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "device")),
        sa.Column("map", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE peers ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE peers FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY one_unit ON peers TO motcua_app USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON peers TO motcua_app")
