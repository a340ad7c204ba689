"""Below the form: who is parked, and how somebody leaves without being received."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desk.draft import IntakeDraft
from app.desk.intake.intake import NAMELESS
from app.store.own.keeping import Draft
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.buttons import ENTER, LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, FormRow
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row, take_down

PARK_KEY, GUIDE_KEY, REFUSE_KEY = "Alt+G", "Alt+B", "Alt+T"
UNPRINTED_KEY = "Ctrl+Return"
LONGEST = 40  # letters of a parked name; longer than any person's, its whole is told beside it
KEYS = 3  # parked intakes with a key of their own: Alt 1 to Alt 3

Outcome = Literal["guidance", "supplement", "refusal"]
OUTCOMES: list[tuple[Outcome, str]] = [
    ("guidance", "Hướng dẫn"),
    ("supplement", "Yêu cầu bổ sung"),
    ("refusal", "Từ chối tiếp nhận"),
]
PAPERS: dict[Outcome, str] = {"supplement": "Phiếu yêu cầu bổ sung", "refusal": "Phiếu từ chối"}
"""What goes to somebody by name (TT 03/2025 forms 02 and 03)."""
OUTCOME_SAID: dict[Outcome, str] = {
    "guidance": "Đã ghi lượt hướng dẫn; không tiếp nhận hồ sơ.",
    "supplement": "Đã ghi yêu cầu bổ sung; không tiếp nhận hồ sơ.",
    "refusal": "Đã ghi từ chối tiếp nhận.",
}


class IntakeFoot(QWidget):
    """Park, take up again, guide or refuse. Who is parked stands above where the line is too short."""

    taken_up = Signal(object)
    """A parked `Draft`."""

    def __init__(self) -> None:
        super().__init__()
        self.park = QuietButton("Gác lại", PARK_KEY)
        self.guide = QuietButton("Hướng dẫn, bổ sung", GUIDE_KEY)
        self.refuse = QuietButton("Từ chối", REFUSE_KEY)
        self._beside: QHBoxLayout = row(spacing=Space.BETWEEN)
        self._above: QHBoxLayout = row(None, spacing=Space.BETWEEN)
        self._home = self._beside
        self._links: list[QWidget] = []
        self._buttons = row(
            self.park, self._beside, None, self.guide, self.refuse, spacing=Space.WITHIN
        )
        self.setLayout(column(self._above, self._buttons, spacing=Space.WITHIN))

    def show_parked(self, parked: Sequence[Draft]) -> None:
        """Name whose intakes are set aside, oldest first."""
        for link in self._links:
            self._home.removeWidget(link)
            take_down(link)
        names = short_names([draft.title for draft in parked])
        self._links = [
            self._link(draft, name, place)
            for place, (draft, name) in enumerate(zip(parked, names, strict=True), 1)
            if place <= KEYS
        ]
        if len(parked) > KEYS:
            self._links.append(Words(f"+{len(parked) - KEYS}", tone=Tone.QUIET))
        self._house(self._home)

    def minimumSizeHint(self) -> QSize:
        least = max(self._width(self._own()), self._width(self._links))
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        # a link is as wide as its letters from now on
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _own(self) -> list[QWidget]:
        return [self.park, self.guide, self.refuse]

    def _width(self, parts: Sequence[QWidget]) -> int:
        return sum(part.sizeHint().width() + Space.BETWEEN for part in parts)

    def _make_room(self) -> None:
        is_short = self._width([*self._own(), *self._links]) > self.width()
        home = self._above if is_short else self._beside
        if home is not self._home:
            self._house(home)

    def _house(self, home: QHBoxLayout) -> None:
        for place, link in enumerate(self._links):
            self._home.removeWidget(link)
            home.insertWidget(place, link)
        self._home = home

    def _link(self, draft: Draft, name: str, place: int) -> LinkButton:
        link = LinkButton(name, f"Alt+{place}")
        link.setToolTip(f"Đang gác: {draft.title}")
        link.setAccessibleName(f"Lấy lại hồ sơ đang gác của {draft.title}")
        link.clicked.connect(lambda: self.taken_up.emit(draft))
        return link


def short_names(names: Sequence[str]) -> list[str]:
    """Names as there is room: one whole, two by their last two words, more by the last one alone."""
    words = {1: 100, 2: 2}.get(len(names), 1)
    short = ("chưa tên" if name == NAMELESS else " ".join(name.split()[-words:]) for name in names)
    return [name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in short]


class LeaveStrip(Card):
    """Asks, without standing in the way, why somebody leaves without being received."""

    recorded = Signal(str, str, bool)
    """Outcome, reason, and whether the paper that says so is printed."""
    closed = Signal()

    def __init__(self) -> None:
        self.outcome: Segments[Outcome] = Segments(OUTCOMES, "Kết quả")
        super().__init__("Không tiếp nhận", self.outcome, None)
        self._reason = Line("Công dân cần làm gì tiếp, hoặc vì sao không tiếp nhận")
        self._cell = Cell("Nội dung hướng dẫn hoặc lý do", self._reason, 4, required=True)
        self._missing = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._who = WrappingLabel()
        self._name = Line("như trên giấy tờ; người ấy không nói thì ghi: không cho biết")
        self._name_cell = Cell("Họ và tên người nộp", self._name, 4, required=True)
        self._name_row = FormRow(self._name_cell)
        self._is_known = False
        self._do = PrimaryButton("Ghi và in phiếu", ENTER, "printer")
        self._do.clicked.connect(lambda: self._record(prints=True))
        unprinted = QuietButton("Chỉ ghi", UNPRINTED_KEY)
        unprinted.clicked.connect(lambda: self._record(prints=False))
        never_mind = LinkButton("Thôi", "Esc")
        never_mind.clicked.connect(self.closed)
        self.outcome.chosen.connect(lambda _: self._ask_name())
        self.body.addWidget(self._who)
        self.body.addWidget(self._name_row)
        self.body.addWidget(self._missing)
        self.body.addWidget(FormRow(self._cell))
        self.body.addLayout(row(self._do, unprinted, never_mind, None, spacing=Space.BETWEEN))

    def ask(self, outcome: Outcome, missing: Sequence[str], draft: IntakeDraft) -> None:
        """Come into sight, asking for the reason of `outcome`, and who it is where nobody knows."""
        self.outcome.choose(outcome)
        self.show_person(draft)
        self._missing.setText("Còn thiếu: " + "; ".join(missing) if missing else "")
        self._missing.setVisible(bool(missing))
        self._cell.set_error("")
        self._name_cell.set_error("")
        self.show()
        first = self._reason if self._name_row.isHidden() else self._name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_person(self, draft: IntakeDraft) -> None:
        """Whom the paper goes to, as far as the form says it."""
        told = (draft.name, draft.id_number, draft.address)
        self._is_known = bool(draft.name)
        self._who.setText(f"Người nộp: {' · '.join(filter(None, told))}")
        self._who.setVisible(self._is_known)
        self._ask_name()

    def named(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with the name asked for here."""
        name = self._name.words()
        return draft if draft.name or not name else msgspec.structs.replace(draft, name=name)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed."""
        self._cell.set_error(sentence)
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed and go."""
        self._reason.clear()
        self._name.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._name.hasFocus() and not self._reason.words():
                self._reason.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._record(prints=True)
        else:
            super().keyPressEvent(event)

    def _ask_name(self) -> None:
        self._name_row.setVisible(not self._is_known and self.outcome.value() in PAPERS)

    def _record(self, *, prints: bool) -> None:
        paper = PAPERS.get(self.outcome.value(), "")
        if prints and paper and not (self._is_known or self._name.words()):
            self._name_cell.set_error(f"{paper} phải ghi cho ai. Hãy ghi họ tên người nộp.")
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.recorded.emit(self.outcome.value(), self._reason.words(), prints)
