"""What a correction changed, in lines of what stood there and what stands there now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from app.models.citizens.applicant import Applicant, show_born
from app.models.dossiers.fold import Effect, Verdict
from app.models.events import event as e
from app.models.events.facts import Document
from app.models.text import fold
from app.ui.dossier.facts import ID_LABELS

UNSAID = "chưa ghi"


@dataclass(frozen=True)
class _Held:
    """What a dossier held before."""

    applicant: Applicant | None = None
    documents: tuple[Document, ...] = ()
    request: str = ""
    procedure: str = ""


def changes(verdicts: Sequence[Verdict], event: e.Event) -> Iterator[str]:
    """As "Họ tên: Lý A Sử → Lý A Sừ"; nothing of what is erased."""
    held = _held(v.event for v in takewhile(lambda v: v.event.name != event.name, verdicts)
                 if v.effect is Effect.APPLIED)  # fmt: skip
    body, told = event.body, event.personal
    if isinstance(body, e.Corrected) and body.procedure:
        yield _changed("Thủ tục", held.procedure, body.procedure_name)
    if told is None:
        return
    if told.applicant and held.applicant:
        yield from _of_person(held.applicant, told.applicant)
    if told.documents:
        yield from _of_papers(held.documents, told.documents)
    if told.request and not (isinstance(body, e.Corrected) and body.procedure):
        yield _changed("Nội dung", held.request, told.request)


def _held(events: Iterator[e.Event]) -> _Held:
    held = _Held()
    for event in events:
        if isinstance(event.body, e.Received | e.Corrected) and event.body.procedure_name:
            held = replace(held, procedure=event.body.procedure_name)
        if isinstance(event.body, e.Received | e.Corrected) and (told := event.personal):
            held = replace(
                held,
                applicant=told.applicant or held.applicant,
                documents=told.documents or held.documents,
                request=told.request or held.request,
            )
    return held


def _of_person(was: Applicant, now: Applicant) -> Iterator[str]:
    told = {
        "Họ tên" if now.kind == "person" else "Tên tổ chức": (was.name, now.name),
        "Giấy tờ": (_paper(was), _paper(now)),
        "Ngày sinh": (show_born(was.born), show_born(now.born)),
        "Nơi cư trú": (was.address, now.address),
        "Điện thoại": (was.phone, now.phone),
        "Thư điện tử": (was.email, now.email),
    }
    yield from (_changed(label, old, new) for label, (old, new) in told.items() if old != new)


def _paper(one: Applicant) -> str:
    none = f"không có: {one.identity.reason}" if one.identity.reason else ""
    return f"{ID_LABELS[one.identity.kind]} {one.identity.number}" if one.identity.number else none


def _of_papers(was: Sequence[Document], now: Sequence[Document]) -> Iterator[str]:
    old, new = ({fold(paper.name): paper for paper in papers} for papers in (was, now))
    for said, found in (
        ("Thêm giấy tờ", [new[key].name for key in new if key not in old]),
        ("Bỏ giấy tờ", [old[key].name for key in old if key not in new]),
        ("Đổi số bản", [new[key].name for key in new if key in old and new[key] != old[key]]),
    ):
        if found:
            yield f"{said}: {'; '.join(found)}"


def _changed(label: str, was: str, now: str) -> str:
    return f"{label}: {was or UNSAID} → {now or UNSAID}"
