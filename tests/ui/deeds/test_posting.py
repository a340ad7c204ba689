"""The public post in the window: one key at intake, one list, one key when the post has come."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.event import EventName
from app.ui.deeds.deeds import KEYS
from app.ui.intake.page import IntakePage
from app.ui.intake.post_card import POST_KEY
from app.ui.lists.board_page import BoardPage
from tests.ui.commune import IN_THE_WINDOW, LONG_NAME, Commune, hit, settle
from tests.ui.walk import faults

Show = Callable[..., None]
HOME: dict[str, Any] = {
    "by_post": True,
    "post_name": LONG_NAME,
    "post_address": "Thôn Liễu Nội, xã Khánh Hà",
}


@pytest.fixture
def page(commune: Commune, show: Show) -> IntakePage:
    page = IntakePage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def test_a_key_asks_for_the_post_filled_in_from_the_filer_and_takes_it_back(
    page: IntakePage, dressed: QApplication
) -> None:
    form = page._form
    for field, text in (("name", LONG_NAME), ("address", "Thôn Liễu Nội"), ("phone", "0912345678")):
        form.applicant.inputs[field].control.setText(text)  # type: ignore[attr-defined]
    hit(page, POST_KEY)
    settle(dressed)
    draft = form.draft()
    assert (draft.by_post, draft.post_name, draft.post_phone, draft.post_address) == (
        True, LONG_NAME, "0912345678", "Thôn Liễu Nội",
    )  # fmt: skip
    assert faults(page) == []
    hit(page, POST_KEY)
    assert not form.draft().by_post


def test_what_came_by_post_goes_back_by_it_to_whoever_files_until_another_is_typed(
    page: IntakePage, dressed: QApplication
) -> None:
    form = page._form
    inputs = form.applicant.inputs
    form.procedure.channel.choose("post")
    settle(dressed)
    assert form.post.isVisible()
    assert faults(page) == []
    inputs["name"].control.setText("Ly")  # type: ignore[attr-defined]
    inputs["name"].control.setText(LONG_NAME)  # type: ignore[attr-defined]
    assert (form.draft().by_post, form.draft().post_name) == (True, LONG_NAME)
    form.post.inputs["post_name"].control.setText("Lý A Sử")  # type: ignore[attr-defined]
    inputs["name"].control.setText("Mai Thị Hạnh")  # type: ignore[attr-defined]
    assert form.draft().post_name == "Lý A Sử"
    form.procedure.channel.choose("counter")
    assert not form.draft().by_post


def test_what_the_post_took_is_returned_and_its_minutes_are_printed(
    commune: Commune, show: Show, dressed: QApplication
) -> None:
    names = [commune.receive(**HOME) for _ in range(2)]
    for name in (*names, commune.receive()):
        commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    board = BoardPage(commune.desk, commune.officer(), commune.jobs)
    minutes: list[tuple[EventName, ...]] = []
    board.minutes_wanted.connect(minutes.append)
    show(board, *IN_THE_WINDOW)
    board.entered()
    assert not board._to_post.isVisible()
    hit(board, "Alt+5")
    settle(dressed)
    assert board._to_post.isVisible()
    assert faults(board) == []
    hit(board, "Ctrl+A", KEYS[Deed.RETURN])
    assert set(*minutes) == set(names)
    assert [commune.dossier(name).status for name in names] == [Status.RETURNED] * 2
