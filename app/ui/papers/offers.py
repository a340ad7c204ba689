"""What may well be done next, in a line at the foot of a page: nothing waits for it, nothing moves."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.forms import FORMS
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.events.event import EventName
from app.ui.lanes.jobs import Jobs
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone
from app.ui.papers.sheet_desk import SheetDesk
from app.ui.papers.sheet_orders import HANDED_OVER, SheetOrder
from app.ui.widgets.buttons import LinkButton, say_otherwise
from app.ui.widgets.going import Going
from app.ui.widgets.parts import Words, column, row

LIST_KEY, SLIP_KEY = "Ctrl+Shift+B", "Alt+I"
NO_LIST = (
    "Danh sách bàn giao in được ngay sau khi bàn giao. "
    "Muốn in lại thì mở một hồ sơ trong danh sách, bấm Alt P."
)
NO_SLIP = "Chưa có phiếu nào vừa lập. Muốn in lại phiếu cũ thì bấm Alt P."
SLIPS: dict[Deed, str] = {
    Deed.REQUEST_SUPPLEMENT: "supplement",
    Deed.REFUSE: "refusal",
    Deed.APOLOGISE: "apology",
    Deed.WITHDRAW: "stop",
    Deed.STOP: "stop",
    Deed.CHANGE_CASE: "change-case",
    Deed.FORWARD: "forward",
}
"""The form each of these deeds makes."""
RENEWS_RECEIPT = frozenset({Deed.CORRECT, Deed.SUPPLEMENT_RECEIVED, Deed.REAPPOINT})
"""After these the receipt in the citizen's hand says something else than the dossier."""


class Offer(QWidget):
    """A sentence and the one deed that goes with it; out of sight while there is nothing to offer."""

    wanted = Signal()

    def __init__(
        self, deed: str, key: str, icon: str, named: str = "", otherwise: str = ""
    ) -> None:
        """`named` is what the deed is called away from its sentence, in the list of commands.

        `otherwise` is said to whoever presses the key while there is nothing to offer.
        """
        super().__init__()
        self._words = Words()
        self._button = button = LinkButton(deed, key)
        button.setAccessibleName(named or deed)
        say_otherwise(button, otherwise)
        button.clicked.connect(self.wanted)
        self._drawn, self._icon = icon, Icon(icon, Tone.ACCENT)
        self.setLayout(row(self._icon, self._words, button, None, spacing=Space.BETWEEN))
        self.say("")

    def say(self, sentence: str, tone: Tone = Tone.ACCENT) -> None:
        """Offer it with these words, in the colour of how pressing it is; "" takes the offer back."""
        self._words.say(sentence, Tone.PLAIN if tone is Tone.ACCENT else tone)
        self._icon.draw(self._drawn, tone)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """What is offered now."""
        return self._words.text()


class SlipOffer(Offer):
    """The paper that a deed has just made, for whoever it concerns."""

    printed = Signal(str)
    """The form."""

    def __init__(self) -> None:
        super().__init__("In phiếu", SLIP_KEY, "printer", otherwise=NO_SLIP)
        self._form = ""
        self.wanted.connect(lambda: self.printed.emit(self._form))

    def offer(self, deed: Deed, *, has_receipt: bool) -> None:
        """Offer what goes with `deed`; a receipt that is out is wrong once the dossier is corrected."""
        self._form = SLIPS.get(deed, "")
        if deed in RENEWS_RECEIPT and has_receipt:
            self._form = "receipt"
            self._button.say("In giấy thay thế")
            self.say("Giấy hẹn đã in nay không còn đúng; hãy đổi giấy cho người nộp.", Tone.TODAY)
        elif self._form:
            self._button.say(f"In {FORMS[self._form].name}")
            self.say(f"Vừa ghi “{LABEL[deed]}”.")
        else:
            self.say("")


class HandOverList(QWidget):
    """The list that goes with what was handed over: offered right after, shown and printed."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._names: tuple[EventName, ...] = ()
        self.line = Offer("In danh sách bàn giao", LIST_KEY, "printer", otherwise=NO_LIST)
        going = Going()
        self._sheets = SheetDesk(desk, jobs, going, self)
        self.setLayout(column(self.line, going, spacing=0))
        self.line.wanted.connect(self._show_offered)
        self._sheets.told.connect(self.told)
        self.hide()

    def offer(self, names: Sequence[EventName], receiver: str) -> None:
        """Offer the list `names` went with just now."""
        self._offer(names[:1], f"Vừa bàn giao {len(names)} hồ sơ cho {receiver}.")

    def offer_each(self, lists: Sequence[Sequence[EventName]]) -> None:
        """Offer the lists they went with just now, one a receiver, to be shown and printed together."""
        count = sum(map(len, lists))
        said = f"Vừa bàn giao {count} hồ sơ cho {len(lists)} người: {len(lists)} danh sách."
        self._offer([names[0] for names in lists], said)

    def withdraw(self) -> None:
        """The papers didn't go, or something else was done since."""
        self.line.say("")
        self.hide()

    def preview(self, name: EventName, *others: EventName) -> None:
        """Show the list this dossier went with last, and the others'."""
        today = self._desk.clock().date()
        self._sheets.preview(SheetOrder(HANDED_OVER, today, today, name=name, others=others))

    def _offer(self, names: Sequence[EventName], said: str) -> None:
        self._names = tuple(names)
        self.line.say(said)
        self.show()

    def _show_offered(self) -> None:
        if self._names:
            self.preview(*self._names)
