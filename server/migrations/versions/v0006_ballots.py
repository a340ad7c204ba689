"""What citizens said, in boxes: only ever added to. The tier above reads no single one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"


def upgrade() -> None:
    op.create_table(
        "ballots",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("unit", "key")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("until", "answers")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE ballots ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE ballots FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY one_unit ON ballots TO motcua_app "
        f"USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
    )
    op.execute("GRANT SELECT, INSERT ON ballots TO motcua_app")
