"""What is seldom changed: the request in the citizen's words, who receives, resolves and returns, the fee."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desk.draft import IntakeDraft, may_agree
from app.models.events.event import UnitDescribed
from app.models.procedures.fee import Fee
from app.models.procedures.procedure import Procedure
from app.ui.intake.procedure_card import UNITS
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Field, Line, TextBox
from app.ui.widgets.form_row import Input
from app.ui.widgets.parts import Card, Divider, Words, WrappingLabel, column, row

REQUEST_LINES = 2
LABELS = {
    "received_unit": "Nơi tiếp nhận",
    "waybill": "Số phiếu gửi",
    "return_place": "Nơi trả kết quả",
    "resolving_agency": "Cơ quan giải quyết",
    "fee_amount": "Số tiền (đồng)",
    "fee_exempt": "Miễn",
    "urgent": "Cần sớm",
    "wished": "Cần trước",
}


def says_details(draft: IntakeDraft) -> bool:
    """Whether anything stands in `draft` that is typed in the details."""
    return any(getattr(draft, field) for field in (*LABELS, "agreement", "request"))


class Agreement(QWidget):
    """The paper in which the citizen agreed to a longer limit, and that limit; in sight where it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.paper, self.value = Line("số, ngày của văn bản; bỏ trống khi không có"), Line("số")
        self.unit: Choice[str] = Choice(UNITS)
        paper = Field("Văn bản thỏa thuận thời hạn dài hơn", self.paper)
        value = Field("Thời hạn đã thỏa thuận", self.value)
        self.inputs: dict[str, Input] = {"agreement": paper, "agreed_limit": value}
        self.setLayout(column(paper, _halves(value, Field("Đơn vị", self.unit)), spacing=0))
        self.hide()

    def fill(self, draft: IntakeDraft) -> None:
        """Show what was agreed."""
        self.paper.setText(draft.agreement)
        self.value.setText(draft.limit_value if draft.agreement else "")
        self.unit.choose(draft.limit_unit)

    def stands(self) -> bool:
        """Whether one is typed, where one may be."""
        return bool(self.paper.words()) and not self.isHidden()

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with the agreement and its limit, which goes before the catalogue's."""
        if not self.stands():
            return msgspec.structs.replace(draft, agreement="")
        with_paper = msgspec.structs.replace(draft, agreement=self.paper.words())
        if not self.value.words() and draft.limit_value:
            return with_paper  # where the catalogue has no limit, it is typed beside the procedure
        return msgspec.structs.replace(
            with_paper, limit_value=self.value.words(), limit_unit=self.unit.value() or ""
        )


class DetailsCard(Card):
    """Folded until it is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Chi tiết hồ sơ")
        self.request = TextBox(REQUEST_LINES)
        self._from_procedure = ""
        self._lines = {
            "received_unit": Line(),
            "waybill": Line("bưu chính mang đến; bỏ trống khi nộp trực tiếp"),
            "return_place": Line(),
            "resolving_agency": Line(),
            "fee_amount": Line("theo quy định"),
            "fee_exempt": Line("lý do miễn"),
            "urgent": Line("lý do; bỏ trống khi không cần sớm"),
            "wished": Line("10:30, 15h, 9h30 25/11"),
        }
        fields = [Field(label, self._lines[name]) for name, label in LABELS.items()]
        self._request_field = Field("Nội dung yêu cầu giải quyết", self.request)
        self.inputs: dict[str, Input] = {"request": self._request_field}
        self.inputs.update(zip(LABELS, fields, strict=True))
        self.agreement = Agreement()
        self.inputs.update(self.agreement.inputs)
        self._when: Segments[str] = Segments(
            [("on_return", "Thu khi trả kết quả"), ("now", "Thu ngay")], "Lúc thu"
        )
        self._method: Segments[str] = Segments(
            [("cash", "Tiền mặt"), ("transfer", "Chuyển khoản")], "Cách thu"
        )
        self._rule = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._lay_out(*fields)
        self._connect()
        self.hide()

    def _lay_out(
        self, unit: QWidget, waybill: QWidget, place: QWidget, agency: QWidget, *others: QWidget
    ) -> None:
        fee, haste = others[:2], others[2:]
        self.body.addLayout(_halves(*haste))
        self.body.addWidget(self._request_field)
        self.body.addLayout(_halves(unit, waybill))
        for field in (place, agency):
            self.body.addWidget(field)
        self.body.addWidget(self.agreement)
        self.body.addWidget(Divider())
        self.body.addWidget(Words("Lệ phí", weight=Weight.STRONG))
        self.body.addWidget(self._rule)
        self.body.addLayout(_halves(*fee))
        self.body.addLayout(row(self._when, Space.PADDING, self._method, None))

    def _connect(self) -> None:
        for signal in (
            self.request.textChanged,
            *(line.textChanged for line in self._lines.values()),
            self.agreement.paper.textChanged,
            self.agreement.value.textChanged,
            self.agreement.unit.chosen,
            self._when.chosen,
            self._method.chosen,
        ):
            signal.connect(self.changed)

    # --- the draft ---

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        self._from_procedure = ""
        self.request.setPlainText(draft.request)
        for name, line in self._lines.items():
            line.setText(getattr(draft, name))
        self.agreement.fill(draft)
        self._when.choose(draft.fee_when or "on_return")
        self._method.choose(draft.fee_method or "cash")

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with what stands here."""
        texts = {name: line.words() for name, line in self._lines.items()}
        request = self.request.words()
        return msgspec.structs.replace(
            self.agreement.into(draft),
            request=request,
            fee_when=self._when.value(),
            fee_method=self._method.value(),
            **texts,
        )

    # --- what is known ---

    def take_procedure(self, procedure: Procedure | None) -> None:
        """Fill the request from the procedure, unless the citizen's own words stand there."""
        self.agreement.setVisible(procedure is not None and may_agree(procedure.field))
        if procedure is None:
            return
        if self.request.words() in ("", self._from_procedure):
            self.request.setPlainText(procedure.name)
        self._from_procedure = procedure.name

    def know_unit(self, unit: UnitDescribed) -> None:
        """Say what each place is when nothing is typed."""
        for name, usual in (
            ("received_unit", unit.name),
            ("return_place", unit.return_place or unit.name),
            ("resolving_agency", unit.agency_upper),
        ):
            self._lines[name].setPlaceholderText(usual)

    def show_rule(self, ruled: Fee | None) -> None:
        """How the fee comes about, and who is exempt."""
        parts = [ruled.explanation, ruled.article] if ruled else []
        if ruled and ruled.exemptions:
            parts.append("được miễn, giảm: " + "; ".join(ruled.exemptions))
        self._rule.setText(" · ".join(filter(None, parts)))

    def go_to_fee(self) -> None:
        """Put the cursor where the amount is typed."""
        self._lines["fee_amount"].setFocus()


def _halves(*fields: QWidget) -> QHBoxLayout:
    layout = row(*fields, spacing=Space.BETWEEN)
    for place in range(len(fields)):
        layout.setStretch(place, 1)
    return layout
