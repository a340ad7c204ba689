"""Who works here and with which password: one's own changed, a forgotten one given anew, people come and gone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.desk import Desk
from app.models.errors import BadInput
from app.models.text import clean_name
from app.models.unit.founding import Joining, checked_login, login_for
from app.models.unit.officer import LEADING, ROLE_LABEL, Officer, Role
from app.models.unit.passwords import checked, strength
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.doors.first_run_steps import POSTS
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.unit.sections import in_two
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Field, Line, secret, show_beside
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS, Page
from app.ui.widgets.parts import Card, EmptyState, Part, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

CARD_WIDTH = 540
LETTING_GO = (
    "Bấm lần nữa để cho {} thôi làm: không vào được quầy nào của đơn vị nữa. "
    "Hồ sơ người ấy đang giữ, hãy bàn giao lại ở Việc hôm nay."
)
OWN, GIVEN, NEW = "own", "given", "new"


class Keys(Protocol):
    """What opens this counter's data, for the desk lane; see `app.admission.Admission`."""

    def logins(self) -> Sequence[str]: ...

    def change(self, old: str, new: str) -> None: ...

    def give(self, login: str, new: str) -> None: ...

    def add(self, joining: Joining) -> None: ...

    def let_go(self, login: str) -> None: ...


class Seated(NamedTuple):
    """An officer, and whether a password of theirs opens this PC."""

    officer: Officer
    opens: bool


class Password(QWidget):
    """A new password, typed twice, and how good it is in a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._new, self._again = secret(), secret()
        self._names: tuple[str, ...] = ()
        self.fields: dict[str, Field[Any]] = {
            "password": Field("Mật khẩu mới", self._new, note_lines=2),
            "again": Field("Gõ lại mật khẩu mới", self._again, note_lines=2),
        }
        self.setLayout(row(*self.fields.values(), spacing=Space.PAGE))
        self._new.textEdited.connect(self._judge)

    def ask(self, *names: str) -> None:
        """Begin anew, for an officer of these names."""
        self._names = names
        for line, field in ((self._new, "password"), (self._again, "again")):
            line.clear()
            self.fields[field].set_hint("")

    def typed(self) -> str:
        """It, the same both times. Raises `BadInput`."""
        return checked(self._new.text(), self._again.text())

    def _judge(self) -> None:
        said = strength(self._new.text(), *self._names)
        self.fields["password"].set_hint(said.value if self._new.text() else "")


class OfficersPage(Page):
    """Cán bộ, mật khẩu."""

    title = "Cán bộ, mật khẩu"
    left = Signal()

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, keys: Keys) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs, self._keys = desk, officer, jobs, keys
        self._leads = bool(officer.roles & LEADING)
        self._administers = Role.ADMINISTRATOR in officer.roles
        self._going = ""
        self._which = Segments(self._ways(), "Việc")
        self._view = TableView(Table(COLUMNS, lambda one: one.officer.login), _nobody())
        self._view.setAccessibleName("Cán bộ của đơn vị")
        self._old, self._to = secret(), WrappingLabel(weight=Weight.MEDIUM, reserved_lines=2)
        self._name, self._login, self._title = Line(), Line(), Line()
        self._post = Choice(list(POSTS))
        self._passwords = {way: Password() for way in (OWN, GIVEN, NEW)}
        self._fields: dict[str, Field[Any]] = {
            "old": Field("Mật khẩu đang dùng", self._old),
            "name": Field("Họ và tên", self._name),
            "login": Field("Tên đăng nhập", self._login, hint="Chữ không dấu, viết liền."),
            "post": Field("Công việc", self._post),
            "title": Field("Chức vụ in trên giấy", self._title),
        }
        self._forms = QStackedWidget()
        self._said = WrappingLabel("", reserved_lines=3)
        self._go = PrimaryButton("Đổi mật khẩu", PRIMARY_KEY)
        self._let_go = QuietButton("Cho thôi làm", "Alt+X")
        self._leave = LeaveLink("Xong")
        self._lay_out()
        self._join()

    def entered(self) -> None:
        self._show_way(self._which.value())
        self.refresh()

    def refresh(self) -> None:
        """Read who works here, and whose password opens this PC."""
        desk, keys = self._desk, self._keys

        def read() -> list[Seated]:
            opens = set(keys.logins())
            officers = (one for one in desk.store.standing.officers() if one.active)
            return [Seated(one, one.login in opens) for one in officers]

        self._jobs.run(Lane.DESK, read, self._show)

    def go(self) -> None:
        """Do what the form in sight says."""
        self._going = ""
        for field in self._all_fields().values():
            field.set_error("")
        try:
            work, sentence = self._work()
        except BadInput as wrong:
            self._show_wrong(wrong)
            return
        self._jobs.run(Lane.DESK, work, partial(self._done, sentence))

    def let_go(self) -> None:
        """The officer chosen works here no longer; said once before it is done."""
        chosen = self._view.current()
        if chosen is None:
            return
        login, name = chosen.officer.login, chosen.officer.name
        if self._going != login:
            self._going = login
            self._said.say(LETTING_GO.format(name), Tone.TODAY)
            return
        self._going, let_go = "", self._keys.let_go
        done = partial(self._done, f"{name} không còn vào được quầy nào của đơn vị.")
        self._jobs.run(Lane.DESK, lambda: let_go(login), done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- inside -----------------------------------------------------------------------------------

    def _ways(self) -> list[tuple[str, str]]:
        ways = [(OWN, "Mật khẩu của tôi")]
        if self._leads:
            ways.append((GIVEN, "Cấp lại cho người quên"))
        if self._administers:
            ways.append((NEW, "Thêm cán bộ"))
        return ways

    def _lay_out(self) -> None:
        self._form(self._fields["old"], self._passwords[OWN])
        self._form(self._to, self._passwords[GIVEN])
        asked = in_two([self._fields[name] for name in ("name", "login", "post", "title")])
        self._form(asked, self._passwords[NEW])
        card = Card()
        card.setFixedWidth(CARD_WIDTH)
        card.body.addWidget(self._forms)
        card.body.addWidget(self._said)
        card.body.addLayout(row(self._go, None))
        title = Words(self.title, Type.TITLE, weight=Weight.STRONG)
        officers = column(self._view, row(self._let_go, None))
        self._let_go.setVisible(self._administers)
        both = row(column(card, None), officers, spacing=Space.PAGE)
        both.setStretch(1, 1)
        layout = column(row(title, None, self._leave), row(self._which, None), both,
                        spacing=Space.BETWEEN)  # fmt: skip
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _form(self, *parts: Part) -> None:
        form = QWidget()
        form.setLayout(column(*parts, None, spacing=Space.TIGHT))
        self._forms.addWidget(form)

    def _join(self) -> None:
        self._which.chosen.connect(self._show_way)
        self._view.moved.connect(lambda _: self._name_chosen())
        self._name.textChanged.connect(self._suggest)
        self._go.clicked.connect(self.go)
        self._let_go.clicked.connect(self.let_go)
        self._leave.clicked.connect(self.left)

    def _show_way(self, way: str) -> None:
        first = {OWN: self._old, GIVEN: self._view, NEW: self._name}
        deeds = {OWN: "Đổi mật khẩu", GIVEN: "Cấp mật khẩu này", NEW: "Thêm cán bộ này"}
        self._forms.setCurrentIndex((OWN, GIVEN, NEW).index(way))
        self._go.say(deeds[way])
        self._said.setText("")
        self._clear()
        first[way].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        for line in (self._old, self._name, self._login, self._title):
            line.clear()
            line.setModified(False)
        self._passwords[OWN].ask(self._officer.login, self._officer.name)
        self._passwords[NEW].ask()
        self._name_chosen()

    def _name_chosen(self) -> None:
        chosen = self._view.current()
        officer = chosen.officer if chosen else None
        self._to.setText(f"Cho: {officer.name}" if officer else "Chọn người trong danh sách.")
        self._passwords[GIVEN].ask(*((officer.login, officer.name) if officer else ()))
        self._going = ""

    def _suggest(self, name: str) -> None:
        if not self._login.isModified():
            self._login.setText(login_for(name))

    def _work(self) -> tuple[Callable[[], None], str]:
        """What is to be done at the desk, and what is said then. Raises `BadInput`."""
        way, keys = self._which.value(), self._keys
        if way == NEW:
            joining = self._joining()
            return partial(
                keys.add, joining
            ), f"Đã thêm {joining.name}, tên đăng nhập {joining.login}."
        password = self._passwords[way].typed()
        if way == OWN:
            change = partial(keys.change, self._old.text(), password)
            return change, "Đã đổi. Từ nay vào bằng mật khẩu mới ở máy này."
        chosen = self._view.current()
        if chosen is None:
            raise BadInput("Chưa chọn người nào trong danh sách.", "login")
        give = partial(keys.give, chosen.officer.login, password)
        return give, f"{chosen.officer.name} vào máy này bằng mật khẩu ấy, rồi nên tự đổi."

    def _joining(self) -> Joining:
        name = clean_name(self._name.text())
        if not name:
            raise BadInput("Chưa có họ tên.", "name")
        login, title = checked_login(self._login.words()), clean_name(self._title.text())
        password = self._passwords[NEW].typed()
        return Joining(login, name, password, self._post.value() or (), title)

    def _done(self, sentence: str, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._show_wrong(result.error)
            return
        self._clear()
        self._said.say(sentence, Tone.DONE)
        self.refresh()

    def _all_fields(self) -> dict[str, Field[Any]]:
        return {**self._fields, **self._passwords[self._which.value()].fields}

    def _show_wrong(self, error: Exception) -> None:
        self._said.say(str(error), Tone.LATE)
        show_beside(self._all_fields(), error)

    def _show(self, result: Ok[list[Seated]] | Err) -> None:
        if isinstance(result, Ok):
            self._view.show_rows(result.value)
            self._name_chosen()
        else:
            self._said.say(str(result.error), Tone.LATE)


def _opens(one: Seated) -> Cell:
    return Cell("có") if one.opens else Cell("chưa có", Tone.TODAY, "triangle-alert")


COLUMNS: list[Column[Seated]] = [
    Column("Họ và tên", lambda one: Cell(one.officer.name, strong=True), share=2),
    Column("Tên đăng nhập", lambda one: Cell(one.officer.login), 140),
    Column("Vai trò", lambda one: Cell(_roles(one.officer), Tone.QUIET), share=3),
    Column("Mật khẩu", _opens, 100),
]


def _roles(officer: Officer) -> str:
    if officer.roles == frozenset(Role):
        return "Mọi vai trò"
    return ", ".join(ROLE_LABEL[role] for role in Role if role in officer.roles)


def _nobody() -> EmptyState:
    return EmptyState("user-round", "Chưa có cán bộ nào.", "Thêm ở bên trái.")
