"""Asks to whom dossiers are handed over, in one line at the foot of a page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.looking.usual_receivers import Share
from app.models.events.event import EventName
from app.models.text import sort_key
from app.models.unit.officer import ROLE_LABEL, Officer, Role
from app.ui.deeds.deeds import Shares
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.asking_bar import AskingBar
from app.ui.widgets.choices import Choice
from app.ui.widgets.parts import Words, WrappingLabel, column, row, take_down

RECEIVER_WIDTH, NAME_WIDTH = 400, 352
NOBODY = ("", "Chọn người nhận: phím ↓")
EACH = ("*", "Mỗi lĩnh vực một người")
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


def _introduced(officer: Officer) -> str:
    role = next((role for role in (*_FIRST, *Role) if role in officer.roles), None)
    said = officer.title or (ROLE_LABEL[role] if role else "")
    return f"{officer.name} — {said}" if said else officer.name


class HandOverBar(AskingBar):
    """ "Bàn giao 5 hồ sơ cho …": the receiver is chosen by the arrow keys, Enter hands over.

    The answer is the receiver's login. Of several fields each may have a receiver of its own, which
    stand below: then the answer is `shared`.
    """

    shared = Signal(object)
    """The `Shares`."""
    grew = Signal(int)
    """How high it is now, px."""

    def __init__(self) -> None:
        super().__init__("Bàn giao")
        self._count = Words(weight=Weight.STRONG)
        self._left_out, self._skipped = WrappingLabel("", Type.SMALL, Tone.TODAY), ""
        self._receiver = Choice[str]()
        self._receiver.setFixedWidth(RECEIVER_WIDTH)
        self._receiver.setAccessibleName("Người nhận bàn giao")
        self._each = _Each()
        self._offered: Sequence[tuple[str, str]] = ()
        parts = (self._count, self._receiver, self._left_out, self._close, self._go)
        line = row(*parts, spacing=Space.BETWEEN)
        line.setStretch(2, 1)
        self.setLayout(column(self._each, line, spacing=Space.WITHIN))
        self.setFocusProxy(self._receiver)
        self._receiver.chosen.connect(self._show_each)

    def ask(self, count: int, left_out: int, offered: Sequence[tuple[str, str]]) -> None:
        """Ask for the receiver of `count` dossiers; nobody is chosen until `propose`."""
        self._offered = offered
        self._each.clear()
        self._receiver.offer([NOBODY, *offered])
        self._count.setText(f"Bàn giao {count} hồ sơ cho")
        self._skipped = f"bỏ qua {left_out} chưa bàn giao được" if left_out else ""
        self._left_out.setText(self._skipped)
        self._receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, found: Sequence[tuple[Share, str]]) -> None:
        """Choose who usually takes them, `found` by field, unless somebody is chosen already."""
        logins = {login for _, login in found}
        several, chosen = len(found) > 1, self._receiver.value()
        one = logins.pop() if len(logins) == 1 else EACH[0] if several else ""
        if several:
            self._each.offer(found, self._offered)
            self._receiver.offer(
                [EACH if one else NOBODY, *([] if one else [EACH]), *self._offered]
            )
        if chosen or one:
            self._receiver.choose(chosen or one)
        self._show_each()
        if self._each.lacks() and self._each.isVisible() and self._receiver.hasFocus():
            self._each.go_to_lacking()

    def _show_each(self) -> None:
        is_each = self._receiver.value() == EACH[0]
        self._each.setVisible(is_each)
        self._left_out.setText(self._skipped)
        self.grew.emit(Measure.PRIMARY + (self._each.height_wanted() if is_each else 0))

    def _settle(self) -> None:
        receiver = self._receiver.value()
        if receiver == EACH[0] and (field := self._each.lacks()):
            self._left_out.setText(f"Hãy chọn người nhận của {field}.")
            self._each.go_to_lacking()
        elif receiver == EACH[0]:
            self.shared.emit(self._each.shares())
        elif receiver:
            self.settled.emit(receiver)
        else:
            self._left_out.setText(NO_RECEIVER)


class _Each(QWidget):
    """A receiver a field, two fields a line; out of sight while one takes them all."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[Share, Choice[str]]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.BETWEEN)
        self._grid.setVerticalSpacing(Space.TIGHT)
        for place in (0, 2):
            self._grid.setColumnStretch(place, 1)
        self.setLayout(self._grid)
        self.hide()

    def clear(self) -> None:
        self._rows = []
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                take_down(widget)

    def offer(self, found: Sequence[tuple[Share, str]], offered: Sequence[tuple[str, str]]) -> None:
        """One of `offered` for each field, as `found` proposes."""
        self.clear()
        for number, (share, login) in enumerate(found):
            named = [(login, words.partition(" — ")[0]) for login, words in offered]
            choice = Choice([*([] if login else [NOBODY]), *named])
            if login:
                choice.choose(login)
            choice.setFixedWidth(NAME_WIDTH)
            choice.setAccessibleName(f"Người nhận của {share.field}")
            words = WrappingLabel(f"{share.field} · {len(share.names)} hồ sơ", Type.SMALL)
            line, place = divmod(number, 2)
            self._grid.addWidget(words, line, 2 * place)
            self._grid.addWidget(choice, line, 2 * place + 1)
            self._rows.append((share, choice))

    def height_wanted(self) -> int:
        """px, with what parts it from the line below."""
        return -(-len(self._rows) // 2) * (Measure.ROW + Space.TIGHT) + Space.WITHIN

    def lacks(self) -> str:
        """The first field without a receiver; "" when each has one."""
        return next((share.field for share, choice in self._rows if not choice.value()), "")

    def go_to_lacking(self) -> None:
        for _, choice in self._rows:
            if not choice.value():
                choice.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def shares(self) -> Shares:
        """What each receiver takes, of whatever fields."""
        taken: dict[str, tuple[EventName, ...]] = {}
        for share, choice in self._rows:
            login = choice.value() or ""
            taken[login] = (*taken.get(login, ()), *share.names)
        return tuple(taken.items())
