"""The control slip's rows: what the hand-overs were, and what was written by hand and keyed later."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.unit.officer import Role
from tests.making import ACounter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    counter = a_counter(tmp_path)
    counter.desk.office.add_officer("hung", "Trần Văn Hùng", [Role.SPECIALIST], "phutrach")
    return counter


def rows(counter: ACounter, name: e.EventName) -> list[dict[str, Any]]:
    found = counter.desk.paperwork.values("control", name)["hand_overs"]
    assert isinstance(found, list)
    return found


def test_a_row_says_who_gave_and_who_took(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    counter.do(Deed.ACCEPT, name, Details())
    (row,) = rows(counter, name)
    assert (row["from"], row["to"]) == ("Bộ phận TN&TKQ", "Trần Văn Hùng")
    assert (row["giver"], row["taker"]) == ("Lê Thị Nga", "Lê Thị Nga")
    assert (row["result"], row["note"]) == ("", "")


def test_a_row_nobody_took_yet_leaves_room_for_the_pen(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    assert rows(counter, name)[0]["taker"] == ""


def test_the_result_is_what_the_receiver_wrote_on_taking_it(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    counter.do(Deed.ACCEPT, name, Details(note="trước hạn"))
    counter.do(Deed.FORWARD, name, Details(to="Công an xã", note="kèm 02 ảnh"))
    first, second = rows(counter, name)
    assert (first["result"], first["note"]) == ("Trước hạn", "")
    assert (second["result"], second["note"]) == ("", "kèm 02 ảnh")


def test_the_result_comes_back_to_the_one_stop_shop_in_a_row_of_its_own(counter: ACounter) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, name, Details(to="hung"))
    last = rows(counter, name)[-1]
    assert (last["to"], last["result"], last["taker"]) == ("Bộ phận TN&TKQ", "Trước hạn", "")


def test_what_was_taken_back_is_no_row(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    counter.do(Deed.UNDO, name, Details(reason="nhầm người"))
    assert rows(counter, name) == []


def test_a_refused_hand_over_keeps_its_row_with_the_reason(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    counter.do(Deed.SEND_BACK, name, Details(reason="thiếu bản chính"))
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    assert [row["note"] for row in rows(counter, name)] == ["thiếu bản chính", ""]


def test_what_was_accepted_and_sent_back_is_a_row_of_its_own_with_the_reason(
    counter: ACounter,
) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    counter.do(Deed.ACCEPT, name)
    counter.do(Deed.SEND_BACK, name, Details(reason="thiếu bản chính"))
    there, back = rows(counter, name)
    assert (back["giver"], back["to"], back["note"]) == (
        there["taker"], there["from"], "thiếu bản chính",
    )  # fmt: skip


def test_a_row_keyed_from_the_paper_says_when(counter: ACounter) -> None:
    name = counter.receive().name
    written = counter.clock.go_on(minutes=20)
    counter.clock.go_on(hours=3)
    hung = counter.desk.officer("hung")
    do = counter.desk.progress.do
    do(Deed.HAND_OVER, [name], counter.officer, Details(to="hung", at=written))
    taken = Details(at=written + timedelta(minutes=5), note="Đúng hạn")
    do(Deed.ACCEPT, [name], hung, taken, keyed_by="phutrach")
    (row,) = rows(counter, name)
    assert (row["at"], row["taker"], row["result"]) == (written, "Trần Văn Hùng", "Đúng hạn")
    assert row["note"] == "nhập lại lúc 11:20 ngày 23/11"


def test_a_deed_keyed_at_once_is_not_called_handwritten(counter: ACounter) -> None:
    name = counter.receive().name
    at = counter.clock.go_on(minutes=5)
    counter.clock.go_on(minutes=9)
    counter.desk.progress.do(Deed.HAND_OVER, [name], counter.officer, Details(to="hung", at=at))
    assert rows(counter, name)[0]["note"] == ""
