"""Made-up people and dossiers for measurements: seeded, so the same number gives the same bytes."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from app.clock import VIETNAM
from app.models.citizens.applicant import Applicant, Identity, IdKind
from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.events import event as e
from app.models.events import facts
from app.models.exchange.chain import salt
from app.models.numbering import Code, code_day

FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Mai",
    "Trịnh",
    "Đoàn",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Hồng",
    "Minh",
    "Thanh",
    "Quốc",
    "Ngọc",
    "Xuân",
    "Hữu",
    "Công",
    "Thu",
    "Kim",
    "Bá",
    "Đình",
    "Quang",
    "Thùy",
    "Diệu",
    "Gia",
    "Bảo",
]
GIVEN = [
    "Đào",
    "Dương",
    "Đường",
    "Thế",
    "Hòa",
    "Ánh",
    "Vượng",
    "Đạt",
    "Tín",
    "Hạnh",
    "Yến",
    "Oanh",
    "Khuê",
    "Nghĩa",
    "Phượng",
    "Quỳnh",
    "Uyên",
    "Thảo",
    "Trâm",
    "Huệ",
    "Lộc",
    "Sỹ",
    "Tuyết",
    "Việt",
]
RARE = ["Ksor", "Rơ", "Châm", "Điểu", "Blúp", "Y", "Thơ", "Niê", "Bkrông", "Lò", "Xuyến"]
HAMLETS = [
    "Liễu Nội",
    "Khánh Vân",
    "Đỗ Hà",
    "Hoàng Xá",
    "Ninh Xá",
    "Bằng Sở",
    "Đại Lộ",
    "Sở Hạ",
    "Xâm Dương",
    "Giáo Liêm",
]
PROCEDURES = (
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch"),
    ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Chứng thực"),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch"),
    ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch"),
)
FIRST_DAY = datetime(2023, 1, 3, 8, 0, tzinfo=VIETNAM)
A_DAY = 900
LIMIT = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "Luật Hộ tịch 2014 Đ.25")


def name(r: Random) -> str:
    """A name; one in 2,000 is a rare one."""
    if r.random() < 0.0005:
        return " ".join(r.sample(RARE, 3))
    return f"{r.choice(FAMILY)} {r.choice(MIDDLE)} {r.choice(MIDDLE)} {r.choice(GIVEN)}"


def applicant(r: Random) -> Applicant:
    number = (
        f"0{r.randint(1, 96):02d}{r.randint(0, 3)}{r.randint(0, 99):02d}{r.randint(0, 999999):06d}"
    )
    address = f"Thôn {r.choice(HAMLETS)}, xã Khánh Hà, thành phố Hà Nội"
    phone = f"09{r.randint(0, 99999999):08d}"
    return Applicant(
        name(r), identity=Identity(IdKind.CITIZEN, number), address=address, phone=phone
    )


def dossiers(count: int, unit: str, lane: int) -> Iterator[tuple[e.Received, e.Personal, datetime]]:
    """`count` dossiers over the years since 2023, 900 a day, numbered in one lane."""
    r = Random(20261122)
    serials = Counter[tuple[str, int]]()
    for i in range(count):
        at = FIRST_DAY + timedelta(days=i // A_DAY, seconds=(i % A_DAY) * 30)
        code, title, field = r.choice(PROCEDURES)
        number = lane + 20 * (i % A_DAY)
        serials[field, at.year] += 1
        body = e.Received(
            procedure=code, procedure_name=title, field=field, case=1, case_name="", limit=LIMIT,
            promise=facts.Promise(at + timedelta(days=3)), code=str(Code(unit, code_day(at.date()), number)),
            serial=facts.Serial(field, at.year, lane, serials[field, at.year]), counter=lane,
        )  # fmt: skip
        document = facts.Document("Tờ khai theo mẫu quy định", originals=1)
        personal = e.Personal(
            salt(r.randbytes(10)), applicant(r), request=title, documents=(document,)
        )
        yield body, personal, at
