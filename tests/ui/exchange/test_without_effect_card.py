"""The exchange's page says what counts for nothing, and what makes it count."""

from collections.abc import Callable
from datetime import timedelta

from app.desk.looking.without_effect import NOTHING, Cause, Idle, Idling
from app.models.dossiers.fold import REVOKED
from app.models.events.event import EventName
from app.ui.exchange.without_effect_card import WithoutEffectCard, advice
from tests.ui.commune import MORNING, hit
from tests.ui.walk import faults

DOSSIER = EventName("ab" * 16, "0" * 16, 3)
LOST = Idle(
    "x", "H26.15.3-261123-0022", ("Tiếp nhận", "Bàn giao"), REVOKED, Cause.REVOKED, 2, MORNING, None
)
HELD = Idle(
    str(DOSSIER), "H26.15.3-261123-0001", ("Bàn giao",), "chờ sự kiện trước đó từ máy khác",
    Cause.HELD, 3, MORNING + timedelta(hours=1), DOSSIER,
)  # fmt: skip


def test_it_is_out_of_sight_while_all_counts(show: Callable[..., None]) -> None:
    card = WithoutEffectCard()
    card.show_idling(Idling(3, (LOST,)))
    assert not card.isHidden()
    card.show_idling(NOTHING)
    assert card.isHidden()


def test_a_revoked_counters_codes_are_told_and_who_makes_them_count(
    show: Callable[..., None],
) -> None:
    card = WithoutEffectCard()
    show(card, 760, 420)
    card.show_idling(Idling(3, (LOST, HELD)))
    show(card, 760, 420)
    cells = [card._table.table.cells(0)[column].text for column in range(3)]
    assert cells[:2] == [LOST.code, "Tiếp nhận, Bàn giao (quầy 2)"]
    assert cells[2].startswith("Máy ghi việc này đã bị thu hồi trước đó")
    assert "máy chủ làm việc ấy" in advice(Idling(2, (LOST,)))
    assert card._count._words.text() == "3 việc"
    assert faults(card) == []


def test_enter_opens_a_dossier_where_there_is_one(show: Callable[..., None]) -> None:
    card, opened = WithoutEffectCard(), list[EventName]()
    card.opened.connect(opened.append)
    card.show_idling(Idling(3, (LOST, HELD)))
    show(card, 760, 420)
    card._table.setFocus()
    hit(card, "Return", "Down", "Return")
    assert opened == [DOSSIER]
