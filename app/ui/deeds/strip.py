"""Asks what a deed needs to be told, on the page itself: nothing else is locked meanwhile."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.desk.progress import reversal_sentence
from app.models.errors import BadInput, Refused
from app.models.lifecycle import LABEL, Deed
from app.models.officer import Officer
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.deeds.forms import DeedForm, form_for
from app.ui.deeds.return_form import ReturnForm
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import Words, WrappingLabel, column, row

Form = DeedForm | CorrectionForm | ReturnForm


class DeedStrip(QWidget):
    """The form of one deed. Enter goes on to the next field and does the deed after the last."""

    settled = Signal(object)
    """The deed's `Steps`."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._title = Words(size=Type.TITLE, weight=Weight.STRONG)
        self._about = WrappingLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._said = WrappingLabel(size=Type.SMALL, tone=Tone.LATE)
        self._body = QVBoxLayout()
        self._go = PrimaryButton("", PRIMARY_KEY)
        close = LeaveLink("Thôi")
        self._go.clicked.connect(self._settle)
        close.clicked.connect(self.closed)
        scrolled = QWidget()
        scrolled.setLayout(
            column(self._title, self._about, self._body, self._said, None, spacing=Space.TIGHT)
        )
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        self.setLayout(column(area, self._go, row(close, None), spacing=Space.WITHIN))

    def ask(self, deed: Deed, view: DossierView, doer: Officer) -> None:
        """Ask what `deed` needs; the focus goes to the first field."""
        self._put(form_for(deed, view, doer))
        self._title.setText(LABEL[deed])
        last = view.last_deed
        again = f"Bỏ việc “{LABEL[last]}” vừa ghi. Bỏ nhầm thì ghi lại." if last else ""
        self._about.setText((again if deed is Deed.UNDO else "") or reversal_sentence(deed))
        self._go.say(LABEL[deed])
        self._said.setText("")
        if controls := self._controls():
            self._go_to(controls[0])

    def refuse(self, refusal: Refused) -> None:
        """Say why it can't be done: beside the field it names, or above the buttons."""
        name = refusal.field if isinstance(refusal, BadInput) else ""
        field = self._form.fields.get(name) if self._form else None
        if field is None or not field.isVisibleTo(self):
            self._said.setText(str(refusal))
            self._area.ensureWidgetVisible(self._said)
            return
        field.set_error(str(refusal))
        self._go_to(field.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    def _put(self, form: Form) -> None:
        if self._form is not None:
            self._body.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        self._body.addWidget(form)
        form.show()  # now, since the focus goes to one of its fields

    def _controls(self) -> list[QWidget]:
        """The fields in sight, in their order."""
        fields = self._form.fields.values() if self._form else ()
        return [field.control for field in fields if field.isVisibleTo(self)]

    def _go_on(self) -> None:
        controls = self._controls()
        focus = QApplication.focusWidget()
        place = controls.index(focus) if focus in controls else len(controls) - 1
        if place + 1 < len(controls):
            self._go_to(controls[place + 1])
        else:
            self._settle()

    def _go_to(self, control: QWidget) -> None:
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(control, QLineEdit | QPlainTextEdit):
            control.selectAll()  # what is typed replaces what was suggested
        self._area.ensureWidgetVisible(control)

    def _settle(self) -> None:
        assert self._form is not None
        self._said.setText("")
        try:
            self.settled.emit(self._form.steps())
        except BadInput as wrong:
            self.refuse(wrong)
