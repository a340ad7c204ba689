"""Which scans a counter lacked when its last bundle was written: what the next one to it carries."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("peers", sa.Column("wanted", sa.Text, nullable=False, server_default=""))
