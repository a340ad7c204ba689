"""Papers of the same day in the window, by keys alone, on a real desk."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.desk.intake.same_day import Errand, Piece
from app.models.dossiers.lifecycle import Status
from app.models.events.event import EventName
from app.models.unit.officer import Role
from app.ui.lanes.jobs import Jobs, Lanes
from app.ui.papers.sheet_orders import SheetOrder
from app.ui.same_day.page import SameDayPage
from tests.ui.commune import IN_THE_WINDOW, LONG_NAME, Commune, InlineLanes, hit, settle
from tests.ui.intake_desk import AFTER_THREE, CARD
from tests.ui.keys import compose, type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]
COPIES, SIGNATURE, DEAL = "2.000815", "2.000884", "2.001035"


class AtTheDesk:
    """The page in a window, and what came out of it."""

    def __init__(self, commune: Commune, show: Show, lanes: Lanes | None = None) -> None:
        self.commune = commune
        self.page = SameDayPage(
            commune.desk, commune.officer(), Jobs(lanes or InlineLanes())
        )  # fmt: skip
        self.told: list[str] = []
        self.undo: list[Callable[[], None]] = []
        self.printed: list[tuple[EventName, ...]] = []
        self.page.notified.connect(self._hear)
        self.given_back: list[list[EventName]] = []
        self.page.print_wanted.connect(self.printed.append)
        self.page.handed_back.connect(self.given_back.append)
        show(self.page, *IN_THE_WINDOW)
        self.page.entered()
        QApplication.processEvents()

    def _hear(self, said: str, tone: object, icon: object, undo: Callable[[], None] | None) -> None:
        self.told.append(said)
        self.undo += [undo] if undo else []

    def type(self, words: str) -> None:
        type_keys(self.page, words)
        QApplication.processEvents()

    def press(self, *keys: str) -> None:
        hit(self.page, *keys)
        QApplication.processEvents()

    def focus(self) -> str:
        widget = QApplication.focusWidget()
        return widget.accessibleName() if isinstance(widget, QWidget) else ""

    def lines(self) -> list[str]:
        return [shown.words for shown in self.page._list._view.table.rows.here()]

    def total(self) -> str:
        return self.page._list._total.text()

    def says(self, words: str) -> bool:
        return any(words in x.text() for x in self.page.findChildren(QLabel) if x.isVisible())

    def statuses(self) -> list[Status]:
        rows = self.commune.desk.store.dossiers.find(LONG_NAME)
        return [row.status for row in reversed(rows)]


@pytest.fixture
def desk(commune: Commune, show: Show) -> AtTheDesk:
    desk = AtTheDesk(commune, show)
    desk.page.scanned(CARD)
    return desk


def test_the_card_of_a_principal_leaves_who_stands_at_the_desk(
    commune: Commune, show: Show
) -> None:
    desk = AtTheDesk(commune, show)
    desk.type("Lý A Sử")
    desk.press("Alt+U")
    desk.page.scanned(CARD)
    person = desk.page._errand().person
    assert (person.name, person.principal_name) == ("Lý A Sử", LONG_NAME)
    assert desk.focus() == "Người ủy quyền"


def test_a_card_that_says_otherwise_than_typed_is_pointed_out(desk: AtTheDesk) -> None:
    desk.page._person._lines["name"].setText("Nguyễn Hoàng Thị Phương Quỳnh")
    desk.page.scanned(CARD)
    assert desk.told == [
        "Thẻ ghi khác điều đã nhập: họ tên (đã nhập “Nguyễn Hoàng Thị Phương Quỳnh”)."
    ]
    desk.undo[0]()
    assert desk.page._errand().person.name == "Nguyễn Hoàng Thị Phương Quỳnh"


def test_what_undoes_a_fill_leaves_the_papers_taken_since(desk: AtTheDesk) -> None:
    desk.page._person._lines["name"].setText("Nguyễn Hoàng Thị Phương Quỳnh")
    desk.page.scanned(CARD)
    desk.type("2.000815\n1\n")
    desk.undo[0]()
    assert desk.page._errand().person.name == "Nguyễn Hoàng Thị Phương Quỳnh"
    assert len(desk.lines()) == 1


def test_a_number_that_contradicts_the_card_is_pointed_out_here_too(desk: AtTheDesk) -> None:
    desk.page.scanned(CARD.replace("|Nữ|", "|Nam|"))
    assert desk.says("Số định danh ứng với giới tính nữ")


def test_what_was_wrong_with_the_pages_is_forgotten_as_they_are_typed(desk: AtTheDesk) -> None:
    desk.type("2.000815\n\n")
    assert desk.says("Nhập số trang của bản chính.")
    desk.type("3")
    assert not desk.says("Nhập số trang của bản chính.")


def test_three_papers_are_received_paid_and_given_back_by_keys_alone(desk: AtTheDesk) -> None:
    desk.type("2.000815\n3\t2\n12\n")
    desk.press("Alt+V")
    desk.type("2.000884\n\n")
    assert desk.total() == "34.000 đ"
    desk.press("F9")
    assert desk.told == [f"Đã nhận 3 việc của {LONG_NAME}, thu 34.000 đ, trả 3 kết quả."]
    assert desk.statuses() == [Status.RETURNED] * 3
    assert desk.printed == []
    assert [len(names) for names in desk.given_back] == [3]


def test_a_further_paper_of_the_same_kind_is_its_pages_and_enter(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\n")
    assert desk.focus() == "Số trang"
    desk.type("2\n")
    assert (len(desk.lines()), desk.total()) == (2, "6.000 đ")


def test_all_that_is_typed_of_a_paper_stands_in_one_line(desk: AtTheDesk) -> None:
    desk.type(f"{COPIES}\n")
    boxes = [box for box in desk.page._piece.findChildren(QLineEdit) if box.isVisible()][1:]
    assert len(boxes) == 4
    assert len({(box.mapTo(desk.page, QPoint()).y(), box.height()) for box in boxes}) == 1


def test_a_second_enter_takes_nothing_twice_and_says_what_is_missing(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\n\n")
    assert len(desk.lines()) == 1
    assert desk.says("Nhập số trang của bản chính.")
    desk.press("Alt+V")
    desk.type("2.000884\n\n\n\n")
    assert len(desk.lines()) == 2


def test_the_numbers_for_the_stamps_stand_there_once_it_is_done(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\t\tHọc bạ\n")
    desk.press("F9")
    (line,) = desk.lines()
    said = line.replace("\u00a0", " ")
    assert said == "SCT/BS · Quyển 1, số 01/2026; Học bạ; 1 trang × 1 bản; 261123-0001"
    assert desk.says("đã thu")


def test_the_book_of_a_stamp_is_parted_from_its_number_and_nowhere_else(desk: AtTheDesk) -> None:
    desk.type("2.000884\n\n")
    desk.press("F9")
    (line,) = desk.lines()
    words = line.replace("\u00a0", "_").split(" ")
    assert words[:2] == ["SCT/CK,ĐC_·", "Quyển_1,_số_01/2026;"]


def test_what_is_typed_and_not_yet_entered_is_received_by_the_same_key(desk: AtTheDesk) -> None:
    desk.type("2.000815\n3\t2\n5\t4")
    desk.press("F9")
    assert desk.told == [f"Đã nhận 2 việc của {LONG_NAME}, thu 38.000 đ, trả 2 kết quả."]


def test_what_is_typed_by_half_says_what_is_missing_and_nothing_is_received(
    desk: AtTheDesk,
) -> None:
    desk.type("2.000815\n3\t2\n\t4")
    desk.press("F9")
    assert desk.says("Nhập số trang của bản chính.")
    assert (desk.statuses(), len(desk.lines()), desk.focus()) == ([], 1, "Số trang")


def test_the_next_citizen_begins_at_the_name_with_an_empty_form(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\n")
    desk.press("F9")
    assert desk.focus() == "Họ và tên"
    assert desk.page._errand().pieces == ()
    desk.page.scanned(CARD)
    desk.type("2.000884\n\n")
    assert len(desk.lines()) == 1


def test_the_key_once_more_accuses_an_empty_form_of_nothing(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\n")
    desk.press("F9", "F9")
    assert desk.told[-1] == "Chưa nhập gì nên không có gì để nhận."
    assert not any(field.error() for field in desk.page._person.inputs.values())
    assert not desk.says("Chưa có việc")


def test_what_cannot_be_done_today_says_when_and_all_slips_are_one_paper(desk: AtTheDesk) -> None:
    for code in (DEAL, "2.001019"):
        desk.type(f"{code}\n\n")
        desk.press("Alt+V")
    assert "hẹn 16:30 T5 26/11" in desk.lines()[0]
    desk.press("F9")
    (names,) = desk.printed
    assert len(names) == 2
    assert desk.given_back == []


def test_received_only_from_three_o_clock_it_has_its_appointment_and_a_slip(
    desk: AtTheDesk,
) -> None:
    desk.commune.now = AFTER_THREE
    desk.type("2.000815\n1\n")
    assert desk.says("in phiếu")
    desk.press("Ctrl+F9")
    assert desk.statuses() == [Status.RECEIVED]
    assert len(desk.printed) == 1


def test_a_line_is_taken_off_and_put_back(desk: AtTheDesk) -> None:
    desk.type("2.000815\n1\n2\n")
    desk.press("Alt+X")
    assert (len(desk.lines()), desk.total()) == (1, "2.000 đ")
    desk.undo[-1]()
    assert desk.total() == "6.000 đ"


def test_enter_on_a_line_of_the_list_types_it_again(desk: AtTheDesk) -> None:
    desk.type("2.000815\n3\t2\tHọc bạ\n")
    desk.page._list._view.setFocus()
    desk.press("Return")
    assert desk.lines() == []
    assert desk.page._piece.piece() == Piece(COPIES, about="Học bạ", pages=3, copies=2)
    desk.type("4\n")
    assert desk.total() == "12.000 đ"


def test_what_is_wrong_of_the_person_is_said_there_and_nothing_is_received(
    commune: Commune, show: Show
) -> None:
    desk = AtTheDesk(commune, show)
    desk.type(f"{LONG_NAME}\n0011870")
    desk.page._piece.line.setFocus()
    desk.type("2.000884\n\n")
    desk.press("F9")
    assert desk.focus() == "Căn cước"
    assert desk.statuses() == []
    assert len(desk.lines()) == 1


def test_enter_goes_through_the_person_and_on_to_the_work(commune: Commune, show: Show) -> None:
    desk = AtTheDesk(commune, show)
    desk.type(f"{LONG_NAME}\n001187012345\n\n\n\n\n")
    assert desk.focus() == "Việc cần làm"


def test_letters_the_input_method_still_holds_find_the_work(desk: AtTheDesk) -> None:
    focus = QApplication.focusWidget()
    assert focus
    compose(focus, "chữ ký trong")
    found = desk.page._piece._finder.list.current()
    assert found
    assert found.code == SIGNATURE


def test_after_a_crash_the_errand_stands_as_it_was(commune: Commune, show: Show) -> None:
    first = AtTheDesk(commune, show)
    first.page.scanned(CARD)
    first.type("2.000815\n3\n5")
    first.page.keep()
    again = AtTheDesk(commune, show)
    assert again.told == ["Đã mở lại lượt đang nhận dở."]
    assert (again.page._errand().person.name, len(again.lines())) == (LONG_NAME, 1)
    assert again.page._piece.piece().pages == 5


def test_an_errand_that_was_refused_stands_after_a_crash(commune: Commune, show: Show) -> None:
    first = AtTheDesk(commune, show)
    first.page.scanned(CARD)
    first.press("F9")
    assert AtTheDesk(commune, show).page._errand().person.name == LONG_NAME


def test_an_errand_that_is_over_is_kept_no_more(desk: AtTheDesk) -> None:
    desk.type("2.000815\n3\n")
    desk.press("F9")
    desk.page.keep()
    assert desk.commune.desk.same_day.kept(desk.commune.officer()) is None
    assert desk.page._errand().person == Errand().person


def test_what_is_typed_while_a_paper_is_taken_comes_after_it(commune: Commune, show: Show) -> None:
    lanes = ManualLanes()
    desk = AtTheDesk(commune, show, lanes)
    lanes.drain()
    desk.page.scanned(CARD)
    desk.type("2.000815\n")
    lanes.drain()
    desk.type("1\n2\n")
    for _ in range(4):
        lanes.drain()
        settle(QApplication.instance())  # type: ignore[arg-type]
    assert [line.rpartition("; ")[2] for line in desk.lines()] == [
        "1\u00a0trang\u00a0×\u00a01\u00a0bản",
        "2\u00a0trang\u00a0×\u00a01\u00a0bản",
    ]


def test_without_anybody_to_sign_it_says_what_to_do(commune: Commune, show: Show) -> None:
    for login, name in (("phutrach", "Lê Thị Nga"), ("hanh", "Phạm Thị Hạnh")):
        commune.desk.office.add_officer(login, name, [Role.RECEPTIONIST], by="phutrach")
    desk = AtTheDesk(commune, show)
    desk.page.scanned(CARD)
    desk.type("2.000884\n\n")
    desk.press("F9")
    assert desk.says("Ctrl F9")
    assert desk.statuses() == []


@pytest.mark.parametrize("code", [COPIES, SIGNATURE, DEAL, "1.013949", "2.000635"])
def test_nothing_is_cut_overlapping_or_outside(
    desk: AtTheDesk, dressed: QApplication, code: str
) -> None:
    desk.type(f"{code}\n")
    desk.press("Alt+U")
    desk.page._piece.add.click()
    settle(dressed)
    assert faults(desk.page) == []


def test_a_key_press_asks_the_desk_one_question_at_a_time(commune: Commune, show: Show) -> None:
    lanes = ManualLanes()
    desk = AtTheDesk(commune, show, lanes)
    lanes.drain()
    QTest.keyClick(desk.page.window(), Qt.Key.Key_A)
    desk.type("bcdef")
    assert len(lanes.waiting) == 1
    lanes.drain()


def test_one_fee_receipt_is_offered_for_all_that_was_just_paid(
    desk: AtTheDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[SheetOrder] = []
    monkeypatch.setattr(desk.page._sheets, "preview", orders.append)
    desk.type("2.000815\n1\n2\n")
    desk.press("Alt+B")
    assert orders == []
    desk.press("F9", "Alt+B")
    (order,) = orders
    assert order.what == "fee-receipt"
    assert len({order.name, *order.others}) == 2


AT_THE_LARGEST_LETTERS = (1045, 514)  # px that 1366×748 leave a page
FRAMES = 24  # px, border, padding and what Qt leaves free on both sides


def test_at_the_largest_letters_a_paper_is_typed_with_all_its_keys_in_sight(
    desk: AtTheDesk, dressed: QApplication
) -> None:
    desk.page.resize(*AT_THE_LARGEST_LETTERS)
    desk.type(f"{COPIES}\n")
    settle(dressed)
    assert desk.page.size().toTuple() == AT_THE_LARGEST_LETTERS
    for button in (desk.page._piece.add, desk.page._list.at_once, desk.page._list.later):
        assert button.visibleRegion().boundingRect() == button.rect()
    for name, words in (("id_number", "001187012345"), ("born", "12/04/1987")):
        line = desk.page._person._lines[name]
        needed = max(line.placeholderText(), words, key=line.fontMetrics().horizontalAdvance)
        assert line.fontMetrics().horizontalAdvance(needed) + FRAMES <= line.width() - 4
