"""The words of `motcua-server`, and what is said in Vietnamese when they are wrong."""

import argparse
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from platformdirs import user_data_path

from server.web.serving import DEFAULT_LISTEN

HUB_LISTEN = "0.0.0.0:8711"
STORE_VARIABLE = "MOTCUA_SERVER_STORE"  # for a URL that holds a password: never an argument

# the shapes of argparse's sentences → ours
_MISTAKES = (
    (r"the following arguments are required: (.+)", "còn thiếu {}"),
    (r"argument (.+): expected .+", "{} cần một giá trị"),
    (r"argument .+?: invalid choice: '(.*?)' .+", "không có lệnh “{}”"),
    (r"argument (.+?): invalid int value: '(.*)'", "{} phải là số nguyên, không phải “{}”"),
    (r"unrecognized arguments: (.+)", "không hiểu “{}”"),
)

Deed = Callable[[argparse.Namespace], int]


def grammar(deeds: Mapping[str, Deed]) -> argparse.ArgumentParser:
    """The whole command line; `run` of what it parses is the deed of the command's name."""
    top = _Words(None, deeds)
    serve = top.add("serve", "phục vụ các quầy")
    serve.add_argument("--listen", default="", metavar="MÁY:CỔNG",
                       help=f"nơi nghe (mặc định {DEFAULT_LISTEN}; trạm trung chuyển: {HUB_LISTEN})")  # fmt: skip
    serve.add_argument("--certificate", type=Path, metavar="TỆP", help="chứng thư TLS (PEM)")
    serve.add_argument("--certificate-key", type=Path, metavar="TỆP", help="khóa bí mật của nó")
    serve.add_argument("--tied", action="store_true",
                       help="dừng khi stdin đóng, như khi chương trình đã gọi không còn; trạm thì nói cả tình trạng")  # fmt: skip
    top.add("migrate", "tạo hoặc nâng cấp kho PostgreSQL, bằng người sở hữu kho")
    add = top.group("unit", "đơn vị").add("add", "thêm một đơn vị")
    add.add_argument("unit", metavar="MÃ", help="mã định danh đơn vị, ví dụ H50.12")
    add.add_argument("name", metavar="TÊN", help="tên đơn vị")
    enrol = top.add("enrol", "cấp mã ghi danh một lần")
    enrol.add_argument("unit", metavar="MÃ", help="mã đơn vị")
    enrol.add_argument("--days", type=int, metavar="NGÀY",
                       help="dùng được bao nhiêu ngày, cho quầy gửi yêu cầu bằng USB (mặc định: 15 phút)")  # fmt: skip
    said = top.add("satisfaction", "công dân đánh giá thế nào; không nêu nhóm nào dưới 5 phiếu")
    said.add_argument(
        "unit", nargs="?", default="", metavar="MÃ", help="một đơn vị (mặc định: tất cả)"
    )
    for name, dest in (("--from", "since"), ("--to", "until")):
        said.add_argument(name, dest=dest, default="", metavar="NGÀY", help="như 2026-11-30")
    _devices(top)
    _notices(top)
    _carriers(top)
    return top.parser


def _devices(top: "_Words") -> None:
    revoke = top.add("revoke", "thu hồi một máy: từ đây không nhận của máy ấy nữa")
    revoke.add_argument("unit", metavar="MÃ", help="mã đơn vị")
    revoke.add_argument("device", metavar="MÁY", help="số quầy hoặc mã máy")
    revoke.add_argument("--from", dest="first", type=int, metavar="SỐ",
                        help="sự kiện đầu tiên không còn tác dụng (mặc định: mọi sự kiện đã đến vẫn tính)")  # fmt: skip
    held = top.add("held", "việc của máy đã thu hồi mà máy chủ đang giữ, chưa có tác dụng")
    held.add_argument(
        "unit", nargs="?", default="", metavar="MÃ", help="một đơn vị (mặc định: tất cả)"
    )
    release = top.add("release", "cho những việc đang giữ của một máy đã thu hồi có tác dụng")
    release.add_argument("unit", metavar="MÃ", help="mã đơn vị")
    release.add_argument("device", metavar="MÁY", help="số quầy hoặc mã máy")
    alarms = top.add("alarms", "máy bị nhân bản, máy lạ và máy đã thu hồi mà vẫn gửi")
    alarms.add_argument(
        "unit", nargs="?", default="", metavar="MÃ", help="một đơn vị (mặc định: tất cả)"
    )


def _notices(top: "_Words") -> None:
    notice = top.group("notice", "thông báo khẩn cho các đơn vị")
    send = notice.add("send", "gửi một thông báo; nội dung không nêu tên công dân")
    send.add_argument("text", metavar="NỘI_DUNG", help="điều cần biết, trong một đoạn")
    send.add_argument("--unit", default="", metavar="MÃ", help="chỉ cho một đơn vị")
    send.add_argument("--all", action="store_true", help="cho mọi đơn vị của máy chủ")
    listed = notice.add("list", "các thông báo: đã đọc chưa, ai đọc, đã rút chưa")
    listed.add_argument(
        "unit", nargs="?", default="", metavar="MÃ", help="một đơn vị (mặc định: tất cả)"
    )
    withdraw = notice.add("withdraw", "rút một thông báo ở mọi đơn vị đã nhận")
    withdraw.add_argument("notice", metavar="THÔNG_BÁO", help="mã của thông báo, xem bằng list")


def _carriers(top: "_Words") -> None:
    hub = top.group("hub", "trạm trung chuyển trong mạng nội bộ của đơn vị")
    join = hub.add("join", "ghi danh máy này làm trạm; mã dùng một lần đọc từ stdin")
    join.add_argument("url", metavar="ĐỊA_CHỈ", help="máy chủ cấp trên")
    join.add_argument("unit", metavar="MÃ", help="mã đơn vị")
    address = hub.add("address", "sửa địa chỉ máy chủ cấp trên mà trạm ở máy này chuyển lên")
    address.add_argument("url", metavar="ĐỊA_CHỈ", help="nơi máy chủ ấy nay trả lời")
    hub.add("status", "trạm ở thư mục dữ liệu này: có chạy không, đã gặp quầy nào, còn giữ gì")
    bundle = top.group("bundle", "gói dữ liệu trên USB")
    write = bundle.add("write", "ghi gói cho một quầy")
    write.add_argument("file", type=Path, metavar="TỆP", help="tệp sẽ ghi")
    write.add_argument(
        "--to", type=int, metavar="SỐ", help="quầy số mấy (mặc định: quầy của đơn vị vừa đọc gói)"
    )
    write.add_argument(
        "--unit", default="", metavar="MÃ", help="đơn vị; phải ghi khi máy chủ có nhiều"
    )
    write.add_argument("--scans", type=int, metavar="MB",
                       help="nhiều nhất chừng ấy MB bản số hóa quầy còn thiếu (mặc định: vừa chỗ thì kèm hết; 0: không kèm)")  # fmt: skip
    read = bundle.add("read", "đọc gói của một quầy")
    read.add_argument("file", type=Path, metavar="TỆP", help="tệp sẽ đọc")
    enrolment = top.group("enrolment", "ghi danh quầy không có mạng, bằng tệp trên USB")
    answer = enrolment.add("answer", "trả lời yêu cầu của một quầy, kèm mọi dữ liệu của đơn vị")
    answer.add_argument("file", type=Path, metavar="YÊU_CẦU", help="tệp quầy đã ghi")
    answer.add_argument("into", type=Path, metavar="TRẢ_LỜI", help="tệp sẽ ghi, mang về quầy")
    answer.add_argument("--certificate", type=Path, metavar="TỆP",
                        help="chứng thư TLS (PEM) mà máy chủ phục vụ bằng, nếu có")  # fmt: skip


class _Words:
    """The program's commands, or those of one group."""

    def __init__(
        self, parser: argparse.ArgumentParser | None, deeds: Mapping[str, Deed], of: str = ""
    ) -> None:
        self.parser = parser or _Parser(prog="motcua-server", description="Máy chủ của Một Cửa.")
        self._deeds = deeds
        self._of = of
        self._commands = self.parser.add_subparsers(
            required=True, metavar="LỆNH", title="Các lệnh", parser_class=_Parser
        )

    def add(self, name: str, about: str) -> "argparse._ArgumentGroup":
        """A command; the group takes its words."""
        parser = self._commands.add_parser(name, help=about, description=about)
        parser.set_defaults(run=self._deeds[f"{self._of} {name}".strip()])
        common = parser.add_argument_group("Tùy chọn chung")
        default = user_data_path("motcua-server", appauthor=False)
        common.add_argument(
            "--data", type=Path, default=default, metavar="THƯ_MỤC", help="thư mục dữ liệu"
        )
        common.add_argument("--store", default=os.environ.get(STORE_VARIABLE, ""), metavar="URL",
                            help=f"kho PostgreSQL thay cho SQLite (hoặc biến {STORE_VARIABLE})")  # fmt: skip
        common.add_argument("--keyring", action="store_true",
                            help="từ nay khóa của máy chủ nằm trong kho khóa của hệ điều hành, nếu có, thay cho tệp")  # fmt: skip
        common.add_argument(
            "--json", action="store_true", help="trả lời bằng JSON, mỗi dòng một mục"
        )
        return parser.add_argument_group("Đối số")

    def group(self, name: str, about: str) -> "_Words":
        """Commands that begin with the same word."""
        parser = self._commands.add_parser(name, help=about, description=about)
        return _Words(parser, self._deeds, name)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **about: Any) -> None:
        super().__init__(**about, add_help=False, allow_abbrev=False, formatter_class=_Help)
        general = self.add_argument_group("Trợ giúp")
        general.add_argument("-h", "--help", action="help", help="xem cách dùng")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Lệnh chưa đúng: {_in_words(message)}. Xem cách dùng: {self.prog} --help\n")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def _in_words(message: str) -> str:
    for shape, sentence in _MISTAKES:
        if found := re.fullmatch(shape, message, re.DOTALL):
            return sentence.format(*found.groups())
    return "có đối số không dùng được"
