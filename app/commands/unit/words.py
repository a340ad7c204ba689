"""The words of `demo`, `init`, `import`, `officer`, `policy`, `unit` and `rating`."""

from pathlib import Path

from app.commands.instants import instant
from app.commands.parser import Add, choice
from app.models.unit.officer import Role

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


def unit_words(add: Add) -> None:
    """What makes a counter, and what its unit says of itself."""
    _setting_up(add)
    _policy(add)
    _unit(add)
    rating = add("rating", "mời công dân đánh giá ở quầy này: xem, bật, tắt")
    rating.add_argument("asks", metavar="VIỆC", choices=("on", "off", ""), nargs="?", default="",
                        help="on: mời, off: thôi mời")  # fmt: skip


def _setting_up(add: Add) -> None:
    demo = add("demo", "dựng sẵn một xã thử nghiệm, có hồ sơ của một tháng")
    demo.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục mới hoặc trống")
    demo.add_argument("--at", metavar="ISO", type=instant, help="dựng như vào lúc ấy")
    init = add("init", "tạo một quầy trống; mật khẩu lấy từ MOTCUA_PASSPHRASE")
    init.add_argument("--unit", metavar="MÃ", required=True, help="mã định danh, như H26.15.3")
    init.add_argument("--name", metavar="TÊN", required=True, help="tên đơn vị in trên giấy")
    init.add_argument("--counter", metavar="SỐ", required=True, type=int, help="quầy số mấy")
    init.add_argument("--officer", metavar="HỌ_TÊN", default="", help="cán bộ đầu tiên")
    bring = add("import", "nhập danh mục, ngày nghỉ, hồ sơ hoặc hồ sơ trực tuyến từ tệp")
    bring.add_argument("kind", choices=IMPORTS, help=f"nhập gì: {', '.join(IMPORTS)}")
    bring.add_argument("file", metavar="TỆP", type=Path, help="CSV hoặc XLSX; hồ sơ: cả JSON")
    bring.add_argument("--cases", metavar="TỆP", type=Path, help="bảng trường hợp (catalogue)")
    bring.add_argument("--fees", metavar="TỆP", type=Path, help="bảng phí, lệ phí (catalogue)")
    officer = add("officer", "thêm cán bộ, đặt lại mật khẩu; mật khẩu đọc từ stdin")
    officer.add_argument("action", choices=("add", "password", "leave"), help="add: thêm, hoặc "
                         "thay người cùng tên; password: đặt lại mật khẩu; leave: cho thôi làm")  # fmt: skip
    officer.add_argument("login", metavar="TÊN_ĐĂNG_NHẬP")
    officer.add_argument("name", metavar="HỌ_TÊN", nargs="?", default="")
    officer.add_argument("--roles", nargs="+", default=[], choices=[role.value for role in Role],
                         metavar="VAI_TRÒ", help=", ".join(role.value for role in Role))  # fmt: skip
    officer.add_argument("--title", metavar="CHỨC_VỤ", default="", help="in trên giấy")


def _policy(add: Add) -> None:
    rules = add("policy", "quy định riêng của đơn vị về thời hạn: xem, hoặc đổi")
    choice(rules, "--supplement", ("restart", "pause"), "", "khi nhận đủ bổ sung, tính")
    choice(rules, "--payment", ("pause", "run"), "", "khi chờ nộp tiền, thời hạn")
    choice(rules, "--reopen", ("pause", "restart"), "", "khi mở lại hồ sơ đã dừng, tính")
    rules.add_argument("--return-by", metavar="GIỜ", default="", help="giờ trả kết quả, như 16:30")
    rules.add_argument("--cut-off", metavar="GIỜ", default="", help="giờ chuyển hồ sơ, như 15:00")


def _unit(add: Add) -> None:
    unit = add("unit", "tên, địa chỉ, điện thoại của đơn vị trên giấy: xem, hoặc đổi")
    for name, about in UNIT.items():
        unit.add_argument(f"--{name.replace('_', '-')}", metavar="CHỮ", help=about)
    unit.add_argument("--shelf", metavar="LĨNH_VỰC=NƠI", action="append", default=[], dest="shelves",
                      help="nơi cất hồ sơ của lĩnh vực, in trên nhãn; ghi nhiều lần được")  # fmt: skip
    unit.add_argument("--hours", metavar="NGÀY=GIỜ;…",
                      help="giờ mở cửa, như “T2-T6=7:30-11:30 13:30-17:00; T7=7:30-11:30”; trống: như có sẵn")  # fmt: skip
    unit.add_argument("--two-stage", metavar="MÃ,MÃ", dest="two_stage",
                      help="các thủ tục có giai đoạn 2, như 1.012789 hoặc 1.012789/2; trống: không có")  # fmt: skip
