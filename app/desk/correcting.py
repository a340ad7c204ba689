"""Corrections after printing: what changed, and what follows from another procedure."""

from collections.abc import Iterator

from app.desk.details import Deciding
from app.desk.promising import promise
from app.models import events as e
from app.models.deadline import appoint
from app.models.errors import BadInput


def correction(d: Deciding) -> e.Corrected:
    changed = tuple(_fields(d))
    if not changed:
        raise BadInput("Chưa có gì thay đổi để đính chính. Hãy sửa thông tin sai rồi lưu lại.")
    if not d.details.procedure:
        return e.Corrected(fields=changed)
    if d.procedure is None:
        raise BadInput(f"Không có thủ tục {d.details.procedure} trong danh mục.", "procedure")
    case = next(
        (c for c in d.procedure.cases if c.number == (d.details.case or 1)), d.procedure.cases[0]
    )
    limit = case.limit or d.details.limit
    if limit is None:
        raise BadInput(
            "Thủ tục này chưa có thời hạn trong danh mục. Hãy nhập thời hạn và căn cứ.", "limit"
        )
    fresh = appoint(limit, d.dossier.received_at, d.calendar, d.policy)
    return e.Corrected(
        fields=changed, procedure=d.procedure.code, procedure_name=d.procedure.name,
        field=d.procedure.field, case=case.number, case_name=case.name, limit=limit,
        promise=promise(fresh),
    )  # fmt: skip


def _fields(d: Deciding) -> Iterator[str]:
    for field in ("applicant", "principal", "documents", "request"):
        new = getattr(d.details, field)
        if new and new != getattr(d.dossier, field):
            yield field
    if d.details.procedure and d.details.procedure != d.dossier.procedure:
        yield "procedure"
