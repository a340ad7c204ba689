"""A dossier's history: what happened, who did it and who keyed it, when, why, and to what effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.papers.forms import FORMS
from app.models.dossiers.dossier import HandOver
from app.models.dossiers.event_names import name_of
from app.models.dossiers.fold import Effect, Verdict
from app.models.dossiers.lifecycle import LABEL, Deed, deed_of
from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.forwarding import AgencyAnswered
from app.models.events.new_dates import CitizenTold
from app.models.events.province import ProvinceEntered
from app.models.events.urgency import Hastened
from app.models.text import money
from app.ui.deeds.date_questions import WAYS_TO_TELL
from app.ui.dossier.columns import spoken_due
from app.ui.dossier.view import DossierView
from app.ui.dossier_page.corrected import changes
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.papers.print_list import PrintList, wants_a_look
from app.ui.widgets.parts import Part, Words, WrappingLabel, column, row

TIME_WIDTH = 88
CORRECTABLE = {
    "applicant": "người nộp",
    "principal": "người ủy quyền",
    "documents": "giấy tờ",
    "request": "nội dung yêu cầu",
    "procedure": "thủ tục",
}
WAYS = {"self": "cho chủ hồ sơ", "authorised": "cho người được ủy quyền", "post": "qua bưu chính"}


@dataclass(frozen=True)
class Entry:
    """One thing that happened: its sentence, and the lines of quieter ink below."""

    at: datetime
    title: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    icon: str = "circle-dot"


def entries(view: DossierView) -> list[Entry]:
    """Everything that happened to a dossier, the latest first."""
    undone = {
        v.event.body.deed
        for v in view.verdicts
        if isinstance(v.event.body, e.Undone) and v.effect is Effect.APPLIED
    }
    told = [_entry(view, v, is_undone=str(v.event.name) in undone) for v in view.verdicts]
    return told[::-1]


def _entry(view: DossierView, verdict: Verdict, *, is_undone: bool) -> Entry:
    event = verdict.event
    lines = tuple(filter(None, (*_details(view, event), *_who(view, event))))
    title = _title(view, event)
    if verdict.effect is not Effect.APPLIED:
        waits = "Đang chờ" if verdict.effect is Effect.HELD else "Không có tác dụng"
        lines = (f"{waits}: {verdict.reason}", *lines)
        return Entry(event.at, title, lines, Tone.TODAY, "triangle-alert")
    if is_undone:
        return Entry(event.at, f"{title} — đã hoàn tác", lines, Tone.QUIET, "undo-2")
    if isinstance(event.body, e.Printed | e.PrintSpoiled):
        return Entry(event.at, title, lines, Tone.QUIET, "printer")
    return Entry(event.at, title, lines)


def _title(view: DossierView, event: e.Event) -> str:
    match event.body:
        case e.Printed(form=form, ordinal=ordinal, replaces=replaces):
            again = f", in lại lần {ordinal}" if ordinal else ""
            name = FORMS[form].name if form in FORMS else form
            return f"In {name}{', thay thế' if replaces else again}"
        case e.PrintSpoiled(printed=printed, copy=copy):
            found = next((v.event for v in view.verdicts if str(v.event.name) == printed), None)
            what = _title(view, found).removeprefix("In ") if found else "giấy đã in"
            return f"Hỏng giấy: {what}{f', liên {copy}' if copy else ''}"
        case e.CodeAssigned(code=code):
            return f"Nhận mã chính thức {code}"
        case e.HandedOver(to=to) | e.Forwarded(to=to):
            deed = Deed.SEND_BACK if _is_back(event) else deed_of(event.body)
            return f"{LABEL[deed] if deed else ''} cho {view.named(to)}"
        case AgencyAnswered(agency=agency):
            return f"{agency} trả lời"
        case e.Unknown(type=name):
            return f"Việc do phiên bản mới hơn ghi ({name})"
        case body:
            return name_of(type(body))


def _is_back(event: e.Event) -> bool:
    """Whether who had accepted it sent it back: with a reason, and without a list."""
    said = event.personal is not None and event.personal.reason
    return bool(said) and isinstance(event.body, e.HandedOver) and event.body.slip is None


def _details(view: DossierView, event: e.Event) -> Iterator[str]:
    match event.body:
        case e.Paid(amount=amount) | e.PaymentRequested(amount=amount):
            yield money(amount) if amount is not None else ""
        case e.Resolved(outcome="refused"):
            yield "Kết quả: từ chối"
        case e.Returned(way=way):
            yield f"Trả {WAYS[way]}"
        case e.Corrected(fields=fields):
            lines = tuple(changes(view.verdicts, event))
            named = ", ".join(CORRECTABLE.get(field, field) for field in fields)
            yield from lines or (f"Sửa {named}",)
        case ProvinceEntered(code=code):
            yield f"Mã {code}" if code else "Bỏ mã đã ghi"
        case CitizenTold(how=how):
            yield f"Báo bằng: {dict(WAYS_TO_TELL)[how].lower()}"
        case Hastened(wished=datetime() as wished):
            yield f"Cần trước {spoken_due(wished, view.now)}"
        case e.Apologised(signer=signer) if signer:
            yield f"Người ký: {signer}"
        case e.CaseChanged(case_name=case_name):
            yield case_name
        case e.Undone(deed=deed):
            yield _about("Bỏ việc", view, deed)
        case e.ConflictSettled(event=deed):
            yield _about("Việc đã xem", view, deed)
        case _:
            pass
    promised = getattr(event.body, "promise", None)
    if promised is not None:
        yield f"Hẹn trả {spoken_due(promised.due, view.now)}"
    if event.personal:
        items = "; ".join(filter(None, event.personal.items))
        is_closed = isinstance(event.body, Withdrawn | Stopped)
        yield f"Giấy tờ trả lại: {items}" if items and is_closed else items
        yield f"Lý do: {event.personal.reason}" if event.personal.reason else ""
        yield event.personal.note
        yield f"Người nhận: {event.personal.collector}" if event.personal.collector else ""
        yield f"Người yêu cầu: {event.personal.asked_by}" if event.personal.asked_by else ""


def _about(what: str, view: DossierView, name: str) -> str:
    found = next((v.event for v in view.verdicts if str(v.event.name) == name), None)
    return f"{what}: {_title(view, found)}" if found else ""


def _who(view: DossierView, event: e.Event) -> Iterator[str]:
    yield view.named(event.by)
    keyed = []
    if event.keyed_by != event.by:
        keyed.append(f"{view.named(event.keyed_by)} nhập")
    if event.keyed_at != event.at:
        keyed.append(f"nhập lúc {event.keyed_at:%H:%M %d/%m/%Y}")
    yield ", ".join(keyed)


def history(view: DossierView) -> list[Part]:
    """The history as it stands on the page."""
    return [_EntryRow(entry, view.now) for entry in entries(view)]


class _EntryRow(QWidget):
    """When, on the left; beside it what, with its lines below."""

    def __init__(self, entry: Entry, now: datetime) -> None:
        super().__init__()
        day = "hôm nay" if entry.at.date() == now.date() else f"{entry.at:%d/%m/%Y}"
        quiet = Tone.QUIET
        when = QWidget()
        when.setFixedWidth(TIME_WIDTH)
        hour = Words(f"{entry.at:%H:%M}", figures=True)
        when.setLayout(column(hour, Words(day, Type.SMALL, quiet), None, spacing=0))
        title = WrappingLabel(entry.title, tone=entry.tone, weight=Weight.MEDIUM)
        lines = [WrappingLabel(line, Type.SMALL, quiet) for line in entry.lines]
        icon = Icon(entry.icon, Tone.QUIET if entry.tone is Tone.PLAIN else entry.tone)
        layout = row(when, icon, column(title, *lines, None, spacing=0))
        layout.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(2, 1)
        layout.setSpacing(Space.BETWEEN)
        self.setLayout(layout)


def slip_rows(view: DossierView) -> list[Part]:
    """The control slip's rows: who gave, who took, when."""
    return [
        _SlipRow(view, number, handed) for number, handed in enumerate(view.dossier.hand_overs, 1)
    ]


class _SlipRow(QWidget):
    def __init__(self, view: DossierView, number: int, handed: HandOver) -> None:
        super().__init__()
        parties = f"{number}. {view.named(handed.giver)} → {view.named(handed.to)}"
        taken = (
            f"nhận {handed.accepted_at:%H:%M %d/%m}"
            if handed.accepted_at
            else "đã trả lại"
            if handed.taker
            else "chưa nhận"
        )
        when = f"giao {handed.at:%H:%M %d/%m} · {taken}"
        said = " · ".join(filter(None, (when, handed.note)))
        self.setLayout(
            column(WrappingLabel(parties), WrappingLabel(said, Type.SMALL, Tone.QUIET), spacing=0)
        )


def with_prints(view: DossierView, shown: PrintList) -> list[Part]:
    """The history with the papers below it, or above it while one of them needs the officer."""
    parts: list[Part] = [Words("Lịch sử", weight=Weight.STRONG), *history(view)]
    if rows := slip_rows(view):
        parts += [Space.WITHIN, Words("Phiếu kiểm soát", weight=Weight.STRONG), *rows]
    if not view.prints:
        return parts
    if wants_a_look(view.prints):
        return [shown, Space.WITHIN, *parts]
    return [*parts, Space.WITHIN, shown]
