"""Checks, by reading PostgreSQL's catalog, that row-level security keeps the units apart.

The server's role must own nothing and bypass nothing, and every policy that lets it see a row must
be one of those the migrations made. One that fails serves nobody (`docs/adr/0010`).
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from app.models.errors import Refused
from server.store import tables as t

APP = "motcua_app"
UPSTREAM = "motcua_upstream"

ONE_UNIT = "(unit = NULLIF(current_setting('motcua.unit'::text, true), ''::text))"
BY_SLIP = "(token = NULLIF(current_setting('motcua.token'::text, true), ''::text))"

_Mine = Mapping[str, Sequence[int]]

_READS_OTHERS_ROWS = {("dossiers", "r", BY_SLIP, None), ("units", "r", "true", None)}

# every role it is, or could become by SET ROLE or RESET ROLE
_MINE = text(
    "SELECT oid FROM pg_roles "
    "WHERE pg_has_role(session_user, oid, 'MEMBER') OR pg_has_role(current_user, oid, 'MEMBER')"
)
_POWERFUL = text(
    "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND oid = ANY(:mine) ORDER BY 1"
)
_TABLES = text(
    "SELECT relname, relrowsecurity AND relforcerowsecurity, relowner = ANY(:mine) "
    "FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'unit' "
    "WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"
)
_POLICIES = text(
    "SELECT relname, polcmd::text, "
    "pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) "
    "FROM pg_policy JOIN pg_class ON polrelid = pg_class.oid "
    "WHERE relnamespace = current_schema()::regnamespace AND polpermissive "
    "AND (0 = ANY(polroles) OR polroles && CAST(:mine AS oid[])) ORDER BY 1"
)
# a view reads with its owner's rights, and a SECURITY DEFINER function acts with them
_SIDE_DOORS = text(
    "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') "
    "AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) "
    "AND has_table_privilege(oid, 'SELECT') "
    "UNION ALL SELECT proname FROM pg_proc WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE') "
    "AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
)


def check(connection: Connection) -> None:
    """Raises `Refused`, naming the first thing that would let one unit see another."""
    mine = {"mine": connection.scalars(_MINE).all()}
    for found in (
        *_of_the_role(connection, mine),
        *_of_the_tables(connection, mine),
        *_of_the_policies(connection, mine),
        *(f"vai trò dùng được lối vòng {name}" for name in connection.scalars(_SIDE_DOORS)),
    ):
        raise Refused(
            f"Máy chủ không phục vụ vì kho dữ liệu chưa tách riêng từng đơn vị: {found}. "
            f"Hãy chạy motcua-server migrate bằng người sở hữu kho, rồi phục vụ bằng vai trò {APP}."
        )


def _of_the_role(connection: Connection, mine: _Mine) -> list[str]:
    powerful = connection.scalars(_POWERFUL, mine).all()
    return [f"vai trò đang dùng có quyền vượt qua mọi chính sách ({name})" for name in powerful]


def _of_the_tables(connection: Connection, mine: _Mine) -> list[str]:
    rows = {name: (forced, owns) for name, forced, owns in connection.execute(_TABLES, mine)}
    missing = [f"thiếu bảng {name}" for name in sorted(t.metadata.tables) if name not in rows]
    off = [
        f"bảng {n} chưa bắt buộc tách theo dòng" for n, (forced, _) in rows.items() if not forced
    ]
    owned = [f"vai trò đang dùng sở hữu bảng {n}" for n, (_, owns) in rows.items() if owns]
    return missing + off + owned


def _of_the_policies(connection: Connection, mine: _Mine) -> list[str]:
    found = {tuple(row) for row in connection.execute(_POLICIES, mine)}
    wanted = {(name, "*", ONE_UNIT, ONE_UNIT) for name in t.metadata.tables}
    lacking = [f"bảng {name} thiếu chính sách theo đơn vị" for name, *_ in sorted(wanted - found)]
    strange = found - wanted - _READS_OTHERS_ROWS
    return lacking + [
        f"bảng {name} có chính sách lạ" for name in sorted({row[0] for row in strange})
    ]
