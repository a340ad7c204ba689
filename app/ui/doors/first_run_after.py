"""What the first run offers once the counter stands: each of it can be done later in the window too."""

from pathlib import Path

from app.models.errors import BadInput
from app.ui.doors.first_run_steps import Heading, Step
from app.ui.exchange.enrol_by_file import Carries, EnrolByFile
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from app.ui.papers.code_desk import CodeDesk, Codes
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.file_dialogs import ask_folder
from app.ui.widgets.parts import WrappingLabel, row


class CodeStep(Step):
    """No question: the code for the safe, for whoever wants it now."""

    heading = Heading(
        "Mã khôi phục",
        "Máy hỏng hay mất thì mã này mở được bản sao lưu trên máy khác. In ra, cất vào két.",
        may_skip=True,
    )

    def __init__(self, codes: Codes, jobs: Jobs) -> None:
        super().__init__()
        self._desk = CodeDesk(codes, jobs, self)
        self._make = QuietButton("Lập mã khôi phục, in giấy", "Ctrl+M", "printer")
        self._said = WrappingLabel("Lập sau ở F8 cũng được.", tone=Tone.QUIET, reserved_lines=2)
        self._make.clicked.connect(self._desk.draw)
        self._desk.told.connect(self._said.say)
        self.lay_out(row(self._make, None), self._said)


class ServerStep(Step):
    """Question 11."""

    heading = Heading(
        "Máy chủ của cấp trên",
        "Chưa có mạng hay chưa có mã thì bỏ qua: việc ở quầy chạy đủ, ghi danh sau ở F8.",
        may_skip=True,
        deed="Ghi danh",
    )

    def __init__(self, carries: Carries, jobs: Jobs) -> None:
        super().__init__()
        self._url, self._code = Line("https://motcua.tinh.gov.vn"), Line("XXXX-XXXX-XXXX-XXXX-XXXX")
        self.by_file = EnrolByFile(carries, jobs, lambda: self.answer)
        self.fields = {
            "url": Field("Địa chỉ máy chủ", self._url),
            "code": Field("Mã ghi danh một lần", self._code, note_lines=2),
        }
        self.lay_out(self.by_file)

    @property
    def answer(self) -> tuple[str, str]:
        """Address and code."""
        return self._url.words(), self._code.words()


class CopyStep(Step):
    """Question 12."""

    heading = Heading(
        "Bản thứ hai",
        "USB hoặc ổ thứ hai cắm sẵn trong máy: mỗi việc được chép ngay sang đó.",
        may_skip=True,
        deed="Giữ ở đây",
    )

    def __init__(self) -> None:
        super().__init__()
        self._folder = Line("/media/usb")
        self.fields = {"folder": Field("Thư mục trên ổ ấy", self._folder, note_lines=2)}
        choose = QuietButton("Chọn thư mục", "Alt+O")
        choose.clicked.connect(self._ask)
        self.lay_out(row(choose, None))

    def check(self) -> None:
        if not self._folder.words():  # an empty path is where the program happens to run
            raise BadInput(
                "Chưa chọn nơi giữ. Hãy chọn thư mục trên USB, hoặc bấm Bỏ qua.", "folder"
            )

    @property
    def folder(self) -> Path:
        return Path(self._folder.words())

    def _ask(self) -> None:
        ask_folder(self, "Giữ bản thứ hai ở", self._folder.setText)


class DoneStep(Step):
    """The end."""

    heading = Heading("Quầy đã sẵn sàng", "F1 ở mỗi trang mở trợ giúp.", deed="Vào làm việc")

    def __init__(self) -> None:
        super().__init__()
        self._words = WrappingLabel()
        self.lay_out(self._words)

    def tell(self, words: str) -> None:
        """What was done, and what can be done later."""
        self._words.setText(words)
