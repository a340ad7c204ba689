"""What citizens say by phone: their ballots until a box is full, and apart whose turn is spent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"
MAY = {"phone_ballots": "SELECT, INSERT, DELETE", "phone_spent": "SELECT, INSERT"}


def upgrade() -> None:
    op.create_table(
        "phone_ballots",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "key")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("day", "answers")),
    )
    op.create_table(
        "phone_spent", *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "mark"))
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, rights in MAY.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY one_unit ON {table} TO motcua_app "
            f"USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
        )
        op.execute(f"GRANT {rights} ON {table} TO motcua_app")
