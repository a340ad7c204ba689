"""Asks to whom dossiers are handed over, in one line at the foot of a page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from app.models.text import sort_key
from app.models.unit.officer import ROLE_LABEL, Officer, Role
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.asking_bar import AskingBar
from app.ui.widgets.choices import Choice
from app.ui.widgets.parts import Words, WrappingLabel, row

RECEIVER_WIDTH = 400
TWO_LINES = 84  # characters beside the receiver
NOBODY = ("", "Chọn người nhận: phím ↓")
NO_RECEIVER = "Hãy chọn người nhận."
_FIRST = (Role.SPECIALIST, Role.LEADER, Role.CLERK)


def receivers(officers: Sequence[Officer], giver: str) -> list[tuple[str, str]]:
    """Who may be given dossiers (login, words), specialists first and the giver last."""

    def place(officer: Officer) -> tuple[bool, int, str]:
        rank = next((n for n, role in enumerate(_FIRST) if role in officer.roles), len(_FIRST))
        return officer.login == giver, rank, sort_key(officer.name)

    able = (x for x in officers if x.active and x.roles - {Role.ADMINISTRATOR})
    return [(officer.login, _introduced(officer)) for officer in sorted(able, key=place)]


def proposed(officers: Sequence[Officer], giver: str, usual: Mapping[str, str]) -> str:
    """Who takes them all, by whoever took each field last; else the only other specialist; else ""."""
    able = {login for login, _ in receivers(officers, giver)}
    last = {login if login in able else "" for login in usual.values()}
    if last != {""} and last:
        return last.pop() if len(last) == 1 else ""
    specialists = [x.login for x in officers if x.active and Role.SPECIALIST in x.roles]
    others = [login for login in specialists if login != giver]
    return others[0] if len(others) == 1 else ""


def by_field(officers: Sequence[Officer], usual: Mapping[str, str]) -> str:
    """ "Đất đai: Lê Thị Nga; Hộ tịch: chưa rõ" where there are several fields, as far as two lines hold."""
    names = {officer.login: officer.name for officer in officers}
    told = "; ".join(f"{field}: {names.get(login, 'chưa rõ')}" for field, login in usual.items())
    if len(told) > TWO_LINES:
        told = f"Hồ sơ của {len(usual)} lĩnh vực, người nhận khác nhau."
    return told if len(usual) > 1 else ""


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
        self._left_out, self._skipped = WrappingLabel("", Type.SMALL, Tone.TODAY), ""
        self._receiver = Choice[str]()
        self._receiver.setFixedWidth(RECEIVER_WIDTH)
        self._receiver.setAccessibleName("Người nhận bàn giao")
        parts = (self._count, self._receiver, self._left_out, self._close, self._go)
        layout = row(*parts, spacing=Space.BETWEEN)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._receiver)

    def ask(self, count: int, left_out: int, offered: Sequence[tuple[str, str]]) -> None:
        """Ask for the receiver of `count` dossiers; nobody is chosen until `propose`."""
        self._receiver.offer([NOBODY, *offered])
        self._count.setText(f"Bàn giao {count} hồ sơ cho")
        self._skipped = f"bỏ qua {left_out} chưa bàn giao được" if left_out else ""
        self._left_out.setText(self._skipped)
        self._receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, login: str, fields: str) -> None:
        """Choose who usually takes them, unless somebody is chosen; else say who takes which field."""
        if login and not self._receiver.value():
            self._receiver.choose(login)
        said = (self._skipped, "" if login else fields)
        self._left_out.setText(" · ".join(filter(None, said)))

    def _settle(self) -> None:
        if receiver := self._receiver.value():
            self.settled.emit(receiver)
        else:
            self._left_out.setText(NO_RECEIVER)
