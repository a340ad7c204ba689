"""The words of `print`, `scan`, `register`, `report`, `incomplete` and `fee-receipt`."""

from pathlib import Path

from app.commands.instants import day
from app.commands.parser import Add, Words, choice, span
from app.desk.papers.forms import FORMS

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
RECEIPT_DEEDS = {
    "book": "nhập quyển được cấp", "give": "lập biên lai", "spoil": "hủy một số",
    "lost": "báo mất một số", "accounts": "đã dùng, hủy, mất, còn",
}  # fmt: skip


def paper_words(add: Add) -> None:
    """What is printed, scanned and written into files."""
    _paper(add("print", "in một giấy của hồ sơ"))
    _scan(add("scan", "số hóa giấy tờ; không ghi tệp thì xem đã số hóa đến đâu"))
    _registers(add)
    lacking = add("incomplete", "giờ, tên, chữ ký, phiếu xin lỗi còn thiếu trước khi đóng ngày")
    span(lacking, required=False)
    _receipt(add("fee-receipt", "biên lai phí, lệ phí của quyển được cấp"))


def _paper(paper: Words) -> None:
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
    choice(paper, "--paper", PAPERS, "", "khổ giấy; mặc định: khổ thường dùng của mẫu")


def _scan(scan: Words) -> None:
    scan.add_argument("code", metavar="MÃ", help="mã hồ sơ, mã tạm hoặc mã trên QR")
    scan.add_argument("files", metavar="TỆP", nargs="*", type=Path,
                      help="ảnh hoặc PDF, theo thứ tự trang, thành một bản số hóa")  # fmt: skip
    scan.add_argument(
        "--document", metavar="SỐ", type=int, help="thành phần hồ sơ số mấy; 0 là giấy hẹn ghi tay"
    )
    which = scan.add_mutually_exclusive_group()
    which.add_argument("--reuse", metavar="MÃ:SỐ", default="",
                       help="dùng lại bản số hóa của hồ sơ khác của người này")  # fmt: skip
    which.add_argument("--remove", action="store_true", help="bỏ bản số hóa sau cùng")
    which.add_argument("-o", "--output", metavar="TỆP", type=Path, help="ghi bản sau cùng ra tệp")
    scan.add_argument("--result", action="store_true", help="bản dùng lại là kết quả (--reuse)")


def _registers(add: Add) -> None:
    register = add("register", "ghi sổ theo dõi hồ sơ ra tệp PDF hoặc XLSX")
    span(register, required=True)
    register.add_argument("-o", "--output", metavar="TỆP", type=Path, required=True,
                          help="tệp .pdf hoặc .xlsx")  # fmt: skip
    register.add_argument("--group", metavar="TÊN", default="", help="một sổ; mặc định: mọi sổ")
    report = add("report", "báo cáo của một khoảng ngày ra tệp PDF hoặc XLSX")
    report.add_argument("name", metavar="TÊN", choices=list(REPORTS),
                        help="; ".join(f"{name}: {about}" for name, about in REPORTS.items()))  # fmt: skip
    span(report, required=True)
    report.add_argument("-o", "--output", metavar="TỆP", type=Path, required=True,
                        help="tệp .pdf hoặc .xlsx")  # fmt: skip


def _receipt(words: Words) -> None:
    words.add_argument("action", metavar="VIỆC", choices=list(RECEIPT_DEEDS),
                       help="; ".join(f"{deed}: {about}" for deed, about in RECEIPT_DEEDS.items()))  # fmt: skip
    words.add_argument("code", metavar="MÃ", nargs="?", default="", help="mã hồ sơ (give)")
    words.add_argument("--sign", metavar="CHỮ", default="", help="ký hiệu của quyển")
    words.add_argument("--number", metavar="SỐ", type=int, default=0, help="số biên lai")
    words.add_argument("--form", dest="book_form", metavar="CHỮ", default="", help="mẫu số (book)")
    words.add_argument("--first", metavar="SỐ", type=int, default=0, help="số đầu (book)")
    words.add_argument("--last", metavar="SỐ", type=int, default=0, help="số cuối (book)")
    words.add_argument("--electronic", action="store_true", help="biên lai điện tử (book)")
    words.add_argument("-o", "--output", metavar="TỆP", type=Path, help="ghi ra tệp PDF (give)")
