"""Dossiers that are hard to print."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.printing.forms import forms
from app.printing.forms.variable import RUNS_ON
from app.printing.forms.variables import REGISTRY, Kind, Rows, Variable
from app.printing.paper import Paper
from app.printing.papers.slip import render


class Slip(NamedTuple):
    """A form and the folder it stands in: a profile's, or the common one."""

    folder: str
    form: str

    def __str__(self) -> str:
        return f"{self.folder}-{self.form}"

    @property
    def profile(self) -> str:
        return forms.CURRENT if self.folder == forms.COMMON else self.folder

    @property
    def variants(self) -> tuple[str, ...]:
        return tuple(forms.load(self.form, self.profile).previews)

    @property
    def variables(self) -> tuple[str, ...]:
        return forms.load(self.form, self.profile).variables()


OF_A_LAW = ("receipt", "supplement", "refusal", "apology", "control")
OF_PRACTICE = (
    "result-receipt", "forward", "guidance", "opinion", "label", "post-slip", "post-minutes",
    "minutes", "change-case", "fee-receipt",
)  # fmt: skip

SLIPS = (
    *(Slip(law, form) for law in ("tt-03-2025", "tt-01-2018") for form in OF_A_LAW),
    Slip("tt-03-2025", "stop"),
    *(Slip(forms.COMMON, form) for form in OF_PRACTICE),
)
VARIANTS = [(slip, variant) for slip in SLIPS for variant in slip.variants]
RECEIPT, CONTROL = Slip("tt-03-2025", "receipt"), Slip("tt-03-2025", "control")
PAPERS = (Paper.A5, Paper.A4)

LONGEST_PROCEDURE = (
    "Giao đất, cho thuê đất, chuyển mục đích sử dụng đất đối với trường hợp giao đất, cho thuê đất "
    "không đấu giá quyền sử dụng đất, không đấu thầu lựa chọn nhà đầu tư thực hiện dự án có sử dụng "
    "đất; trường hợp giao đất, cho thuê đất thông qua đấu thầu lựa chọn nhà đầu tư thực hiện dự án "
    "có sử dụng đất; giao đất và giao rừng; cho thuê đất và cho thuê rừng, gia hạn sử dụng đất khi "
    "hết thời hạn sử dụng đất"
)

ADOPTION_PAPERS = (
    "Đơn xin nhận con nuôi",
    "Bản sao Hộ chiếu/Thẻ căn cước",
    "Phiếu lý lịch tư pháp",
    "Văn bản xác nhận tình trạng hôn nhân",
    "Giấy khám sức khỏe",
    "Văn bản xác nhận hoàn cảnh gia đình, chỗ ở, kinh tế",
    "Hồ sơ của người được nhận làm con nuôi (giấy khai sinh, giấy khám sức khỏe, ảnh…)",
)


NAME_OF_60 = "Nguyễn Hoàng Thị Phương Quỳnh Trang Anh Thư Công Tằng Bảo Ng"
ADDRESS_OF_200 = (
    "Số 123 ngách 45/67/89 hẻm 12, tổ dân phố Hoàng Văn Thụ 3, khu tái định cư Đồng Tâm, cụm dân cư "
    "liên thôn Khe Rồng – Suối Bốc – Nà Bó, xã Đại Lịch, tỉnh Lào Cai (địa chỉ cũ: huyện Văn Chấn, tỉnh Yên)"
)
HAND_OVER = {
    "from": "Phòng Văn hóa – Xã hội và Lao động, Thương binh",
    "to": "Lãnh đạo Ủy ban nhân dân xã phụ trách khối văn xã",
    "at": REGISTRY["received_at"].sample,
    "giver": "Nguyễn Hoàng Thị Phương Quỳnh Trang",
    "taker": "Tôn Nữ Công Tằng Huyền Trân Bảo Ngọc",
    "result": "Quá hạn 02 ngày làm việc, đã xin lỗi",
    "note": "Kèm theo 02 bản vẽ và 01 đĩa CD",
}


def draw(
    slip: Slip,
    values: Mapping[str, object],
    paper: Paper = Paper.A5,
    copies: Sequence[str] | None = ("",),
    mark: str = "",
) -> bytes:
    """A slip's PDF; one copy without a label, unless it is told others."""
    return render(slip.form, values, paper, copies, mark, slip.profile)


def sample(slip: Slip = RECEIPT, variant: str = "", **changes: object) -> dict[str, object]:
    """A form's sample values with some of them changed."""
    return {**forms.sample(slip.form, slip.profile, variant=variant), **changes}


def documents(count: int) -> list[dict[str, object]]:
    return [
        {
            "name": f"{ADOPTION_PAPERS[i % 7]}, tờ thứ {i + 1}.",
            "originals": 1,
            "certified": i % 2,
            "copies": i % 3,
            "shown": i % 5 == 4,
        }
        for i in range(count)
    ]


def everything(slip: Slip) -> dict[str, object]:
    """Every variable with its sample, whatever would never be said together."""
    return {name: REGISTRY[name].sample for name in slip.variables}


def crowded(slip: Slip, count: int = 7) -> dict[str, object]:
    """Everything long at once: a name of 60 letters, an address of 200, `count` rows a list."""
    long = {
        "agency_upper": "Ủy ban nhân dân thành phố Hồ Chí Minh",
        "agency_own": "Trung tâm Phục vụ hành chính công phường Phú Thọ Hòa",
        "applicant_name": NAME_OF_60,
        "owner_name": NAME_OF_60,
        "applicant_address": ADDRESS_OF_200,
        "applicant_email": "nguyenhoangthiphuongquynhtrang.anhthu1985@hopthudientu.example",
        "request": LONGEST_PROCEDURE,
        "resolving_agency": "Chi nhánh Văn phòng Đăng ký đất đai khu vực Văn Chấn, tỉnh Lào Cai",
        "fee": "W" * 300,
        "documents": documents(count),
        "hand_overs": [HAND_OVER] * count,
    }
    return {
        name: long.get(name, _crowded(REGISTRY[name], value, count))
        for name, value in everything(slip).items()
    }


def _crowded(variable: Variable | Rows, value: object, count: int) -> object:
    if not isinstance(variable, Rows):
        return value
    row = variable.sample[0]
    longer = {"name": NAME_OF_60, "request": LONGEST_PROCEDURE}
    return [{**row, **{key: longer[key] for key in longer.keys() & row.keys()}}] * count


def fullest(slip: Slip) -> dict[str, object]:
    """Every text as long as the registry allows, but of what runs on over pages a tenth."""
    return {name: _full(REGISTRY[name]) for name in slip.variables}


def _full(variable: Variable | Rows) -> object:
    if isinstance(variable, Rows):
        row: Mapping[str, object] = {name: _full(each) for name, each in variable.fields.items()}
        return [row] * 3
    if variable.kind is not Kind.TEXT:
        return variable.sample
    longest = RUNS_ON // 10 if variable.longest == RUNS_ON else variable.longest
    if str(variable.sample).isascii():
        return "7" * longest
    return ("Địa Đàng " * longest)[:longest]
