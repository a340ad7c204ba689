"""The questions about new dates: which day, who signs for it, how the citizen was told."""

from dataclasses import replace
from datetime import datetime, time

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.deeds.urgency import read_wish
from app.models.errors import BadInput
from app.models.events.new_dates import ToldHow
from app.models.unit.officer import Role
from app.ui.deeds.fields import Paragraph, Question, written
from app.ui.dossier.view import DossierView
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import DayLine, Field, Line, written_day

WAYS_TO_TELL: list[tuple[ToldHow, str]] = [
    ("phone", "Điện thoại"),
    ("sms", "Tin nhắn SMS"),
    ("zalo", "Zalo"),
    ("email", "Thư điện tử"),
    ("in_person", "Trực tiếp"),
    ("post", "Bưu chính"),
]


def new_due(view: DossierView, label: str) -> Question:
    """The new date; the one offered stands there to be read, and typed over."""
    day, hour = DayLine(), Line()
    offered = view.offered_due
    day.setText(written_day(offered.date()))
    hour.setText(f"{offered:%H:%M}")
    field = Field(label, day, required=True, hint=_why_offered(view), note_lines=3)
    hour_field = Field("Giờ trả", hour, note_lines=1)

    def add(details: Details) -> Details:
        try:
            chosen = day.day()
            at = time.fromisoformat(hour.words())
        except BadInput as wrong:
            raise BadInput(str(wrong), "due") from None
        except ValueError:
            raise BadInput("Viết giờ và phút, ví dụ 16:30.", "hour") from None
        due = datetime.combine(chosen, at, VIETNAM) if chosen else None
        return replace(details, due=due)

    return Question((field, hour_field), {"due": field, "hour": hour_field}, add)


def signer(view: DossierView) -> Question:
    """Who heads the agency that is late; ours where there is just one leader and we have it."""
    box = Paragraph(1)
    leaders = [one.name for one in view.officers if one.active and Role.LEADER in one.roles]
    if len(leaders) == 1:
        box.setPlainText(leaders[0])
    field = written("Thủ trưởng cơ quan chậm, người ký", box, note_lines=1)
    return Question((field,), {}, lambda told: replace(told, signer=box.line()))


def told_how() -> Question:
    """How the citizen got to know."""
    choice = Choice(WAYS_TO_TELL)
    field = Field("Đã báo bằng", choice, note_lines=1)
    return Question((field,), {"how": field}, lambda told: replace(told, how=choice.value()))


def wished(view: DossierView) -> Question:
    """By when somebody needs it, if they say."""
    line = Line("15h, 9h30 25/11")
    field = Field("Cần trước", line, note_lines=2)

    def add(details: Details) -> Details:
        return replace(details, wished=read_wish(line.words(), view.now))

    return Question((field,), {"wished": field}, add)


def _why_offered(view: DossierView) -> str:
    if view.dossier.delay and view.dossier.delay.due:
        return "theo đề nghị của người giải quyết"
    return "gợi ý: 03 ngày làm việc sau ngày hẹn cũ, hoặc sau hôm nay"
