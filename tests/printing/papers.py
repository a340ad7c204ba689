"""Dossiers that are hard to print."""

from collections.abc import Mapping

from app.printing import forms
from app.printing.variables import REGISTRY, Kind, Rows, Variable

FORMS = ("receipt", "control")

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


def sample(form: str, **changes: object) -> dict[str, object]:
    """A form's sample values with some of them changed."""
    return {**forms.sample(form), **changes}


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


def ordinary(form: str) -> dict[str, object]:
    """Nobody authorised, four documents: what a counter prints all day."""
    return sample(form, principal_name="")


def crowded(form: str, count: int = 7) -> dict[str, object]:
    """Everything long at once."""
    hand_over = {
        "from": "Phòng Văn hóa – Xã hội và Lao động, Thương binh",
        "to": "Lãnh đạo Ủy ban nhân dân xã phụ trách khối văn xã",
        "at": sample("receipt")["received_at"],
        "giver": "Nguyễn Hoàng Thị Phương Quỳnh Trang",
        "taker": "Tôn Nữ Công Tằng Huyền Trân Bảo Ngọc",
        "result": "Quá hạn 02 ngày làm việc, đã xin lỗi",
        "note": "Kèm theo 02 bản vẽ và 01 đĩa CD",
    }
    return sample(
        form,
        agency_upper="Ủy ban nhân dân thành phố Hồ Chí Minh",
        agency_own="Trung tâm Phục vụ hành chính công phường Phú Thọ Hòa",
        applicant_name="Nguyễn Hoàng Thị Phương Quỳnh Trang Anh Thư",
        applicant_address="Số 123 ngách 45/67/89, tổ dân phố Hoàng Văn Thụ 3, xã Yên Thế, Bắc Ninh",
        applicant_email="nguyenhoangthiphuongquynhtrang.anhthu1985@hopthudientu.example",
        request=LONGEST_PROCEDURE,
        documents=documents(count),
        hand_overs=[hand_over] * count,
        resolving_agency="Chi nhánh Văn phòng Đăng ký đất đai khu vực Văn Chấn, tỉnh Lào Cai",
        fee="W" * 300,
    )


def fullest(form: str) -> dict[str, object]:
    """Every text as long as the registry allows."""
    return {name: _full(REGISTRY[name]) for name in forms.load(form).variables()}


def _full(variable: Variable | Rows) -> object:
    if isinstance(variable, Rows):
        row: Mapping[str, object] = {name: _full(each) for name, each in variable.fields.items()}
        return [row] * 3
    if variable.kind is not Kind.TEXT:
        return variable.sample
    if str(variable.sample).isascii():
        return "7" * variable.longest
    return ("Địa Đàng " * variable.longest)[: variable.longest]
