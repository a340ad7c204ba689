"""The registry of everything a form can print: each variable's label, kind and sample.

A value is plain: `str`, `int`, `bool`, `date`, an aware `datetime`, or for rows a sequence of
mappings. A blank one ("" or None) is printed as dots or white space to be filled in by hand.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from app.clock import VIETNAM
from app.printing.forms.help_desk_variables import HELP_DESK
from app.printing.forms.list_variables import LISTS
from app.printing.forms.rating_variables import RATINGS
from app.printing.forms.row_variables import DUE, LINE, MORNING, ROWS
from app.printing.forms.variable import NAME, Kind, Rows, Variable

__all__ = ["LINE", "REGISTRY", "Kind", "Rows", "Variable", "blank"]

ADDRESS = 200
"""Letters of an address that a symbol beside text can hold."""

REGISTRY: Mapping[str, Variable | Rows] = MappingProxyType(
    {
        **LISTS,
        **RATINGS,
        **HELP_DESK,
        # the unit
        "agency_upper": Variable("Cơ quan chủ quản", "Ủy ban nhân dân xã Đại Lịch", longest=NAME),
        "agency_own": Variable("Đơn vị", "Trung tâm Phục vụ hành chính công", longest=NAME),
        "unit_sign": Variable("Ký hiệu đơn vị", "TTPVHCC", longest=NAME),
        "one_stop": Variable("Nơi tiếp nhận", "Trung tâm Phục vụ hành chính công xã Đại Lịch"),
        "rating_url": Variable(
            "Địa chỉ đánh giá sự phục vụ",
            "https://motcua.dailich.example/danh-gia",
            longest=ADDRESS,
        ),
        "place": Variable("Địa danh", "Đại Lịch", longest=NAME),
        "hotline": Variable("Điện thoại liên hệ", "0216 3 000 000", longest=NAME),
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
        "request": Variable("Nội dung yêu cầu", "Đăng ký khai sinh"),
        "procedure_name": Variable("Tên thủ tục hành chính", "Đăng ký khai sinh"),
        "sets": Variable("Số bộ hồ sơ", 1, Kind.COUNT),
        "limit": Variable("Thời hạn giải quyết", "03 ngày làm việc"),
        "received_at": Variable("Thời gian nhận hồ sơ", MORNING, Kind.INSTANT),
        "due": Variable("Thời gian trả kết quả", DUE, Kind.INSTANT),
        "return_place": Variable(
            "Nơi nhận kết quả", "Trung tâm Phục vụ hành chính công xã Đại Lịch"
        ),
        "fee": Variable("Phí, lệ phí", "8.000 đồng – đã nộp tiền mặt"),
        "officer": Variable("Người lập giấy", "Lê Thị Thanh Hương", longest=NAME),
        "lookup_url": Variable(
            "Địa chỉ tra cứu có mã bí mật",
            "https://motcua.dailich.example/t/7QK2MZ4TWB5XH9CD",
            longest=ADDRESS,
        ),
        # who hands it in
        "applicant_name": Variable("Người nộp hồ sơ", "Nguyễn Hoàng Thị Phương Quỳnh Trang"),
        "owner_name": Variable("Chủ hồ sơ", "Nguyễn Hoàng Thị Phương Quỳnh Trang"),
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
        "field": Variable("Lĩnh vực", "Hộ tịch"),
        "shelf": Variable("Nơi cất hồ sơ", "", longest=60),
        # what the law has said of it so far
        "reason": Variable("Lý do", "Bản sao Giấy chứng sinh mờ, không đọc được ngày sinh của trẻ"),
        "contact": Variable("Người hướng dẫn", "Lê Thị Thanh Hương", longest=NAME),
        "due_before": Variable("Thời gian hẹn trước đó", DUE, Kind.INSTANT),
        "case_before": Variable("Trường hợp trước", "Không phải xác minh"),
        "case": Variable("Trường hợp", "Phải xác minh"),
        "article": Variable("Căn cứ của thời hạn", "Luật Hộ tịch 60/2014/QH13 Đ.16"),
        "signer": Variable("Thủ trưởng cơ quan, đơn vị", "", longest=NAME),
        "two_stage": Variable("Có giai đoạn 2", True, Kind.FLAG, words="giai đoạn 2"),
        "stage_two_at": Variable(
            "Thời gian nhận giai đoạn 2",
            datetime(2026, 12, 10, 14, 20, tzinfo=VIETNAM),
            Kind.INSTANT,
        ),
        "stage_two_due": Variable(
            "Thời gian trả giai đoạn 2",
            datetime(2026, 12, 17, 16, 30, tzinfo=VIETNAM),
            Kind.INSTANT,
        ),
        # the stop the applicant asked for
        "asked_at": Variable("Thời gian yêu cầu dừng", MORNING, Kind.INSTANT),
        "asked_by": Variable("Người yêu cầu dừng", "Nguyễn Hoàng Thị Phương Quỳnh Trang"),
        "asked_way": Variable("Cách yêu cầu", "Trực tiếp tại quầy", longest=NAME),
        "stopped_at": Variable("Thời gian dừng", MORNING, Kind.INSTANT),
        "papers_back": Variable("Giấy tờ trả lại", "Toàn bộ giấy tờ đã nộp"),
        "fee_back": Variable("Xử lý phí, lệ phí", "Không thu", longest=300),
        # the result and who fetched it
        "collector": Variable(
            "Người nhận kết quả", "Nguyễn Hoàng Thị Phương Quỳnh Trang", longest=NAME
        ),
        "collector_phone": Variable("Số điện thoại người nhận", "0987 654 321", longest=60),
        "return_way": Variable("Cách trả kết quả", "Trả tại quầy cho chủ hồ sơ", longest=NAME),
        "returned_at": Variable("Ngày trả kết quả", DUE, Kind.INSTANT),
        # another agency, or the post
        "forwarded_to": Variable("Nơi nhận chuyển", "Công an xã Đại Lịch", longest=NAME),
        "waybill": Variable("Số phiếu gửi", "", longest=60),
        "post_officer": Variable("Nhân viên bưu chính", "", longest=NAME),
        "post_mode": Variable("Hình thức gửi, nhận", "", longest=60),
        "recipient": Variable("Người nhận kết quả, điện thoại, địa chỉ", ""),
        "to_post": Variable("Giao kết quả cho bưu chính", False, Kind.FLAG, words="giao kết quả"),
        "post_fee": Variable("Cước bưu chính", "", longest=60),
        "dossier_count": Variable("Số hồ sơ", 3, Kind.COUNT),
        **ROWS,
    }
)


def blank(variable: Variable | Rows) -> object:
    """What stands for nothing said."""
    if isinstance(variable, Rows):
        return ()
    return {Kind.TEXT: "", Kind.FLAG: False}.get(variable.kind)
