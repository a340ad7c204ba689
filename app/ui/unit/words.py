"""What the unit's settings are called on screen, and what each of them changes, in one line."""

from typing import NamedTuple


class Asked(NamedTuple):
    """A setting by its name in `UnitDescribed`: its label, and what it changes with its default."""

    name: str
    label: str
    about: str


class Ruled(NamedTuple):
    """A rule the unit chooses between two of, the usual one first."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    about: str


NAMES = (
    Asked("name", "Nơi tiếp nhận", "Tên trên mọi giấy. Không bỏ trống được."),
    Asked("return_place", "Nơi trả kết quả", "In trên giấy tiếp nhận. Trống: nơi tiếp nhận."),
    Asked("agency_upper", "Cơ quan chủ quản", "Dòng trên của tiêu đề; cũng là cơ quan giải quyết."),
    Asked("agency_own", "Tên đơn vị", "Dòng dưới, in đậm, của tiêu đề."),
    Asked("sign", "Ký hiệu", "Đứng trong số của giấy. Có sẵn: TTPVHCC."),
    Asked("place", "Địa danh", "Đứng trước ngày tháng trên giấy."),
    Asked("hotline", "Điện thoại, đường dây nóng", "In trên giấy và bảng niêm yết. Trống: không in."),
    Asked("tax_number", "Mã số thuế", "In trên biên lai. Trống: không in."),
    Asked("lookup_url", "Địa chỉ tra cứu hồ sơ", "In thành mã QR trên giấy. Trống: không có mã."),
)  # fmt: skip
RATING = (
    Asked("rating_invitation", "Lời mời đánh giá", "Hỏi ở quầy và trên điện thoại. Trống: lời có sẵn."),
    Asked("rating_levels", "Ba mức đánh giá", "Xấu nhất trước, cách nhau bằng dấu “;”. Trống: có sẵn."),
    Asked("rating_url", "Địa chỉ đánh giá", "Mã QR trên phiếu lấy ý kiến. Trống: không có mã."),
)  # fmt: skip
HOURS = (
    Asked("return_by", "Giờ trả kết quả", "Thời hạn tính bằng ngày hết vào giờ này. Có sẵn: 16:30."),
    Asked("cut_off", "Giờ chuyển hồ sơ", "Nhận sau giờ này thì hôm sau mới chuyển. Có sẵn: 15:00."),
)  # fmt: skip
RULES = (
    Ruled("supplement", "Nhận đủ bổ sung", (("restart", "Tính lại từ đầu"), ("pause", "Tính tiếp")),
          "Có sẵn: tính lại từ đầu. Chỉ đổi cách tính của những lần bổ sung sau này."),
    Ruled("payment", "Chờ nộp tiền", (("pause", "Dừng thời hạn"), ("run", "Vẫn chạy")),
          "Có sẵn: dừng thời hạn cho đến khi nộp."),
    Ruled("reopen", "Mở lại hồ sơ đã dừng", (("pause", "Tính tiếp"), ("restart", "Tính lại từ đầu")),
          "Có sẵn: tính tiếp phần thời hạn còn lại."),
)  # fmt: skip
PROMISED = "Ngày đã hẹn với công dân không đổi: quy định mới chỉ dùng cho việc làm từ nay."
