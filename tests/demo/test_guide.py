"""The guide that ships is what the program says of itself."""

import re
from pathlib import Path

import pytest

import resources
from app.demo import guide, pictures
from app.ui.frame.help_text import Kind, read

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 150_000


def test_the_guide_says_what_f1_says() -> None:
    written = (DOCS / guide.GUIDE).read_text(encoding="utf-8")
    assert written == guide.text(DOCS), "python -m app.demo.guide docs --words"


def test_every_page_of_help_is_in_it_once() -> None:
    assert sorted(guide.names()) == sorted(f.stem for f in resources.path("help").glob("*.md"))


@pytest.mark.parametrize(
    "file", [DOCS / guide.GUIDE, DOCS.parent / "README.md"], ids=lambda f: f.name
)
def test_every_picture_is_there_and_small(file: Path) -> None:
    shown = re.findall(r"!\[.*?\]\((.+?\.png)\)", file.read_text(encoding="utf-8"))
    pictures = [file.parent / name for name in shown]
    assert pictures
    assert [picture.name for picture in pictures if not picture.exists()] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES] == []


def test_no_picture_lies_about_unseen() -> None:
    seen = (DOCS / guide.GUIDE).read_text(encoding="utf-8") + (DOCS.parent / "README.md").read_text(
        encoding="utf-8"
    )
    lying = [file.name for file in (DOCS / guide.PICTURES).glob("*.png")]
    assert [name for name in lying if name not in seen] == []


def test_what_is_asked_of_a_dossier_has_its_words_and_its_picture() -> None:
    told = {piece.text for piece in read("dossier") if piece.kind is Kind.HEADING}
    assert set(pictures.PARTS) <= told
    shown = (DOCS / guide.GUIDE).read_text(encoding="utf-8")
    parts = [("dossier", part) for part in pictures.PARTS] + [("register", guide.END_OF_DAY)]
    assert [one for one in parts if guide.file_of(*one) not in shown] == []
