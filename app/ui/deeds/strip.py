"""Asks what a deed needs to be told, on the page itself: nothing else is locked meanwhile."""

from collections.abc import Collection
from typing import NamedTuple

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

from app.desk.deeds.progress import reversal_sentence
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.deeds.forms import DeedForm, form_for
from app.ui.deeds.return_form import ReturnForm
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import Words, WrappingLabel, column, row, take_down
from app.ui.widgets.typed import typed_in

Form = DeedForm | CorrectionForm | ReturnForm
CHANGED = "Hồ sơ đã đổi từ khi nhập dở. Xem lại trước khi ghi."
MERGED = "Quầy khác vừa sửa hồ sơ này. Xem từng mục ở trên rồi ghi."


class _Asked(NamedTuple):
    """A form, how it stood before anybody typed, and the dossier it was made of."""

    name: EventName
    deed: Deed
    form: Form
    blank: tuple[object, ...]
    dossier: Dossier


class DeedStrip(QWidget):
    """The form of one deed. Enter goes on to the next field and does the deed after the last.

    One that is left half typed is kept while the window stands, for when its deed is asked again.
    """

    settled = Signal(object)
    """The deed's `Steps`."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._asked: _Asked | None = None
        self._kept: dict[tuple[EventName, Deed], _Asked] = {}
        self._title = Words(size=Type.TITLE, weight=Weight.STRONG)
        self._about = WrappingLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._said = WrappingLabel(size=Type.SMALL, tone=Tone.LATE)
        self._body = QVBoxLayout()
        self._go = PrimaryButton("", PRIMARY_KEY)
        close = LeaveLink("Thôi")
        self._go.clicked.connect(self._settle)
        close.clicked.connect(self.closed)
        scrolled = QWidget()
        scrolled.setLayout(column(self._title, self._about, self._body, None, spacing=Space.TIGHT))
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        foot = row(close, None)
        self.setLayout(column(area, self._said, self._go, foot, spacing=Space.WITHIN))
        self._say("")

    def ask(self, deed: Deed, view: DossierView, doer: Officer) -> None:
        """Ask what `deed` needs; the focus goes to the first field."""
        self.set_aside()
        kept = self._kept.pop((view.name, deed), None)
        merged = self._merged(kept, view) if kept else None
        if kept and merged:
            kept.form.deleteLater()
            kept = kept._replace(form=merged, dossier=view.dossier)
        is_other = kept and kept.dossier != view.dossier and deed is not Deed.CORRECT
        self._put(kept._replace(dossier=view.dossier) if kept else _asked(deed, view, doer))
        self._title.setText(LABEL[deed])
        last = view.last_deed
        again = f"Bỏ việc “{LABEL[last]}” vừa ghi. Bỏ nhầm thì ghi lại." if last else ""
        self._about.setText((again if deed is Deed.UNDO else "") or reversal_sentence(deed))
        self._go.say(LABEL[deed])
        self._say(MERGED if merged else CHANGED if is_other else "")
        if controls := self._controls():
            self._go_to(controls[0], is_new=kept is None)

    def taken_back(self) -> EventName | None:
        """The deed that an undo asked for here means: the dossier's last when it was asked for."""
        asked = self._asked
        return asked.dossier.last_change if asked and asked.deed is Deed.UNDO else None

    def heed(self, view: DossierView) -> None:
        """The dossier is looked at anew: what is typed of a correction is held against it."""
        was = self._asked
        if was is None or was.name != view.name:
            return
        left, focus = was.form, QApplication.focusWidget()
        if (form := self._merged(was, view)) and isinstance(left, CorrectionForm):
            field = form.fields.get(left.control_of(focus))
            self.drop()
            self._put(was._replace(form=form, dossier=view.dossier))
            self._say(MERGED)
            if field is not None:
                self._go_to(field.control, is_new=False)

    def set_aside(self) -> None:
        """Take the form out of sight; what is typed in it stays for when it is asked again."""
        if asked := self._asked:
            if typed_in(asked.form) == asked.blank:
                self.drop()
                return
            self._kept[asked.name, asked.deed] = asked
            self._body.removeWidget(asked.form)
            asked.form.hide()
            self._asked = None

    def drop(self) -> None:
        """Forget the form, and what is typed in it."""
        if asked := self._asked:
            self._body.removeWidget(asked.form)
            take_down(asked.form)
            self._asked = None

    def forget(self, names: Collection[EventName], deed: Deed) -> None:
        """The deed is done: nothing is left to be typed of it."""
        if self._asked and self._asked.name in names and self._asked.deed is deed:
            self.drop()
        for name in names:
            if kept := self._kept.pop((name, deed), None):
                kept.form.deleteLater()

    def unfinished(self, name: EventName) -> list[Deed]:
        """The deeds of a dossier whose forms were left half typed."""
        return [deed for of, deed in self._kept if of == name]

    def refuse(self, refusal: Refused) -> None:
        """Say why it can't be done: beside the field it names, or above the buttons."""
        name = refusal.field if isinstance(refusal, BadInput) else ""
        field = self._form.fields.get(name) if self._form else None
        if field is None or not field.isVisibleTo(self):
            self._say(str(refusal))
            return
        field.set_error(str(refusal))
        self._go_to(field.control)
        self._area.ensureWidgetVisible(field)  # with the sentence below it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    @property
    def _form(self) -> Form | None:
        return self._asked.form if self._asked else None

    def _put(self, asked: _Asked) -> None:
        self._asked = asked
        self._body.addWidget(asked.form)
        asked.form.show()  # now, since the focus goes to one of its fields

    def _merged(self, was: _Asked, view: DossierView) -> CorrectionForm | None:
        """A correction anew, with what was typed of the one left; None while nothing it asks changed."""
        if was.dossier == view.dossier or not isinstance(was.form, CorrectionForm):
            return None
        form = CorrectionForm(view)
        if form.was == was.form.was:
            form.deleteLater()
            return None
        form.merge(was.form)
        return form

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

    def _go_to(self, control: QWidget, *, is_new: bool = True) -> None:
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_new and isinstance(control, QLineEdit | QPlainTextEdit):
            control.selectAll()  # what is typed replaces what was suggested
        self._area.ensureWidgetVisible(control)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _settle(self) -> None:
        assert self._form is not None
        self._say("")
        try:
            self.settled.emit(self._form.steps())
        except BadInput as wrong:
            self.refuse(wrong)


def _asked(deed: Deed, view: DossierView, doer: Officer) -> _Asked:
    form = form_for(deed, view, doer)
    return _Asked(view.name, deed, form, typed_in(form), view.dossier)
