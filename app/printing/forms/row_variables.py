"""The lists a dossier's papers print: what their rows are made of, and sample rows."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from app.clock import VIETNAM
from app.printing.forms.variable import NAME, ORDINAL, Fields, Kind, Rows, Variable, sample_row

MORNING = datetime(2026, 11, 30, 9, 5, tzinfo=VIETNAM)
DUE = datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)

LINE: Fields = MappingProxyType(
    {"ordinal": ORDINAL, "text": Variable("Nội dung", "Giấy chứng sinh")}
)
"""A row that is one text."""

DOCUMENT: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "name": Variable("Tên giấy tờ", "Tờ khai đăng ký khai sinh"),
        "originals": Variable("Số bản chính", 1, Kind.COUNT),
        "certified": Variable("Số bản chứng thực", 0, Kind.COUNT),
        "copies": Variable("Số bản photo", 0, Kind.COUNT),
        "shown": Variable("Chỉ xuất trình", False, Kind.FLAG, words="(đã\N{NO-BREAK SPACE}xem)"),
    }
)

HAND_OVER: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "from": Variable("Bên giao", "Bộ phận TN&TKQ", longest=NAME),
        "to": Variable("Bên nhận", "Công chức Tư pháp – Hộ tịch", longest=NAME),
        "at": Variable("Thời gian giao nhận", MORNING, Kind.INSTANT),
        "giver": Variable("Người giao", "Lê Thị Thanh Hương", longest=NAME),
        "taker": Variable("Người nhận", "Trần Văn Đức", longest=NAME),
        "result": Variable("Kết quả giải quyết", "Đúng hạn", longest=NAME),
        "note": Variable("Ghi chú", ""),
    }
)

CERTIFICATION: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "name": Variable("Giấy tờ chứng thực", "Bằng tốt nghiệp trung học phổ thông"),
        "pages": Variable("Số trang", 2, Kind.COUNT),
        "copies": Variable("Số bản giấy", 5, Kind.COUNT),
        "electronic": Variable("Ký bản điện tử", "", longest=40),
    }
)

DOSSIER: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "code": Variable("Mã hồ sơ", "H63.12.07-261130-0001", longest=48),
        "serial": Variable("Số trong sổ", "Quyển 01, số 0128", longest=60),
        "request": Variable("Nội dung", "Đăng ký khai sinh", longest=500),
        "agency": Variable("Đơn vị", "Ủy ban nhân dân xã Đại Lịch", longest=NAME),
        "received_at": Variable("Ngày nhận", MORNING, Kind.INSTANT),
        "due": Variable("Ngày hẹn trả", DUE, Kind.INSTANT),
        "limit": Variable("Thời hạn xử lý", "03 ngày làm việc"),
        "sets": Variable("Số lượng hồ sơ", 1, Kind.COUNT),
        "name": Variable("Họ và tên", "Nguyễn Hoàng Thị Phương Quỳnh Trang", longest=NAME),
        "waybill": Variable("Số phiếu gửi", "", longest=60),
    }
)

CHECK: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "name": Variable("Tên giấy tờ", "Tờ khai đăng ký khai sinh"),
        "shown": Variable("Chỉ xuất trình", False, Kind.FLAG, words="(xuất trình)"),
        "optional": Variable("Không bắt buộc", False, Kind.FLAG, words="(nếu có)"),
        "there": Variable("Đã có", True, Kind.FLAG, words="X"),
        "lacking": Variable("Còn thiếu", False, Kind.FLAG, words="X"),
    }
)

RESULT: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "kind": Variable("Loại kết quả", "Giấy khai sinh"),
        "number": Variable("Số", "", longest=60),
        "summary": Variable("Trích yếu", "Đăng ký khai sinh"),
    }
)

TASK: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "agency": Variable("Cơ quan, đơn vị", "Công an xã Đại Lịch", longest=NAME),
        "work": Variable("Nội dung công việc", "Đăng ký thường trú cho trẻ"),
        "limit": Variable("Thời hạn", "", longest=NAME),
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


def _check(
    name: str, *, there: bool, shown: bool = False, optional: bool = False
) -> Mapping[str, object]:
    lacking = not there and not optional
    return {
        "name": name, "shown": shown, "optional": optional, "there": there, "lacking": lacking,
    }  # fmt: skip


ROWS: Mapping[str, Rows] = MappingProxyType(
    {
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
        "certifications": Rows(
            "Giấy tờ chứng thực",
            CERTIFICATION,
            (
                sample_row(CERTIFICATION),
                sample_row(CERTIFICATION, name="Học bạ", pages=28, copies=2),
            ),
        ),
        "batch": Rows(
            "Các hồ sơ nộp cùng lúc",
            DOSSIER,
            (
                sample_row(DOSSIER),
                sample_row(DOSSIER, code="H63.12.07-261130-0021", request="Đăng ký thường trú"),
                sample_row(
                    DOSSIER,
                    code="H63.12.07-261130-0041",
                    request="Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
                ),
            ),
        ),
        "items": Rows(
            "Nội dung cần bổ sung",
            LINE,
            (
                sample_row(LINE, text="Nộp bản chính Giấy chứng sinh"),
                sample_row(LINE, text="Ghi đủ nơi cư trú của người cha trong Tờ khai"),
            ),
        ),
        "checklist": Rows(
            "Giấy tờ cần có",
            CHECK,
            (
                _check("Tờ khai đăng ký khai sinh", there=True),
                _check("Giấy chứng sinh", there=False),
                _check("Giấy chứng nhận kết hôn của cha, mẹ", there=False, optional=True),
                _check("Giấy tờ tùy thân của người đi đăng ký", there=True, shown=True),
            ),
        ),
        "hand_overs": Rows("Các lần giao nhận", HAND_OVER, (sample_row(HAND_OVER),)),
        "results": Rows("Kết quả trả", RESULT, (sample_row(RESULT),)),
        "tasks": Rows("Công việc của từng cơ quan", TASK, (sample_row(TASK),)),
    }
)
