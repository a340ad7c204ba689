"""Typing into the province's system: the keys copy box by box, the code that came back is kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed
from app.models.dossiers.province_gap import Gap
from app.models.events import event as e
from app.ui.lanes.jobs import Jobs
from app.ui.province.offer import ProvinceOffer
from app.ui.province.page import ProvincePage
from app.ui.typing.clipboard import private
from app.ui.window import Window
from tests.ui.commune import (
    IN_THE_WINDOW,
    LONG_NAME,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)
from tests.ui.intake_desk import CARD
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes

Show = Callable[..., None]
THEIRS = "H26.15-261123-0207"


@pytest.fixture
def names(commune: Commune) -> list[e.EventName]:
    return [commune.receive(LONG_NAME), commune.receive("Lò Văn Ún")]


@pytest.fixture
def page(commune: Commune, names: list[e.EventName], show: Show) -> ProvincePage:
    page = ProvincePage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def listed(page: ProvincePage) -> list[str]:
    rows = [page._view.table.rows.at(n) for n in range(page._view.table.rowCount())]
    return [row.owner for row in rows if row]


def copied(page: ProvincePage, most: int = 40) -> list[str]:
    """What lies on the clipboard after each key, until the cursor stands in the code's line."""
    found = list[str]()
    while not page._card.line.hasFocus() and len(found) < most:
        hit(page, "F9")
        found.append(pasted())
    return found


def test_one_key_copies_the_next_box_and_then_the_code_is_asked(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    boxes = commune.desk.province.screen(names[0]).boxes
    assert copied(page) == [box.words for box in boxes if box.words]
    assert LONG_NAME in [box.words for box in boxes]


def test_it_goes_back_and_copies_again(page: ProvincePage) -> None:
    hit(page, "F9", "F9")
    second = pasted()
    hit(page, "Shift+F9")
    first = pasted()
    QGuiApplication.clipboard().setText("của chương trình khác")
    assert "không còn" in page._card._held.text()
    hit(page, "Ctrl+F9")
    assert pasted() == first != second


def test_a_code_kept_goes_on_to_the_next_dossier_and_can_be_taken_back(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    heard = Heard(page)
    copied(page)
    type_keys(page._card.line, f"{THEIRS}\n")
    assert commune.desk.province.before(names[0]) == (THEIRS, 2)
    assert listed(page) == ["Lò Văn Ún"]
    assert page._card.shown
    assert page._card.shown.owner == "Lò Văn Ún"
    assert pasted() == ""
    assert heard.undo
    heard.undo()
    assert listed(page) == [LONG_NAME, "Lò Văn Ún"]


def test_a_scanned_code_waits_for_enter(commune: Commune, page: ProvincePage) -> None:
    assert page.scanned(THEIRS)
    assert len(listed(page)) == 2
    hit(page, "Return")
    assert listed(page) == ["Lò Văn Ún"]


def test_keys_after_an_arrow_wait_for_the_dossier_it_chose(
    commune: Commune, names: list[e.EventName], show: Show
) -> None:
    lanes = ManualLanes()
    page = ProvincePage(commune.desk, commune.officer(), Jobs(lanes))

    show(page, *IN_THE_WINDOW)
    page.entered()
    lanes.answer()
    hit(page, "F9")
    lanes.answer()
    of_the_first = pasted()
    hit(page, "Down", "F9")
    assert pasted() == of_the_first
    lanes.answer()
    second = [box.words for box in commune.desk.province.screen(names[1]).boxes if box.words]
    assert pasted() == second[0]
    page._card.ask_code()
    type_keys(page._card.line, f"{THEIRS}\n")
    hit(page, "F9")
    lanes.answer()
    assert commune.desk.province.before(names[1]) == (THEIRS, 2)
    first = [box.words for box in commune.desk.province.screen(names[0]).boxes if box.words]
    assert pasted() == first[0]


def test_a_wrong_code_is_told_beside_its_line_and_stays_there(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    own, other = (commune.dossier(name).code for name in names)
    for typed, said in ((own, "mã của quầy"), (other, "hồ sơ khác"), ("12345", "không phải mã")):
        page._card.offer_code(typed)
        hit(page, "Return")
        assert said in page._card._field.error()
        assert page._card.line.text() == typed
    assert len(listed(page)) == 2


def test_a_slip_changes_nothing_and_a_card_is_for_the_search(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    before = commune.desk.store.folding.dump()
    assert not page.scanned(CARD)
    assert page.scanned(commune.dossier(names[1]).code)
    assert commune.desk.store.folding.dump() == before
    assert page._card.shown
    assert page._card.shown.owner == "Lò Văn Ún"
    assert page._card.line.text() == ""


def test_what_ended_since_is_told_there_by_enter_alone(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    commune.desk.province.enter(names[0], THEIRS, commune.officer())
    commune.do(names[0], Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    page._part.choose(Gap.BEHIND)
    assert listed(page) == [LONG_NAME]
    assert copied(page)[0] == "Đã xử lý xong"
    hit(page, "Return")
    assert listed(page) == []


def test_leaving_the_page_takes_ours_off_the_clipboard_and_nothing_else(page: ProvincePage) -> None:
    hit(page, "F9")
    page.hide()
    assert pasted() == ""
    page.show()
    hit(page, "F9")
    QGuiApplication.clipboard().setText("của chương trình khác")
    page.hide()
    assert pasted() == "của chương trình khác"


def test_keepers_of_clipboards_are_asked_to_let_it_pass() -> None:
    content = private("001187012345")
    told = {kind.partition('value="')[2].rstrip('"') for kind in content.formats()}
    assert {"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory"} <= told


# offscreen has no window manager to raise a window above others
@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True)
def test_the_strip_copies_by_clicks_and_takes_the_code(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    hit(page, "Ctrl+T")
    strip = page._strip
    assert strip.isVisible()
    strip._go.click()
    first = pasted()
    strip._go.click()
    strip._back.click()
    assert pasted() == first == strip._words._whole
    QGuiApplication.clipboard().setText(THEIRS)
    strip._code.click()
    assert commune.desk.province.before(names[0])[0] == THEIRS
    assert "Lò Văn Ún" in strip._who._whole
    assert THEIRS in strip._note.text()
    page.hide()
    assert not strip.isVisible()


def test_a_typed_code_outlives_a_look_at_the_list(
    commune: Commune, page: ProvincePage, names: list[e.EventName]
) -> None:
    hit(page, "F9")
    page._card.offer_code("H26.15")
    commune.do(names[0], Deed.HAND_OVER)
    page.refresh()
    assert (page._card.line.text(), page._copying.at) == ("H26.15", 0)


def test_the_day_is_written_for_that_system(page: ProvincePage, tmp_path: Path) -> None:
    heard = Heard(page)
    page._export.write("json", str(tmp_path / "ngày"))
    (message, _) = json.loads((tmp_path / "ngày.json").read_text(encoding="utf-8"))
    assert len(message["data"]) == 2
    assert "Đã ghi 2 hồ sơ" in heard.said[-1][0]


def test_the_unit_changes_its_boxes_here(commune: Commune, page: ProvincePage) -> None:
    hit(page, "Ctrl+D")
    panel = page._settings
    panel._text.setPlainText("Họ tên | Ten")
    hit(page, "F9")
    assert "Dòng 1" in panel._field.error()
    panel._text.setPlainText("Họ tên | ChuHoSo")
    hit(page, "F9")
    assert not panel.isVisible()
    assert copied(page) == [LONG_NAME]


@pytest.mark.parametrize("part", ["", "Ctrl+D"])
def test_nothing_is_cut(page: ProvincePage, dressed: QApplication, part: str) -> None:
    if part:
        hit(page, part)
    assert faults_at_each_size(page, dressed) == []


def test_the_board_says_how_many_lack_there_and_leads_there_and_back(
    commune: Commune, names: list[e.EventName], window: Window
) -> None:
    window.go("F3")
    offer = window.page().findChild(ProvinceOffer)
    assert offer
    assert offer.text() == "Chưa nhập lên hệ thống tỉnh: 2"
    hit(window, "Ctrl+Shift+N")
    assert isinstance(window.page(), ProvincePage)
    for name in names:
        commune.desk.province.enter(name, f"{THEIRS[:-1]}{name.seq % 10}", commune.officer())
    hit(window, "Escape")
    assert (offer.text(), offer.isVisible()) == ("", False)
