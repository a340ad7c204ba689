"""The variables of what citizens said: the lines of the satisfaction report."""

from collections.abc import Mapping
from types import MappingProxyType

from app.printing.forms.variable import ORDINAL, Fields, Kind, Rows, Variable, sample_row

_WHAT = Variable("Nội dung", "Đánh giá chung", longest=300)
_SHARE = Variable("Tỷ lệ", "93,7\N{NO-BREAK SPACE}%", longest=12)

TURNED_OUT: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "what": _WHAT,
        "answers": Variable("Số lượt", 310, Kind.COUNT),
        "share": _SHARE,
    }
)

RATED: Fields = MappingProxyType(
    {
        "ordinal": ORDINAL,
        "what": _WHAT,
        "answers": Variable("Số phiếu trả lời", 254, Kind.COUNT),
        "best": Variable("Rất hài lòng", 162, Kind.COUNT),
        "good": Variable("Hài lòng", 76, Kind.COUNT),
        "worst": Variable("Không hài lòng", 16, Kind.COUNT),
        "share": _SHARE,
        "interval": Variable("Khoảng tin cậy 95 %", "90,0–96,1\N{NO-BREAK SPACE}%", longest=24),
        "mean": Variable("Điểm trung bình, từ 1 đến 3", "2,57", longest=8),
    }
)


RATINGS: Mapping[str, Variable | Rows] = MappingProxyType(
    {
        "rated_counter": Variable("Số quầy có các phiếu này", "1", longest=4),
        "rated_note": Variable("Vì sao chưa có số", "", longest=300),
        "rated_turnout": Rows(
            "Lượt mời đánh giá",
            TURNED_OUT,
            (
                sample_row(TURNED_OUT, what="Số lượt mời đánh giá", share="100,0\N{NO-BREAK SPACE}%"),
                sample_row(TURNED_OUT, what="Trả lời ngay tại quầy", answers=254, share="81,9\N{NO-BREAK SPACE}%"),
            ),
        ),
        "rated": Rows(
            "Theo câu hỏi", RATED, (sample_row(RATED), sample_row(RATED, what="Thời gian chờ đợi"))
        ),
        "rated_months": Rows(
            "Theo tháng", RATED, (sample_row(RATED, what="10/2026"), sample_row(RATED, what="11/2026"))
        ),
    }
)  # fmt: skip
