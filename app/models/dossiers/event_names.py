"""Names every type of event as officers call it."""

from app.models.dossiers.lifecycle import LABEL, deed_of_type
from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.notices import NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.events.online import OnlineAnswered, OnlineArrived
from app.models.events.province import ProvinceDescribed, ProvinceEntered
from app.models.events.receipt_books import FeeReceipted, FeeReceiptSpoiled, ReceiptBookIssued

_NAMES: dict[type[object], str] = {
    e.CodeAssigned: "Cấp mã chính thức", e.Printed: "In giấy", e.PrintSpoiled: "Ghi giấy in hỏng",
    Digitised: "Số hóa giấy tờ", DigitisingReversed: "Bỏ bản số hóa",
    e.ConflictSettled: "Đã xem việc trùng", e.LeftUnreceived: "Về không nộp hồ sơ",
    Assisted: "Trợ giúp tại bàn trợ giúp",
    e.IncarnationStarted: "Mở nhật ký của máy", e.UnitDescribed: "Ghi thông tin đơn vị",
    e.OfficerAdded: "Ghi cán bộ", e.ProcedureSet: "Ghi thủ tục", e.DaySet: "Ghi ngày nghỉ, làm bù",
    ReceiptBookIssued: "Nhập quyển biên lai", FeeReceipted: "Lập biên lai",
    FeeReceiptSpoiled: "Hủy số biên lai", e.Enrolled: "Ghi danh máy", e.LaneGranted: "Cấp dải số",
    ProvinceEntered: "Nhập lên hệ thống tỉnh", ProvinceDescribed: "Ghi trường của hệ thống tỉnh",
    e.BookGranted: "Cấp quyển sổ", e.Revoked: "Thu hồi máy", NoticeSent: "Gửi thông báo khẩn",
    NoticeWithdrawn: "Rút thông báo khẩn", NoticeRead: "Đã đọc thông báo khẩn",
    OnlineArrived: "Hồ sơ trực tuyến đến", OnlineAnswered: "Trả lời hồ sơ trực tuyến",
    e.Unknown: "Việc do phiên bản mới hơn ghi",
}  # fmt: skip


def name_of(kind: type[object]) -> str:
    """A deed as its button says it; what is no deed, as the history does."""
    deed = deed_of_type(kind)
    return _NAMES[kind] if deed is None else LABEL[deed]
