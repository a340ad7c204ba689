"""What one chooses with works by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox

from app.ui.widgets.choices import Choice, CountBox, Segments, Tick
from tests.ui.keys import type_keys

Show = Callable[..., None]
CHANNELS = (("counter", "Trực tiếp"), ("online", "Trực tuyến"), ("post", "Bưu chính"))


@pytest.fixture
def channels(show: Show) -> Segments[str]:
    segments = Segments(CHANNELS, "Hình thức nộp")
    show(segments, 400, 60)
    return segments


def test_the_first_is_chosen_until_another_is(channels: Segments[str]) -> None:
    assert channels.value() == "counter"
    channels.choose("post")
    assert channels.value() == "post"


def test_arrow_keys_choose_among_segments(channels: Segments[str]) -> None:
    chosen: list[str] = []
    channels.chosen.connect(chosen.append)
    QTest.keyClick(channels, Qt.Key.Key_Tab)
    type_keys(channels, "→→←")
    assert chosen == ["online", "post", "online"]
    assert channels.value() == "online"


def test_what_is_not_offered_cannot_be_chosen(channels: Segments[str]) -> None:
    with pytest.raises(ValueError, match="pigeon"):
        channels.choose("pigeon")


def test_a_tick_is_set_by_space_and_by_a_click_on_its_words(show: Show) -> None:
    tick = Tick("Tờ khai đăng ký nhận cha, mẹ, con")
    show(tick, 400, 60)
    tick.setFocus()
    type_keys(tick, " ")
    assert tick.box.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(200, 30))
    assert not tick.box.isChecked()


def test_a_count_goes_up_and_down_by_arrow_keys_and_stops_at_none(show: Show) -> None:
    box = CountBox("Bản chính")
    show(box, 60, 60)
    counts: list[int | None] = []
    box.changed.connect(counts.append)
    type_keys(box, "↑↑↓↓↓")
    assert counts == [1, 2, 1, None]


def test_a_count_takes_digits_and_nothing_else(show: Show) -> None:
    box = CountBox("Bản chính")
    show(box, 60, 60)
    type_keys(box, "1a-2e34")
    assert box.count() == 123


def test_a_list_scrolled_past_keeps_its_choice(show: Show) -> None:
    choice = Choice(CHANNELS)
    show(choice, 200, 60)
    wheel = QWheelEvent(
        QPointF(50, 20),
        QPointF(50, 20),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.value() == "counter"


def test_other_options_take_the_place_of_the_old(show: Show) -> None:
    choice = Choice(CHANNELS)
    choice.choose("post")
    choice.offer((("commune", "Công an xã"), ("bank", "Ngân hàng")))
    assert choice.value() == "commune"
    assert Choice[str]().value() is None


def test_a_list_shows_its_choice_whole_where_it_has_room_and_an_end_where_it_has_not(
    show: Show,
) -> None:
    choice = Choice([(1, "Căn cước"), (2, "Văn phòng Đăng ký đất đai Chi nhánh khu vực số 12")])
    show(choice, 160, 40)
    said = []
    for value in (1, 2):
        choice.choose(value)
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        said.append(option.currentText)
    assert said[0] == "Căn cước"
    assert said[1].endswith("…")
