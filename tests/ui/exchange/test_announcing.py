"""A notice from above stands over every page until the supervisor has read it, by one key."""

from collections.abc import Callable

import pytest

from app.clock import VIETNAM
from app.desk.looking.without_effect import Idling
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.notices import MOST_WORDS, NoticeSent, NoticeWithdrawn
from app.ui.exchange.notices_card import state_of
from app.ui.frame.from_above_line import FOR_WHOM
from app.ui.window import Window
from tests.store.database.spreading import Stranger
from tests.store.journal.test_revoking import knows
from tests.ui.a_window import a_window
from tests.ui.commune import MORNING, TOAN, Commune, hit
from tests.ui.walk import faults

TEXT = (
    "Từ 14:00 hôm nay hệ thống hộ tịch điện tử tạm dừng; hãy nhận hồ sơ giấy và hẹn trả như thường."
)


@pytest.fixture
def server(commune: Commune) -> Stranger:
    made = Stranger("máy chủ")
    knows(commune.desk.store, made)
    return made


def says(commune: Commune, server: Stranger, body: e.AnyBody) -> None:
    commune.desk.store.take((server.tells(body, about(body)),))


def test_it_stands_over_the_page_until_it_is_read_by_one_key(
    commune: Commune, server: Stranger, window: Window
) -> None:
    window._exchanges.look()
    assert not window.above.isVisible()
    says(commune, server, NoticeSent("a1" * 8, "Tin cũ."))
    says(commune, server, NoticeSent("b2" * 8, TEXT))
    window._exchanges.look()
    assert window.above.isVisible()
    assert window.above.text() == f"Cấp trên báo 08:00 23/11: {TEXT} Còn 1 thông báo nữa chưa đọc."
    hit(window, "Alt+N")
    assert window.above.text() == "Cấp trên báo 08:00 23/11: Tin cũ."
    hit(window, "Alt+N")
    assert not window.above.isVisible()
    assert [notice.read_by for notice in commune.desk.notices.all(commune.officer()).notices] == ["phutrach"] * 2  # fmt: skip


def test_who_is_not_in_charge_sees_it_and_for_whom_it_waits(
    commune: Commune, server: Stranger, show: Callable[..., None]
) -> None:
    says(commune, server, NoticeSent("a1" * 8, TEXT))
    window = a_window(commune, commune.officer(TOAN))
    show(window)
    assert window.above.text().endswith(FOR_WHOM)
    hit(window, "Alt+N")
    assert commune.desk.notices.all(commune.officer()).waiting


def test_what_is_withdrawn_goes_out_of_sight(
    commune: Commune, server: Stranger, window: Window
) -> None:
    says(commune, server, NoticeSent("a1" * 8, TEXT))
    window._exchanges.look()
    says(commune, server, NoticeWithdrawn("a1" * 8))
    window._exchanges.look()
    assert not window.above.isVisible()


@pytest.mark.parametrize("place", ["F2", "F8"])
def test_the_longest_notice_can_be_read_whole(
    commune: Commune, server: Stranger, window: Window, place: str
) -> None:
    says(commune, server, NoticeSent("a1" * 8, ("Nguyễn Hoàng " * 50)[:MOST_WORDS]))
    window.go(place)
    window._exchanges.look()
    assert faults(window.above) == []


def test_the_card_tells_what_became_of_each(commune: Commune, server: Stranger) -> None:
    says(commune, server, NoticeSent("a1" * 8, TEXT))
    (notice,) = commune.desk.notices.all(commune.officer()).notices
    assert state_of(notice, {})[0] == "08:00 23/11 · chưa đọc"
    read = notice._replace(read_by="nga", read_at=MORNING.astimezone(VIETNAM))
    assert state_of(read, {"nga": "Lê Thị Nga"})[0] == "08:00 23/11 · Lê Thị Nga đã đọc 08:00 23/11"
    assert state_of(notice._replace(withdrawn=True), {})[0].endswith("cấp trên đã rút")


def test_what_counts_for_nothing_is_read_from_the_first_look_at_the_exchange_on(
    commune: Commune, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, elsewhere = commune.receive(), Stranger()
    missing = e.EventName("ab" * 16, "0" * 16, 9)
    commune.desk.store.take((elsewhere.tells(e.HandedOver("toan"), str(name), (missing,)),))
    looks, look = list[Idling](), commune.desk.without_effect.look

    def noted() -> Idling:
        looks.append(look())
        return looks[-1]

    monkeypatch.setattr(commune.desk.without_effect, "look", noted)
    window._exchanges.look()
    assert looks == []
    hit(window, "F8")
    card = window._announcing.cards.idle
    assert [one.events for one in looks] == [1]
    assert not card.isHidden()
    assert card._count._words.text() == "1 việc"
