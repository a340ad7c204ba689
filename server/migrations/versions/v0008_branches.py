"""What was held so far are whole logs; of a branch a log tells the hash it goes on from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("logs", sa.Column("onto", sa.LargeBinary, nullable=True))
    read = sa.Column("branches", sa.BigInteger, nullable=False, server_default="0")
    op.add_column("exchanges", read)
