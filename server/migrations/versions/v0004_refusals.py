"""Which devices were refused an exchange: those nobody enrolled, and those that were revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"


def upgrade() -> None:
    op.create_table(
        "refusals",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "device", "why")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("times", "first_at", "last_at")
        ),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE refusals ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE refusals FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY one_unit ON refusals TO motcua_app "
        f"USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
    )
    op.execute("CREATE POLICY upstream ON refusals FOR SELECT TO motcua_upstream USING (true)")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON refusals TO motcua_app")
    op.execute("GRANT SELECT ON refusals TO motcua_upstream")
