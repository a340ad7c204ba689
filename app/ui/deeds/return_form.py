"""Who collects a result, and the fee still owed: asked by the return page and the dossier's page."""

from typing import Any, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.deeds.details import Details
from app.models.citizens.card import Card
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.text import money
from app.models.unit.officer import Officer
from app.ui.deeds.fields import Paragraph, Steps, read_amount, spoken, written
from app.ui.look.theme import Space, Tone, Weight
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.parts import Words, column, row

Way = Literal["self", "authorised", "post"]
Method = Literal["cash", "transfer", ""]
WAYS: list[tuple[Way, str]] = [
    ("self", "Chủ hồ sơ"),
    ("authorised", "Ủy quyền"),
    ("post", "Bưu chính"),
]
OTHER_KEY = "Alt+U"
METHODS: list[tuple[Method, str]] = [
    ("cash", "Tiền mặt"),
    ("transfer", "Chuyển khoản"),
    ("", "Chưa thu"),
]


class ReturnForm(QWidget):
    """Filled for the usual case: whoever filed it collects and pays in cash what is owed."""

    changed = Signal()
    """Whether the fee is taken now has changed."""

    def __init__(self, dossier: Dossier, officer: Officer) -> None:
        super().__init__()
        owner = dossier.owner
        self._collectors = _collectors(dossier)
        self._number = owner.identity.number if owner else ""
        self._owes = dossier.owed != 0
        self._known = dossier.owed
        self._way: Segments[Way] = Segments(WAYS, "Ai nhận")
        other = LinkButton("Đổi người nhận", OTHER_KEY)
        other.clicked.connect(self._next_way)
        self._collector = Paragraph(2)
        self._collector_field = written("Người nhận", self._collector, note_lines=1)
        self._waybill = Line("bưu chính cấp; chưa có thì bỏ trống")
        self._waybill_field = Field("Số phiếu gửi", self._waybill)
        self._waybill_field.hide()
        self._amount = Line("số tiền thu (đồng)")
        self._amount_field = Field("Mức thu chưa biết", self._amount, note_lines=2)
        self._method: Segments[Method] = Segments(METHODS, "Thu lệ phí")
        self.fields: dict[str, Field[Any]] = {
            "collector": self._collector_field,
            "waybill": self._waybill_field,
            "amount": self._amount_field,
        }
        may_take = officer.may(Deed.PAID)
        self._fee = QWidget()
        self._fee.setLayout(self._fee_lines())
        if not (self._owes and may_take):
            self._fee.hide()
        self._method.choose("cash" if self._known and may_take else "")
        way, name = next(iter(self._collectors.items()))
        self._way.choose(way)
        self._collector.setPlainText(name)
        self._way.chosen.connect(self._choose_way)
        self._method.chosen.connect(lambda _: self.changed.emit())
        self._amount.textEdited.connect(self._take_what_is_typed)
        self.setLayout(
            column(
                row(spoken("Ai nhận"), None, other),
                row(self._way, None),
                self._collector_field,
                self._waybill_field,
                self._fee,
            )
        )

    def steps(self) -> Steps:
        """The fee taken, if it is, then the return. Raises `BadInput`."""
        way, collector = self._way.value(), self._collector.line()
        if way == "authorised" and not collector:
            raise BadInput(
                "Chưa ghi tên người được ủy quyền. Hãy ghi theo giấy ủy quyền.", "collector"
            )
        waybill = self._waybill.words() if way == "post" else ""
        returned = (Deed.RETURN, Details(way=way, collector=collector, waybill=waybill))
        return (*self._payment(), returned)

    def name_collector(self, card: Card) -> bool:
        """Whether the cursor asks who is authorised: then it is the card's bearer."""
        is_asked = self._way.value() == "authorised" and self._collector.hasFocus()
        if not is_asked or card.number == self._number:
            return False
        self._collector.setPlainText(card.name)
        return True

    @property
    def takes_fee(self) -> bool:
        """Whether the fee is taken together with the return."""
        return self._owes and bool(self._method.value())

    def _payment(self) -> Steps:
        method = self._method.value()
        if not self.takes_fee:
            return ()
        amount = self._known or read_amount(self._amount.words())
        if amount is None:
            raise BadInput("Chưa ghi số tiền đã thu. Ghi số tiền, hoặc chọn “Chưa thu”.", "amount")
        return ((Deed.PAID, Details(amount=amount, method=method)),)

    def _fee_lines(self) -> QVBoxLayout:
        said = "chưa biết mức" if self._known is None else money(self._known)
        words = Words(f"Lệ phí còn phải thu: {said}", tone=Tone.TODAY, weight=Weight.STRONG)
        if self._known is not None:
            self._amount_field.hide()
        return column(words, row(self._method, None), self._amount_field, spacing=Space.TIGHT)

    def _take_what_is_typed(self, typed: str) -> None:
        if typed and not self._method.value():
            self._method.choose("cash")

    def _next_way(self) -> None:
        ways = [way for way, _ in WAYS]
        self._way.choose(ways[(ways.index(self._way.value()) + 1) % len(ways)])

    def _choose_way(self, way: Way) -> None:
        self._waybill_field.setVisible(way == "post")
        self._collector.setPlainText(self._collectors.get(way, ""))
        self._collector.setFocus()


def _collectors(dossier: Dossier) -> dict[Way, str]:
    """Who is known to collect each way; first how it was filed: in person, or by whom they authorised."""
    filer = dossier.applicant.name if dossier.applicant else ""
    if dossier.principal is None:
        return {"self": filer}
    return {"authorised": filer, "self": dossier.principal.name}
