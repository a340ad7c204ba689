"""The result about to be returned: whose it is, who collects it, what is still to be paid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from app.models.citizens.card import Card as IdCard
from app.models.dossiers.lifecycle import Status, label
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.deeds.fields import Steps
from app.ui.deeds.return_form import ReturnForm
from app.ui.dossier.columns import spoken_due
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.returning.signing import Signing, to_sign
from app.ui.widgets.buttons import LinkButton, PrimaryButton, say_otherwise
from app.ui.widgets.parts import (
    Card,
    EmptyState,
    Part,
    Pill,
    Words,
    WrappingLabel,
    column,
    put_into,
    row,
)

OPEN_KEY, SIGN_KEY = "Ctrl+O", "Alt+P"
NOBODY = "Chọn kết quả để trả trước: quét phiếu hẹn, hoặc gõ tên rồi bấm Enter."
RETURN, TAKE_AND_RETURN = "Trả kết quả", "Thu tiền và trả kết quả"


class ReturnCard(Card):
    """Empty until a dossier is scanned or chosen."""

    print_wanted = Signal(str, object)
    """A form and the `EventName` of its dossier."""

    def __init__(self, officer: Officer) -> None:
        super().__init__()
        self._officer = officer
        self._view: DossierView | None = None
        self._form: ReturnForm | None = None
        self._content = QScrollArea()
        self._content.setWidgetResizable(True)
        self._content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._said = WrappingLabel("", Type.SMALL, Tone.LATE)
        self.open = LinkButton("Mở hồ sơ", OPEN_KEY)
        self.go = PrimaryButton(RETURN, PRIMARY_KEY)
        say_otherwise(self.go, NOBODY)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._said)
        self.body.addWidget(self.go)
        self.body.addLayout(row(self.open, None))
        self.show_none()

    @property
    def view(self) -> DossierView | None:
        """The dossier on the card, as it was looked up."""
        return self._view

    @property
    def name(self) -> EventName | None:
        """The dossier on the card."""
        return self._view.name if self._view else None

    def show_none(self, signed: Signing | None = None) -> None:
        """Wait for the next one; `signed` is said of the one just given back."""
        self._view = self._form = None
        waits = EmptyState("scan-line", "Quét phiếu hẹn", "hoặc gõ tên rồi bấm Enter để chọn")
        self._put(self._to_sign(signed, waits) if signed else waits)
        self._can_go(False)

    def show_view(self, view: DossierView) -> None:
        """Show a dossier; of the same one what was refused stays said, and unchanged what is typed."""
        if self._view and (self._view.name, self._view.dossier) == (view.name, view.dossier):
            return
        said = self._said.text() if self.name == view.name else ""
        self._view, self._form = view, None
        if view.dossier.status is Status.RESOLVED:
            self._form = ReturnForm(view.dossier, self._officer)
            self._form.changed.connect(self._say_deed)
        if self._form:
            self._put(_content(view, self._form, WrappingLabel(to_sign(view.dossier), Type.SMALL)))
        else:
            self._put(_content(view, WrappingLabel(why_not(view), tone=Tone.TODAY)))
        self._said.setText(said)
        self._can_go(self._form is not None)
        self._say_deed()

    def steps(self) -> Steps:
        """What returning it takes; nothing while it can't be returned. Raises `BadInput`."""
        return self._form.steps() if self._form else ()

    def name_collector(self, card: IdCard) -> bool:
        """Whether the bearer of an identity card was what is asked here."""
        return self._form is not None and self._form.name_collector(card)

    def refuse(self, refusal: Refused) -> None:
        """Say why it can't be done: beside the field it names, or above the button."""
        field = refusal.field if isinstance(refusal, BadInput) else ""
        if self._form and field in self._form.fields:
            self._form.fields[field].set_error(str(refusal))
            self._form.fields[field].control.setFocus()
        else:
            self._said.setText(str(refusal))

    def _to_sign(self, signed: Signing, below: QWidget) -> QWidget:
        link = LinkButton("In giấy để ký", SIGN_KEY)
        link.clicked.connect(lambda: self.print_wanted.emit(signed.form, signed.name))
        said = WrappingLabel(signed.sentence)
        content = QWidget()
        whole = column(said, row(link, None), below, spacing=Space.WITHIN)
        whole.setStretch(2, 1)
        content.setLayout(whole)
        return content

    def _put(self, content: QWidget) -> None:
        put_into(self._content, content)
        self._said.setText("")

    def _can_go(self, can: bool) -> None:
        self.go.setEnabled(can)
        self.open.setEnabled(self._view is not None)

    def _say_deed(self) -> None:
        takes = self._form is not None and self._form.takes_fee
        self.go.say(TAKE_AND_RETURN if takes else RETURN)


def why_not(view: DossierView) -> str:
    """Why a dossier that was scanned can't be returned now, and what to do."""
    dossier = view.dossier
    if dossier.returned_at is not None:
        return f"Kết quả đã trả lúc {dossier.returned_at:%H:%M %d/%m/%Y}."
    where = f"ở {view.named(dossier.holder)}"
    due = spoken_due(dossier.due, view.now)
    return (
        f"Chưa trả được: hồ sơ đang “{label(dossier.status)}”, {where}, hẹn {due}. Mở hồ sơ để xem."
    )


def _content(view: DossierView, *below: QWidget) -> QWidget:
    dossier = view.dossier
    refused = dossier.outcome == "refused"
    result = Pill("Kết quả: từ chối", Tone.LATE, "circle-x") if refused else None
    name = dossier.applicant.name if dossier.applicant else ""
    parts: list[Part] = [
        Words(view.code, figures=True, tone=Tone.QUIET),
        WrappingLabel(name, Type.TITLE, weight=Weight.STRONG),
        WrappingLabel(dossier.procedure_name),
        *([row(result, None)] if result else []),
        Space.BETWEEN,
        *below,
        None,
    ]
    content = QWidget()
    content.setLayout(column(*parts, spacing=Space.TIGHT))
    return content
