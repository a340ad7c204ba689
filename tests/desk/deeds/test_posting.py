"""The public post takes the result: to whom is kept, the list of the day is at hand, the paper says it."""

from pathlib import Path
from typing import Any

import pytest

from app.desk.deeds.details import Details
from app.desk.draft import BY_POST, to_themselves
from app.models.citizens.applicant import Recipient
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events import event as e
from tests.desk.at_work import TO_WORK, a_dossier, a_working_counter
from tests.making import DETAILS, ACounter, a_draft

HOME = {"post_name": "Lý A Sử", "post_phone": "0912345678", "post_address": "Thôn Đồng Tâm"}


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_working_counter(tmp_path)


def by_post(counter: ACounter, *deeds: Deed, **more: object) -> e.EventName:
    told: dict[str, Any] = {"by_post": True, **HOME, **more}
    name = counter.receive(**told).name
    for deed in deeds:
        counter.do(deed, name, DETAILS)
    return name


def to_post(counter: ACounter) -> list[e.EventName]:
    return [line.row.name for line in counter.desk.lookup.board("to_post").lines]


def test_to_whom_and_where_is_kept_and_the_slip_says_it(counter: ACounter) -> None:
    name = by_post(counter)
    dossier = counter.desk.lookup.dossier(name).arrived("")
    assert dossier.recipient == Recipient("Lý A Sử", "0912345678", "Thôn Đồng Tâm")
    assert dossier.received.return_place == BY_POST
    slip = counter.desk.paperwork.values("post-slip", name)
    assert slip["recipient"] == "Lý A Sử, 0912345678, Thôn Đồng Tâm"
    assert slip["post_mode"] == "Nhận kết quả"


@pytest.mark.parametrize(
    ("channel", "mode"), [("post", "Gửi hồ sơ và nhận kết quả"), ("counter", "Nhận kết quả")]
)
def test_the_slip_says_which_of_the_three_modes_it_is(
    counter: ACounter, channel: str, mode: str
) -> None:
    name = by_post(counter, channel=channel)
    assert counter.desk.paperwork.values("post-slip", name)["post_mode"] == mode
    brought = counter.receive(channel="post").name
    assert counter.desk.paperwork.values("post-slip", brought)["post_mode"] == "Gửi hồ sơ"


@pytest.mark.parametrize("field", ["post_name", "post_address"])
def test_without_name_or_address_the_post_takes_nothing(counter: ACounter, field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        by_post(counter, **{field: " "})
    assert wrong.value.field == field
    draft = a_draft(by_post=True, **{**HOME, field: ""})
    assert field in counter.desk.intake.look(draft).errors


def test_the_filer_is_offered_until_another_is_named() -> None:
    draft = to_themselves(a_draft(name="Lý A Sử", phone="0912345678", post_address="Nơi khác"))
    assert (draft.by_post, draft.post_name, draft.post_address) == (True, "Lý A Sử", "Nơi khác")


def test_the_day_s_list_has_what_is_ready_for_the_post_and_nothing_else(counter: ACounter) -> None:
    name = by_post(counter, *TO_WORK, Deed.RESOLVE)
    by_post(counter, *TO_WORK)
    a_dossier(counter, *TO_WORK, Deed.RESOLVE)
    assert to_post(counter) == [name]
    assert counter.desk.lookup.board().counts.to_post == 1
    counter.do(Deed.RETURN, name, Details(way="post", collector="Bưu chính công ích"))
    assert to_post(counter) == []


def test_a_place_that_is_the_post_is_gone_to_by_post_though_nobody_is_named(
    counter: ACounter,
) -> None:
    name = counter.receive(return_place="Bưu cục xã").name
    assert "post-slip" in counter.desk.paperwork.papers(name)
    assert "post-slip" not in counter.desk.paperwork.papers(counter.receive().name)


def test_the_minutes_say_who_gives_and_who_takes(counter: ACounter) -> None:
    names = [by_post(counter, *TO_WORK, Deed.RESOLVE) for _ in range(2)]
    minutes = counter.desk.paperwork._asked("post-minutes", names).values
    assert minutes["to_post"] is True
    assert [row["name"] for row in minutes["batch"]] == ["Lý A Sử"] * 2  # type: ignore[attr-defined]
    brought = counter.receive(channel="post").name
    assert counter.desk.paperwork.values("post-minutes", brought)["to_post"] is False
