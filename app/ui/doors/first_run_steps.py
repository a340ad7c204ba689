"""What the first run asks before there is a counter, a step at a time; each knows its own answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.errors import BadInput
from app.models.text import clean_name
from app.models.unit.founding import (
    Joining,
    checked_hour,
    checked_login,
    checked_number,
    checked_unit,
    described,
    login_for,
)
from app.models.unit.officer import Role
from app.models.unit.passwords import SHORTEST, check_length
from app.models.unit.scanner_check import GOOD, verdict
from app.ui.lanes.jobs import Err, Ok
from app.ui.look.theme import Space, Tone
from app.ui.scanning.scanner_page import Drawing, Qr
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, Line, secret
from app.ui.widgets.parts import Part, WrappingLabel, column, row

HOUR = "16:30"
CHOOSE_LATER = "Chọn khi in"

_R = Role
POSTS: tuple[tuple[tuple[Role, ...], str], ...] = (
    ((_R.RECEPTIONIST, _R.RETURNER), "Tiếp nhận và trả kết quả"),
    ((_R.SPECIALIST,), "Công chức chuyên môn"),
    ((_R.LEADER,), "Lãnh đạo"),
    ((_R.CLERK, _R.RETURNER), "Văn thư, trả kết quả"),
    ((_R.SUPERVISOR,), "Phụ trách bộ phận"),
)


@dataclass(frozen=True)
class Heading:
    """What a step is about, why it is asked, and whether it can be passed over."""

    title: str
    why: str
    may_skip: bool = False
    deed: str = "Tiếp"


class Step(QWidget):
    """One screen of the first run. Its fields stand under the names their `BadInput` uses."""

    heading: Heading

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field[QWidget]] = {}

    def lay_out(self, *parts: Part) -> None:
        """Its fields in their order, then `parts`."""
        self.setLayout(column(*self.fields.values(), *parts, None, spacing=Space.WITHIN))

    def order(self) -> list[QWidget]:
        """Where Enter leads, one after another."""
        return [field.control for field in self.fields.values()]

    def check(self) -> None:
        """Raise `BadInput` unless this can be gone on with."""

    def is_blank(self) -> bool:
        """Whether Enter means that there is nothing to say here."""
        return False

    def said(self) -> list[str]:
        """The answer in words, before anything is made of it."""
        return []

    def is_answered(self) -> bool:
        """Whether all of it is right; otherwise it is said where."""
        for field in self.fields.values():
            field.set_error("")
        try:
            self.check()
        except BadInput as wrong:
            field = self.fields.get(wrong.field) or next(iter(self.fields.values()))
            field.set_error(str(wrong))
            field.control.setFocus()
            if isinstance(field.control, QLineEdit):
                field.control.selectAll()
            return False
        return True


class UnitStep(Step):
    """Questions 1 to 3."""

    heading = Heading("Đơn vị", "In trên mọi giấy; mã đứng đầu mã hồ sơ.")

    def __init__(self) -> None:
        super().__init__()
        self._name, self._code, self._number = Line("xã Khánh Hà"), Line("H26.15.3"), Line()
        self._number.setText("1")
        self.fields = {
            "name": Field("Tên xã, phường", self._name, hint="Ghi như “xã Khánh Hà”."),
            "unit": Field("Mã định danh của đơn vị", self._code, hint="Do cấp trên cho."),
            "counter": Field("Quầy số", self._number, hint="Mỗi máy của đơn vị một số khác nhau."),
        }
        self.lay_out()

    def check(self) -> None:
        described(self.name)
        self._code.setText(checked_unit(self.code))
        checked_number(self.number)

    @property
    def name(self) -> str:
        return self._name.words()

    @property
    def code(self) -> str:
        return self._code.words().upper()

    @property
    def number(self) -> int:
        return int(text) if (text := self._number.words()).isdecimal() else 0

    def said(self) -> list[str]:
        return [f"{described(self.name).name}, mã {self.code}, quầy {self.number}"]


class FirstOfficerStep(Step):
    """Questions 4 to 6."""

    heading = Heading("Người đầu tiên", "Giữ mọi vai trò; những người khác thêm ngay sau đây.")

    def __init__(self) -> None:
        super().__init__()
        self._name, self._login = Line("Lê Thị Nga"), Line()
        self._password, self._again = secret(), secret()
        self.fields = {
            "name": Field("Họ và tên", self._name),
            "login": Field("Tên đăng nhập", self._login, hint="Chữ không dấu, viết liền."),
            "password": Field("Mật khẩu", self._password, hint=f"Ít nhất {SHORTEST} ký tự."),
            "again": Field("Gõ lại mật khẩu", self._again),
        }
        _suggest(self._name, self._login)
        self.lay_out()

    def check(self) -> None:
        _named(self._name)
        checked_login(self._login.words())
        check_length(self._password.text())
        if self._password.text() != self._again.text():
            raise BadInput("Hai lần gõ không giống nhau. Hãy gõ lại.", "again")

    def officer(self) -> Joining:
        """Who holds every role."""
        name, login = clean_name(self._name.text()), self._login.words()
        return Joining(login, name, self._password.text(), tuple(Role))

    def said(self) -> list[str]:
        return [f"Người đầu tiên: {self.officer().name} ({self.officer().login})"]


class OtherOfficersStep(Step):
    """Question 7; asked again for each of them."""

    heading = Heading("Cán bộ khác", "Mỗi người một tài khoản; thêm sau cũng được.", may_skip=True)

    def __init__(self, first: Callable[[], Joining]) -> None:
        """`first`: who has a login already."""
        super().__init__()
        self._first = first
        self.officers: list[Joining] = []
        self._name, self._login = Line(), Line()
        self._post, self._password = Choice(POSTS), secret()
        self._list = WrappingLabel(tone=Tone.QUIET, reserved_lines=2)
        self.fields = {
            "name": Field("Họ và tên", self._name),
            "login": Field("Tên đăng nhập", self._login),
            "post": Field("Vai trò", self._post),
            "password": Field("Mật khẩu ban đầu", self._password, hint="Đưa cho người ấy."),
        }
        _suggest(self._name, self._login)
        add, drop = LinkButton("Thêm người này", "Alt+M"), LinkButton("Bớt người cuối", "Alt+X")
        add.clicked.connect(self.add)
        drop.clicked.connect(self.drop)
        self.lay_out(row(add, Space.PAGE, drop, None), self._list)

    def check(self) -> None:
        """What stands typed is added; nothing typed is nobody."""
        if self.is_blank():
            return
        _named(self._name)
        login = checked_login(self._login.words())
        if login in {officer.login for officer in (self._first(), *self.officers)}:
            raise BadInput(f"Đã có người dùng tên “{login}”. Hãy đặt tên khác.", "login")
        check_length(self._password.text())
        name, roles = clean_name(self._name.text()), self._post.value() or POSTS[0][0]
        self.officers.append(Joining(login, name, self._password.text(), roles))
        self._show()

    def is_blank(self) -> bool:
        return not self._name.words()

    def add(self) -> None:
        """One more."""
        if not self.is_blank() and self.is_answered():
            self._name.setFocus()

    def drop(self) -> None:
        """One fewer."""
        del self.officers[-1:]
        self._show()

    def said(self) -> list[str]:
        posts = dict(POSTS)
        return [f"{one.name} ({one.login}), {posts[one.roles]}" for one in self.officers]

    def _show(self) -> None:
        for line in (self._name, self._login, self._password):
            line.clear()
        self._list.setText("Đã thêm: " + "; ".join(self.said()) if self.officers else "")


class CalendarStep(Step):
    """Question 8."""

    heading = Heading(
        "Lịch",
        "Ngày nghỉ lễ và làm bù đã công bố có sẵn trong chương trình; cấp trên gửi lịch mới thì tự cập nhật.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._hour = Line(HOUR)
        self._hour.setText(HOUR)
        hint = "Thời hạn tính bằng ngày kết thúc vào giờ này của ngày cuối."
        self.fields = {"hour": Field("Giờ trả kết quả", self._hour, hint=hint)}
        self.lay_out()

    def check(self) -> None:
        checked_hour(self._hour.words())

    @property
    def hour(self) -> str:
        return self._hour.words()

    def said(self) -> list[str]:
        return [f"Trả kết quả lúc {self.hour}"]


class PrinterStep(Step):
    """Question 9."""

    heading = Heading("Máy in", "Mọi giấy ra máy này; từng loại giấy đổi sau ở F12.", may_skip=True)

    def __init__(self) -> None:
        super().__init__()
        self._printer = Choice[str]([("", CHOOSE_LATER)])
        self.fields = {"printer": Field("Máy in của quầy", self._printer)}
        self.lay_out()

    def offer(self, result: Ok[list[str]] | Err) -> None:
        """The printers found, the machine's own choice first."""
        found = result.value if isinstance(result, Ok) else []
        self._printer.offer([*((name, name) for name in found), ("", CHOOSE_LATER)])

    @property
    def printer(self) -> str:
        return self._printer.value() or ""

    def said(self) -> list[str]:
        return [f"Máy in: {self.printer or 'chọn khi in'}"]


class ScannerStep(Step):
    """Question 10; a scanner that types otherwise is learned in the window, from F12."""

    heading = Heading("Máy quét", "Quét mã bên phải để biết máy quét đọc đúng.", may_skip=True)

    def __init__(self) -> None:
        super().__init__()
        self._line, self._qr = Line("bấm vào đây rồi quét"), Qr()
        self.fields = {"scan": Field("Ô thử máy quét", self._line, note_lines=4)}
        words = column(*self.fields.values(), None)
        both = row(words, self._qr, spacing=Space.PAGE)
        both.setStretch(0, 1)
        self.setLayout(both)

    def draw(self, result: Ok[Drawing] | Err) -> None:
        """What is to be scanned."""
        if isinstance(result, Ok):
            self._qr.show_drawing(result.value)

    def check(self) -> None:
        came = self._line.text()
        if came and (said := verdict(came)) != GOOD:
            self._line.clear()
            learn = "Bấm Tiếp: sau khi vào, F12 “Thử máy quét” học được máy này."
            raise BadInput(f"{said} {learn}", "scan")


class ReviewStep(Step):
    """What will be made; the last of the steps that can be gone back from."""

    heading = Heading("Xem lại", "Chưa có gì được tạo. Sai thì quay lại sửa.", deed="Tạo quầy này")

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = steps
        self._words = WrappingLabel()
        self.lay_out(self._words)

    def order(self) -> list[QWidget]:
        return []

    def show_all(self) -> None:
        """Say every answer."""
        lines = [line for step in self._steps for line in step.said()]
        self._words.setText("\n".join(f"•  {line}" for line in lines))


# --- inside -------------------------------------------------------------------------------------


def _suggest(name: Line, login: Line) -> None:
    """Make a login of the name for as long as nobody writes another one."""

    def suggest(text: str) -> None:
        if not login.isModified():
            login.setText(login_for(text))

    name.textChanged.connect(suggest)


def _named(name: Line) -> None:
    if not clean_name(name.text()):
        raise BadInput("Chưa có họ tên.", "name")
