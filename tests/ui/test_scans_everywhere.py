"""A card or a slip scanned on any page changes nothing but what is looked for, and whom a form is for."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, to_builtins
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.doors.first_run_page import FirstRunPage
from app.ui.doors.restore_page import RestorePage
from app.ui.doors.sign_in import SignIn
from app.ui.intake.work import PERSON
from app.ui.widgets.page import Page
from app.ui.window import Window
from tests.ui.commune import Commune, hit
from tests.ui.drafts import Typed, typed_in
from tests.ui.frame.test_help import screens
from tests.ui.intake_desk import CARD
from tests.ui.keys import type_keys

OTHERS_CARD = "001085054321||Trần Văn Ước|03021985|Nam|Thôn Nội, xã Khánh Hà, Hà Nội|05062021||||"
CARDS = (CARD, OTHERS_CARD, "001085054321|112233445|Trần Văn Ước|03021985|Nam|Thôn Nội|05062021")
UNKNOWN = ("H26.33.15-261123-9999", "T-C2B3F4G5", "https://tracuu.khanhha.example/?t=Zk3-x_9Q")
DOORS = {FirstRunPage, RestorePage, SignIn}
FILLED = {"F2", "F5", "F10"}
"""Whose person a card fills in, while they are in sight."""


class NobodysKeys:
    """Of a counter at which nobody's password is known."""

    def logins(self) -> list[str]:
        return []

    change = give = add = let_go = logins


def pages(window: Window) -> Iterator[tuple[str, Page]]:
    """Every page there is behind the door, built, after the key of its place; "" where it has none."""
    window.set_up.keys = NobodysKeys()  # type: ignore[assignment]  # nobody presses anything there
    for place in window.places():
        window.go(place.key)
        yield place.key, window.page()
    for page in (
        window._search_page, window._dossier, window._calendar, window._online, window._province,
        window._scanner_page, window.set_up.unit, window.set_up.officers,
    ):  # fmt: skip
        yield "", page


def scan(window: Window, text: str) -> None:
    for letter in text + "\n":
        type_keys(window, letter)
    QApplication.processEvents()


def but_the_person(typed: Typed) -> Mapping[str, Any]:
    """What stands in the forms, without who it is for."""
    return {place: _others(form) for place, form in typed.items()}


def _others(form: Struct) -> dict[str, Any]:
    built: dict[str, Any] = to_builtins(form)
    return {name: value for name, value in built.items() if name not in {*PERSON, "person"}}


def begin_forms(window: Window) -> None:
    """Something in each form that a person types into."""
    for place, typed in (("F2", "1.001022\n"), ("F5", "2.000815\n3"), ("F10", "Lan\t")):
        window.go(place)
        type_keys(window, typed)
        QApplication.processEvents()


def test_a_scan_changes_nothing_on_any_page_but_what_is_looked_for(
    window: Window, commune: Commune
) -> None:
    window._scanner._when = lambda _: 0
    slip = commune.dossier(commune.receive()).code
    begin_forms(window)
    seen, written = set(DOORS), commune.desk.store.pending("server")[0]
    for place, page in pages(window):
        seen.add(type(page))
        for scanned in (*CARDS, *UNKNOWN, slip):
            window.open(page)
            before = typed_in(window)
            scan(window, scanned)
            after = typed_in(window)
            assert but_the_person(after) == but_the_person(before), (page, scanned)
            changed = {form for form in before if after[form] != before[form]}
            assert changed <= FILLED & {place}, (page, scanned)
            lines = [line.text() for line in window.findChildren(QLineEdit)]
            assert not [text for text in lines if "|" in text or "://" in text], (page, scanned)
    assert commune.desk.store.pending("server")[0] == written
    assert seen == set(screens())


def test_a_stranger_scanned_on_another_page_is_received_by_one_enter(
    window: Window, commune: Commune
) -> None:
    window._scanner._when = lambda _: 0
    window.go("F3")
    scan(window, OTHERS_CARD)
    assert window._search_page.isVisible()
    window._scanner._when = lambda _: 10_000
    hit(window.search, "Return")
    assert window._intake.isVisible()
    assert window._intake._form.draft().name == "Trần Văn Ước"
