"""The variables of the help desk's report: what its helps come to, one way and another."""

from collections.abc import Mapping
from types import MappingProxyType

from app.printing.forms.variable import Fields, Kind, Rows, Variable, sample_row

HELPED: Fields = MappingProxyType(
    {
        "place": Variable("Số thứ tự", "1", longest=8),
        "what": Variable("Nội dung", "Đã nộp trực tuyến", longest=600),
        "times": Variable("Số lượt trợ giúp", 42, Kind.COUNT),
        "minutes": Variable("Số phút", 504, Kind.COUNT),
        "mean": Variable("Số phút mỗi lượt", 12, Kind.COUNT),
    }
)


def _rows(label: str, *samples: str) -> Rows:
    numbered = enumerate(samples, 1)
    return Rows(
        label, HELPED, tuple(sample_row(HELPED, place=f"{n}", what=what) for n, what in numbered)
    )


HELP_DESK: Mapping[str, Variable | Rows] = MappingProxyType(
    {
        "helped": _rows("Tất cả lượt trợ giúp", "Tổng số lượt trợ giúp"),
        "helped_by_outcome": _rows("Theo kết quả", "Đã nộp trực tuyến", "Đã hướng dẫn cách làm"),
        "helped_by_level": _rows("Theo mức tài khoản định danh", "Mức độ 2", "Chưa có"),
        "helped_by_procedure": _rows("Theo thủ tục", "Thủ tục đăng ký khai sinh"),
        "helped_by_officer": _rows("Theo người trợ giúp", "Lê Thị Thanh Hương"),
    }
)
