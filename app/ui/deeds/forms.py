"""What each deed needs to be told before it is done, as fields one below the other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.desk.deeds.details import Details, reasonless
from app.desk.draft import IntakeDraft, limit_of, may_agree
from app.models.deadlines.appointment import LimitUnit
from app.models.dossiers.lifecycle import NEEDS_REASON, Deed, Status
from app.models.errors import BadInput
from app.models.procedures.procedure import Case
from app.models.text import grouped
from app.models.unit.officer import Officer
from app.ui.deeds.agency_questions import agencies, answer
from app.ui.deeds.closing_questions import asked_for, fee_back, papers_back
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.date_questions import new_due, signer, told_how, wished
from app.ui.deeds.fields import Paragraph, Question, Steps, read_amount, spoken, written
from app.ui.deeds.hand_over_bar import NOBODY, proposed, receivers
from app.ui.deeds.return_form import ReturnForm
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.choices import Choice, Segments, Tick
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import WrappingLabel, column

LIMIT_UNITS = [
    (LimitUnit.WORKING_DAY.value, "ngày làm việc"),
    (LimitUnit.CALENDAR_DAY.value, "ngày"),
    (LimitUnit.WORKING_HOUR.value, "giờ làm việc"),
]


class DeedForm(QWidget):
    """The questions of one deed."""

    def __init__(self, deed: Deed, questions: Sequence[Question]) -> None:
        super().__init__()
        self._deed, self._questions = deed, tuple(questions)
        parts = [part for asked in questions for part in asked.parts]
        self.setLayout(column(*parts, spacing=Space.TIGHT))

    @property
    def fields(self) -> dict[str, Field[Any]]:
        """All that can be typed in now, by the names errors give; a question may come to ask more."""
        return {name: field for asked in self._questions for name, field in asked.fields.items()}

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
    questions = list(_questions(deed, view, doer.login))
    if deed in NEEDS_REASON:
        questions.append(_reason(deed, view))
    questions += _filled_in(deed, view)
    if deed is Deed.REQUEST_SUPPLEMENT and view.supplement_doubts:
        questions = [_doubts(view), *questions, _meant_all_the_same()]
    return DeedForm(deed, questions)


def _questions(deed: Deed, view: DossierView, giver: str) -> Sequence[Question]:
    match deed:
        case Deed.HAND_OVER:
            return (_receiver(view, giver),)
        case Deed.FORWARD:
            return (agencies(),)
        case Deed.ANSWER:
            return (answer(view),)
        case Deed.REQUEST_SUPPLEMENT:
            return (_items(view),)
        case Deed.REQUEST_PAYMENT:
            return (_asked_payment(view),)
        case Deed.PAID:
            return (_amount(view, "Số tiền đã nộp (đồng)"), _method())
        case Deed.EXPLAIN_DELAY:
            return (new_due(view, "Ngày đề nghị hẹn lại"),)
        case Deed.APOLOGISE:
            return (new_due(view, "Ngày hẹn lại"),)
        case Deed.TELL:
            return (told_how(),)
        case Deed.CHANGE_CASE:
            agreed = (_agreement(),) if may_agree(view.dossier.field) else ()
            return (_case(view), *agreed)
        case _:
            return ()


def _filled_in(deed: Deed, view: DossierView) -> Sequence[Question]:
    """What stands below the reason, filled for the usual case: Enter passes it by, Tab comes to it."""
    match deed:
        case Deed.APOLOGISE:
            return (signer(view),)
        case Deed.HASTEN:
            return (wished(view),)
        case Deed.WITHDRAW | Deed.STOP:
            fee = (fee_back(),) if view.dossier.collected else ()
            return (asked_for(deed, view), papers_back(view), *fee)
        case _:
            return ()


# --- the questions ------------------------------------------------------------------------------


def _reason(deed: Deed, view: DossierView) -> Question:
    box = Paragraph(3)
    field = written("Lý do", box, required=True)
    if deed is Deed.UNDO:
        box.setPlainText("Bấm nhầm.")
    if deed is Deed.APOLOGISE and view.dossier.delay:
        box.setPlainText(view.dossier.delay.reason)
    return Question(
        (field,), {"reason": field}, lambda details: replace(details, reason=box.words())
    )


def _receiver(view: DossierView, giver: str) -> Question:
    usual = proposed(view.officers, giver, view.usual_receivers)
    able = receivers(view.officers, giver)
    offered = [
        (login, *words.split(" — ")) for login, words in (*([] if usual else [NOBODY]), *able)
    ]
    posts = {login: " ".join(post) for login, _, *post in offered}  # too long for one line here
    choice = Choice([(login, name) for login, name, *_ in offered])
    if usual:
        choice.choose(usual)
    field = Field("Người nhận", choice, required=True, note_lines=2)
    field.set_hint(posts.get(choice.value() or "", ""))
    choice.chosen.connect(lambda login: field.set_hint(posts[login]))
    return Question(
        (field,), {"to": field}, lambda details: replace(details, to=choice.value() or "")
    )


def _items(view: DossierView) -> Question:
    """Papers lacking, others to be handed in again, and more in words; one has to be said."""
    handed_in = [document.name for document in view.dossier.documents]
    ticks = [(Tick(name), name) for name in (*view.lacking, *handed_in)]
    for tick, _ in ticks[: len(view.lacking)]:
        tick.box.setChecked(True)
    others = Paragraph(2)
    field = written("Giấy tờ khác, mỗi dòng một giấy (Shift Enter)", others)

    def add(details: Details) -> Details:
        ticked = [name for tick, name in ticks if tick.box.isChecked()]
        typed = [line for line in others.words().splitlines() if line]
        if not (ticked or typed):
            raise BadInput("Chưa chọn giấy tờ phải bổ sung. Hãy đánh dấu hoặc ghi tên.", "items")
        return replace(details, items=(*ticked, *typed))

    parts = [tick for tick, _ in ticks]
    absent, again = parts[: len(view.lacking)], parts[len(view.lacking) :]
    labelled = [
        part
        for label, group in (("Còn thiếu", absent), ("Đã nộp, phải nộp lại", again))
        for part in ((spoken(label), *group) if group else ())
    ]
    return Question((*labelled, field), {"items": field}, add)


def _doubts(view: DossierView) -> Question:
    """What stands against it, said before anything is typed."""
    said = WrappingLabel(" ".join(view.supplement_doubts), Type.SMALL, Tone.LATE)
    return Question((said,), {}, lambda details: details)


def _meant_all_the_same() -> Question:
    """Nothing to fill in: what stands against it has to be passed over once more."""
    asked: list[bool] = []

    def add(details: Details) -> Details:
        if not details.reason:
            raise reasonless(Deed.REQUEST_SUPPLEMENT)
        if not asked:
            asked.append(True)
            raise BadInput("Vẫn yêu cầu bổ sung, dù có điều nêu ở trên, thì bấm F9 lần nữa.")
        return details

    return Question((), {}, add)


def _asked_payment(view: DossierView) -> Question:
    """The dossier's own fee while it is owed, or a tax with an amount and a name of its own."""
    line, note = Line("chưa biết mức"), Paragraph(1)
    owes = view.dossier.owed != 0
    kinds = [*([(False, "Lệ phí")] if owes else []), (True, "Thuế, khoản khác")]
    choice = Segments(kinds, "Khoản phải nộp")
    amount = Field("Số tiền phải nộp (đồng)", line, note_lines=2)
    name = written("Theo thông báo, quyết định nào", note, note_lines=0)

    def show(duty: bool) -> None:
        fee = view.dossier.owed
        line.setText(grouped(fee) if fee and not duty else "")
        name.setVisible(duty)

    def add(details: Details) -> Details:
        told = replace(details, duty=choice.value(), amount=read_amount(line.words()))
        return replace(told, note=note.line()) if choice.value() else told

    holder = QWidget()
    holder.setLayout(column(amount, name, spacing=0))  # before `show`: it wants a parent
    choice.chosen.connect(show)
    show(choice.value())
    parts = (spoken("Khoản phải nộp"), choice, holder)
    return Question(parts, {"amount": amount, "note": name}, add)


def _amount(view: DossierView, label: str) -> Question:
    line = Line("chưa biết mức")
    waits = view.dossier.status is Status.WAITING_PAYMENT
    known = view.dossier.payments[-1].amount if waits else view.dossier.owed
    if known:
        line.setText(grouped(known))
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


def _agreement() -> Question:
    """A longer limit the citizen agreed to in writing, if there is one."""
    paper, value, unit = Paragraph(2), Line(), Choice(LIMIT_UNITS)
    field = written("Văn bản thỏa thuận thời hạn dài hơn", paper, note_lines=1)
    limit = Field("Thời hạn đã thỏa thuận (số)", value, note_lines=2)
    counted = Field("Tính bằng", unit, note_lines=0)

    def add(details: Details) -> Details:
        if not paper.line():
            return details
        typed = IntakeDraft(
            limit_value=value.words(), limit_unit=unit.value() or "", limit_source=paper.line()
        )
        try:
            agreed = limit_of(Case(0), typed)
        except BadInput as wrong:
            raise BadInput(str(wrong), "agreed_limit") from None
        return replace(details, agreement=paper.line(), limit=agreed)

    fields = {"agreement": field, "agreed_limit": limit}
    return Question((field, limit, counted), fields, add)


def _about(case: Case) -> str:
    phrase = case.limit.phrase if case.limit else case.phrase
    return " · ".join(filter(None, (case.name, phrase)))
