"""What is wrong with a draft, beside the fields: told once a field was left, or a save was tried."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.ui.intake.procedure_card import ProcedureCard
from app.ui.widgets.fields import Line, TextBox
from app.ui.widgets.form_row import Input

# what a sentence of the desk is about → the draft's field it stands beside
BESIDE = {
    "number": "id_number",
    "reason": "id_number",
    "id_reason": "id_number",
    "principal_reason": "principal_number",
    "limit": "limit_value",
}


class Errors(QObject):
    """Beside `procedure` and the inputs that are added; a sentence waits for an input yet to be made."""

    def __init__(self, procedure: ProcedureCard, is_agreed: Callable[[], bool]) -> None:
        """`is_agreed`: whether the limit is one that was agreed in writing."""
        super().__init__(procedure)
        self._procedure, self._is_agreed = procedure, is_agreed
        self._inputs: Mapping[str, Input] = {}
        self._sentences: Mapping[str, str] = {}
        self._left: set[str] = set()
        self._is_tried = False

    def add(self, inputs: Mapping[str, Input]) -> None:
        """Stand beside these too, by the draft's fields."""
        self._inputs = {**self._inputs, **inputs}
        for beside in inputs.values():
            beside.control.installEventFilter(self)
        self._say()

    def begin(self) -> None:
        """Another draft: nothing of it is wrong before it was left or saved."""
        self._is_tried = False
        self._left.clear()
        self.show({})

    def leave(self, fields: Iterable[str]) -> None:
        """From here on what is wrong with these is told."""
        self._left.update(fields)

    def try_save(self) -> None:
        """From here on an empty field is wrong too."""
        self._is_tried = True

    def show(self, errors: Mapping[str, str]) -> None:
        """The desk's sentences, by what each is about."""
        self._sentences = {self._place_of(field): told for field, told in errors.items()}
        self._say()

    def are_there(self) -> bool:
        """Whether the desk would refuse what stands here, as far as it has looked."""
        return bool(self._sentences)

    def refuse(self, field: str, sentence: str) -> QWidget | None:
        """Say `sentence` beside `field`: the control it is typed in, if it has one here."""
        field = self._place_of(field)
        self._sentences = {**self._sentences, field: sentence}
        self._say()
        if field == "procedure":
            return self._procedure.line
        if field not in self._inputs:
            return None
        self._inputs[field].set_error(sentence)
        return self._inputs[field].control

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            if isinstance(watched, Line | TextBox) and watched.words():
                self.leave(field for field, one in self._inputs.items() if one.control is watched)
            self._say()
        return False

    def _place_of(self, field: str) -> str:
        """The input a sentence about `field` stands beside."""
        if field in ("limit", "limit_value") and self._is_agreed():
            return "agreed_limit"
        return BESIDE.get(field, field)

    def _say(self) -> None:
        told = self._sentences.get("procedure", "") if self._is_tried else ""
        self._procedure.say_wrong(told)
        for field, beside in self._inputs.items():
            is_told = self._is_tried or field in self._left
            sentence = self._sentences.get(field, "") if is_told else ""
            is_typed_in = bool(sentence) and beside.control.hasFocus()
            if sentence != beside.error() and not is_typed_in:
                beside.set_error(sentence)
