"""Who stands at the desk is known by their own numbers, and what they file twice is noticed."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.intake.people import person
from app.models.dossiers.lifecycle import Deed
from tests.making import MONDAY, ACounter, a_counter, a_draft

TODAY = MONDAY.date()


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def test_what_was_filed_today_is_noticed_though_it_is_over_and_tomorrow_no_more(
    counter: ACounter,
) -> None:
    counter.do(Deed.WITHDRAW, counter.receive().name)
    (said,) = person(counter.store, a_draft(), TODAY).doubts
    assert "Người này đã nộp thủ tục này" in said
    assert "đã xong" in said
    assert person(counter.store, a_draft(), TODAY + timedelta(days=1)).doubts == ()


def test_a_card_s_old_number_finds_nobody_once_another_paper_is_shown(counter: ACounter) -> None:
    counter.receive("Lý A Sử", id_kind="old_number", id_number="012345678")
    card = a_draft(old_number="012345678")
    assert [row.applicant for row in person(counter.store, card, TODAY).rows] == ["Lý A Sử"]
    passport = a_draft(old_number="012345678", id_kind="passport", id_number="C1234567")
    assert person(counter.store, passport, TODAY).rows == ()
