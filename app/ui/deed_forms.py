"""What each deed needs to be told before it is done, as fields one below the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.clock import VIETNAM
from app.desk.details import Details
from app.desk.draft import IntakeDraft, limit_of
from app.models.appointment import LimitUnit
from app.models.errors import BadInput
from app.models.lifecycle import NEEDS_REASON, Deed
from app.models.officer import Officer
from app.models.procedure import Case
from app.ui.choices import Choice, Segments, Tick
from app.ui.correction_form import CorrectionForm
from app.ui.deed_fields import Paragraph, Steps, read_amount, spoken, written
from app.ui.dossier_view import DossierView
from app.ui.fields import DayLine, Field, Line
from app.ui.hand_over_bar import receivers
from app.ui.parts import Part, WrappingLabel, column
from app.ui.return_form import ReturnForm
from app.ui.theme import Space, Type

RETURN_HOUR = "16:30"
LIMIT_UNITS = [
    (LimitUnit.WORKING_DAY.value, "ngày làm việc"),
    (LimitUnit.CALENDAR_DAY.value, "ngày"),
    (LimitUnit.WORKING_HOUR.value, "giờ làm việc"),
]


@dataclass(frozen=True)
class Question:
    """One thing asked: its parts on screen, its fields by the names errors give, what it tells."""

    parts: tuple[Part, ...]
    fields: Mapping[str, Field[Any]]
    add: Callable[[Details], Details]
    """The details with the answer; raises `BadInput`."""


class DeedForm(QWidget):
    """The questions of one deed."""

    def __init__(self, deed: Deed, questions: Sequence[Question]) -> None:
        super().__init__()
        self._deed, self._questions = deed, tuple(questions)
        self.fields = {name: field for asked in questions for name, field in asked.fields.items()}
        parts = [part for asked in questions for part in asked.parts]
        self.setLayout(column(*parts, spacing=Space.TIGHT))

    def steps(self) -> Steps:
        """What is to be done, as told. Raises `BadInput`."""
        details = Details()
        for asked in self._questions:
            details = asked.add(details)
        return ((self._deed, details),)


def form_for(
    deed: Deed, view: DossierView, doer: Officer
) -> DeedForm | CorrectionForm | ReturnForm:
    """The form of a deed that asks something."""
    if deed is Deed.CORRECT:
        return CorrectionForm(view)
    if deed is Deed.RETURN:
        return ReturnForm(view.dossier, doer)
    asked = list(_questions(deed, view, doer.login))
    if deed in NEEDS_REASON:
        asked.append(_reason(deed))
    return DeedForm(deed, asked)


def _questions(deed: Deed, view: DossierView, giver: str) -> Sequence[Question]:
    match deed:
        case Deed.HAND_OVER:
            return (_receiver(view, giver),)
        case Deed.FORWARD:
            return (_agency(),)
        case Deed.REQUEST_SUPPLEMENT:
            return (_items(view),)
        case Deed.REQUEST_PAYMENT:
            return (_amount(view, "Số tiền phải nộp (đồng)"),)
        case Deed.PAID:
            return (_amount(view, "Số tiền đã nộp (đồng)"), _method())
        case Deed.APOLOGISE:
            return (_new_due(),)
        case Deed.CHANGE_CASE:
            return (_case(view),)
        case _:
            return ()


# --- the questions ------------------------------------------------------------------------------


def _reason(deed: Deed) -> Question:
    box = Paragraph(3)
    field = written("Lý do", box, required=True)
    if deed is Deed.UNDO:
        box.setPlainText("Bấm nhầm.")
    return Question(
        (field,), {"reason": field}, lambda details: replace(details, reason=box.words())
    )


def _receiver(view: DossierView, giver: str) -> Question:
    offered = [(login, *words.split(" — ")) for login, words in receivers(view.officers, giver)]
    posts = {login: " ".join(post) for login, _, *post in offered}  # too long for one line here
    choice = Choice([(login, name) for login, name, *_ in offered])
    field = Field("Người nhận", choice, required=True, note_lines=2)
    field.set_hint(posts.get(choice.value() or "", ""))
    choice.chosen.connect(lambda login: field.set_hint(posts[login]))
    return Question(
        (field,), {"to": field}, lambda details: replace(details, to=choice.value() or "")
    )


def _agency() -> Question:
    box = Paragraph(2)
    field = written("Cơ quan nhận", box, required=True)
    return Question((field,), {"to": field}, lambda details: replace(details, to=box.line()))


def _items(view: DossierView) -> Question:
    """Papers to be handed in again, and others in words; one of the two has to be said."""
    ticks = [(Tick(document.name), document.name) for document in view.dossier.documents]
    others = Paragraph(2)
    field = written("Giấy tờ khác, mỗi dòng một giấy (Shift Enter)", others)

    def add(details: Details) -> Details:
        ticked = [name for tick, name in ticks if tick.box.isChecked()]
        typed = [line for line in others.words().splitlines() if line]
        if not (ticked or typed):
            raise BadInput("Chưa chọn giấy tờ phải bổ sung. Hãy đánh dấu hoặc ghi tên.", "items")
        return replace(details, items=(*ticked, *typed))

    return Question((*(tick for tick, _ in ticks), field), {"items": field}, add)


def _amount(view: DossierView, label: str) -> Question:
    line = Line("chưa biết mức")
    if view.dossier.fee.amount:
        line.setText(f"{view.dossier.fee.amount:,}".replace(",", "."))
    field = Field(label, line, note_lines=2)
    return Question(
        (field,),
        {"amount": field},
        lambda details: replace(details, amount=read_amount(line.words())),
    )


def _method() -> Question:
    choice = Segments([("cash", "Tiền mặt"), ("transfer", "Chuyển khoản")], "Cách nộp")
    return Question(
        (spoken("Cách nộp"), choice),
        {},
        lambda details: replace(details, method="cash" if choice.value() == "cash" else "transfer"),
    )


def _new_due() -> Question:
    day, hour = DayLine(), Line()
    hour.setText(RETURN_HOUR)
    field = Field("Ngày hẹn lại", day, required=True, note_lines=3)
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


def _case(view: DossierView) -> Question:
    """Another case of the procedure; its limit too where the catalogue has none."""
    others = [case for case in view.cases if case.number != view.dossier.case]
    choice = Choice([(case, f"Trường hợp {case.number}") for case in others])
    field = Field("Trường hợp", choice, note_lines=1)
    about = WrappingLabel("", Type.SMALL, reserved_lines=2)
    value, unit, source = Line(), Choice(LIMIT_UNITS), Line()
    typed_limit: dict[str, Field[Any]] = {
        "limit_value": Field("Thời hạn (số)", value, note_lines=2),
        "limit_unit": Field("Tính bằng", unit, note_lines=0),
        "limit_source": Field("Căn cứ", source, note_lines=2),
    }
    limit = QWidget()
    limit.setLayout(column(*typed_limit.values(), spacing=0))

    def show(case: Case | None) -> None:
        about.setText(_about(case) if case else "Thủ tục này chỉ có một trường hợp.")
        limit.setVisible(case is not None and case.limit is None)

    def add(details: Details) -> Details:
        case = choice.value()
        if case is None:
            return details
        typed = IntakeDraft(
            limit_value=value.words(), limit_unit=unit.value() or "", limit_source=source.words()
        )
        return replace(details, case=case.number, limit=limit_of(case, typed))

    parts = QWidget()
    parts.setLayout(column(field, about, limit, spacing=0))  # before `show`: it wants a parent
    choice.chosen.connect(show)
    show(choice.value())
    return Question((parts,), {"case": field, **typed_limit}, add)


def _about(case: Case) -> str:
    phrase = case.limit.phrase if case.limit else case.phrase
    return " · ".join(filter(None, (case.name, phrase)))
