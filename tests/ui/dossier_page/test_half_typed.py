"""What is half typed of a deed waits for whoever comes back to it, and for nobody else."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.models.dossiers.lifecycle import LABEL, Deed
from app.ui.deeds.deeds import KEYS
from app.ui.deeds.strip import CHANGED
from app.ui.dossier_page.page import DossierPage
from app.ui.widgets.typed import typed_in
from app.ui.window import Window
from tests.ui.commune import IN_THE_WINDOW, Commune, hit
from tests.ui.intake_desk import CARD
from tests.ui.keys import type_keys

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> DossierPage:
    page = DossierPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    return page


@pytest.mark.parametrize(
    "deed", [Deed.CORRECT, Deed.WITHDRAW, Deed.FORWARD, Deed.HASTEN, Deed.REQUEST_SUPPLEMENT]
)
def test_what_is_half_typed_of_a_deed_is_there_when_it_is_asked_again(
    commune: Commune, page: DossierPage, deed: Deed
) -> None:
    name, other = commune.receive(), commune.receive("Lý A Sử")
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    page.show_dossier(name)
    hit(page, KEYS[deed])
    box = next(x for x in page._strip.findChildren(QPlainTextEdit) if x.isVisible())
    box.setPlainText("mới ghi dở")
    page.show_dossier(other)
    assert page._deeds.currentWidget() is page._buttons
    assert not page._unfinished.isVisible()
    page.show_dossier(name)
    assert page._unfinished.text() == f"Đang nhập dở “{LABEL[deed]}”. Chọn lại để nhập tiếp."
    hit(page, KEYS[deed])
    assert (box.isVisible(), box.toPlainText()) == (True, "mới ghi dở")
    assert not page._unfinished.isVisible()
    hit(page, "Escape")
    assert not page._unfinished.isVisible()
    hit(page, KEYS[deed])
    assert "mới ghi dở" not in [x.toPlainText() for x in page._strip.findChildren(QPlainTextEdit)]


def test_a_form_left_as_it_was_is_not_half_typed(commune: Commune, page: DossierPage) -> None:
    name = commune.receive()
    for deed in (Deed.CORRECT, Deed.WITHDRAW, Deed.HAND_OVER):
        page.show_dossier(name)
        hit(page, KEYS[deed])
    page.show_dossier(name)
    assert not page._unfinished.isVisible()


@pytest.mark.parametrize(("deed", "said"), [(Deed.WITHDRAW, CHANGED), (Deed.CORRECT, "")])
def test_a_deed_that_was_done_leaves_nothing_half_typed_and_another_is_to_be_read_again(
    commune: Commune, page: DossierPage, deed: Deed, said: str
) -> None:
    name = commune.receive()
    page.show_dossier(name)
    hit(page, KEYS[deed])
    type_keys(page, "Ly A Su")
    hit(page, KEYS[Deed.HASTEN])  # its own key, from the form of another deed
    page.show_dossier(name)
    hit(page, KEYS[Deed.HASTEN])
    type_keys(page, "con nho\n")
    hit(page, "F9")
    assert commune.dossier(name).urgency
    assert page._unfinished.text() == f"Đang nhập dở “{LABEL[deed]}”. Chọn lại để nhập tiếp."
    hit(page, KEYS[deed])
    assert page._strip._said.text() == said


@pytest.mark.parametrize("scan", ["a slip", CARD])
@pytest.mark.parametrize("deed", [Deed.CORRECT, Deed.WITHDRAW, Deed.HASTEN])
def test_a_scan_into_the_open_form_of_a_deed_takes_nothing_from_it(
    window: Window, commune: Commune, deed: Deed, scan: str
) -> None:
    name, other = commune.receive(), commune.receive("Lý A Sử")
    window.open_dossier(name)
    strip = window._dossier._strip
    hit(window, KEYS[deed])
    form = strip._form
    assert form is not None
    for line in form.findChildren(QLineEdit):
        line.setText("12")
    for box in form.findChildren(QPlainTextEdit):
        box.setPlainText("mới ghi dở")
    before, written = typed_in(form), commune.desk.store.pending("server")[0]
    window.scanned(commune.dossier(other).code if scan == "a slip" else scan)
    window.open_dossier(name)
    hit(window, KEYS[deed])
    assert strip._form is not None
    assert typed_in(strip._form) == before
    assert commune.desk.store.pending("server")[0] == written
