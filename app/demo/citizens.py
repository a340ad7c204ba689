"""Who comes to the counter on the day that is played without a screen: the ones that are no routine."""

from app.demo.lives import DIRECTOR
from app.desk.draft import IntakeDraft
from app.desk.intake.same_day import Errand, Piece
from app.models.citizens.applicant import IdKind

HERE = "thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội"

MISTYPED = IntakeDraft(procedure="1.004873", name="Đỗ Minh Vượng", id_number="00008701234")
RETYPED = "000087012345"

ASKS_ONLY = IntakeDraft(procedure="1.000894", name="Bùi Thị Tuyết", id_number="000195000512")
ADVICE = (
    "Cần mang theo giấy xác nhận tình trạng hôn nhân của nơi thường trú cũ; hai bên cùng có mặt."
)

# one each: a long name, the longest procedure, the most papers and no limit in the catalogue,
# somebody authorised, an organisation, an old number, no number, copies in bulk
CITIZENS = (
    IntakeDraft(
        procedure="1.001022", name="Nguyễn Hoàng Thị Phương Quỳnh Trang", born="12/04/1987",
        sex="female", id_number="000187012345", address=HERE, phone="0900 345 678",
    ),
    IntakeDraft(
        procedure="1.013949", name="Công Tằng Tôn Nữ Thị Huyền Trân Châu Ngọc", sex="female",
        id_number="000165000017", address=f"Nhà ông Đặng Hữu Nghĩa, xóm Đình, {HERE}",
    ),
    IntakeDraft(
        procedure="2.001263", name="Lý A Sử", id_number="000090000118", address=HERE,
        limit_value="10", limit_source="Luật Nuôi con nuôi 52/2010/QH12 Đ.19",
    ),
    IntakeDraft(
        procedure="1.004873", name="Trần Thị Đào", id_number="000171000214", address=HERE,
        authorised=True, principal_name="Trần Văn Ước", principal_number="000099000321",
        principal_address="đang làm việc ở nước ngoài", principal_phone="0900 111 222",
        authorisation="Giấy ủy quyền số 15/UQ ngày 02/11/2026, chứng thực tại UBND xã Khánh Hà",
    ),
    IntakeDraft(
        procedure="1.013225", kind="organisation", name="Hợp tác xã Dịch vụ nông nghiệp Khánh Hà",
        id_kind=IdKind.TAX.value, id_number="0000000017", address=HERE, sets=2,
    ),
    IntakeDraft(
        procedure="1.004194", name="Đặng Hữu Nghĩa", born="1941", id_kind=IdKind.OLD.value,
        id_number="000000123", address=HERE, fee_when="now", fee_method="transfer",
    ),
    IntakeDraft(
        procedure="1.001193", name="Giàng Thị Dợ", id_kind=IdKind.NONE.value,
        id_reason="Chưa được cấp thẻ căn cước", address=HERE,
    ),
    *(
        IntakeDraft(
            procedure="2.000815", name="Phạm Thị Thúy Oanh", id_number="000184000415", address=HERE,
            pages=pages, copies=10, fee_when="now",
        )
        for pages in (1, 2, 6)
    ),
)  # fmt: skip

ERRAND = Errand(
    IntakeDraft(name="Vi Thị Nhàn", id_number="000188000516", address=HERE, phone="0900 222 333"),
    (
        Piece("2.000815", about="Học bạ trung học phổ thông", pages=12, copies=2),
        Piece("2.000815", about="Bằng tốt nghiệp", pages=1, copies=5),
        Piece("2.000884", about="Sơ yếu lý lịch"),
    ),
    typed=Piece("2.000815", pages=3),
    signer=DIRECTOR,
)
