"""Row-level security by unit, forced, on PostgreSQL; nothing on SQLite, which knows none.

A later migration that changes rows must lift FORCE for its transaction: the owner has no policy.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    *("units", "logs", "heads", "events", "devices", "revocations", "lanes", "books", "dossiers"),
    *("exchanges", "codes", "forks"),
)
KEPT_FOR_EVER = ("heads", "events")
# what the tier above may read of every unit: no event, no code, no key, no look-up token, no name
SHOWN = {
    "units": "*", "devices": "*", "revocations": "*", "lanes": "*", "books": "*", "exchanges": "*",
    "forks": "*",
    "dossiers": "unit, thing, code, provisional_code, status, procedure_name, due, received_at",
}  # fmt: skip

ONE_UNIT = "unit = NULLIF(current_setting('motcua.unit', true), '')"
BY_SLIP = "token = NULLIF(current_setting('motcua.token', true), '')"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY one_unit ON {table} TO motcua_app "
            f"USING ({ONE_UNIT}) WITH CHECK ({ONE_UNIT})"
        )
        deeds = "SELECT, INSERT, UPDATE" + ("" if table in KEPT_FOR_EVER else ", DELETE")
        op.execute(f"GRANT {deeds} ON {table} TO motcua_app")
    op.execute(f"CREATE POLICY by_slip ON dossiers FOR SELECT TO motcua_app USING ({BY_SLIP})")
    op.execute("CREATE POLICY listed ON units FOR SELECT TO motcua_app USING (true)")
    for table, columns in SHOWN.items():
        op.execute(f"CREATE POLICY upstream ON {table} FOR SELECT TO motcua_upstream USING (true)")
        what = "SELECT" if columns == "*" else f"SELECT ({columns})"
        op.execute(f"GRANT {what} ON {table} TO motcua_upstream")
    op.execute("GRANT SELECT ON alembic_version TO motcua_app, motcua_upstream")
