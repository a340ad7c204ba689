import pytest

from app.printing.graphics.fonts import face, load
from tests.printing.papers.test_slip import LETTERS

PUNCTUATION = " .,;:!?-–—…“”‘’()/&%+=@#*_<>[]{}|0123456789₫°²"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_every_face_has_every_letter_a_form_prints(bold: bool, italic: bool) -> None:
    assert len(set(LETTERS)) == 134 + 12
    known = load(face(bold, italic)).face.charToGlyph
    assert [letter for letter in LETTERS + PUNCTUATION if ord(letter) not in known] == []
