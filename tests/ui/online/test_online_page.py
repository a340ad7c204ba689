"""Online dossiers: the board says that some wait, a key lists them, Enter takes one up in the intake."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.desk.online.waiting import OnlineCounts
from app.models.dossiers.lifecycle import Deed
from app.ui.deeds.deeds import KEYS
from app.ui.intake.online_line import LET_GO_KEY
from app.ui.look.theme import Tone
from app.ui.online.offer import ONLINE_KEY, sentence_of
from app.ui.online.page import UNKNOWN, OnlinePage, asked_cell
from app.ui.window import Window
from tests.ui.commune import LONG_NAME, LONGEST_PROCEDURE, Commune, Heard, faults_at_each_size, hit

Show = Callable[..., None]


def a_row(
    number: int, at: str = "20261120150000", procedure: str = "1.001022"
) -> dict[str, object]:
    return {
        "MaHoSo": f"H26.15-261120-{number:04}", "MaTTHC": procedure, "ChuHoSo": LONG_NAME,
        "SoGiayToChuHoSo": "001187012345", "SoDienThoai": "0912345678", "NgayNopHoSo": at,
    }  # fmt: skip


def bring(commune: Commune, *rows: dict[str, object]) -> None:
    commune.desk.online.bring(list(enumerate(rows, 1)), commune.officer())


@pytest.fixture
def page(commune: Commune, show: Show) -> OnlinePage:
    bring(
        commune, a_row(1), a_row(2, "20261119090000", LONGEST_PROCEDURE), a_row(3, "20261120110000")
    )
    page = OnlinePage(commune.desk, commune.officer(), commune.jobs)
    show(page)
    page.entered()
    return page


def codes(page: OnlinePage) -> list[str]:
    return [one.row.code[-4:] for one in page._view.table.rows.here()]


def test_the_longest_waiting_stands_first_and_every_word_can_be_read(
    page: OnlinePage, dressed: QApplication
) -> None:
    assert codes(page) == ["0002", "0003", "0001"]
    assert faults_at_each_size(page, dressed) == []


def test_the_board_says_that_some_wait_and_a_key_lists_them(
    window: Window, commune: Commune
) -> None:
    hit(window, "F3")
    assert not window._board._offers.online.isVisible()
    bring(commune, a_row(1), a_row(2, "20261119090000"))
    window._board.refresh()
    assert window._board._offers.online.text() == (
        "2 hồ sơ trực tuyến chờ kiểm tra: 1 quá 8 giờ làm việc."
    )
    hit(window, ONLINE_KEY)
    assert isinstance(window.page(), OnlinePage)
    hit(window, "Escape")
    assert window.page() is window._board


def test_the_words_say_how_pressing_it_is() -> None:
    assert sentence_of(OnlineCounts(0, 0, 0)) == ""
    assert sentence_of(OnlineCounts(3, 1, 1)) == (
        "3 hồ sơ trực tuyến chờ kiểm tra: 1 quá 8 giờ làm việc, 1 sắp quá 8 giờ làm việc."
    )


def test_enter_takes_one_up_and_what_was_typed_is_set_aside(
    window: Window, commune: Commune
) -> None:
    bring(commune, a_row(1))
    window._intake._form.applicant._lines["name"].setText("Đang gõ dở")
    window._open_online()
    hit(window, "Return")
    assert window.page() is window._intake
    draft = window._intake._form.draft()
    assert (draft.name, draft.online, draft.channel) == (
        LONG_NAME, "H26.15-261120-0001", "online",
    )  # fmt: skip
    assert "trả lời trước" in window._intake._form.online.text()
    assert [x.title for x in commune.desk.intake.parked(commune.officer())] == ["Đang gõ dở"]
    hit(window, LET_GO_KEY)
    assert window._intake._form.draft().online == ""
    assert not window._intake._form.online.isVisible()


def test_one_is_answered_by_a_key_and_a_reason_and_the_form_stays(
    page: OnlinePage, commune: Commune
) -> None:
    heard, slips = Heard(page), list[str]()
    page.slip_wanted.connect(lambda form, _: slips.append(form))
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    page._strip._reason.setText("thiếu tờ khai")
    hit(page, "Return")
    assert codes(page) == ["0003", "0001"]
    assert slips == ["supplement"]
    assert "hệ thống tỉnh" in heard.said[-1][0]
    assert commune.desk.store.online.row("H26.15-261120-0002").answer == "supplement"  # type: ignore[union-attr]


def test_without_a_reason_nothing_is_answered(page: OnlinePage) -> None:
    hit(page, KEYS[Deed.REFUSE], "Return")
    assert len(codes(page)) == 3
    hit(page, "Escape")
    assert page._strip.isHidden()


def test_a_file_is_brought_in_and_what_is_wrong_is_told(page: OnlinePage, tmp_path: Path) -> None:
    heard = Heard(page)
    file = tmp_path / "ho-so.json"
    rows = [a_row(1), a_row(4), {**a_row(5), "NgayNopHoSo": ""}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    hit(page, "Ctrl+O")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    assert "0004" in codes(page)
    (told, tone), *_ = heard.said
    assert told.startswith("Đã nhập 1 hồ sơ trực tuyến mới; 1 hồ sơ đã có từ trước; 1 dòng sai")
    assert "Dòng 3: Thiếu giờ đến" in told
    assert tone is Tone.TODAY


def test_a_procedure_the_catalogue_lacks_is_said_with_what_to_do(
    page: OnlinePage, commune: Commune, tmp_path: Path, dressed: QApplication
) -> None:
    heard, file = Heard(page), tmp_path / "ho-so.json"
    row = {**a_row(7, "20261118090000", "9.999999"), "TenTTHC": "Cấp thẻ đi chợ phiên"}
    file.write_text(json.dumps(row), encoding="utf-8")
    page.read(str(file))
    assert "1 hồ sơ có thủ tục chưa có trong danh mục" in heard.said[0][0]
    assert heard.said[0][1] is Tone.TODAY
    page._view.selectRow(0)
    strange = page._view.current()
    assert strange is not None
    assert asked_cell(strange).text == f"Cấp thẻ đi chợ phiên\n{UNKNOWN}"
    said = page._doubt.text()
    assert said.startswith("Thủ tục 9.999999 chưa có trong danh mục của quầy.")
    assert "bấm Enter rồi tự chọn thủ tục đúng" in said
    assert faults_at_each_size(page, dressed) == []
    page._view.selectRow(1)
    assert page._doubt.text() == ""


def test_the_intake_says_too_that_the_procedure_is_to_be_chosen(
    window: Window, commune: Commune
) -> None:
    bring(commune, a_row(1, procedure=""))
    window._open_online()
    hit(window, "Return")
    assert "Tệp không ghi mã thủ tục của hồ sơ này. Hãy chọn thủ tục đúng." in (
        window._intake._form.online.text()
    )
