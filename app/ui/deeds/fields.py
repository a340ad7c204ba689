"""The fields deeds are told by: long words, money, and the label over what is no field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.desk.deeds.details import Details
from app.desk.draft import IntakeDraft, fee_of
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.ui.look.theme import Tone, Type
from app.ui.widgets.fields import Field, TextBox
from app.ui.widgets.parts import Part, Words

Steps = tuple[tuple[Deed, Details], ...]
"""Deeds to be done one after the other, each with what it was told."""


@dataclass(frozen=True)
class Question:
    """One thing asked: its parts on screen, its fields by the names errors give, what it tells."""

    parts: tuple[Part, ...]
    fields: Mapping[str, Field[Any]]
    add: Callable[[Details], Details]
    """The details with the answer; raises `BadInput`."""


class Paragraph(TextBox):
    """Words that may be long; Enter goes on to the next field, Shift Enter begins a line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def line(self) -> str:
        """What was typed, as one line."""
        return " ".join(self.words().split())


def written(
    label: str, box: Paragraph, *, required: bool = False, note_lines: int = 2
) -> Field[Any]:
    """A paragraph under its label; what is wrong with it is forgotten once it is typed over."""
    field = Field(label, box, required=required, note_lines=note_lines)
    box.textChanged.connect(lambda: field.set_error(""))
    return field


def spoken(label: str) -> Words:
    """The label over what is no field."""
    return Words(label, Type.SMALL, Tone.QUIET)


def read_amount(text: str) -> int | None:
    """Đồng as typed, "8.000"; None when nothing is. Raises `BadInput` beside "amount"."""
    try:
        return fee_of(IntakeDraft(fee_amount=text), None).amount
    except BadInput as wrong:
        raise BadInput(str(wrong), "amount") from None
