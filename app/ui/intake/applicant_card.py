"""Who files and for whom: typed or scanned, with what waits for that person."""

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.desk.draft import IntakeDraft
from app.desk.intake.people import Person
from app.models.citizens.applicant import IdKind, Kind, Sex
from app.models.citizens.card import Card as IdCard
from app.ui.intake.person_words import blanks, is_another, known_briefly, known_said
from app.ui.intake.waiting_line import Waiting
from app.ui.look import icons
from app.ui.look.theme import Colour, Measure, Space, Tone, Type
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import DayLine, Line, written_day
from app.ui.widgets.form_row import Cell, FormRow, Input
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Card, Divider, ElidedLabel, column

AUTHORISED_KEY, DETAILS_KEY, KNOWN_KEY = "Alt+U", "Alt+C", "Alt+D"
URGENT_KEY = "Alt+S"
POPUP_WIDTH = 180
HOME = "Nơi cư trú"
KINDS: list[tuple[Kind, str]] = [("person", "Cá nhân"), ("organisation", "Tổ chức")]
ID_KINDS = [
    (IdKind.CITIZEN.value, "Căn cước"),
    (IdKind.PASSPORT.value, "Hộ chiếu"),
    (IdKind.OLD.value, "CMND cũ"),
    (IdKind.TAX.value, "Mã số thuế"),
    (IdKind.NONE.value, "Không có giấy tờ"),
]
_PLACEHOLDERS = {
    IdKind.CITIZEN.value: "12 chữ số",
    IdKind.OLD.value: "9 chữ số",
    IdKind.TAX.value: "10 hoặc 13 chữ số",
    IdKind.NONE.value: "lý do không có",
}


PRINCIPALS = (
    *(name for name in IntakeDraft.__struct_fields__ if name.startswith("principal_")),
    "authorisation",
)
"""What is asked of the principal: kept also while none of it is in sight."""


class KindChoice(Choice[str]):
    """The kind of paper a number comes from, in place of the number's label."""

    def __init__(self) -> None:
        super().__init__(ID_KINDS)
        self.setFixedHeight(Measure.ICON + Measure.FOCUS)
        self.setAccessibleName("Loại giấy tờ")
        self.view().setMinimumWidth(POPUP_WIDTH)
        self.currentIndexChanged.connect(self._fit)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QComboBox.paintEvent(self, event)  # the arrow of a field would be too large for a label
        colour = Colour.ACCENT if self.hasFocus() else Colour.QUIET
        left, top = self.width() - Type.SMALL, (self.height() - Type.SMALL) / 2
        painter = QPainter(self)
        icons.paint(painter, "chevron-down", QRectF(left, top, Type.SMALL, Type.SMALL), colour)
        painter.end()

    def _fit(self) -> None:
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        self.setFixedWidth(words + Space.WITHIN + Type.SMALL)


class Principal(QWidget):
    """Who authorised the filer, and the paper that says so."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = {
            "principal_name": Line(),
            "principal_number": Line(),
            "principal_phone": Line(),
            "principal_address": Line(),
            "principal_email": Line(),
            "authorisation": Line("Số, ngày của giấy; nơi công chứng hoặc chứng thực"),
        }
        cells = {
            "principal_name": Cell(
                "Người ủy quyền", self.lines["principal_name"], 2, required=True
            ),
            "principal_number": Cell("Số giấy tờ", self.lines["principal_number"], required=True),
            "principal_phone": Cell("Điện thoại", self.lines["principal_phone"]),
            "principal_address": Cell("Địa chỉ", self.lines["principal_address"], 2),
            "principal_email": Cell("Thư điện tử", self.lines["principal_email"], 2),
            "authorisation": Cell("Giấy ủy quyền", self.lines["authorisation"], 4, required=True),
        }
        self.inputs: dict[str, Input] = dict(cells)
        name, number, phone, address, email, paper = cells.values()
        self.setLayout(
            column(
                Divider(),
                FormRow(name, number, phone),
                FormRow(address, email),
                FormRow(paper),
                spacing=Space.TIGHT,
            )
        )

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        for name, line in self.lines.items():
            line.setText(getattr(draft, name))

    def take_card(self, card: IdCard) -> None:
        """Fill in what a card says of its holder."""
        self.lines["principal_name"].setText(card.name)
        self.lines["principal_number"].setText(card.number)
        if card.address:
            self.lines["principal_address"].setText(card.address)


class ApplicantCard(Card):
    """The filer's fields, and folded below them the principal's."""

    changed = Signal()
    return_now = Signal()
    unfolded = Signal(object)
    """The part that has just come into sight and wants to be seen whole."""
    grown = Signal(object)
    """The inputs, by field, of a part that has just been made."""

    def __init__(self) -> None:
        self.kind: Segments[Kind] = Segments(KINDS, "Người nộp")
        self._waiting = Waiting()
        super().__init__("Người nộp", self.kind, None, self._waiting)
        self.tighten()
        self.body.setSpacing(Space.TIGHT)
        self._id_kind = KindChoice()
        self._last_kind = IdKind.CITIZEN.value
        self._other_number = ""
        self._sex: Sex = ""
        self._old_number = ""
        self._lines = {name: Line() for name in ("name", "id_number", "address", "phone", "email")}
        self._lines["born"] = DayLine()
        self._filled = IntakeDraft()
        self._blanks: Mapping[str, str] = {}
        self.known = LinkButton("", KNOWN_KEY)
        self._offer = ("", "")
        self._authorised = LinkButton("Nộp thay", AUTHORISED_KEY)
        self._authorised.setToolTip("Người nộp có giấy ủy quyền của chủ hồ sơ")
        self.urgent = LinkButton("Cần sớm", URGENT_KEY)
        self.details = LinkButton("Chi tiết", DETAILS_KEY)
        cells = self._cells()
        self.inputs: Mapping[str, Input] = cells
        self._lay_out(cells)
        self._connect()
        self._choose_kind(self._last_kind)

    def _cells(self) -> dict[str, Cell[Line]]:
        return {
            "name": Cell("Họ và tên", self._lines["name"], 2, required=True),
            "id_number": Cell(self._id_kind, self._lines["id_number"], required=True),
            "born": Cell("Ngày sinh", self._lines["born"]),
            "address": Cell(ElidedLabel(HOME, Type.SMALL, Tone.QUIET), self._lines["address"], 2),
            "phone": Cell("Điện thoại", self._lines["phone"]),
            "email": Cell("Thư điện tử", self._lines["email"]),
        }

    def _lay_out(self, cells: dict[str, Cell[Line]]) -> None:
        self._name, number, self._born, self._address, phone, email = cells.values()
        self._identity_row = FormRow(self._name, number, self._born)
        self._links = (self.known, self._authorised, self.urgent, self.details)
        for link in self._links:
            link.setFixedHeight(Measure.ICON_RAIL)
        contact = FormRow(self._address, phone, email, links=self._links)
        self.known.hide()
        self.body.addLayout(column(self._identity_row, contact, spacing=Space.TIGHT))

    @Later
    def principal(self) -> Principal:
        """Made for the first who comes for somebody else."""
        principal = Principal()
        principal.fill(self._filled)
        for line in principal.lines.values():
            line.textChanged.connect(self.changed)
        principal.hide()
        self.body.addWidget(principal)
        self.grown.emit(principal.inputs)
        return principal

    def _connect(self) -> None:
        self.kind.chosen.connect(self._say_kind)
        self._id_kind.chosen.connect(self._choose_kind)
        self._lines["id_number"].textEdited.connect(self._forget_card)
        self._authorised.clicked.connect(lambda: self._unfold(not self.authorised()))
        self._waiting.return_now.connect(self.return_now)
        for line in self._lines.values():
            line.textChanged.connect(self.changed)

    # --- the draft ---

    def authorised(self) -> bool:
        """Whether the filer comes for somebody else."""
        return any(not part.isHidden() for part in ApplicantCard.principal.made(self))

    def fill(self, draft: IntakeDraft) -> None:
        """Show `draft`."""
        self.kind.choose(draft.kind)
        self._id_kind.choose(draft.id_kind)
        is_none = draft.id_kind == IdKind.NONE
        number, other = draft.id_number, draft.id_reason
        texts = {name: str(getattr(draft, name)) for name in self._lines}
        texts["id_number"], self._other_number = (other, number) if is_none else (number, other)
        for name, text in texts.items():
            self._lines[name].setText(text)
        self._filled = draft
        for principal in ApplicantCard.principal.made(self):
            principal.fill(draft)
        self._sex, self._old_number = draft.sex, draft.old_number
        self._show_principal(draft.authorised)

    def into(self, draft: IntakeDraft) -> IntakeDraft:
        """`draft` with what stands here."""
        texts: dict[str, str] = {name: getattr(self._filled, name) for name in PRINCIPALS}
        texts |= {name: line.words() for name, line in self._lines.items()}
        for principal in ApplicantCard.principal.made(self):
            texts |= {name: line.words() for name, line in principal.lines.items()}
        number, other = texts["id_number"], self._other_number
        is_none = self._id_kind.value() == IdKind.NONE
        texts["id_number"], texts["id_reason"] = (other, number) if is_none else (number, other)
        return msgspec.structs.replace(
            draft,
            kind=self.kind.value(),
            id_kind=self._id_kind.value(),
            sex=self._sex,
            old_number=self._old_number,
            authorised=self.authorised(),
            **texts,
        )

    def take_card(self, card: IdCard) -> None:
        """Fill in who stands at the desk; once that is known, the principal if that is being typed."""
        for principal in ApplicantCard.principal.made(self):
            is_typed = any(line.hasFocus() for line in principal.lines.values())
            if is_typed and self._lines["name"].words():
                principal.take_card(card)
                return
        self._take_filer(card)

    # --- what the desk says ---

    def show_cautions(self, cautions: Sequence[str]) -> None:
        """What is doubtful in the person's facts."""
        self._identity_row.note.caution(" ".join(cautions))

    def show_person(self, person: Person) -> None:
        """What waits for this person, and what an earlier dossier could fill in."""
        self._waiting.show_rows(person.rows, person.old_number)
        self._address.say(f"{HOME} – nay: {person.lies_in}" if person.lies_in else HOME)
        self._blanks = blanks(self.into(IntakeDraft()), person.known) if person.known else {}
        if self._blanks and person.known:
            self._offer = known_said(person.known, person.old_number), known_briefly(person.known)
        self.known.setVisible(bool(self._blanks))
        self._say_offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_offer()

    def fill_known(self) -> Mapping[str, str]:
        """Fill in what an earlier dossier knows and nobody has typed; what that was."""
        filled = self._blanks
        self._sex = self._sex or cast(Sex, self._blanks.get("sex", ""))
        if "id_kind" in self._blanks:
            self._id_kind.choose(self._blanks["id_kind"])
        for name, line in self._lines.items():
            if name in self._blanks:
                line.setText(self._blanks[name])
        self.changed.emit()
        return filled

    def has_result(self) -> bool:
        """Whether a result waits for this person."""
        return self._waiting.is_ready

    # --- inside ---

    def _say_offer(self) -> None:
        """As long as there is room for, whole in the tip and for a reader."""
        whole, brief = self._offer
        self.known.say(whole)
        needed = sum(x.sizeHint().width() + Space.PADDING for x in self._links if not x.isHidden())
        if needed > self.width() - 2 * Space.PADDING:
            self.known.say(brief)
            self.known.setAccessibleName(whole)
        self.known.setToolTip(whole)

    def _take_filer(self, card: IdCard) -> None:
        if is_another(self.into(IntakeDraft()), card):
            for line in (self._lines[what] for what in ("address", "phone", "email")):
                line.clear()  # the other's
            self._forget_principal()
        self.kind.choose("person")
        self._id_kind.choose(IdKind.CITIZEN.value)
        self._sex, self._old_number = card.sex, card.old_number
        self._lines["name"].setText(card.name)
        self._lines["id_number"].setText(card.number)
        self._lines["born"].setText(written_day(card.born))
        if card.address:
            self._lines["address"].setText(card.address)
        self.changed.emit()

    def _say_kind(self, kind: Kind) -> None:
        is_person = kind == "person"
        self._name.say("Họ và tên" if is_person else "Tên tổ chức")
        self._born.setVisible(is_person)
        if not self._lines["id_number"].words():
            self._id_kind.choose((IdKind.CITIZEN if is_person else IdKind.TAX).value)
        self.changed.emit()

    def _choose_kind(self, kind: str) -> None:
        if IdKind.NONE in (kind, self._last_kind) and kind != self._last_kind:
            typed = self._lines["id_number"].words()
            self._lines["id_number"].setText(self._other_number)
            self._other_number = typed
        self._last_kind = kind
        self._lines["id_number"].setPlaceholderText(_PLACEHOLDERS.get(kind, ""))
        self._lines["id_number"].setAccessibleName(dict(ID_KINDS)[kind])
        self.changed.emit()

    def _forget_card(self) -> None:
        self._sex = self._old_number = (
            ""  # they were the scanned card's, whose number this no longer is
        )

    def _forget_principal(self) -> None:
        """Who stands here now was authorised by nobody, as far as is known."""
        self._filled = IntakeDraft()
        for principal in ApplicantCard.principal.made(self):
            principal.fill(self._filled)
        self._show_principal(False)

    def _unfold(self, is_unfolded: bool) -> None:
        self._show_principal(is_unfolded)
        self.changed.emit()
        if is_unfolded:
            self.unfolded.emit(self.principal)
            self.principal.lines["principal_name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_principal(self, is_shown: bool) -> None:
        for principal in ApplicantCard.principal.made(self, wanted=is_shown):
            principal.setVisible(is_shown)
        self._authorised.say("Thôi nộp thay" if is_shown else "Nộp thay")
