"""The words of the command line: commands, options, and their help in Vietnamese."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, get_args

from app.commands.exchange_words import exchange_words
from app.commands.instants import day, instant
from app.commands.online_words import OUTCOMES, online_words
from app.commands.province_words import province_words
from app.commands.receipt_words import receipt_words
from app.commands.scan_words import scan_words
from app.desk.papers.forms import FORMS
from app.models.deadlines.appointment import LimitUnit
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.errors import BadInput
from app.models.events.new_dates import ToldHow
from app.models.unit.officer import Role

VERBS = tuple(deed for deed in Deed if deed is not Deed.RECEIVE)
PAPERS = ("A4", "A5", "K80", "A3")
SHEETS = {
    "hand-over-list": "danh sách bàn giao hồ sơ (mã hồ sơ, hoặc số danh sách như 1-0003)",
    "results-hand-over": "phiếu bàn giao kết quả của một ngày (--day)",
    "way": "quá trình xử lý một hồ sơ",
    "morning-sheet": "việc đầu ngày",
    "call-list": "kết quả chưa đến lấy quá 30 ngày, kèm số điện thoại và nơi cất",
    "end-of-day": "tổng hợp cuối ngày (--day)",
    "board-procedures": "bảng niêm yết thủ tục (tên lĩnh vực; --paper A3)",
    "board-officers": "bảng cán bộ, đường dây nóng (--paper A3)",
    "qr-cards": "thẻ QR tra cứu cho các thôn (tên thôn)",
}
UNCOUNTED = {
    "ticket": "phiếu tra cứu trên cuộn K80, không thay giấy tiếp nhận",
    "blank": "giấy hẹn để ghi tay khi mất điện, mỗi tờ một mã tạm; nhập sau bằng receive, khóa “code”",
    "test-page": "trang thử máy in và máy quét",
}
PRINTER = (
    "gửi tới máy in; hoặc PDF:THƯ_MỤC, hoặc máy in cuộn K80:ĐỊA_CHỈ[:CỔNG] và K80:TỆP_THIẾT_BỊ"
)
REPORTS = {
    "ii06a": "tình hình, kết quả giải quyết TTHC, Biểu số II.06a/VPCP/KSTT",
    "satisfaction": "công dân đánh giá tại quầy; không nêu nhóm nào dưới 5 phiếu",
    "help-desk": "lượt trợ giúp tại bàn trợ giúp theo kết quả, thủ tục, người",
}
# what the unit says of itself on paper
UNIT = {
    "name": "nơi tiếp nhận, cả tên xã",
    "agency_upper": "cơ quan chủ quản, dòng trên của tiêu đề",
    "agency_own": "tên đơn vị, dòng dưới của tiêu đề",
    "sign": "ký hiệu trong số của giấy, như TTPVHCC hoặc BPTNTKQ",
    "place": "địa danh",
    "return_place": "nơi trả kết quả; bỏ trống thì là nơi tiếp nhận",
    "hotline": "điện thoại liên hệ, đường dây nóng",
    "tax_number": "mã số thuế, in trên biên lai",
    "lookup_url": "địa chỉ tra cứu hồ sơ, in trên QR",
    "rating_invitation": "lời mời đánh giá, ở quầy và trên điện thoại",
    "rating_levels": "ba mức đánh giá, xấu nhất trước, cách nhau bằng dấu chấm phẩy",
    "rating_url": "địa chỉ đánh giá sự phục vụ, in trên phiếu lấy ý kiến và thẻ QR",
}
IMPORTS = ("catalogue", "holidays", "dossiers", "online")

# what a deed may be told in words
_SAID = {
    "--reason": "lý do",
    "--to": "người hoặc cơ quan nhận (hand-over, forward), cơ quan trả lời (agency-answer)",
    "--note": "ghi chú",
    "--by": "tên đăng nhập của người làm, nếu không phải người nhập",
    "--collector": "người đến nhận kết quả (return)",
    "--waybill": "số phiếu gửi của bưu chính (return)",
    "--signer": "thủ trưởng cơ quan chậm, ký phiếu xin lỗi (apologise)",
    "--agreement": "văn bản thỏa thuận thời hạn dài hơn, việc chứng thực (change-case)",
    "--asked-by": "người yêu cầu rút hoặc dừng (withdraw, stop)",
    "--name": "họ tên đúng (correct)",
    "--id-number": "số giấy tờ đúng (correct)",
    "--born": "ngày sinh đúng (correct)",
    "--phone": "điện thoại đúng (correct)",
    "--address": "địa chỉ đúng (correct)",
    "--request": "nội dung yêu cầu đúng (correct)",
    "--procedure": "thủ tục đúng (correct)",
    "--limit-source": "căn cứ của thời hạn nhập tay",
}
# the shapes of argparse's sentences → ours
_MISTAKES = (
    (r"the following arguments are required: (.+)", "Thiếu {}."),
    (r"argument (.+): expected .+", "{} cần một giá trị."),
    (r"argument LỆNH: invalid choice: '(.*?)' .+", "Không có lệnh “{}”."),
    (r"argument .+?: invalid choice: '(.*?)' .+", "Không có lựa chọn “{}”."),
    (r"argument (.+?): invalid int value: '(.*)'", "{} phải là số nguyên, không phải “{}”."),
    (r"argument (.+?): not allowed with argument (.+)", "{} không dùng cùng {}."),
    (r"unrecognized arguments: (.+)", "Không hiểu “{}”."),
    (r"argument (.+?): (.+)", "{}: {}"),
)


def grammar() -> argparse.ArgumentParser:
    """The whole command line. Parsing raises `BadInput`; no command at all gives None."""
    top = _Parser("motcua", "Một Cửa: quầy tiếp nhận và trả kết quả thủ tục hành chính cấp xã.")
    top.set_defaults(data=None, json=False)
    top.words.add_argument("--version", action="store_true", help="phiên bản chương trình")
    commands = _Commands(
        top.add_subparsers(title="Các lệnh", metavar="LỆNH", dest="command", required=False)
    )
    commands.add("open", "mở cửa sổ làm việc (cũng là khi không ghi lệnh nào)")
    _setting_up(commands)
    _policy(commands)
    _unit(commands)
    _dossiers(commands)
    _looking(commands)
    _registers(commands)
    exchange_words(commands.add)
    _upkeep(commands)
    return top


# --- the commands -------------------------------------------------------------------------------


def _setting_up(commands: "_Commands") -> None:
    demo = commands.add("demo", "dựng sẵn một xã thử nghiệm, có hồ sơ của một tháng")
    demo.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục mới hoặc trống")
    demo.add_argument("--at", metavar="ISO", type=instant, help="dựng như vào lúc ấy")
    init = commands.add("init", "tạo một quầy trống; mật khẩu lấy từ MOTCUA_PASSPHRASE")
    init.add_argument("--unit", metavar="MÃ", required=True, help="mã định danh, như H26.15.3")
    init.add_argument("--name", metavar="TÊN", required=True, help="tên đơn vị in trên giấy")
    init.add_argument("--counter", metavar="SỐ", required=True, type=int, help="quầy số mấy")
    init.add_argument("--officer", metavar="HỌ_TÊN", default="", help="cán bộ đầu tiên")
    bring = commands.add("import", "nhập danh mục, ngày nghỉ, hồ sơ hoặc hồ sơ trực tuyến từ tệp")
    bring.add_argument("kind", choices=IMPORTS, help=f"nhập gì: {', '.join(IMPORTS)}")
    bring.add_argument("file", metavar="TỆP", type=Path, help="CSV hoặc XLSX; hồ sơ: cả JSON")
    bring.add_argument("--cases", metavar="TỆP", type=Path, help="bảng trường hợp (catalogue)")
    bring.add_argument("--fees", metavar="TỆP", type=Path, help="bảng phí, lệ phí (catalogue)")
    officer = commands.add("officer", "thêm cán bộ, đặt lại mật khẩu; mật khẩu đọc từ stdin")
    officer.add_argument("action", choices=("add", "password", "leave"), help="add: thêm, hoặc "
                         "thay người cùng tên; password: đặt lại mật khẩu; leave: cho thôi làm")  # fmt: skip
    officer.add_argument("login", metavar="TÊN_ĐĂNG_NHẬP")
    officer.add_argument("name", metavar="HỌ_TÊN", nargs="?", default="")
    officer.add_argument("--roles", nargs="+", default=[], choices=[role.value for role in Role],
                         metavar="VAI_TRÒ", help=", ".join(role.value for role in Role))  # fmt: skip
    officer.add_argument("--title", metavar="CHỨC_VỤ", default="", help="in trên giấy")


def _policy(commands: "_Commands") -> None:
    rules = commands.add("policy", "quy định riêng của đơn vị về thời hạn: xem, hoặc đổi")
    _choice(rules, "--supplement", ("restart", "pause"), "", "khi nhận đủ bổ sung, tính")
    _choice(rules, "--payment", ("pause", "run"), "", "khi chờ nộp tiền, thời hạn")
    _choice(rules, "--reopen", ("pause", "restart"), "", "khi mở lại hồ sơ đã dừng, tính")
    rules.add_argument("--return-by", metavar="GIỜ", default="", help="giờ trả kết quả, như 16:30")
    rules.add_argument("--cut-off", metavar="GIỜ", default="", help="giờ chuyển hồ sơ, như 15:00")


def _unit(commands: "_Commands") -> None:
    unit = commands.add("unit", "tên, địa chỉ, điện thoại của đơn vị trên giấy: xem, hoặc đổi")
    for name, about in UNIT.items():
        unit.add_argument(f"--{name.replace('_', '-')}", metavar="CHỮ", help=about)
    unit.add_argument("--shelf", metavar="LĨNH_VỰC=NƠI", action="append", default=[], dest="shelves",
                      help="nơi cất hồ sơ của lĩnh vực, in trên nhãn; ghi nhiều lần được")  # fmt: skip
    unit.add_argument("--hours", metavar="NGÀY=GIỜ;…",
                      help="giờ mở cửa, như “T2-T6=7:30-11:30 13:30-17:00; T7=7:30-11:30”; trống: như có sẵn")  # fmt: skip
    unit.add_argument("--two-stage", metavar="MÃ,MÃ", dest="two_stage",
                      help="các thủ tục có giai đoạn 2, như 1.012789 hoặc 1.012789/2; trống: không có")  # fmt: skip


def _dossiers(commands: "_Commands") -> None:
    receive = commands.add("receive", "tiếp nhận hồ sơ, mỗi dòng JSON một hồ sơ")
    receive.add_argument("file", metavar="TỆP", help="tệp JSON từng dòng, hoặc - là stdin")
    _leave(
        commands.add("leave", "ghi người đến rồi về, chưa tiếp nhận: hướng dẫn, bổ sung, từ chối")
    )
    _deed(commands.add("deed", "làm một việc với hồ sơ"))
    _paper(commands.add("print", "in một giấy của hồ sơ"))
    scan_words(commands.add("scan", "số hóa giấy tờ; không ghi tệp thì xem đã số hóa đến đâu"))


def _leave(leave: "argparse._ArgumentGroup") -> None:
    leave.add_argument("outcome", metavar="GIẤY", choices=OUTCOMES, help=", ".join(OUTCOMES))
    leave.add_argument("procedure", metavar="THỦ_TỤC", help="mã thủ tục, như 1.004873")
    words = {
        "--reason": "nội dung hướng dẫn hoặc lý do",
        "--name": "họ tên, nếu họ cho biết",
        "--id-number": "số giấy tờ",
        "--phone": "điện thoại",
        "--address": "địa chỉ",
        "--request": "nội dung yêu cầu",
    }
    for name, about in words.items():
        leave.add_argument(name, metavar="CHỮ", default="", help=about)
    leave.add_argument("--item", metavar="CHỮ", action="append", default=[], dest="items",
                       help="giấy tờ còn thiếu; ghi nhiều lần được")  # fmt: skip


def _paper(paper: "argparse._ArgumentGroup") -> None:
    papers = {form: known.name for form, known in FORMS.items()} | SHEETS | UNCOUNTED
    listed = "; ".join(f"{form}: {name}" for form, name in papers.items())
    paper.add_argument("form", metavar="MẪU", help=listed)
    paper.add_argument("codes", metavar="MÃ", nargs="*",
                       help="mã hồ sơ; nhiều mã của một người thì chung một giấy (receipt, minutes)")  # fmt: skip
    paper.add_argument("--sample", metavar="DẠNG", nargs="?", const="", default=None,
                       help="in thử mẫu với dữ liệu ví dụ, không cần hồ sơ")  # fmt: skip
    paper.add_argument("--profile", metavar="BỘ_MẪU", default="",
                       help="bộ mẫu của bản in thử: tt-03-2025, tt-01-2018")  # fmt: skip
    paper.add_argument(
        "--day", metavar="NGÀY", type=day, help="của ngày nào, nếu không phải hôm nay"
    )
    where = paper.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="TỆP", type=Path, help="ghi ra tệp PDF")
    where.add_argument("--printer", metavar="TÊN", help=PRINTER)
    paper.add_argument("--each", action="store_true",
                       help="mỗi mã một giấy, bỏ qua mã đã in; “-” đọc các mã từ stdin")  # fmt: skip
    paper.add_argument(
        "--copies", metavar="SỐ", type=int, default=1, help="in mấy bộ (mỗi bộ đủ các liên)"
    )
    _choice(paper, "--paper", PAPERS, "", "khổ giấy; mặc định: khổ thường dùng của mẫu")


_INSTANTS = {
    "--at": "làm lúc nào, nếu không phải bây giờ",
    "--due": "hẹn lại (apologise), hoặc ngày đề nghị hẹn lại (explain-delay)",
    "--wished": "cần trước lúc nào (hasten)",
    "--asked-at": "lúc yêu cầu (withdraw, stop)",
}


def _deed(deed: "argparse._ArgumentGroup") -> None:
    deed.add_argument("code", metavar="MÃ", help="mã hồ sơ, mã tạm hoặc mã trên QR")
    deed.add_argument("verb", metavar="VIỆC", choices=[verb.value for verb in VERBS],
                      help="; ".join(f"{verb.value}: {LABEL[verb].lower()}" for verb in VERBS))  # fmt: skip
    for name, words in _SAID.items():
        deed.add_argument(name, metavar="CHỮ", default="", help=words)
    deed.add_argument("--item", metavar="CHỮ", action="append", default=[], dest="items",
                      help="giấy tờ cần bổ sung, hoặc trả lại (withdraw, stop); ghi nhiều lần được")  # fmt: skip
    deed.add_argument("--paper", metavar="TÊN=SỐ[,SỐ,SỐ]", action="append", default=[], dest="papers",
                      help="giấy tờ đúng: bản chính, chứng thực, photo, hoặc “=shown” (correct); ghi đủ mọi giấy")  # fmt: skip
    deed.add_argument("--agency", metavar="TÊN|VIỆC|SỐ", action="append", default=[], dest="agencies",
                      help="cơ quan nhận chuyển, việc và thời hạn của nó (forward); ghi nhiều lần được")  # fmt: skip
    for name, words in _INSTANTS.items():
        deed.add_argument(name, metavar="ISO", type=instant, help=words)
    deed.add_argument("--case", metavar="SỐ", type=int, default=0, help="trường hợp (change-case)")
    deed.add_argument(
        "--limit",
        metavar="SỐ",
        type=int,
        help="thời hạn nhập tay, nếu danh mục chưa có; của cơ quan nhận (forward)",
    )
    _choice(deed, "--limit-unit", [unit.value for unit in LimitUnit], LimitUnit.WORKING_DAY.value,
            "đơn vị của thời hạn nhập tay")  # fmt: skip
    deed.add_argument("--amount", metavar="ĐỒNG", type=int, help="số tiền (request-payment, paid)")
    _choice(deed, "--what", ("fee", "duty"), "",
            "khoản phải nộp: lệ phí hay thuế, khoản khác (request-payment)")  # fmt: skip
    _choice(deed, "--how", get_args(ToldHow), "", "đã báo bằng cách nào (tell)")
    _choice(deed, "--asked-way", ("direct", "post", "online"), "", "cách yêu cầu (withdraw, stop)")
    _choice(deed, "--fee-back", ("refunded", "kept"), "",
            "phí đã nộp hoàn lại hay không (withdraw, stop)")  # fmt: skip
    _choice(deed, "--method", ("cash", "transfer"), "", "cách nộp tiền (paid)")
    _choice(deed, "--outcome", ("granted", "refused"), "granted", "kết quả (resolve)")
    _choice(deed, "--way", ("self", "authorised", "post"), "self", "cách trả (return)")


def _choice(
    words: "argparse._ArgumentGroup", name: str, choices: Sequence[str], default: str, about: str
) -> None:
    listed = f"{about}: {', '.join(choices)}"
    words.add_argument(name, choices=choices, default=default, metavar="CHỌN", help=listed)


def _looking(commands: "_Commands") -> None:
    show = commands.add("show", "mọi điều về một hồ sơ")
    show.add_argument("code", metavar="MÃ", help="mã hồ sơ, mã tạm hoặc mã trên QR")
    find = commands.add("find", "tìm theo tên, mã, số giấy tờ, điện thoại")
    find.add_argument("words", metavar="CHỮ", nargs="+", help="có dấu hoặc không")
    find.add_argument("--limit", metavar="SỐ", type=int, default=50, help="nhiều nhất bao nhiêu")
    late = commands.add("late", "hồ sơ quá hạn")
    late.add_argument("--soon", metavar="NGÀY", type=int, default=0,
                      help="cả hồ sơ đến hạn trong chừng ấy ngày làm việc")  # fmt: skip
    late.add_argument(
        "--away", action="store_true", help="thay vào đó: cơ quan khác giữ quá hạn của nó"
    )
    sorry = commands.add("apologies", "hồ sơ phải xin lỗi và hẹn lại, ở bước của ai")
    sorry.add_argument("--ahead", metavar="NGÀY", type=int, default=1,
                       help="cả hồ sơ phải xin lỗi trong chừng ấy ngày mở cửa")  # fmt: skip
    moved = commands.add(
        "calendar-changes", "hồ sơ có ngày hẹn thay đổi theo lịch; hẹn lại khi yêu cầu"
    )
    which = moved.add_mutually_exclusive_group()
    which.add_argument("--apply", metavar="MÃ", nargs="+", default=[], help="hẹn lại các hồ sơ này")
    which.add_argument("--all", action="store_true", help="hẹn lại mọi hồ sơ trong danh sách")
    apart = commands.add("conflicts", "việc làm trùng ở hai nơi cần xem; ghi đã xem khi yêu cầu")
    apart.add_argument("code", metavar="MÃ", nargs="?", default="", help="mặc định: mọi hồ sơ")
    apart.add_argument("--settle", metavar="SỐ", type=int, help="ghi đã xem việc số ấy của hồ sơ")
    province_words(commands.add("province", "nhập hồ sơ lên hệ thống tỉnh, giữ mã ở đó"))
    online_words(commands.add("online", "hồ sơ trực tuyến chờ kiểm tra, trả lời"))
    due = commands.add("due", "hẹn trả của một thủ tục, và vì sao")
    due.add_argument("procedure", metavar="THỦ_TỤC", help="mã thủ tục, như 1.004873")
    due.add_argument("--at", metavar="ISO", type=instant, required=True, help="nhận lúc nào")
    due.add_argument("--case", metavar="SỐ", type=int, default=1, help="trường hợp")


def _registers(commands: "_Commands") -> None:
    register = commands.add("register", "ghi sổ theo dõi hồ sơ ra tệp PDF hoặc XLSX")
    _span(register, required=True)
    register.add_argument("-o", "--output", metavar="TỆP", type=Path, required=True,
                          help="tệp .pdf hoặc .xlsx")  # fmt: skip
    register.add_argument("--group", metavar="TÊN", default="", help="một sổ; mặc định: mọi sổ")
    report = commands.add("report", "báo cáo của một khoảng ngày ra tệp PDF hoặc XLSX")
    report.add_argument("name", metavar="TÊN", choices=list(REPORTS),
                        help="; ".join(f"{name}: {about}" for name, about in REPORTS.items()))  # fmt: skip
    _span(report, required=True)
    report.add_argument("-o", "--output", metavar="TỆP", type=Path, required=True,
                        help="tệp .pdf hoặc .xlsx")  # fmt: skip
    rating = commands.add("rating", "mời công dân đánh giá ở quầy này: xem, bật, tắt")
    rating.add_argument("asks", metavar="VIỆC", choices=("on", "off", ""), nargs="?", default="",
                        help="on: mời, off: thôi mời")  # fmt: skip
    lacking = commands.add(
        "incomplete", "giờ, tên, chữ ký, phiếu xin lỗi còn thiếu trước khi đóng ngày"
    )
    _span(lacking, required=False)
    receipt_words(commands.add("fee-receipt", "biên lai phí, lệ phí của quyển được cấp"))


def _span(words: "argparse._ArgumentGroup", *, required: bool) -> None:
    for name, dest, about in (("--from", "since", "từ ngày"), ("--to", "until", "đến hết ngày")):
        words.add_argument(name, dest=dest, metavar="NGÀY", type=day, required=required, help=about)


def _upkeep(commands: "_Commands") -> None:
    commands.add("verify", "kiểm tra dữ liệu, chuỗi sự kiện và mọi số đã cấp")
    backup = commands.add("backup", "ghi một bản sao mã hóa, đã đọc lại để kiểm tra")
    backup.add_argument("file", metavar="TỆP", type=Path)
    restore = commands.add("restore", "khôi phục từ bản sao; tệp đang dùng được giữ lại bên cạnh")
    which = restore.add_mutually_exclusive_group(required=True)
    which.add_argument("file", metavar="TỆP", type=Path, nargs="?")
    which.add_argument("--from-copy", metavar="THƯ_MỤC", type=Path,
                       help="từ bản thứ hai, đủ đến việc cuối cùng đã chép sang")  # fmt: skip
    restore.add_argument("--recovery", action="store_true",
                         help="mở bằng mã khôi phục, đọc từ stdin; mật khẩu đưa vào là mật khẩu mới")  # fmt: skip
    code = commands.add("recovery-code", "lập mã khôi phục để cất két; mã cũ thôi dùng từ nay")
    code.add_argument("--printer", metavar="TÊN", help="in ra giấy ở máy in này, không hiện")
    second = commands.add("second-copy", "giữ bản thứ hai của mọi việc trên USB hoặc ổ khác")
    second.add_argument("action", choices=("set", "off", "status"),
                        help="set: giữ từ nay ở thư mục; off: thôi giữ; status: đọc lại cả bản")  # fmt: skip
    second.add_argument("folder", metavar="THƯ_MỤC", type=Path, nargs="?")


# --- how it speaks ------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Speaks Vietnamese, and raises `BadInput` instead of ending the program."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Help
        )
        self.words = self.add_argument_group("Đối số")
        common = self.add_argument_group("Tùy chọn chung")
        common.add_argument("-h", "--help", action="help", help="xem cách dùng")
        # suppressed, so that a command doesn't take back what was said before it
        common.add_argument("--data", type=Path, metavar="THƯ_MỤC", default=argparse.SUPPRESS,
                            help="thư mục dữ liệu (mặc định: của người dùng này)")  # fmt: skip
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                            help="trả lời bằng JSON, mỗi dòng một mục")  # fmt: skip

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{_in_words(message)} Xem cách dùng: {self.prog} --help")


class _Commands:
    def __init__(self, commands: "argparse._SubParsersAction[Any]") -> None:
        self._commands = commands

    def add(self, name: str, about: str) -> "argparse._ArgumentGroup":
        """A command without words yet; the group takes them."""
        parser: _Parser = self._commands.add_parser(name, help=about, description=about)
        return parser.words


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def _in_words(message: str) -> str:
    for shape, sentence in _MISTAKES:
        if found := re.fullmatch(shape, message, re.DOTALL):
            return sentence.format(*found.groups())
    return "Lệnh chưa đúng."
