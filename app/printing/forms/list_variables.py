"""The variables of registers, lists and the day's sheets: what they say and what their rows hold."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from app.clock import VIETNAM
from app.printing.forms.variable import ORDINAL, Fields, Kind, Rows, Variable, sample_row

_RECEIVED = datetime(2026, 11, 30, 9, 5, tzinfo=VIETNAM)
_DUE = datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)
_RETURNED = datetime(2026, 12, 2, 10, 15, tzinfo=VIETNAM)

_CODE = Variable("Mã hồ sơ", "H63.12.07-261130-0001", longest=48)
_PROCEDURE = Variable("Thủ tục hành chính", "Thủ tục đăng ký khai sinh", longest=600)
_APPLICANT = Variable("Chủ hồ sơ", "Nguyễn Hoàng Thị Phương Quỳnh Trang", longest=200)
_PHONE = Variable("Số điện thoại", "0987 654 321", longest=60)
_OFFICER = Variable("Cán bộ", "Lê Thị Thanh Hương", longest=100)
_NOTE = Variable("Ghi chú", "", longest=200)

REGISTER_LINE: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "serial": Variable("Số thứ tự trong sổ", "01", longest=12),
        "code": _CODE,
        "procedure": _PROCEDURE,
        "sets": Variable("Số bộ hồ sơ", 1, Kind.COUNT),
        "applicant": _APPLICANT,
        "contact": Variable(
            "Địa chỉ, số điện thoại",
            "Thôn Đồng Tâm, xã Đại Lịch, tỉnh Lào Cai; 0987 654 321",
            longest=400,
        ),
        "agency": Variable("Cơ quan chủ trì giải quyết", "UBND xã Đại Lịch", longest=200),
        "received": Variable("Nhận hồ sơ", _RECEIVED, Kind.INSTANT),
        "due": Variable("Hẹn trả kết quả", _DUE, Kind.INSTANT),
        "again": Variable("Hẹn lại", "", longest=60),
        "forwarded": Variable("Chuyển đến cơ quan giải quyết", _RECEIVED, Kind.INSTANT),
        "resolved": Variable("Nhận kết quả từ cơ quan giải quyết", _RETURNED, Kind.INSTANT),
        "returned": Variable("Trả kết quả", _RETURNED, Kind.INSTANT),
        "closing": Variable("Kết thúc khác", "", longest=200),
        "way": Variable("Phương thức nhận kết quả", "Trực tiếp", longest=100),
        "collector": Variable("Người ký nhận", "Nguyễn Hoàng Thị Phương Quỳnh Trang", longest=200),
        "note": _NOTE,
    }
)

HANDED: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": _CODE,
        "procedure": _PROCEDURE,
        "applicant": _APPLICANT,
        "received": Variable("Ngày nhận", _RECEIVED, Kind.INSTANT),
        "due": Variable("Ngày hẹn trả", _DUE, Kind.INSTANT),
        "papers": Variable("Giấy tờ kèm theo", "03 bản chính, 02 bản photo", longest=200),
        "note": _NOTE,
    }
)

RESULT_LINE: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": _CODE,
        "procedure": _PROCEDURE,
        "result": Variable("Kết quả", "Giấy khai sinh", longest=200),
        "applicant": _APPLICANT,
        "address": Variable("Địa chỉ", "Thôn Đồng Tâm, xã Đại Lịch, tỉnh Lào Cai", longest=300),
        "fee": Variable("Có phí, lệ phí", True, Kind.FLAG, words="X"),
        "post": Variable("Trả qua bưu điện", False, Kind.FLAG, words="X"),
    }
)

STEP: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "at": Variable("Ngày xử lý", _RECEIVED, Kind.INSTANT),
        "officer": Variable("Người xử lý", "Lê Thị Thanh Hương", longest=100),
        "deed": Variable("Thao tác", "Tiếp nhận", longest=300),
        "receiver": Variable("Người nhận", "", longest=200),
        "due": Variable("Thời hạn", _DUE, Kind.INSTANT),
    }
)

PRESSING: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": _CODE,
        "procedure": _PROCEDURE,
        "applicant": _APPLICANT,
        "phone": _PHONE,
        "due": Variable("Hẹn trả", _DUE, Kind.INSTANT),
        "left": Variable("Còn, hoặc quá", "2 giờ 30 phút", longest=60),
        "holder": Variable("Đang ở", "Nguyễn Đức Toàn", longest=200),
        "resolved": Variable("Xong từ", _RETURNED, Kind.INSTANT),
        "shelf": Variable("Nơi cất hồ sơ", "Tủ 2, ngăn 3", longest=60),
        "note": _NOTE,
    }
)

COUNTED: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "what": Variable("Việc", "Hồ sơ tiếp nhận", longest=100),
        "computer": Variable("Theo máy", 12, Kind.COUNT),
        "server": Variable("Máy chủ đã xác nhận", 12, Kind.COUNT),
        "detail": Variable("Chi tiết", "trực tiếp 11, trực tuyến 1", longest=300),
    }
)

CASH: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "officer": _OFFICER,
        "payments": Variable("Số lần thu", 7, Kind.COUNT),
        "cash": Variable("Tiền mặt", "56.000", longest=20),
        "transfer": Variable("Chuyển khoản", "8.000", longest=20),
        "receipts": Variable("Biên lai đã dùng", "AA-26P: 0000121–0000127", longest=300),
    }
)

LACKING: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "what": Variable("Còn thiếu", "Trả kết quả chưa có ký nhận", longest=200),
        "code": _CODE,
        "applicant": _APPLICANT,
        "since": Variable("Từ", _RETURNED, Kind.INSTANT),
        "officer": _OFFICER,
    }
)

POSTED: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": Variable("Mã thủ tục", "1.001193", longest=40),
        "name": Variable("Tên thủ tục", "Thủ tục đăng ký khai sinh", longest=600),
        "limit": Variable("Thời hạn giải quyết", "trong ngày", longest=600),
        "fee": Variable("Phí, lệ phí", "Không thu", longest=400),
        "papers": Variable("Số giấy tờ phải nộp", 4, Kind.COUNT),
    }
)

PERSON: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "name": Variable("Họ và tên", "Lê Thị Thanh Hương", longest=100),
        "title": Variable("Chức vụ", "Công chức Tư pháp – Hộ tịch", longest=200),
        "work": Variable("Công việc", "Cán bộ tiếp nhận", longest=300),
    }
)

TO_PROVINCE: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": Variable("Mã hồ sơ ở quầy", "H63.12.07-261130-0001", longest=48),
        "province_code": Variable("Mã trên hệ thống tỉnh", "H63.12-261130-0215", longest=48),
        "procedure": Variable("Mã thủ tục", "1.001193", longest=20),
        "procedure_name": _PROCEDURE,
        "owner": _APPLICANT,
        "id_number": Variable("Số giấy tờ chủ hồ sơ", "001187012345", longest=20),
        "address": Variable("Địa chỉ", "Thôn Đồng Tâm, xã Đại Lịch, tỉnh Lào Cai", longest=300),
        "phone": _PHONE,
        "received_at": Variable("Ngày tiếp nhận", _RECEIVED, Kind.INSTANT),
        "due": Variable("Ngày hẹn trả", _DUE, Kind.INSTANT),
        "status": Variable("Tình trạng", "Đã trả kết quả", longest=60),
        "resolved_at": Variable("Kết thúc xử lý", _RETURNED, Kind.INSTANT),
        "returned_at": Variable("Ngày trả", _RETURNED, Kind.INSTANT),
        "gap": Variable("Đã nhập lên hệ thống tỉnh chưa", "Đã nhập", longest=40),
    }
)
"""A dossier for the province's system."""

_COLUMN = {
    "taken_on": "Số hồ sơ nhận giải quyết", "online": "Nhận trong kỳ, trực tuyến",
    "in_person": "Nhận trong kỳ, trực tiếp và bưu chính", "carried": "Từ kỳ trước",
    "solved": "Đã giải quyết", "early": "Giải quyết trước hạn", "on_time": "Giải quyết đúng hạn",
    "late": "Giải quyết quá hạn", "under_way": "Đang giải quyết",
    "within": "Đang giải quyết, trong hạn", "overdue": "Đang giải quyết, quá hạn",
}  # fmt: skip
_SAMPLE = (128, 15, 101, 12, 110, 64, 43, 3, 18, 17, 1)

REPORTED: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "place": Variable("Số thứ tự của dòng", "1", longest=8),
        "field": Variable("Lĩnh vực", "Hộ tịch", longest=200),
        **{
            name: Variable(label, count, Kind.COUNT)
            for (name, label), count in zip(_COLUMN.items(), _SAMPLE, strict=True)
        },
    }
)
"""A line of Biểu số II.06a."""


def _pressing(label: str) -> Rows:
    return Rows(label, PRESSING, (sample_row(PRESSING),))


_PRESSING_LISTS = {
    "due_today": "Hạn hôm nay",
    "overdue": "Quá hạn",
    "due_tomorrow": "Hạn ngày mai",
    "to_apologise": "Xin lỗi hôm nay",
    "to_sign": "Chờ ký",
    "expected": "Hẹn đến hôm nay",
    "told_to_come": "Chờ trả kết quả",
    "waiting": "Chờ bổ sung",
    "long_waiting": "Chờ bổ sung quá 30 ngày",
    "uncollected": "Chưa lấy quá 30 ngày",
}

LISTS: Mapping[str, Variable | Rows] = MappingProxyType(
    {
        # the register
        "field_group": Variable("Lĩnh vực, nhóm lĩnh vực", "Hộ tịch", longest=200),
        "year": Variable("Năm", "2026", longest=10),
        "opened_on": Variable("Ngày mở sổ", date(2026, 1, 1), Kind.DAY),
        "closed_on": Variable("Ngày khóa sổ", date(2026, 12, 31), Kind.DAY),
        "open_until": Variable("In đến ngày, khi sổ chưa khóa", None, Kind.DAY),
        "since": Variable("Từ ngày", date(2026, 1, 1), Kind.DAY),
        "until": Variable("Đến ngày", date(2026, 12, 31), Kind.DAY),
        "first_serial": Variable("Số thứ tự đầu", "01", longest=12),
        "last_serial": Variable("Số thứ tự cuối", "03", longest=12),
        "lines": Variable("Số dòng", "3", longest=12),
        "voided": Variable("Số đã hủy", "1", longest=12),
        "pages": Variable("Số trang", 3, Kind.COUNT),
        "register": Rows(
            "Các hồ sơ của sổ",
            REGISTER_LINE,
            (
                sample_row(REGISTER_LINE),
                sample_row(
                    REGISTER_LINE, serial="02", code="H63.12.07-261130-0021", returned=None,
                    closing="Đã hủy số", way="", collector="", resolved=None,
                ),
                sample_row(
                    REGISTER_LINE, serial="03", code="H63.12.07-261130-0041", returned=None, way="",
                    collector="", resolved=None, again="Hẹn lại 16:30 07/12/2026",
                ),
            ),
        ),
        # lists and slips of many dossiers
        "list_number": Variable("Số danh sách", "01-0003", longest=40),
        "listed_at": Variable("Lúc lập", _RECEIVED, Kind.INSTANT),
        "giver": Variable("Người giao", "Lê Thị Thanh Hương", longest=200),
        "receiver": Variable("Người nhận", "Nguyễn Đức Toàn", longest=200),
        "count": Variable("Số hồ sơ", "2", longest=12),
        "handed": Rows(
            "Hồ sơ bàn giao",
            HANDED,
            (sample_row(HANDED), sample_row(HANDED, code="H63.12.07-261130-0021", applicant="Lò Văn Ún")),
        ),
        "returning": Rows(
            "Kết quả bàn giao", RESULT_LINE, (sample_row(RESULT_LINE), sample_row(RESULT_LINE, post=True))
        ),
        "steps": Rows(
            "Quá trình xử lý",
            STEP,
            (sample_row(STEP), sample_row(STEP, deed="Bàn giao", receiver="Nguyễn Đức Toàn")),
        ),
        # the day's sheets
        "day": Variable("Ngày", date(2026, 11, 30), Kind.DAY),
        "weekday": Variable("Thứ", "Thứ Hai", longest=20),
        "printed_at": Variable("Lúc in", _RECEIVED, Kind.INSTANT),
        "whose": Variable("Hồ sơ của ai", "Cả xã", longest=120),
        **{name: _pressing(label) for name, label in _PRESSING_LISTS.items()},
        **{
            f"{name}_count": Variable(f"{label}: số hồ sơ", "1", longest=12)
            for name, label in _PRESSING_LISTS.items()
        },
        "counted": Rows(
            "Giấy đếm và máy đếm",
            COUNTED,
            (sample_row(COUNTED), sample_row(COUNTED, what="Hồ sơ bàn giao", computer=9, server=9, detail="2 danh sách")),
        ),
        "server_said": Variable(
            "Máy chủ xác nhận đến đâu",
            "Máy chủ xác nhận lúc 17:02 20/11/2026, đủ mọi việc của quầy này.",
            longest=200,
        ),
        "unsent": Variable(
            "Việc chưa gửi", "Chưa gửi 3 việc, từ 16:40 20/11/2026: còn đủ ở máy này.", longest=120
        ),
        "lost": Variable("Số đã in mà máy chủ làm mất", "H63.12.07-261120-0021", longest=600),
        "map_hash": Variable(
            "Mã băm bản đồ sự kiện của đơn vị", "3f0a 91c2 77de 4b10 0c5e a8d3 62f9 1b74", longest=60
        ),
        "cash": Rows("Tiền thu của từng người", CASH, (sample_row(CASH),)),
        "cash_total": Variable("Tổng tiền mặt", "56.000", longest=20),
        "lacking": Rows("Việc còn dở dang", LACKING, (sample_row(LACKING),)),
        # the statutory report
        "period": Variable("Quý, năm báo cáo", "Năm 2026", longest=40),
        "reported_to": Variable("Đơn vị nhận báo cáo", "UBND tỉnh Lào Cai", longest=200),
        "reported": Rows(
            "Số hồ sơ theo lĩnh vực",
            REPORTED,
            (sample_row(REPORTED), sample_row(REPORTED, place="", field="Tổng số")),
        ),
        "to_province": Rows(
            "Hồ sơ nhập lên hệ thống tỉnh",
            TO_PROVINCE,
            (sample_row(TO_PROVINCE), sample_row(TO_PROVINCE, province_code="", gap="Chưa nhập")),
        ),
        # public boards
        "field": Variable("Lĩnh vực", "Hộ tịch", longest=200),
        "posted": Rows(
            "Thủ tục niêm yết",
            POSTED,
            (sample_row(POSTED), sample_row(POSTED, code="2.000815", name="Chứng thực bản sao", papers=2)),
        ),
        "people": Rows(
            "Cán bộ của bộ phận",
            PERSON,
            (sample_row(PERSON), sample_row(PERSON, name="Nguyễn Đức Toàn", title="Công chức Địa chính")),
        ),
        # the fee receipt
        "receipt_form": Variable("Mẫu số", "01BLP2-001", longest=40),
        "receipt_sign": Variable("Ký hiệu", "AA-26P", longest=40),
        "receipt_number": Variable("Số", "0000121", longest=20),
        "tax_number": Variable("Mã số thuế của đơn vị thu", "", longest=20),
        "fee_name": Variable("Tên loại phí, lệ phí", "Lệ phí đăng ký khai sinh"),
        "amount": Variable("Số tiền", "8.000 đ", longest=30),
        "amount_words": Variable("Số tiền bằng chữ", "Tám nghìn đồng", longest=200),
        "method": Variable("Hình thức thanh toán", "Tiền mặt", longest=40),
        "cashier": Variable("Người thu tiền", "Lê Thị Thanh Hương", longest=200),
    }
)  # fmt: skip
