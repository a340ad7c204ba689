"""What is asked when a dossier is withdrawn or stopped: who wanted it, the papers, the fee."""

from dataclasses import replace

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.events.closing import AskedWay, FeeBack
from app.ui.deeds.fields import Paragraph, Question, spoken, written
from app.ui.dossier.view import DossierView
from app.ui.widgets.choices import Choice, Segments, Tick
from app.ui.widgets.fields import Field

WAYS: list[tuple[AskedWay, str]] = [
    ("direct", "Trực tiếp tại quầy"),
    ("post", "Qua bưu chính"),
    ("online", "Trên mạng"),
]
BY_THE_OFFICE: tuple[AskedWay, str] = ("", "Cơ quan tự dừng")
FEES: list[tuple[FeeBack, str]] = [("kept", "Không hoàn"), ("refunded", "Đã hoàn")]


def asked_for(deed: Deed, view: DossierView) -> Question:
    """Who asked for it, and how; a stop is first of all the office's own."""
    box = Paragraph(2)
    if deed is Deed.WITHDRAW and view.dossier.applicant:
        box.setPlainText(view.dossier.applicant.name)
    who = written("Người yêu cầu", box, note_lines=0)
    choice = Choice([*([BY_THE_OFFICE] if deed is Deed.STOP else []), *WAYS])
    how = Field("Cách yêu cầu", choice, note_lines=1)

    def add(details: Details) -> Details:
        return replace(details, asked_by=box.line(), asked_way=choice.value() or "")

    return Question((how, who), {}, add)


def papers_back(view: DossierView) -> Question:
    """The papers handed back: all of those that were kept, unless unticked."""
    kept = [paper.name for paper in view.dossier.documents if not paper.shown]
    ticks = [(Tick(name), name) for name in kept]
    for tick, _ in ticks:
        tick.box.setChecked(True)

    def add(details: Details) -> Details:
        back = tuple(name for tick, name in ticks if tick.box.isChecked())
        return replace(details, items=back)

    label = (spoken("Giấy tờ trả lại"),) if ticks else ()
    return Question((*label, *(tick for tick, _ in ticks)), {}, add)


def fee_back() -> Question:
    """What became of a fee that was paid."""
    choice = Segments(FEES, "Phí đã nộp")
    return Question(
        (spoken("Phí, lệ phí đã nộp"), choice),
        {},
        lambda details: replace(details, fee_back=choice.value()),
    )
