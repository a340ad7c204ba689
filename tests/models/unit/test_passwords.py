"""A password is judged before it is kept, in words an officer understands."""

import pytest

from app.models.errors import BadInput
from app.models.unit.passwords import Strength, checked, strength


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("abc", Strength.SHORT),
        ("toàn2026", Strength.GUESSED),
        ("ndtoan99", Strength.GUESSED),
        ("aaaaaaaa", Strength.SAME),
        ("12345678", Strength.SAME),
        ("19051890", Strength.FIGURES),
        ("ao cá vườn", Strength.STRONG),
        ("ao cá 7", Strength.FAIR),
    ],
)
def test_a_password_is_judged_in_a_sentence(password: str, said: Strength) -> None:
    assert strength(password, "ndtoan", "Nguyễn Đức Toàn") is said


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("năm5!", "năm5!", "password"), ("ao cá 7", "ao cá 8", "again")],
)
def test_too_short_or_typed_otherwise_is_refused(password: str, again: str, field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        checked(password, again)
    assert wrong.value.field == field
    assert checked("ao cá 7", "ao cá 7") == "ao cá 7"
