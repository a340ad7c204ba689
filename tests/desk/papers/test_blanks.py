"""A receipt filled by hand long ago is keyed by a second person (a blank's rule of two hands)."""

from datetime import timedelta

import pytest

from app.desk.papers.blanks import check_hands
from app.models.deadlines.calendar import Calendar
from app.models.errors import BadInput
from tests.making import MONDAY

THURSDAY, WEDNESDAY = MONDAY - timedelta(days=4), MONDAY - timedelta(days=5)


def test_up_to_two_working_days_who_received_may_key_it_alone() -> None:
    check_hands(THURSDAY, MONDAY, "nga", "nga", Calendar({}))
    with pytest.raises(BadInput, match="phải do người khác nhập"):
        check_hands(WEDNESDAY, MONDAY, "nga", "nga", Calendar({}))
    check_hands(WEDNESDAY, MONDAY, "nga", "mai", Calendar({}))
