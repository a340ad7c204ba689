"""The registry of everything a form can print: each variable's label, kind and sample.

A value is plain: `str`, `int`, `bool`, `date`, an aware `datetime`, or for rows a sequence of
mappings. A blank one ("" or None) is printed as dots or white space to be filled in by hand.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from app.clock import VIETNAM
from app.printing.list_variables import LISTS
from app.printing.variable import Kind, Rows, Variable

__all__ = ["REGISTRY", "Kind", "Rows", "Variable"]


_MORNING = datetime(2026, 11, 30, 9, 5, tzinfo=VIETNAM)

DOCUMENT = MappingProxyType(
    {
        "ordinal": Variable("Số thứ tự", 1, Kind.COUNT),
        "name": Variable("Tên giấy tờ", "Tờ khai đăng ký khai sinh"),
        "originals": Variable("Số bản chính", 1, Kind.COUNT),
        "certified": Variable("Số bản chứng thực", 0, Kind.COUNT),
        "copies": Variable("Số bản photo", 0, Kind.COUNT),
        "shown": Variable("Chỉ xuất trình", False, Kind.FLAG, words="(đã\N{NO-BREAK SPACE}xem)"),
    }
)


def _document(
    name: str, originals: int = 0, certified: int = 0, copies: int = 0, shown: bool = False
) -> Mapping[str, object]:
    return {
        "name": name,
        "originals": originals,
        "certified": certified,
        "copies": copies,
        "shown": shown,
    }


HAND_OVER = MappingProxyType(
    {
        "ordinal": Variable("Số thứ tự", 1, Kind.COUNT),
        "from": Variable("Bên giao", "Bộ phận TN&TKQ", longest=200),
        "to": Variable("Bên nhận", "Công chức Tư pháp – Hộ tịch", longest=200),
        "at": Variable("Thời gian giao nhận", _MORNING, Kind.INSTANT),
        "giver": Variable("Người giao", "Lê Thị Thanh Hương", longest=100),
        "taker": Variable("Người nhận", "Trần Văn Đức", longest=100),
        "result": Variable("Kết quả giải quyết", "Đúng hạn", longest=200),
        "note": Variable("Ghi chú", "", longest=200),
    }
)

REGISTRY: Mapping[str, Variable | Rows] = MappingProxyType(
    {
        **LISTS,
        # the unit
        "agency_upper": Variable("Cơ quan chủ quản", "Ủy ban nhân dân xã Đại Lịch", longest=200),
        "agency_own": Variable("Đơn vị", "Trung tâm Phục vụ hành chính công", longest=200),
        "unit_sign": Variable("Ký hiệu đơn vị", "TTPVHCC", longest=40),
        "one_stop": Variable("Nơi tiếp nhận", "Trung tâm Phục vụ hành chính công xã Đại Lịch"),
        "place": Variable("Địa danh", "Đại Lịch", longest=60),
        "hotline": Variable("Điện thoại liên hệ", "0216 3 000 000", longest=100),
        "privacy": Variable(
            "Thông báo bảo vệ dữ liệu cá nhân",
            "Dữ liệu cá nhân trên giấy này chỉ được dùng để giải quyết thủ tục hành chính.",
        ),
        # the paper
        "date": Variable("Ngày lập", date(2026, 11, 30), Kind.DAY),
        "number": Variable("Số của giấy", "0015", longest=40),
        # the dossier
        "code": Variable("Mã hồ sơ", "H63.12.07-261130-0001", longest=48),
        "provisional": Variable("Là mã tạm", False, Kind.FLAG, words="(Mã tạm)"),
        "book": Variable("Quyển số", "01", longest=40),
        "serial": Variable("Số thứ tự trong sổ", "0128", longest=40),
        "request": Variable("Nội dung yêu cầu", "Đăng ký khai sinh", longest=5000),
        "documents": Rows(
            "Thành phần hồ sơ",
            DOCUMENT,
            (
                _document("Tờ khai đăng ký khai sinh", originals=1),
                _document("Giấy chứng sinh", originals=1),
                _document("Bản sao thẻ căn cước của cha, mẹ", copies=2),
                _document("Giấy chứng nhận kết hôn", shown=True),
            ),
        ),
        "sets": Variable("Số bộ hồ sơ", 1, Kind.COUNT),
        "limit": Variable("Thời hạn giải quyết", "03 ngày làm việc", longest=300),
        "received_at": Variable("Thời gian nhận hồ sơ", _MORNING, Kind.INSTANT),
        "due": Variable(
            "Thời gian trả kết quả", datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM), Kind.INSTANT
        ),
        "return_place": Variable(
            "Nơi nhận kết quả", "Trung tâm Phục vụ hành chính công xã Đại Lịch"
        ),
        "fee": Variable("Phí, lệ phí", "8.000 đồng – đã nộp tiền mặt"),
        "officer": Variable("Người tiếp nhận", "Lê Thị Thanh Hương", longest=100),
        "lookup_url": Variable(
            "Địa chỉ tra cứu có mã bí mật",
            "https://motcua.dailich.example/t/7QK2MZ4TWB5XH9CD",
            longest=150,
        ),
        # who hands it in
        "applicant_name": Variable("Người nộp hồ sơ", "Nguyễn Hoàng Thị Phương Quỳnh Trang"),
        "applicant_number": Variable("Số định danh của người nộp", "015192004567", longest=60),
        "applicant_address": Variable(
            "Địa chỉ của người nộp", "Thôn Đồng Tâm, xã Đại Lịch, tỉnh Lào Cai"
        ),
        "applicant_phone": Variable("Số điện thoại của người nộp", "0987 654 321", longest=60),
        "applicant_email": Variable("Email của người nộp", "", longest=120),
        "principal_name": Variable("Người ủy quyền", "Hoàng Văn Ước"),
        "principal_address": Variable(
            "Địa chỉ của người ủy quyền", "Thôn Khe Rồng, xã Đại Lịch, tỉnh Lào Cai"
        ),
        "principal_number": Variable("Số định danh của người ủy quyền", "015088001234", longest=60),
        "principal_phone": Variable("Số điện thoại của người ủy quyền", "0912 345 678", longest=60),
        "principal_email": Variable("Email của người ủy quyền", "", longest=120),
        "authorisation": Variable(
            "Giấy tờ ủy quyền", "Giấy ủy quyền số 42/2026, chứng thực ngày 28/11/2026"
        ),
        # the way through the offices
        "resolving_agency": Variable("Cơ quan giải quyết", "Ủy ban nhân dân xã Đại Lịch"),
        "coordinating_agency": Variable("Cơ quan phối hợp giải quyết", "Công an xã Đại Lịch"),
        "hand_overs": Rows(
            "Các lần giao nhận",
            HAND_OVER,
            ({name: v.sample for name, v in HAND_OVER.items()},),
        ),
    }
)
