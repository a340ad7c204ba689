"""Corrections after printing: what changed, and what follows from another procedure."""

from collections.abc import Iterator

from app.desk.deeds.details import Deciding
from app.desk.deeds.promising import counted, promise
from app.desk.draft import checklist
from app.models.deadlines.calendar import vietnam_time
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.models.procedures.fee import fee
from app.models.procedures.procedure import Case, Procedure
from app.models.text import fold, money


def correction(d: Deciding) -> e.Corrected:
    """What is put right; another procedure brings its own limit, fee and checklist."""
    changed = tuple(_fields(d))
    if not changed:
        raise BadInput("Chưa có gì thay đổi để đính chính. Hãy sửa thông tin sai rồi lưu lại.")
    if not d.details.procedure:
        return e.Corrected(fields=changed)
    if d.procedure is None:
        raise BadInput(f"Không có thủ tục {d.details.procedure} trong danh mục.", "procedure")
    case = _case(d, d.procedure)
    limit = case.limit or d.details.limit
    if limit is None:
        raise BadInput(
            "Thủ tục này chưa có thời hạn trong danh mục. Hãy nhập thời hạn và căn cứ.", "limit"
        )
    fresh = counted(d.dossier, limit, d.calendar, d.policy)
    return e.Corrected(
        fields=changed, procedure=d.procedure.code, procedure_name=d.procedure.name,
        field=d.procedure.field, case=case.number, case_name=case.name, limit=limit,
        promise=promise(fresh), fee=_fee(d, d.procedure, case),
    )  # fmt: skip


def papers_of(procedure: Procedure, held: tuple[facts.Document, ...]) -> tuple[facts.Document, ...]:
    """The procedure's checklist; a paper already counted under the same name keeps its counts."""
    counts = {fold(paper.name): paper for paper in held}
    return tuple(counts.get(fold(asked.name), asked) for asked in checklist(procedure))


def lacking(procedure: Procedure, held: tuple[facts.Document, ...]) -> tuple[str, ...]:
    """The papers asked of everybody that are not among those handed in or shown."""
    names = {fold(paper.name) for paper in held}
    return tuple(asked.name for asked in checklist(procedure) if fold(asked.name) not in names)


def to_check(d: Deciding, body: e.Corrected) -> Iterator[str]:
    """What the officer must look at once a dossier has another procedure."""
    if not body.procedure or d.procedure is None:
        return
    held = {fold(paper.name) for paper in d.dossier.documents}
    now = {fold(paper.name) for paper in d.details.documents}
    if new := [paper.name for paper in d.details.documents if fold(paper.name) not in held]:
        yield f"Hãy kiểm tra đã nhận các giấy tờ của thủ tục mới: {'; '.join(new)}."
    if gone := [paper.name for paper in d.dossier.documents if fold(paper.name) not in now]:
        yield f"Thủ tục mới không cần, hãy trả lại nếu đã giữ: {'; '.join(gone)}."
    was, owed = d.dossier.fee.amount, body.fee.amount if body.fee else None
    taken = d.dossier.collected
    if taken and owed != taken:
        yield (
            f"Đã thu {money(taken)} theo thủ tục cũ, mức mới là {_spoken(owed)}: "
            "hãy thu thêm hoặc hoàn lại phần chênh."
        )
    elif owed != was:
        yield f"Phí, lệ phí nay là {_spoken(owed)}."


def _fields(d: Deciding) -> Iterator[str]:
    for field in ("applicant", "principal", "documents", "request"):
        new = getattr(d.details, field)
        if new and new != getattr(d.dossier, field):
            yield field
    if d.details.procedure and d.details.procedure != d.dossier.procedure:
        yield "procedure"


def _case(d: Deciding, procedure: Procedure) -> Case:
    wanted = d.details.case or 1
    return next((one for one in procedure.cases if one.number == wanted), procedure.cases[0])


def _fee(d: Deciding, procedure: Procedure, case: Case) -> facts.Fee:
    was, channel = d.dossier.fee, d.dossier.received.channel
    day = vietnam_time(d.dossier.received_at).date()
    ruled = fee(procedure, case.number, channel, day, was.pages, was.copies or 1)
    amount = 0 if was.exempt else ruled.amount
    return facts.Fee(
        amount, ruled.rule, ruled.article, was.exempt, was.when or "on_return" if amount else "",
        was.method, was.pages, was.copies,
    )  # fmt: skip


def _spoken(amount: int | None) -> str:
    return "chưa biết" if amount is None else money(amount) if amount else "không thu"
