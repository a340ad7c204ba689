"""Asks to whom dossiers are handed over, in one line at the foot of a page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.models.officer import ROLE_LABEL, Officer, Role
from app.models.text import sort_key
from app.ui.look.theme import Space, Tone, Weight
from app.ui.widgets.asking_bar import AskingBar
from app.ui.widgets.choices import Choice
from app.ui.widgets.parts import Words, row

RECEIVER_WIDTH = 440
_FIRST = (Role.SPECIALIST, Role.LEADER, Role.CLERK)


def receivers(officers: Sequence[Officer], giver: str) -> list[tuple[str, str]]:
    """Who may be given dossiers (login, words), specialists first and the giver last."""

    def place(officer: Officer) -> tuple[bool, int, str]:
        rank = next((n for n, role in enumerate(_FIRST) if role in officer.roles), len(_FIRST))
        return officer.login == giver, rank, sort_key(officer.name)

    able = (x for x in officers if x.active and x.roles - {Role.ADMINISTRATOR})
    return [(officer.login, _introduced(officer)) for officer in sorted(able, key=place)]


def _introduced(officer: Officer) -> str:
    role = next((role for role in (*_FIRST, *Role) if role in officer.roles), None)
    said = officer.title or (ROLE_LABEL[role] if role else "")
    return f"{officer.name} — {said}" if said else officer.name


class HandOverBar(AskingBar):
    """ "Bàn giao 5 hồ sơ cho …": the receiver is chosen by the arrow keys, Enter hands over.

    The answer is the receiver's login.
    """

    def __init__(self) -> None:
        super().__init__("Bàn giao")
        self._count = Words(weight=Weight.STRONG)
        self._left_out = Words(tone=Tone.TODAY)
        self._receiver = Choice[str]()
        self._receiver.setFixedWidth(RECEIVER_WIDTH)
        self._receiver.setAccessibleName("Người nhận bàn giao")
        parts = (self._count, self._receiver, self._left_out, None, self._close, self._go)
        layout = row(*parts, spacing=Space.BETWEEN)
        self.setLayout(layout)
        self.setFocusProxy(self._receiver)

    def ask(self, count: int, left_out: int, offered: Sequence[tuple[str, str]]) -> None:
        """Ask for the receiver of `count` dossiers; the one of last time is chosen already."""
        last = self._receiver.value()
        self._receiver.offer(offered)
        if last in dict(offered):
            self._receiver.choose(last)
        self._count.setText(f"Bàn giao {count} hồ sơ cho")
        self._left_out.setText(f"bỏ qua {left_out} chưa bàn giao được" if left_out else "")
        self._receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        if receiver := self._receiver.value():
            self.settled.emit(receiver)
