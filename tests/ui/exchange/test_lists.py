"""The exchange's page lists what waits and what must be looked at; Enter opens the dossier."""

from collections.abc import Callable

import pytest

from app.desk.looking.conflicts import Open
from app.desk.looking.waiting import Waiting
from app.models.events.event import EventName
from app.ui.exchange.conflicts_card import ADVICE, ConflictsCard
from app.ui.exchange.waiting_card import WaitingCard
from app.ui.window import Window
from tests.ui.commune import LONG_NAME, MORNING, Commune, hit
from tests.ui.exchange.a_server import Server
from tests.ui.walk import faults

ONE, OTHER = (EventName("ab" * 16, f"{n:016x}", 3) for n in range(2))
CODE = "H26.15.3-261123-0021"
DEEDS = ("Tiếp nhận", "Bàn giao", "Yêu cầu bổ sung")
SENTENCE = "Hai nơi cùng bàn giao hồ sơ này cho hai người; hãy xem ai đang giữ giấy."


def test_what_waits_says_whose_since_when_and_how_near_it_is(show: Callable[..., None]) -> None:
    card, opened = WaitingCard(), list[EventName]()
    card.opened.connect(opened.append)
    card.show_waiting((
        Waiting("1", CODE, LONG_NAME, DEEDS, MORNING, False, ONE),
        Waiting("2", CODE, "Lê Văn Bình", DEEDS[:1], MORNING, True, OTHER),
        Waiting("3", "", "", ("Khai báo cán bộ",), MORNING, False, None),
    ))  # fmt: skip
    show(card, 760, 260)
    rows = [[card._table.table.cells(row)[column].text for column in range(4)] for row in range(3)]
    assert rows[0] == [CODE, f"{LONG_NAME} · {', '.join(DEEDS)}", "08:00 23/11", "chỉ ở máy này"]
    assert rows[1][3] == "ở trạm trung chuyển"
    assert faults(card) == []
    card._table.setFocus()
    hit(card, "Return", "Down", "Return", "Down", "Return")
    assert opened == [ONE, OTHER]
    card.show_waiting(())
    assert card.isHidden()


def test_what_must_be_looked_at_is_told_with_its_sentence_and_opened(
    show: Callable[..., None],
) -> None:
    card, opened = ConflictsCard(), list[EventName]()
    card.opened.connect(opened.append)
    card.show_open((Open(ONE, CODE, LONG_NAME, (SENTENCE,), "Lê Thị Nga"),))
    show(card, 760, 260)
    assert card._table.table.cells(0)[1].text == SENTENCE
    assert card._advice.isVisible()
    assert card._advice.text() == ADVICE
    assert faults(card) == []
    card._table.setFocus()
    hit(card, "Return")
    assert opened == [ONE]


def test_the_page_lists_them_as_it_comes_into_sight(
    commune: Commune, monkeypatch: pytest.MonkeyPatch, show: Callable[..., None]
) -> None:
    name = commune.receive()
    window = Window(commune.desk, commune.officer(), commune.jobs, Server(), "xã Khánh Hà")
    show(window)
    found = Open(name, CODE, LONG_NAME, (SENTENCE,), "Lê Thị Nga")
    monkeypatch.setattr(commune.desk.conflicts, "look", lambda: (found,))
    hit(window, "F8")
    cards = window._announcing.cards
    assert cards.waiting.isVisible()
    assert cards.conflicts.isVisible()
    cards.waiting._table.setFocus()
    cards.waiting.opened.emit(name)
    assert window.page() is window._dossier
