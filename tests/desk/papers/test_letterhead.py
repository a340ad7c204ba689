"""Logo and note stand on the next paper, and only an administrator puts them there."""

import errno
from pathlib import Path

import pytest
from PIL import Image

from app.desk.papers.letterhead import Letterhead
from app.models.errors import BadInput, Refused
from app.models.unit.officer import Officer, Role
from app.printing.forms import forms
from app.printing.paper import Paper
from app.printing.papers.slip import render
from tests.printing import reading

BOSS = Officer("nga", "Lê Thị Nga", frozenset({Role.ADMINISTRATOR}))


def test_the_note_stands_at_the_foot_of_every_headed_paper(tmp_path: Path) -> None:
    head = Letterhead(tmp_path / "forms")
    head.write_note("Đường dây nóng: 1022\n\n  **Sáng thứ Bảy có làm việc**", BOSS)
    assert head.note == "Đường dây nóng: 1022\n**Sáng thứ Bảy có làm việc**"
    for form in ("receipt", "refusal"):
        unit = tmp_path / "forms"
        pdf = render(form, forms.sample(form, unit=unit), Paper.A4, unit=unit)
        assert "Sáng thứ Bảy có làm việc" in reading.text(pdf)
    head.write_note("", BOSS)
    assert head.note == ""


def drawn(folder: Path, kind: str) -> Path:
    Image.new("RGB", (4, 4)).save(folder / "ours", kind)
    return folder / "ours"


def test_one_logo_takes_the_place_of_the_other(tmp_path: Path) -> None:
    head = Letterhead(tmp_path)
    for kind, name in (("PNG", "logo.png"), ("JPEG", "logo.jpg")):
        head.choose_logo(drawn(tmp_path, kind), BOSS)
        assert head.logo == tmp_path / name
    head.choose_logo(None, BOSS)
    assert head.logo is None


def test_a_logo_for_which_there_is_no_room_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = Letterhead(tmp_path)
    head.choose_logo(drawn(tmp_path, "PNG"), BOSS)
    other = drawn(tmp_path, "JPEG")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "as the system says it")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="ổ đĩa đã đầy") as wrong:
        head.choose_logo(other, BOSS)
    assert (head.logo, type(wrong.value)) == (tmp_path / "logo.png", Refused)


@pytest.mark.parametrize("note", ["{due}", "a" * 401, "1\n2\n3\n4\n5"])
def test_what_no_paper_could_bear_is_refused(tmp_path: Path, note: str) -> None:
    with pytest.raises(BadInput):
        Letterhead(tmp_path).write_note(note, BOSS)


def test_a_receptionist_changes_neither(tmp_path: Path) -> None:
    other = Officer("x", "X", frozenset({Role.RECEPTIONIST}))
    with pytest.raises(Refused):
        Letterhead(tmp_path).write_note("x", other)
    with pytest.raises(Refused):
        Letterhead(tmp_path).choose_logo(None, other)
