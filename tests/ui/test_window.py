"""The window as a whole: its keys lead everywhere, a scan opens its dossier, the title says where one is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.counter import render
from app.models.dossiers.lifecycle import Deed
from app.ui.doors.door_page import DoorPage
from app.ui.look import theme
from app.ui.papers.preview import Preview
from app.ui.window import Window
from tests.ui.a_window import UNIT, a_window
from tests.ui.commune import LONG_NAME, Commune, hit, settle
from tests.ui.keys import arrive, type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
OTHERS_CARD = "001085054321||Trần Văn Ước|03021985|Nam|Thôn Nội, xã Khánh Hà, Hà Nội|05062021||||"


def said(window: Window) -> str:
    """What stands before the unit's name in the title."""
    return window.windowTitle().removesuffix(f"{UNIT} — Một Cửa").removesuffix(" — ")


def scan(window: Window, text: str) -> None:
    window.scanned(text)
    arrive(window)
    QApplication.processEvents()


def test_while_one_searches_the_windows_title_says_so(window: Window) -> None:
    hit(window, "F8")
    hit(window, "Ctrl+K")
    type_keys(window, "an")
    QApplication.processEvents()
    assert said(window) == "Kết quả tìm"


class Shown(QObject):
    """Hears what comes on screen as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(repr(watched))
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_before_it_lies_in_the_page(
    window: Window, commune: Commune
) -> None:
    name, shown = commune.receive(), Shown()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(shown)
    for place in window.places():
        window.go(place.key)
    window.open_dossier(name)
    app.removeEventFilter(shown)
    assert shown.windows == []


def test_the_title_says_where_one_is(window: Window, commune: Commune) -> None:
    commune.receive()
    assert said(window) == "Tiếp nhận"
    hit(window, "F3")
    assert said(window) == "1 hồ sơ — Việc hôm nay"
    hit(window, "F8")
    assert said(window) == "Đồng bộ"


def test_the_title_names_the_procedure_until_the_dossier_is_saved(
    window: Window, commune: Commune, tmp_path: Path
) -> None:
    commune.desk.store.keeping.put("printer receipt", f"PDF:{tmp_path / 'giấy'}")
    type_keys(window, "1.001022\n")
    hit(window, "Alt+A")
    type_keys(window, f"{LONG_NAME}\n001187012345\n")
    assert said(window) == "1.001022 — Tiếp nhận"
    hit(window, "F9")
    assert said(window) == "Tiếp nhận"
    hit(window, "F3")
    assert said(window) == "1 hồ sơ — Việc hôm nay"


def test_a_slip_scanned_anywhere_opens_its_dossier(window: Window, commune: Commune) -> None:
    code = commune.dossier(commune.receive()).code
    for place in ("F2", "F3", "F6", "F8"):
        hit(window, place)
        scan(window, code)
        assert said(window) == code


@pytest.mark.parametrize("place", ["F3", "F6", "F8"])
def test_a_card_scanned_where_none_is_taken_finds_its_bearers_dossiers(
    window: Window, commune: Commune, place: str
) -> None:
    commune.receive("Lý A Sử", id_kind="old_number", id_number="012345678")
    commune.receive()
    hit(window, place)
    for _ in range(2):
        scan(window, f"001187012345|012345678|{LONG_NAME}|12041987|Nữ|Thôn Liễu Nội|01012022")
        assert window.search.text() == "001187012345 / 012345678"
        found = window._search_page._view.table.rows.here()
        assert [line.row.applicant for line in found] == [LONG_NAME, "Lý A Sử"]
        window.open_dossier(found[0].row.name)  # where a card is none of the page's business too


def test_where_results_are_returned_a_slip_names_the_result(
    window: Window, commune: Commune
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    hit(window, "F4")
    scan(window, commune.dossier(name).code)
    assert said(window) == f"{commune.dossier(name).code} — Trả kết quả"
    hit(window, "F9")
    assert said(window) == "Trả kết quả"


def test_escape_goes_back_to_where_the_dossier_was_opened(window: Window, commune: Commune) -> None:
    code = commune.dossier(commune.receive()).code
    hit(window, "F8")
    scan(window, code)
    hit(window, "Escape")
    assert said(window) == "Đồng bộ"


def test_a_search_is_forgotten_with_the_next_place_only(window: Window, commune: Commune) -> None:
    commune.receive()
    hit(window, "Ctrl+K")
    type_keys(window, "quynh\n")
    assert window.search.text() == "quynh"
    hit(window, "F3")
    assert window.search.text() == ""


def test_what_was_done_is_said_with_its_way_back(window: Window, commune: Commune) -> None:
    name = commune.receive()
    hit(window, "F3", "Ctrl+B", "Return")
    assert commune.dossier(name).holder != "mot-cua"
    hit(window, "Alt+Z")
    assert commune.dossier(name).status == "received"


def test_a_deed_can_be_taken_back_after_something_else_was_said(
    window: Window, commune: Commune
) -> None:
    name = commune.receive()
    hit(window, "F3", "Ctrl+B", "Down", "Return")
    window.notify("Đã gửi giấy đến máy in.")
    hit(window, "Alt+Z")
    assert commune.dossier(name).status == "handed_over"
    hit(window, "Alt+Z")
    assert commune.dossier(name).status == "received"


def test_the_undo_key_never_takes_back_what_somebody_did_since(
    window: Window, commune: Commune
) -> None:
    name = commune.receive()
    hit(window, "F3", "Ctrl+B", "Down", "Return")
    commune.do(name, Deed.ACCEPT)
    hit(window, "Alt+Z")
    assert commune.dossier(name).status == "processing"
    assert "việc khác" in window._strip.notice._words.text()
    hit(window, "Alt+Z")
    assert "Ctrl Shift Z" in window._strip.notice._words.text()


@pytest.mark.parametrize("place", ["F2", "F3", "F4", "F5", "F6", "F7", "F8"])
def test_nothing_is_cut_in_a_window_with_its_frame(
    window: Window, commune: Commune, place: str
) -> None:
    commune.receive()
    hit(window, place)
    window.resize(1366, 748)  # what a title bar leaves of 768
    QApplication.processEvents()
    assert faults(window) == []


def test_f4_looks_for_who_stands_at_the_intake(window: Window, commune: Commune) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    scan(window, f"001187012345||{LONG_NAME}|12041987|Nữ|Thôn Liễu Nội|01012022")
    hit(window, "F4")
    assert said(window) == f"{commune.dossier(name).code} — Trả kết quả"


def test_a_form_undone_from_another_page_takes_no_key_and_is_kept(
    window: Window, commune: Commune
) -> None:
    for card in (f"001187012345||{LONG_NAME}|12041987|Nữ|Thôn|01012022", OTHERS_CARD):
        scan(window, card)
    hit(window, "F4", "Alt+Z")
    type_keys(window, "xyz")
    assert window._return._search.text() == "xyz"
    QApplication.processEvents()
    kept = commune.desk.intake.kept(commune.officer())
    assert kept is not None
    assert kept.name == LONG_NAME


def test_what_nobody_owns_is_clothed_by_itself(commune: Commune, dressed: QApplication) -> None:
    window = a_window(commune)
    apart = (window, window._province._strip, DoorPage())
    assert [type(one).__name__ for one in apart if not one.styleSheet()] == []


@pytest.fixture
def in_light_afterwards(dressed: QApplication) -> Iterator[None]:
    yield
    theme.wear(dressed, theme.LIGHT)


@pytest.mark.usefixtures("in_light_afterwards")
def test_other_colours_are_chosen_by_name_and_worn_again_the_next_day(
    window: Window, commune: Commune, show: Show, dressed: QApplication
) -> None:
    hit(window, "F12")
    type_keys(window, "nen toi\n")
    settle(dressed)
    assert theme.colour(theme.Colour.CARD).name().upper() == theme.DARK[theme.Colour.CARD]
    assert faults(window) == []
    theme.wear(dressed, theme.LIGHT)
    show(a_window(commune))
    assert theme.colour(theme.Colour.CARD).name().upper() == theme.DARK[theme.Colour.CARD]


def test_the_scanner_is_tried_from_anywhere_and_what_it_learned_holds(
    window: Window, commune: Commune
) -> None:
    commune.receive()
    hit(window, "F3", "F12")
    type_keys(window, "thu may quet\n")
    assert window.page() is window._scanner_page
    window._scanner_page._keep({"~": "|"})
    assert window._scanner._layout == {"~": "|"}
    hit(window, "Escape")
    assert said(window).endswith("Việc hôm nay")


@pytest.mark.parametrize("way", ["Alt+B", "Alt+T"])
def test_the_paper_of_who_wasnt_received_is_shown_before_it_first_prints(
    window: Window, commune: Commune, way: str
) -> None:
    commune.desk.paperwork._render = render
    type_keys(window, "1.001022\n")
    scan(window, OTHERS_CARD)
    hit(window, way)
    type_keys(window, "Mang them giay chung sinh.\n")
    (preview,) = window.findChildren(Preview)
    assert preview.windowTitle() == (
        "Xem trước phiếu hướng dẫn" if way == "Alt+B" else "Xem trước phiếu từ chối"
    )
    preview.close()


def test_a_column_drawn_today_is_as_wide_tomorrow(
    window: Window, commune: Commune, show: Show
) -> None:
    commune.receive()
    hit(window, "F3")
    heads = window._board._view.horizontalHeader()
    heads.resizeSection(2, heads.sectionSize(2) + 40)
    drawn = heads.sectionSize(2)
    window._widths._rests.timeout.emit()
    tomorrow = a_window(commune)
    show(tomorrow)
    hit(tomorrow, "F3")
    assert tomorrow._board._view.columnWidth(2) == drawn


def test_the_ticket_of_the_dossier_in_sight_is_a_command(commune: Commune, window: Window) -> None:
    def offered() -> bool:
        return any("K80" in command.title for command in window.commands())

    assert not offered()
    window.open_dossier(commune.receive())
    assert offered()


def test_somebody_else_sits_down_at_a_door_opened_anew(window: Window) -> None:
    reopened: list[bool] = []
    window.reopening.connect(lambda: reopened.append(True))
    hit(window, "F12")
    type_keys(window, "doi nguoi\n")
    assert (reopened, window.isVisible()) == ([True], False)
