"""F1 tells about the screen in sight, and what it tells is so."""

import ast
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

import resources
from app import ui
from app.desk.draft import IntakeDraft
from app.desk.papers.print_places import Place
from app.models.dossiers.lifecycle import Deed
from app.models.events.event import EventName
from app.scans import Scans
from app.ui.deeds import deeds
from app.ui.doors.first_run_page import FirstRunPage
from app.ui.doors.sign_in import Door, SignIn
from app.ui.frame.beside_window import BesideWindow
from app.ui.frame.frame import application
from app.ui.frame.help_page import HelpPage
from app.ui.frame.help_panel import HelpPanel
from app.ui.frame.help_text import EVERYWHERE, Kind, name_of, read
from app.ui.frame.key_words import shortcuts
from app.ui.lists.register_page import PARTS
from app.ui.look import theme
from app.ui.papers.preview import Order, Preview
from app.ui.papers.printers_window import Chosen, PrintersWindow
from app.ui.papers.sheet_preview import SheetPreview
from app.ui.scanning.viewer import ScanViewer
from app.ui.unit.words_window import WordsWindow
from app.ui.widgets.buttons import key_of
from app.ui.widgets.page import Page
from app.ui.widgets.parts import said_key
from app.ui.widgets.room import on_screen
from app.ui.widgets.table_view import TableView
from app.ui.window import Window
from tests.printing.paper_of import draw
from tests.ui.commune import Commune, hit
from tests.ui.no_counter import NO_DRAWING, NoCounter
from tests.ui.walk import faults

Show = Callable[..., None]
UI = Path(ui.__path__[0])
LISTS = {"Enter", "Space", "Ctrl+A"}
ALWAYS = {"Tab", "Enter", "Esc"}
ARTICLE = re.compile(r"(NĐ|TT|NQ|Luật|Bộ luật) .+(Điều|Mẫu|TT-|NĐ-CP)")


def screens(kind: type[QWidget] = Page) -> Iterator[type[QWidget]]:
    """The screens there are: the pages nobody builds upon, and the door."""
    for _, module, _ in walk_packages(ui.__path__, "app.ui."):
        import_module(module)
    built_upon = [x for x in kind.__subclasses__() if x.__module__.startswith("app.ui.")]
    for found in built_upon:
        yield from screens(found)
    if not built_upon:
        yield kind


def keys_told(name: str) -> set[str]:
    return {key for piece in read(name) for key in piece.keys}


def keys_of(page: QWidget) -> set[str]:
    keys = {key_of(button) for button in page.findChildren(QPushButton)} | ALWAYS
    return keys | LISTS if page.findChild(TableView) else keys


def park(window: Window, commune: Commune) -> None:
    """Set as many intakes aside as have keys."""
    for person in ("Lý A Sử", "Mai Thị Hạnh", "Đỗ Văn Khải"):
        commune.desk.intake.park(IntakeDraft(name=person), commune.officer())
    window._intake._foot.show_parked(commune.desk.intake.parked(commune.officer()))


def panel(window: Window) -> HelpPanel:
    found = window.findChild(HelpPanel)
    assert found
    return found


def said(window: Window) -> list[str]:
    """Its lines."""
    page = panel(window).findChild(HelpPage)
    assert page
    return [line for line in page.toPlainText().splitlines() if line]


@pytest.mark.parametrize("screen", [*screens(), *screens(BesideWindow)], ids=name_of)
def test_every_screen_has_its_page_of_help(screen: type[QWidget]) -> None:
    pieces = read(name_of(screen))
    assert pieces[0].kind is Kind.TITLE
    assert {Kind.WORDS, Kind.POINT, Kind.KEY} <= {piece.kind for piece in pieces}


def test_no_page_of_help_is_about_a_screen_that_is_gone() -> None:
    told = {file.stem for file in resources.path("help").glob("*.md")}
    assert told == {EVERYWHERE, *map(name_of, [*screens(), *screens(BesideWindow)])}


@pytest.mark.parametrize("file", sorted(resources.path("help").glob("*.md")), ids=lambda f: f.stem)
def test_a_rule_of_law_is_told_with_its_article(file: Path) -> None:
    pieces = read(file.stem)
    headings = [i for i, piece in enumerate(pieces) if piece.text == "Quy định"]
    rules = [piece for i in headings for piece in pieces[i + 1 :]]
    assert [piece for piece in rules if not ARTICLE.search(piece.source)] == []


@pytest.mark.parametrize("place", ["F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "Ctrl+F11"])
def test_every_key_told_of_a_place_is_there(window: Window, commune: Commune, place: str) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    window.scan_with(lambda: Scans(commune.desk, commune.jobs.at_desk))
    window.go(place)
    if place == "F2":  # a blank's scan is asked for once blanks are keyed
        hit(window, "Alt+B")
        park(window, commune)
        window._intake.key_late()
    if place == "F6":  # each of its parts is made when it is first looked at
        for part in PARTS:
            window._register.show_part(part)
    known = keys_of(window.page())
    if place == "F4":  # what is signed is offered once a result was given back
        window.page().scanned(commune.dossier(name).code)
        hit(window, "F9")
        QApplication.processEvents()
        known |= keys_of(window.page())
    assert keys_told(name_of(type(window.page()))) <= known


def test_every_key_told_of_a_dossier_is_a_deeds(window: Window, commune: Commune) -> None:
    window.scan_with(lambda: Scans(commune.desk, commune.jobs.at_desk))
    name = commune.receive()
    known = {*deeds.KEYS.values(), deeds.PRIMARY_KEY}
    for steps, key in (((), "Ctrl+F"), ((Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE), "Ctrl+J")):
        commune.do(name, *steps)
        window.open_dossier(name)
        hit(window, key)  # the forms have keys of their own
        known |= keys_of(window.page())
    assert keys_told("dossier") <= known


def test_every_key_told_of_the_other_pages_is_there(window: Window) -> None:
    for page in (window._calendar, window._scanner_page, window.set_up.unit):
        assert keys_told(name_of(type(page))) <= keys_of(page)
    assert keys_told("search") <= {"Ctrl+K", *ALWAYS}


def test_every_key_told_of_the_doors_is_there(commune: Commune, dressed: QApplication) -> None:
    doors = [
        SignIn([""], commune.jobs, lambda *_: None, lambda _: None, door=kind) for kind in Door
    ]
    assert keys_told("sign-in") <= set().union(*map(keys_of, doors))
    first = FirstRunPage(NoCounter(), commune.jobs, lambda _: NO_DRAWING)
    assert keys_told("first-run") <= keys_of(first)


def test_every_window_beside_the_others_has_help() -> None:
    assert {*screens(QDialog)} == {*screens(BesideWindow)}


BESIDE = ["printers", "words", "preview", "sheet-preview", "scan-viewer"]


@pytest.fixture(params=BESIDE)
def beside(request: pytest.FixtureRequest, show: Show) -> BesideWindow:
    over, pdf = QWidget(), draw("receipt", {"code": "1"}, "A5", "")
    order = Order("receipt", EventName("d" * 32, "i" * 16, 1), "", "A5")
    made: dict[str, Callable[[], BesideWindow]] = {
        "printers": lambda: PrintersWindow(Chosen("", (("receipt", Place("", "A5")),)), over),
        "words": lambda: WordsWindow("Các lý do", ("một",), over),
        "preview": lambda: Preview(pdf, order, over),
        "sheet-preview": lambda: SheetPreview(pdf, "sổ", over),
        "scan-viewer": lambda: ScanViewer("Tờ khai", pdf, 1, [], over),
    }
    window = made[request.param]()
    show(over)
    window.show()
    QApplication.processEvents()
    return window


def test_f1_opens_the_help_of_a_window_beside_and_its_keys_are_there(beside: BesideWindow) -> None:
    assert (
        keys_told(name_of(type(beside)))
        <= {key_of(button) for button in beside.findChildren(QPushButton)} | ALWAYS
    )
    hit(beside, "F1")
    help_shown = beside.findChild(HelpPanel)
    assert help_shown
    assert help_shown.isVisible()
    assert beside.rect().contains(help_shown.geometry())
    hit(beside, "Escape")
    assert (help_shown.isVisible(), beside.isVisible()) == (False, True)


def test_a_window_beside_is_never_larger_than_the_screen(beside: BesideWindow) -> None:
    beside.hide()
    beside.resize(3000, 3000)
    beside.show()
    assert beside.size() == on_screen(beside, QSize(3000, 3000))
    assert beside.height() < beside.screen().availableSize().height()


def test_a_key_of_another_page_is_answered_in_a_window_beside(beside: BesideWindow) -> None:
    for key in ("F3", "Ctrl+B", "Ctrl+Shift+K"):
        hit(beside, key)
        answer = f"{said_key(key)} không dùng ở cửa sổ này; bấm Esc để đóng rồi bấm lại."
        assert beside._why.text() == answer
        QApplication.processEvents()
        assert [fault for fault in faults(beside) if answer in fault] == []


def test_its_own_key_says_that_it_does_nothing_now(beside: BesideWindow) -> None:
    for button in beside.findChildren(QPushButton):
        button.setEnabled(False)
    own, does = next(iter(shortcuts(name_of(type(beside))).items()))
    hit(beside, own)
    assert beside._why.text() == f"{said_key(own)} là “{does}”, lúc này chưa dùng được."


def test_every_key_told_of_the_window_is_there(window: Window) -> None:
    window._rating.panel.pass_over()  # it is made for the first who is asked
    keys = {key_of(button) for button in window.findChildren(QPushButton)} | {"Ctrl+K"} | ALWAYS
    assert keys_told(EVERYWHERE) <= keys
    assert {place.key for place in window.places()} <= keys_told(EVERYWHERE)


def test_f1_opens_the_help_of_the_page_in_sight_and_follows_it(window: Window) -> None:
    hit(window, "F3", "F1")
    assert panel(window).isVisible()
    assert said(window)[0] == "Việc hôm nay"
    hit(window, "F4")
    assert said(window)[0] == "Trả kết quả"
    pieces = (*read("return"), *read(EVERYWHERE))
    told = {said_key(key) for piece in pieces for key in piece.keys}
    assert {*(piece.text for piece in pieces), *told} <= set(said(window))
    assert {piece.source for piece in pieces} - {""} <= set(said(window))
    assert faults(window) == []


def test_the_help_is_read_by_keys_to_its_end(window: Window) -> None:
    hit(window, "F1")
    page = panel(window).findChild(HelpPage)
    assert page
    bar = page.verticalScrollBar()
    hit(window, *["PageDown"] * 20)
    assert 0 < bar.value() == bar.maximum()
    hit(window, "Up")
    assert bar.value() < bar.maximum()


def test_the_help_wears_what_the_window_wears(window: Window) -> None:
    hit(window, "F1")
    page = panel(window).findChild(HelpPage)
    assert page
    try:
        theme.wear(application(), theme.DARK)
        assert theme.DARK[theme.Colour.LINE].lower() in page.toHtml()
    finally:
        theme.wear(application(), theme.LIGHT)


def test_work_goes_on_beside_the_help(window: Window, commune: Commune) -> None:
    commune.receive()
    hit(window, "F1", "F3", "Return")
    assert panel(window).isVisible()
    assert name_of(type(window.page())) == "dossier"


@pytest.mark.parametrize("key", ["F1", "Escape"])
def test_the_help_closes_and_the_focus_is_where_it_was(window: Window, key: str) -> None:
    before = QApplication.focusWidget()
    hit(window, "F1", key)
    assert not panel(window).isVisible()
    assert QApplication.focusWidget() is before


def test_the_door_has_its_help(commune: Commune, show: Show) -> None:
    door = SignIn(["nga"], commune.jobs, lambda *_: None, lambda _: None)
    show(door, 720, 560)
    QTest.keyClick(door, Qt.Key.Key_F1)
    help_panel = door.findChild(HelpPanel)
    assert help_panel
    assert help_panel.isVisible()
    assert faults(door) == []


def test_every_empty_list_says_what_to_do() -> None:
    assert [
        f"{path.name}:{call.lineno}"
        for path in UI.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "EmptyState"
        and len(call.args) < 3
    ] == []
