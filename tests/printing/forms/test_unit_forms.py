"""What a commune has printed otherwise than the forms that ship, without code."""

import errno
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.models.errors import BadInput
from app.printing.forms import forms
from app.printing.paper import Paper
from app.printing.papers.slip import render
from tests.printing import reading
from tests.printing.papers.samples import SLIPS, Slip

OLD = "tt-01-2018"
DOCS = Path(__file__).parents[3] / "docs" / "forms.md"


def printed(unit: Path, form: str = "receipt", profile: str = forms.CURRENT) -> bytes:
    return render(form, forms.sample(form, profile, unit), Paper.A4, profile=profile, unit=unit)


def say(unit: Path, name: str, text: str) -> None:
    file = unit / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def documented() -> list[tuple[str, str]]:
    """(file, TOML) of each example in the handbook."""
    pages = DOCS.read_text("utf-8")
    return re.findall(r"Ví dụ `forms/([\w/-]+)\.toml`[^`]*```toml\n(.*?)```", pages, re.DOTALL)


def test_the_examples_of_the_handbook_print_as_it_says(tmp_path: Path) -> None:
    assert len(documented()) == 2
    for name, text in documented():
        say(tmp_path, name, text)
    pages = reading.page_texts(printed(tmp_path))
    assert len(pages) == 3
    assert "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ" in pages[0]
    assert "Đường dây nóng: 0216 3 000 000, cả sáng thứ Bảy" in pages[0]
    assert "Số: 0015/-BPTNTKQ" in pages[2]


def test_what_the_unit_does_not_say_stays_as_it_ships(tmp_path: Path) -> None:
    say(tmp_path, "tt-03-2025/receipt", 'copies = [""]')
    ours = render("receipt", forms.sample("receipt"), Paper.A4, ("",))
    assert printed(tmp_path) == ours


def test_a_header_said_for_one_law_stays_out_of_the_other(tmp_path: Path) -> None:
    say(tmp_path, "tt-03-2025/profile", '[header]\nleft = ["**XÃ ĐẠI LỊCH**"]')
    assert "XÃ ĐẠI LỊCH" in reading.text(printed(tmp_path))
    assert "ỦY BAN NHÂN DÂN" in reading.text(printed(tmp_path, profile="tt-01-2018"))


def test_papers_of_the_old_law_bear_the_name_and_sign_of_their_time() -> None:
    def pages(form: str) -> str:
        pdf = render(form, forms.sample(form, OLD), Paper.A4, profile=OLD)
        return reading.text(pdf)

    for form in ("receipt", "supplement", "refusal", "control", "change-case"):
        assert "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ" in pages(form)
        assert "Trung tâm Phục vụ".casefold() not in pages(form).split("Độc lập")[0].casefold()
    assert "/BPTNTKQ" in pages("receipt")
    assert "/TB-BPTNTKQ" in pages("change-case")


def test_a_unit_may_give_the_old_law_a_name_of_its_own_or_none(tmp_path: Path) -> None:
    say(tmp_path, f"{OLD}/profile", '[names]\nagency_own = "Bộ phận Một cửa"\nunit_sign = ""')
    page = reading.text(printed(tmp_path, profile=OLD))
    assert "BỘ PHẬN MỘT CỬA" in page
    assert "/TTPVHCC" in page


def test_the_questions_of_the_opinion_slip_are_the_units_own(tmp_path: Path) -> None:
    shipped = (Path(forms.__file__).parents[3] / "resources/forms/common/opinion.toml").read_text(
        "utf-8"
    )
    say(tmp_path, "common/opinion", shipped.replace("Thời gian chờ đợi", "Chỗ ngồi chờ"))
    page = reading.text(printed(tmp_path, "opinion"))
    assert "Chỗ ngồi chờ" in page
    assert "Thời gian chờ đợi" not in page


def logo(kind: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("name", "kind"), [("logo.png", "PNG"), ("logo.jpg", "JPEG")])
def test_a_logo_heads_every_paper_the_same_way_twice(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(logo(kind))
    assert b"/Image" in printed(tmp_path)
    assert printed(tmp_path) == printed(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "copies = 3",
        'copies = "Liên 1"',
        "copies = [",
        'footer = ["{nmae}"]',
        "[[blocks]]\nkind = 'poem'",
        "[[blocks]]\nkind = 'text'",
        "blocks = 1",
        'title = 5\nfooter = "x"',
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_in_words(tmp_path: Path, text: str) -> None:
    say(tmp_path, "tt-03-2025/receipt", text)
    with pytest.raises(BadInput, match="Mẫu receipt của đơn vị"):
        printed(tmp_path)


def test_a_header_that_lacks_the_motto_is_refused(tmp_path: Path) -> None:
    say(tmp_path, "tt-03-2025/profile", '[header]\nright = ["**CỘNG HÒA**"]')
    with pytest.raises(BadInput, match="two lines"):
        printed(tmp_path)


def test_a_logo_that_cannot_be_read_is_told_and_is_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logo.png").write_bytes(logo("PNG"))

    def locked(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "as the system says it")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(BadInput, match="không có quyền"):
        forms.load("receipt", unit=tmp_path)


def test_a_logo_that_is_no_image_or_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    with pytest.raises(BadInput, match="PNG hay JPEG"):
        printed(tmp_path)
    (tmp_path / "logo.png").write_bytes(bytes(2_000_000))
    with pytest.raises(BadInput, match="quá 1 MB"):
        printed(tmp_path)


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_note_at_the_foot_stands_on_every_paper(tmp_path: Path, slip: Slip) -> None:
    say(tmp_path, f"{slip.profile}/profile", 'footer = ["Mở cửa cả sáng thứ Bảy"]')
    page = reading.text(printed(tmp_path, slip.form, slip.profile))
    assert "Mở cửa cả sáng thứ Bảy" in page
