"""Who collects a result: whoever filed it, the owner, somebody authorised."""

from collections.abc import Callable
from typing import Any

import pytest

from app.desk.sheets.books import WAYS, line
from app.ui.returning.page import ReturnPage
from tests.ui.commune import LONG_NAME, Commune, hit
from tests.ui.keys import type_keys
from tests.ui.returning.results import card, ready, returned

Show = Callable[..., None]

FOR_ANOTHER: dict[str, Any] = {
    "authorised": True,
    "principal_name": "Lò Thị Chủ",
    "principal_number": "000187055222",
    "authorisation": "GUQ 12/2026",
}


def test_somebody_authorised_has_to_be_named(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    assert page._card._form is not None
    page._card._form._way.choose("authorised")
    hit(page, "F9")
    assert "Chưa ghi tên" in page._card._form.fields["collector"].error()
    type_keys(page, "Tran Van B")
    hit(page, "F9")
    assert returned(commune, name).way == "authorised"


def test_a_card_names_the_authorised_where_the_cursor_asks_who_that_is(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    hit(page, "Alt+U")
    page.scanned(card("000187055222", "Đặng Thị Mỹ Duyên"))
    assert page._card.name == name
    hit(page, "F9")
    assert returned(commune, name).way == "authorised"
    personal = commune.last_event(name).personal
    assert personal is not None
    assert personal.collector == "Đặng Thị Mỹ Duyên"


def test_the_applicants_own_card_names_nobody_authorised(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    hit(page, "Alt+U")
    page.scanned(card("001187012345", LONG_NAME))
    assert page._card.name == name
    hit(page, "F9")
    assert returned(commune, name).way == "self"


@pytest.mark.parametrize(
    ("keys", "way", "collector"),
    [
        (("F9",), "authorised", LONG_NAME),
        (("Alt+U", "Alt+U", "F9"), "self", "Lò Thị Chủ"),
        (("Alt+U", "Alt+U", "Alt+U", "F9"), "authorised", LONG_NAME),
    ],
)
def test_who_was_authorised_to_file_is_who_collects_until_another_is_chosen(
    commune: Commune, page: ReturnPage, keys: tuple[str, ...], way: str, collector: str
) -> None:
    name = ready(commune, **FOR_ANOTHER)
    page.scanned(commune.dossier(name).code)
    hit(page, *keys)
    assert returned(commune, name).way == way
    paper = commune.desk.paperwork.values("result-receipt", name)
    assert (paper["owner_name"], paper["collector"]) == ("Lò Thị Chủ", collector)
    row = line(commune.desk.lookup.dossier(name), commune.dossier(name))
    assert (row["way"], row["collector"]) == (WAYS[way], collector)


def test_the_card_of_who_filed_for_another_names_them_and_the_others_own_does_not(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune, **FOR_ANOTHER)
    page.scanned(commune.dossier(name).code)
    hit(page, "Alt+U", "Alt+U", "Alt+U")
    form = page._card._form
    assert form is not None
    form._collector.setPlainText("")
    assert not page._names_collector(card("000187055222", "Lò Thị Chủ"))
    page.scanned(card("001187012345", LONG_NAME))
    assert form._collector.line() == LONG_NAME
