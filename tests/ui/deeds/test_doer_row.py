from datetime import datetime

import pytest

from app.clock import VIETNAM
from app.models.errors import BadInput
from app.ui.deeds.doer_row import read_moment

NOW = datetime(2026, 11, 23, 16, 45, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("16:10", 23, 16),
        (" 9h05 ", 23, 9),
        ("16:10 20/11/2026", 20, 16),
        ("08:00  20112026", 20, 8),
    ],
)
def test_an_hour_is_todays_unless_a_day_is_given(typed: str, day: int, hour: int) -> None:
    moment = read_moment(typed, NOW)
    assert moment is not None
    assert (moment.day, moment.hour, moment.tzinfo) == (day, hour, VIETNAM)


def test_nothing_typed_is_now() -> None:
    assert read_moment("  ", NOW) is None


@pytest.mark.parametrize("typed", ["sáng nay", "25:10", "16:75", "16:10 31/11/2026", "16:10 20/11"])
def test_what_is_no_moment_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_moment(typed, NOW)
    assert refusal.value.field == "at"
