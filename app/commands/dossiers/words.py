"""The words of `receive`, `leave`, `deed` and of what is read of dossiers: commands, options, help."""

from typing import get_args

from app.commands.instants import instant, promised
from app.commands.parser import Add, Words, choice
from app.models.deadlines.appointment import LimitUnit
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.events.new_dates import ToldHow

VERBS = tuple(deed for deed in Deed if deed is not Deed.RECEIVE)
OUTCOMES = ("guidance", "supplement", "refusal")
"""With which paper somebody leaves without being received."""

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
_INSTANTS = {
    "--at": "làm lúc nào, nếu không phải bây giờ",
    "--wished": "cần trước lúc nào (hasten)",
    "--asked-at": "lúc yêu cầu (withdraw, stop)",
}


def dossier_words(add: Add) -> None:
    """What is done to dossiers, and what is read of them."""
    receive = add("receive", "tiếp nhận hồ sơ, mỗi dòng JSON một hồ sơ")
    receive.add_argument("file", metavar="TỆP", help="tệp JSON từng dòng, hoặc - là stdin")
    _leave(add("leave", "ghi người đến rồi về, chưa tiếp nhận: hướng dẫn, bổ sung, từ chối"))
    _deed(add("deed", "làm một việc với hồ sơ"))
    _looking(add)


def _leave(leave: Words) -> None:
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


def _deed(deed: Words) -> None:
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
    deed.add_argument("--due", metavar="ISO", type=promised,
                      help="hẹn lại (apologise), hoặc ngày đề nghị hẹn lại (explain-delay); "
                      "chỉ ghi ngày thì là giờ trả kết quả của đơn vị")  # fmt: skip
    deed.add_argument("--case", metavar="SỐ", type=int, default=0, help="trường hợp (change-case)")
    deed.add_argument(
        "--limit",
        metavar="SỐ",
        type=int,
        help="thời hạn nhập tay, nếu danh mục chưa có; của cơ quan nhận (forward)",
    )
    choice(deed, "--limit-unit", [unit.value for unit in LimitUnit], LimitUnit.WORKING_DAY.value,
            "đơn vị của thời hạn nhập tay")  # fmt: skip
    deed.add_argument("--amount", metavar="ĐỒNG", type=int, help="số tiền (request-payment, paid)")
    choice(deed, "--what", ("fee", "duty"), "",
            "khoản phải nộp: lệ phí hay thuế, khoản khác (request-payment)")  # fmt: skip
    choice(deed, "--how", get_args(ToldHow), "", "đã báo bằng cách nào (tell)")
    choice(deed, "--asked-way", ("direct", "post", "online"), "", "cách yêu cầu (withdraw, stop)")
    choice(deed, "--fee-back", ("refunded", "kept"), "",
            "phí đã nộp hoàn lại hay không (withdraw, stop)")  # fmt: skip
    choice(deed, "--method", ("cash", "transfer"), "", "cách nộp tiền (paid)")
    choice(deed, "--outcome", ("granted", "refused"), "granted", "kết quả (resolve)")
    choice(deed, "--way", ("self", "authorised", "post"), "self", "cách trả (return)")


def _looking(add: Add) -> None:
    show = add("show", "mọi điều về một hồ sơ")
    show.add_argument("code", metavar="MÃ", help="mã hồ sơ, mã tạm hoặc mã trên QR")
    find = add("find", "tìm theo tên, mã, số giấy tờ, điện thoại")
    find.add_argument("words", metavar="CHỮ", nargs="+", help="có dấu hoặc không")
    find.add_argument("--limit", metavar="SỐ", type=int, default=50, help="nhiều nhất bao nhiêu")
    late = add("late", "hồ sơ quá hạn")
    late.add_argument("--soon", metavar="NGÀY", type=int, default=0,
                      help="cả hồ sơ đến hạn trong chừng ấy ngày làm việc")  # fmt: skip
    late.add_argument(
        "--away", action="store_true", help="thay vào đó: cơ quan khác giữ quá hạn của nó"
    )
    sorry = add("apologies", "hồ sơ phải xin lỗi và hẹn lại, ở bước của ai")
    sorry.add_argument("--ahead", metavar="NGÀY", type=int, default=1,
                       help="cả hồ sơ phải xin lỗi trong chừng ấy ngày mở cửa")  # fmt: skip
    moved = add("calendar-changes", "hồ sơ có ngày hẹn thay đổi theo lịch; hẹn lại khi yêu cầu")
    which = moved.add_mutually_exclusive_group()
    which.add_argument("--apply", metavar="MÃ", nargs="+", default=[], help="hẹn lại các hồ sơ này")
    which.add_argument("--all", action="store_true", help="hẹn lại mọi hồ sơ trong danh sách")
    apart = add("conflicts", "việc làm trùng ở hai nơi cần xem; ghi đã xem khi yêu cầu")
    apart.add_argument("code", metavar="MÃ", nargs="?", default="", help="mặc định: mọi hồ sơ")
    apart.add_argument("--settle", metavar="SỐ", type=int, help="ghi đã xem việc số ấy của hồ sơ")
    due = add("due", "hẹn trả của một thủ tục, và vì sao")
    due.add_argument("procedure", metavar="THỦ_TỤC", help="mã thủ tục, như 1.004873")
    due.add_argument("--at", metavar="ISO", type=instant, required=True, help="nhận lúc nào")
    due.add_argument("--case", metavar="SỐ", type=int, default=1, help="trường hợp")
