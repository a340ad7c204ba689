from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.counter import draw
from app.models.dossiers.lifecycle import Deed
from app.models.events.receipt_books import ReceiptBookIssued
from app.printing.printers.spooler import JobId
from app.ui.lanes.jobs import Jobs
from app.ui.lists.register_page import RegisterPage
from app.ui.look.theme import Tone
from app.ui.papers import sheet_desk
from app.ui.papers.sheet_desk import SheetDesk
from app.ui.papers.sheet_orders import CARDS, HANDED_OVER, NAMES, SheetOrder, sheets_of
from app.ui.papers.sheet_preview import SheetPreview
from app.ui.widgets.going import Going
from tests.printing import reading
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, faults_at_each_size, hit, settle
from tests.ui.manual_lanes import ManualLanes

Show = Callable[..., None]
DAY = date(2026, 11, 23)
REGISTER = SheetOrder("register", DAY, DAY)


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    commune = Commune(tmp_path)
    commune.desk.draw = draw
    return commune


@pytest.fixture
def page(commune: Commune, show: Show) -> RegisterPage:
    page = RegisterPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file the officer chooses, whatever is asked for."""
    file = tmp_path / "sổ của tôi"
    choose(monkeypatch, str(file))
    return file


def choose(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    def ask(*asked: object) -> None:
        then = asked[4]
        assert callable(then)
        then(file)

    monkeypatch.setattr(sheet_desk, "ask_where", ask)


def test_the_register_of_the_days_typed_is_saved_as_pdf(
    commune: Commune, page: RegisterPage, saved: Path
) -> None:
    heard = Heard(page)
    name = commune.receive()
    hit(page, "Ctrl+S")
    file = saved.with_suffix(".pdf")
    assert commune.dossier(name).code in reading.text(file.read_bytes())
    assert heard.said == [(f"Đã ghi {file}.", Tone.DONE)]


def test_it_is_saved_as_a_workbook_too(commune: Commune, page: RegisterPage, saved: Path) -> None:
    commune.receive()
    hit(page, "Ctrl+E")
    book = openpyxl.load_workbook(BytesIO(saved.with_suffix(".xlsx").read_bytes()))
    assert book.sheetnames == ["Hộ tịch 2026-01"]


def test_leaving_the_file_unnamed_writes_nothing(page: RegisterPage) -> None:
    heard = Heard(page)
    hit(page, "Ctrl+S")
    page.findChildren(QFileDialog)[0].reject()
    assert heard.said == []


def test_a_file_that_cannot_be_written_says_so(
    page: RegisterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(page)
    choose(monkeypatch, "không-có/sổ.pdf")
    hit(page, "Ctrl+S")
    ((sentence, tone),) = heard.said
    assert sentence.startswith("Không ghi được tệp")
    assert tone is Tone.LATE


def test_the_pages_are_seen_before_they_print(
    commune: Commune, page: RegisterPage, dressed: QApplication
) -> None:
    commune.receive()
    hit(page, "Ctrl+P")
    (preview,) = page.findChildren(SheetPreview)
    assert preview.windowTitle() == "Xem trước Sổ theo dõi hồ sơ"
    assert preview._count.text() == "3 trang"
    settle(dressed)
    preview.close()


def test_cards_are_no_workbook(page: RegisterPage) -> None:
    page._what.choose(CARDS)
    assert not page._foot.xlsx.isEnabled()
    page._what.choose("end-of-day")
    assert page._foot.xlsx.isEnabled()


def test_what_cannot_be_printed_is_said_and_the_page_goes_on(page: RegisterPage) -> None:
    heard = Heard(page)
    page._what.choose("hand-over-list")
    hit(page, "Ctrl+P")
    assert heard.said == [("Ngày 23/11/2026 không có danh sách bàn giao nào.", Tone.LATE)]
    assert page._foot.look.isEnabled()


@pytest.mark.parametrize("what", [what for what in NAMES if what != CARDS])
def test_everything_on_offer_can_be_drawn(commune: Commune, what: str) -> None:
    name = commune.receive(fee_amount="8000", fee_when="now", fee_method="cash")
    commune.do(name, Deed.HAND_OVER)
    book = ReceiptBookIssued("AA-26P", "01BLP", 1, 50)
    commune.desk.fee_receipts.enter(book, commune.officer())
    order = SheetOrder(what, DAY, DAY, "", name, commune.officer())
    for _ in range(2):  # a receipt is given once and shown again
        assert reading.page_texts(draw(sheets_of(commune.desk, order), "pdf"))
    assert commune.desk.fee_receipts.accounts()[0].used == (what == "fee-receipt")


def test_what_is_about_one_dossier_is_about_the_one_chosen(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    page._what.choose("way")
    hit(page, "Ctrl+P")
    assert heard.said[0][0].startswith("Chưa chọn hồ sơ nào")
    commune.receive()
    hit(page, "F9", "Ctrl+P")
    (preview,) = page.findChildren(SheetPreview)
    assert preview._count.text() == "1 trang"
    preview.close()


def test_a_board_on_a3_is_saved_and_not_sent_to_an_office_printer(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    page._what.choose("board-officers A3")
    hit(page, "Ctrl+P")
    (preview,) = page.findChildren(SheetPreview)
    preview.printer_chosen.emit("Laser")
    assert heard.said[0][0].startswith("Máy in văn phòng không có khổ A3")
    preview.close()


def test_a_whole_year_is_one_key(commune: Commune, page: RegisterPage) -> None:
    commune.receive()
    hit(page, "Alt+M")
    assert (page._days.since.text(), page._days.until.text()) == ("01/01/2026", "31/12/2026")
    assert page._count.text() == "1 hồ sơ"


def test_what_is_lacking_is_counted_and_opens(commune: Commune, page: RegisterPage) -> None:
    heard = Heard(page)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    hit(page, "F9")
    page._part.choose("lacking")
    assert page._lacking.table.cells(0)[0].text == "Bàn giao chưa có người nhận ký"
    page._lacking.setFocus()
    hit(page, "Return")
    assert heard.opened == [name]


def test_nothing_is_cut_while_something_lacks(
    commune: Commune, page: RegisterPage, dressed: QApplication
) -> None:
    commune.do(commune.receive(procedure="1.013949"), Deed.HAND_OVER)
    hit(page, "F9")
    page._part.choose("lacking")
    page._going.begin("Đang lập sổ theo dõi hồ sơ…")
    page._going._appear()
    assert faults_at_each_size(page, dressed) == []


def test_long_work_shows_how_far_it_is_and_stops_when_asked(
    commune: Commune, qtbot: QtBot, dressed: QApplication
) -> None:
    lanes = ManualLanes()
    over, going = QWidget(), Going()
    qtbot.addWidget(over)
    qtbot.addWidget(going)
    desk = SheetDesk(commune.desk, Jobs(lanes), going, over)
    said: list[str] = []
    desk.told.connect(lambda sentence, _: said.append(sentence))
    commune.receive()
    desk.preview(REGISTER)
    assert not going.isVisible()
    qtbot.waitUntil(going.isVisible)
    going.stop()
    lanes.drain()
    assert said == ["Đã dừng; chưa ghi tệp nào."]
    assert not going.isVisible()
    assert not going.under_way


def test_the_bar_follows_the_rows(qtbot: QtBot) -> None:
    going = Going()
    qtbot.addWidget(going)
    way = going.begin("Đang lập sổ…")
    way.reached_of(50, 200)
    going._look()
    assert (going._bar.value(), going._bar.maximum()) == (50, 200)


def test_one_order_at_a_time(commune: Commune, qtbot: QtBot) -> None:
    lanes = ManualLanes()
    over, going = QWidget(), Going()
    qtbot.addWidget(over)
    qtbot.addWidget(going)
    desk = SheetDesk(commune.desk, Jobs(lanes), going, over)
    for _ in range(3):
        desk.preview(REGISTER)
    assert len(lanes.waiting) == 1
    going.end()


def test_a_sheet_goes_where_its_kind_went_last_and_every_hand_over_list_to_one_printer(
    commune: Commune, page: RegisterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.papers.sheet_desk.printer_names", lambda: ["gần", "xa"])
    monkeypatch.setattr("app.printing.printers.printers.send", lambda *_: JobId("1"))
    heard = Heard(page)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    orders = [SheetOrder(what, DAY, DAY, name=name) for what in ("hand-over-list", HANDED_OVER)]
    chosen = []
    for order in orders:
        page._foot.sheets.preview(order)
        preview = page.findChildren(SheetPreview)[-1]
        chosen.append(preview._printer.value())
        preview._printer.choose("xa")
        preview._send.click()
    assert chosen == ["gần", "xa"]
    assert heard.said[-1] == (
        "Đã gửi Danh sách bàn giao có hồ sơ đang chọn đến máy in xa.",
        Tone.DONE,
    )


def test_a_fee_receipt_is_shown_and_printed_as_papers_are(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    name = commune.receive(fee_amount="8000", fee_when="now", fee_method="cash")
    commune.desk.fee_receipts.enter(ReceiptBookIssued("AA-26P", "01BLP", 1, 50), commune.officer())
    page._what.choose("fee-receipt")
    hit(page, "F9", "Ctrl+P")
    assert heard.printed == [("fee-receipt", name)]
    assert commune.desk.fee_receipts.given(name) is None
