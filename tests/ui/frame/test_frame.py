"""The frame takes an officer anywhere by one key, and says how things stand without shouting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.clock import VIETNAM
from app.ui.frame.frame import Frame, Light
from app.ui.frame.rail import Place, Seat
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton, StatTile
from app.ui.widgets.fields import Line
from app.ui.widgets.notice import Notice
from app.ui.widgets.page import Page
from app.ui.widgets.parts import Badge, Card, EmptyState, Pill, Words, column, row, said_key
from tests.ui.commune import hit
from tests.ui.keys import arrive, press, type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
AFTERNOON = datetime(2026, 11, 23, 14, 5, tzinfo=VIETNAM)


class Sketch(Page):
    """A page with a field, a deed and what it was told."""

    def __init__(self, key: str = "F9") -> None:
        super().__init__()
        self.line = Line()
        self.deed = PrimaryButton("Lưu và in phiếu hẹn", key)
        self.tile = StatTile("Quá hạn", Tone.LATE, soft=True)
        self.scans: list[str] = []
        card = Card("Người nộp", None, Pill("1 kết quả chờ trả", Tone.DONE, "package-check"))
        card.body.addWidget(self.line)
        card.body.addLayout(row(self.tile, None, QuietButton("Từ chối", "Alt+T"), self.deed))
        card.body.addWidget(LinkButton("Nộp thay (ủy quyền)", "Alt+U"))
        whole = column(card, Badge("Còn 55 phút", Tone.TODAY, "clock"), EmptyState("inbox", "Hết"))
        whole.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(whole)

    def entered(self) -> None:
        self.line.setFocus()

    def scanned(self, text: str) -> bool:
        self.scans.append(text)
        return text.startswith("T-")


@dataclass
class Time:
    now: datetime = field(default=AFTERNOON)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def frame(show: Show, time: Time) -> Frame:
    places = [
        Place("F2", "Tiếp nhận", "file-plus", partial(Sketch)),
        Place("F3", "Việc hôm nay", "list-checks", partial(Sketch)),
        Place("F6", "Sổ, báo cáo", "book-open", partial(Sketch)),
    ]
    seat = Seat("Nguyễn Hoàng Thị Phương Quỳnh Trang", 1)
    frame = Frame(places, seat, "Bộ phận Một cửa xã Khánh Hà", lambda: time.now)
    frame.show_light(Light("cloud-off", "Chưa gửi 12 hồ sơ · lâu nhất 3 giờ", Tone.TODAY))
    show(frame)
    return frame


def texts(frame: Frame) -> list[str]:
    return [label.text() for label in frame.findChildren(QLabel) if label.isVisible()]


def sketch(frame: Frame) -> Sketch:
    page = frame.page()
    assert isinstance(page, Sketch)
    return page


def typed(frame: Frame) -> list[str]:
    return [page.line.text() for page in frame.built() if isinstance(page, Sketch)]


def notice(frame: Frame) -> Notice:
    found = frame.findChild(Notice)
    assert found
    return found


def test_the_first_place_is_open_and_waits_for_typing(frame: Frame) -> None:
    assert sketch(frame).line.hasFocus()


def test_each_place_is_one_key_away(frame: Frame) -> None:
    first = frame.page()
    hit(frame, "F3")
    assert frame.page() is not first
    assert sketch(frame).line.hasFocus()
    hit(frame, "F2")
    assert frame.page() is first


def test_what_is_typed_while_a_place_is_built_is_typed_there(frame: Frame) -> None:
    first = sketch(frame)
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F3)
    for letter in "hoa":
        press(frame, letter)
    assert frame.page() is first
    arrive(frame)
    assert (first.line.text(), sketch(frame).line.text()) == ("", "hoa")


def test_what_is_typed_for_a_place_that_is_left_by_mouse_is_typed_nowhere(frame: Frame) -> None:
    for place in ("F3", "F6"):
        frame.come(place)
        press(frame, "h")
    frame.come("F2")
    arrive(frame)
    frame.come("F3")
    arrive(frame)
    assert not any(typed(frame))
    frame.come("F6")
    for letter in "hoa":
        press(frame, letter)
    while not any(typed(frame)):
        QApplication.processEvents()
    frame.come("F2")
    arrive(frame)
    assert typed(frame)[:2] == ["", ""]


def test_a_key_that_waited_leads_on_and_those_after_it_are_typed_there(frame: Frame) -> None:
    for key in ("F3", "H", "F6", "O", "F2", "A"):
        QTest.keyClick(frame.windowHandle(), Qt.Key[f"Key_{key}"])
    arrive(frame)
    assert typed(frame) == ["a", "h", "o"]


def test_others_have_their_turn_while_a_place_is_built_and_clothed(frame: Frame) -> None:
    before = frame.page()
    turns: list[tuple[bool, int]] = []
    other = QTimer(frame, interval=0)
    other.timeout.connect(lambda: turns.append((frame.page() is before, len(frame.built()))))
    other.start()
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F3)
    arrive(frame)
    assert {(True, 1), (True, 2)} <= set(turns)


def test_of_two_places_asked_for_at_once_the_later_comes(frame: Frame) -> None:
    for place in ("F3", "F6"):
        frame.come(place)
    arrive(frame)
    assert "Sổ, báo cáo" in frame.windowTitle()
    assert len(frame.built()) == 2


def test_a_place_that_fails_gives_back_the_keyboard(
    frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sketch, "__init__", lambda _: 1 / 0)
    with qtbot.captureExceptions() as raised:
        frame.come("F3")
        press(frame, "h")
        arrive(frame)
    assert [each[0] for each in raised] == [ZeroDivisionError]
    assert sketch(frame).line.text() == "h"


def test_only_the_places_of_this_officer_are_there(frame: Frame) -> None:
    assert {"F2", "F3", "F6"} <= set(texts(frame))
    assert not {"F4", "F7", "F8"} & set(texts(frame))


def test_the_officer_and_the_counter_are_named(frame: Frame) -> None:
    assert {"NT", "Nguyễn Hoàng Thị Phương Quỳnh Trang", "Quầy 1"} <= set(texts(frame))


def test_ctrl_k_goes_to_the_search_and_esc_comes_back(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert frame.search.hasFocus()
    type_keys(frame, "hoa")
    QTest.keyClick(frame.search, Qt.Key.Key_Escape)
    assert sketch(frame).line.hasFocus()
    assert frame.search.words() == "hoa"


def test_the_light_and_the_time_are_said(frame: Frame) -> None:
    assert {"Chưa gửi 12 hồ sơ · lâu nhất 3 giờ", "Thứ Hai 23/11/2026", "14:05"} <= set(
        texts(frame)
    )


def test_the_time_goes_on(frame: Frame, time: Time, qtbot: QtBot) -> None:
    time.now = AFTERNOON.replace(day=24, hour=7)
    qtbot.waitUntil(lambda: "07:05" in texts(frame))
    assert "Thứ Ba 24/11/2026" in texts(frame)


def test_a_page_of_no_place_leaves_the_rail_as_it_was(frame: Frame) -> None:
    dossier = Sketch()
    frame.open(dossier)
    assert frame.page() is dossier
    assert dossier.line.hasFocus()
    hit(frame, "F2")
    assert frame.page() is not dossier


def test_a_key_does_the_deed_of_the_page_in_sight_only(frame: Frame) -> None:
    first, pressed = sketch(frame), []
    first.deed.clicked.connect(lambda: pressed.append("first"))
    hit(frame, "F3")
    sketch(frame).deed.clicked.connect(lambda: pressed.append("second"))
    hit(frame, "F9")
    assert pressed == ["second"]


def test_a_scan_goes_to_the_page_and_on_when_it_is_not_its_business(frame: Frame) -> None:
    left: list[str] = []
    frame.scan_left.connect(left.append)
    frame.scanned("T-C2B3F4G5")
    frame.scanned("H26.33.15-261123-0047")
    assert sketch(frame).scans == ["T-C2B3F4G5", "H26.33.15-261123-0047"]
    assert left == ["H26.33.15-261123-0047"]


def test_a_notice_leaves_the_focus_where_it_is_and_can_be_taken_back(frame: Frame) -> None:
    undone: list[str] = []
    frame.notify("Đã in 2 liên.", undo=lambda: undone.append("print"))
    frame.notify("Đã bàn giao 3 hồ sơ.", undo=lambda: undone.append("hand-over"))
    assert sketch(frame).line.hasFocus()
    hit(frame, "Alt+Z")
    assert undone == ["hand-over"]
    assert not notice(frame).isVisible()


def test_a_notice_without_a_way_back_offers_none(frame: Frame) -> None:
    frame.notify("Đã bàn giao.", undo=lambda: pytest.fail("the notice before was taken back"))
    frame.notify("Đã in 2 liên.")
    hit(frame, "Alt+Z")
    assert notice(frame).isVisible()


def test_the_whole_frame_can_be_read(frame: Frame) -> None:
    frame.notify("Đã bàn giao 12 hồ sơ cho Nguyễn Hoàng Thị Phương Quỳnh Trang. " * 3)
    assert faults(frame) == []


def test_the_smallest_window_can_be_read_as_well(frame: Frame, qtbot: QtBot) -> None:
    frame.resize(frame.minimumSize())
    qtbot.waitUntil(lambda: frame.size() == frame.minimumSize())
    QApplication.processEvents()
    assert faults(frame) == []


def test_a_number_has_its_colour_only_when_it_is_one(frame: Frame) -> None:
    tile = sketch(frame).tile
    tile.set_number(2)
    assert (tile.property("tone"), tile.accessibleName()) == ("late", "Quá hạn: 2")
    tile.set_number(0)
    assert tile.property("tone") == "plain"


def test_a_citizens_name_is_never_markup(show: Show) -> None:
    words = Words("<b>An</b> & con")
    show(words, 300, 40)
    assert words.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("key", "said"), [("Alt+G", "Alt G"), ("Return", "Enter"), ("Shift+F9", "Shift F9")]
)
def test_a_key_is_written_as_on_the_keyboard(key: str, said: str) -> None:
    assert said_key(key) == said


def test_a_notice_covers_nothing_and_moves_nothing(frame: Frame) -> None:
    before = frame.page().geometry()
    frame.notify("Đã lưu H26.15.3-261123-0001. Hẹn trả 16 giờ 30, Thứ Sáu, 27 tháng 11 năm 2026.")
    QApplication.processEvents()
    assert frame.page().geometry() == before
    assert (
        frame.page().mapTo(frame, frame.page().rect().bottomLeft()).y()
        < notice(frame).mapTo(frame, QPoint(0, 0)).y()
    )
