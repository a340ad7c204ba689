"""The help desk in the window, by keys alone, on a real desk."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.lobby.assisting import HelpDraft
from app.desk.unit.choices import Part
from app.ui.frame.frame import Frame
from app.ui.frame.rail import RailButton
from app.ui.lobby.help_desk_page import HelpDeskPage
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import LONG_NAME, LONGEST_PROCEDURE, Commune, faults_at_each_size, hit
from tests.ui.intake_desk import CARD
from tests.ui.keys import type_keys

Show = Callable[..., None]
SHOWN = "Đã hướng dẫn cách làm"


class AtTheDesk:
    """The page in a window, and what it said."""

    def __init__(self, commune: Commune, show: Show) -> None:
        self.commune = commune
        self.page = HelpDeskPage(commune.desk, commune.officer(), commune.jobs)
        self.told: list[str] = []
        self.undo: list[Callable[[], None]] = []
        self.page.notified.connect(self._hear)
        show(self.page, 1262, 616)
        self.page.entered()

    def _hear(self, said: str, tone: object, icon: object, undo: Callable[[], None] | None) -> None:
        self.told.append(said)
        self.undo += [undo] if undo else []

    def type(self, words: str) -> None:
        type_keys(self.page, words)
        QApplication.processEvents()

    def press(self, *keys: str) -> None:
        hit(self.page, *keys)
        QApplication.processEvents()

    def helps(self) -> list[HelpDraft]:
        desk = self.commune.desk
        return [each.typed for each in desk.help_desk.of(desk.clock().date())]


@pytest.fixture
def desk(commune: Commune, show: Show) -> AtTheDesk:
    return AtTheDesk(commune, show)


def test_a_scan_a_procedure_an_outcome_and_one_enter_are_a_help(desk: AtTheDesk) -> None:
    desk.page.scanned(CARD)
    desk.type("1.004873\n")
    desk.commune.pass_time(12)
    desk.press("Down")
    desk.type("\n")
    (typed,) = desk.helps()
    assert (typed.name, typed.procedure, typed.outcome, typed.minutes) == (
        LONG_NAME, "1.004873", "Đã nộp trực tuyến", 12,
    )  # fmt: skip
    assert desk.page._form.draft() == HelpDraft()
    assert desk.page._form._name.hasFocus()


def test_nothing_is_recorded_before_something_is_typed(desk: AtTheDesk) -> None:
    desk.type("\n\n")
    desk.press("F9")
    assert (desk.helps(), desk.told) == ([], [])


def test_who_gives_no_name_and_asks_what_no_catalogue_has_is_recorded_too(desk: AtTheDesk) -> None:
    desk.page._form.line.setFocus()
    desk.type("quen mat khau xyz")
    desk.page._form._outcome.choose_words(SHOWN)
    desk.press("F9")
    assert desk.helps() == [HelpDraft(request="quen mat khau xyz", outcome=SHOWN, minutes=1)]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk: AtTheDesk) -> None:
    desk.type("Lan\n")
    assert desk.page._form.inputs["outcome"].error() == "Chưa chọn kết quả trợ giúp."
    desk.page._form._outcome.choose_words(SHOWN)
    desk.page._form._number.setText("00118701234")
    desk.press("F9")
    assert "12 chữ số" in desk.page._form.inputs["number"].error()
    assert (desk.helps(), desk.page._form._name.text()) == ([], "Lan")


def test_a_recorded_help_is_taken_back_by_the_one_key_that_undoes(desk: AtTheDesk) -> None:
    desk.type("Lan")
    desk.page._form._outcome.choose_words(SHOWN)
    desk.press("F9")
    assert len(desk.helps()) == 1
    desk.undo[-1]()
    assert desk.helps() == []


def test_a_wrong_line_is_corrected_in_the_form_and_its_correction_undone(desk: AtTheDesk) -> None:
    before = HelpDraft(name="Lan", outcome=SHOWN, minutes=5)
    desk.commune.desk.help_desk.record(before, desk.commune.officer())
    desk.page.entered()
    desk.page._view.setFocus()
    desk.type("\n")
    desk.page._form._name.setText("Lan Anh")
    desk.press("F9")
    assert [typed.name for typed in desk.helps()] == ["Lan Anh"]
    desk.undo[-1]()
    assert desk.helps() == [before]


def test_a_line_taken_out_of_the_list_comes_back(desk: AtTheDesk) -> None:
    desk.commune.desk.help_desk.record(HelpDraft(outcome=SHOWN), desk.commune.officer())
    desk.page.entered()
    desk.press("Alt+X")
    assert desk.helps() == []
    desk.undo[-1]()
    assert desk.helps() == [HelpDraft(outcome=SHOWN)]


def test_a_half_typed_help_waits_while_a_line_is_wanted(desk: AtTheDesk) -> None:
    desk.commune.desk.help_desk.record(HelpDraft(outcome=SHOWN), desk.commune.officer())
    desk.page.entered()
    desk.type("Lan")
    desk.page._view.setFocus()
    desk.type("\n")
    assert "ghi dở" in desk.told[-1]
    assert desk.page._form._name.text() == "Lan"


def test_a_half_typed_help_is_there_again_after_a_crash(desk: AtTheDesk, show: Show) -> None:
    desk.type("Lan")
    desk.page.keep()
    assert AtTheDesk(desk.commune, show).page._form._name.text() == "Lan"


def test_a_help_that_was_refused_is_there_again_after_a_crash(desk: AtTheDesk, show: Show) -> None:
    desk.type("Lan\n")
    assert desk.helps() == []
    assert AtTheDesk(desk.commune, show).page._form._name.text() == "Lan"


def test_nothing_of_it_is_cut_with_the_longest_names(
    desk: AtTheDesk, dressed: QApplication
) -> None:
    long = HelpDraft(name=LONG_NAME, procedure=LONGEST_PROCEDURE, outcome=SHOWN)
    desk.commune.desk.help_desk.record(long, desk.commune.officer())
    desk.page.entered()
    desk.page._edit(desk.page._view.table.rows.here()[0])
    assert faults_at_each_size(desk.page, dressed) == []


def test_it_is_in_the_rail_only_where_the_counter_uses_it(
    commune: Commune, window: Window, show: Show
) -> None:
    assert not entry(window).isVisible()
    assert ("Đến Bàn trợ giúp", "") in [(one.title, one.key) for one in window.commands()]
    next(one for one in window.commands() if "Dùng “Bàn trợ giúp”" in one.title).do()
    hit(window, "F10")
    assert isinstance(window.page(), HelpDeskPage)
    assert commune.desk.help_desk.choices.uses(Part.HELP_DESK)
    again = a_window(commune)
    show(again)
    assert entry(again).isVisible()


def entry(window: Frame) -> RailButton:
    found = window.findChildren(RailButton)
    return next(button for button in found if button.accessibleName() == "Bàn trợ giúp")
