"""The paper for the safe: one page from which the code can be typed years later."""

from datetime import datetime

from app.clock import VIETNAM
from app.models.unit.recovery_code import RecoveryCode
from app.printing.papers.recovery_paper import render
from tests.printing import reading

AT = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
CODE = RecoveryCode.drawn(bytes(range(32)))
LONGEST = "Trung tâm Phục vụ hành chính công đặc khu " + "Phú Quốc " * 12


def test_every_letter_stands_on_one_page_in_its_numbered_group() -> None:
    (page,) = reading.page_texts(render(str(CODE), LONGEST, 12, AT))
    drawn = "".join(page.split())
    for number, group in enumerate(CODE.groups, 1):
        assert f"Nhóm{number}" in drawn
        assert group in drawn
    assert RecoveryCode.parse(" ".join(CODE.groups)) == CODE


def test_it_says_whose_it_is_when_it_was_made_and_how_it_is_used() -> None:
    page = " ".join(reading.text(render(str(CODE), "xã Khánh Hà", 1, AT)).split())
    assert "xã Khánh Hà. Quầy số 1. Lập lúc 08:00 ngày 23/11/2026." in page
    assert "motcua restore TỆP --recovery" in page
    assert "motcua restore --from-copy THƯ_MỤC --recovery" in page
