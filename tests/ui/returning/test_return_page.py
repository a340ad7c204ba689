from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.models.exchange.chain import lookup_token
from app.models.unit.officer import Officer, Role
from app.ui.returning.page import ReturnPage
from tests.ui.commune import (
    IN_THE_WINDOW,
    LONG_NAME,
    NGA,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)
from tests.ui.keys import type_keys
from tests.ui.returning.results import card, ready, returned

Show = Callable[..., None]


def test_a_scanned_slip_is_returned_by_one_key(commune: Commune, page: ReturnPage) -> None:
    heard = Heard(page)
    name = ready(commune)
    assert page.scanned(commune.dossier(name).code)
    hit(page, "F9")
    assert returned(commune, name).way == "self"
    personal = commune.last_event(name).personal
    assert personal is not None
    assert personal.collector == LONG_NAME
    assert heard.undo is not None


def test_the_address_in_the_slips_code_names_it_too(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune)
    page.scanned(f"http://127.0.0.1:8765/t/{lookup_token(commune.dossier(name).salt)}")
    assert page._card.name == name


def test_a_scanned_card_finds_what_waits_for_its_bearer(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune)
    page.scanned("001187012345||Nguyễn Hoàng Thị Phương Quỳnh Trang|12041987|Nữ|Hà Nội|01012022")
    assert page._card.name == name


def test_what_waits_for_one_person_can_be_asked_for(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune)
    page.look_for("001187012345")
    assert page._card.name == name


def test_the_fee_still_owed_is_taken_by_the_same_key(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune, fee_amount="8.000", fee_when="on_return")
    page.scanned(commune.dossier(name).code)
    assert page._card.go.accessibleName() == "Thu tiền và trả kết quả"
    hit(page, "F9")
    assert commune.dossier(name).paid
    assert commune.dossier(name).status is Status.RETURNED


def test_a_return_that_is_refused_takes_no_fee_and_goes_once_it_is_put_right(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune, fee_amount="8.000", fee_when="on_return")
    page.scanned(commune.dossier(name).code)
    page._again._breath.setInterval(0)
    form = page._card._form
    assert form is not None
    form._collector.setPlainText("Trần Văn\u200b B")
    hit(page, "F9")
    assert form.fields["collector"].error()
    assert not commune.dossier(name).paid
    form._collector.setPlainText("Trần Văn B")
    hit(page, "F9")
    assert (commune.dossier(name).status, commune.dossier(name).paid) == (Status.RETURNED, True)


def test_undo_takes_back_the_fee_that_the_same_key_took(commune: Commune, page: ReturnPage) -> None:
    heard = Heard(page)
    name = ready(commune, fee_amount="8.000", fee_when="on_return")
    page.scanned(commune.dossier(name).code)
    hit(page, "F9")
    assert heard.undo
    heard.undo()
    assert (commune.dossier(name).status, commune.dossier(name).paid) == (Status.RESOLVED, False)
    assert heard.said[-1][0].startswith("Đã ghi “Hoàn tác” cả 2 việc")


def test_after_a_refusal_the_card_shows_how_it_stands_now(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    commune.do(name, Deed.RETURN)  # at another counter
    hit(page, "F9")
    assert "nên chưa thể “Trả kết quả”" in page._card._said.text()
    assert "Kết quả đã trả lúc" in said(page)
    assert not page._card.go.isEnabled()


def test_a_fee_may_be_left_untaken(commune: Commune, page: ReturnPage) -> None:
    name = ready(commune, fee_amount="8.000", fee_when="on_return")
    page.scanned(commune.dossier(name).code)
    assert page._card._form is not None
    page._card._form._method.choose("")
    assert page._card.go.accessibleName() == "Trả kết quả"
    hit(page, "F9")
    assert not commune.dossier(name).paid


def test_a_fee_nobody_knew_is_taken_once_its_amount_is_typed(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    assert page._card._form is not None
    page._card._form._amount.setFocus()
    type_keys(page, "15000")
    hit(page, "F9")
    paid = [v.event.body for v in commune.desk.lookup.dossier(name).verdicts]
    assert e.Paid(amount=15000, method="cash") in paid


@pytest.mark.parametrize("scan", ["000187055222", "H26.15.3-261123-9999"])
def test_after_a_scan_the_keys_go_to_the_search(
    commune: Commune, page: ReturnPage, scan: str
) -> None:
    page.scanned(commune.dossier(ready(commune)).code)
    hit(page, "Alt+U", "Alt+U")
    page.scanned(card(scan, "Đặng Thị Mỹ Duyên") if scan.isdigit() else scan)
    assert page._search.hasFocus()


def test_what_goes_by_post_is_asked_its_number(
    commune: Commune, page: ReturnPage, dressed: QApplication
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    form = page._card._form
    assert form is not None
    assert not form.fields["waybill"].isVisible()
    form._way.choose("post")
    form._waybill.setText("EC 123 456 789 VN")
    assert faults_at_each_size(page, dressed) == []
    hit(page, "F9")
    assert returned(commune, name).way == "post"
    told = commune.last_event(name).personal
    assert told is not None
    assert told.waybill == "EC 123 456 789 VN"


def test_a_name_with_one_result_waiting_needs_no_choosing(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune, "Lý A Sử")
    ready(commune, "Mai Thị Hạnh")
    commune.receive("Lý A Tráng")
    type_keys(page, "ly a")
    assert page._found.text().startswith("1 kết quả chờ trả; hồ sơ khác khớp: 1 chưa xong")
    hit(page, "F9")
    assert commune.dossier(name).status is Status.RETURNED


def test_what_was_given_back_or_closed_is_not_called_unfinished(
    commune: Commune, page: ReturnPage
) -> None:
    commune.do(ready(commune, "Lý A Sử"), Deed.RETURN)
    commune.do(commune.receive("Lý A Tráng"), Deed.WITHDRAW)
    type_keys(page, "ly a")
    assert page._found.text().startswith("0 kết quả chờ trả; hồ sơ khác khớp: 1 đã trả, 1 đã đóng")


def test_who_else_collects_is_chosen_by_the_key_that_is_shown(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune, "Lý A Sử")
    page.scanned(commune.dossier(name).code)
    hit(page, "Alt+U")
    type_keys(page, "Mai Thị Hạnh")
    hit(page, "F9")
    returned = commune.last_event(name)
    assert isinstance(returned.body, e.Returned)
    assert returned.body.way == "authorised"
    assert returned.personal is not None
    assert returned.personal.collector == "Mai Thị Hạnh"


def test_among_several_the_arrows_choose(commune: Commune, page: ReturnPage) -> None:
    ready(commune, "Lý A Sử"), ready(commune, "Lý A Tráng")
    type_keys(page, "ly a")
    hit(page, "F9")  # nobody is chosen yet
    assert page._list.table.rowCount() == 2
    hit(page, "Down", "Down")
    chosen = page._card.name
    assert chosen is not None
    hit(page, "F9")
    assert commune.dossier(chosen).status is Status.RETURNED


def test_after_one_return_a_second_press_returns_nobody_elses(
    commune: Commune, page: ReturnPage
) -> None:
    first, second = ready(commune), ready(commune)
    page.scanned(commune.dossier(first).code)
    hit(page, "F9", "F9")
    assert commune.dossier(second).status is Status.RESOLVED
    assert page._card.name is None
    assert page._search.hasFocus()


def test_what_is_not_ready_says_where_it_is_and_cannot_be_returned(
    commune: Commune, page: ReturnPage
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    page.scanned(commune.dossier(name).code)
    hit(page, "F9")
    assert commune.dossier(name).status is Status.HANDED_OVER
    assert not page._card.go.isEnabled()


def test_a_code_typed_whole_is_as_good_as_scanned(commune: Commune, page: ReturnPage) -> None:
    name = commune.receive()
    page._search.setText(commune.dossier(name).code.lower())
    hit(page, "Return")
    assert page._card.name == name
    assert not page._card.go.isEnabled()


def test_an_unknown_slip_is_answered_by_a_sentence(page: ReturnPage) -> None:
    heard = Heard(page)
    page.scanned("H26.15.3-261123-9999")
    assert heard.said[0][0].startswith("Không thấy hồ sơ H26.15.3-261123-9999")


def test_looking_again_keeps_what_was_typed_for_the_collector(
    commune: Commune, page: ReturnPage
) -> None:
    name = ready(commune)
    page.scanned(commune.dossier(name).code)
    assert page._card._form is not None
    page._card._form._collector.setPlainText("Trần Văn B")
    ready(commune, "Lý A Sử")
    page.refresh()
    page.scanned(commune.dossier(name).code)  # a scanner held too long
    assert page._card._form._collector.line() == "Trần Văn B"
    assert page._card.name == name


def test_who_may_not_take_money_is_not_asked_to(commune: Commune, show: Show) -> None:
    clerk = Officer(NGA, "Lê Thị Nga", frozenset({Role.CLERK}))
    page = ReturnPage(commune.desk, clerk, commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    name = ready(commune, fee_amount="8.000", fee_when="on_return")
    page.scanned(commune.dossier(name).code)
    hit(page, "F9")
    assert commune.dossier(name).status is Status.RETURNED
    assert not commune.dossier(name).paid


@pytest.mark.parametrize("procedure", ["1.013949", "2.001263"])
def test_nothing_is_cut_or_overlaps_with_the_longest_words(
    commune: Commune, page: ReturnPage, dressed: QApplication, procedure: str
) -> None:
    name = ready(commune, procedure=procedure)
    page.entered()
    assert faults_at_each_size(page, dressed) == []
    page.scanned(commune.dossier(name).code)
    assert faults_at_each_size(page, dressed) == []


def test_enter_where_nothing_is_typed_chooses_nobody(commune: Commune, page: ReturnPage) -> None:
    ready(commune)
    page.entered()
    hit(page, "Return")
    assert page._card.name is None


def said(page: ReturnPage) -> str:
    """All the words on the card."""
    return " ".join(x.text() for x in page._card.findChildren(QLabel) if x.isVisible())


def test_after_the_return_it_is_said_what_is_signed_and_the_paper_is_one_key_away(
    commune: Commune, page: ReturnPage
) -> None:
    heard, name = Heard(page), ready(commune)
    page.scanned(commune.dossier(name).code)
    hit(page, "F9")
    QApplication.processEvents()
    serial = commune.dossier(name).received.serial
    assert serial is not None
    assert f"quyển {serial.book:02d}, số {serial.number:02d}" in said(page)
    assert "giấy biên nhận trả kết quả" in said(page)
    hit(page, "Alt+P")
    assert heard.printed == [("result-receipt", name)]
    assert heard.undo
    heard.undo()
    QApplication.processEvents()
    assert "Ký nhận" not in said(page)


def test_what_the_post_takes_is_signed_for_by_the_post(commune: Commune, page: ReturnPage) -> None:
    heard, name = Heard(page), ready(commune, return_place="Qua dịch vụ bưu chính công ích")
    page.scanned(commune.dossier(name).code)
    steps_way = page._card._form
    assert steps_way is not None
    steps_way._way.choose("post")
    hit(page, "F9", "Alt+P")
    assert heard.printed == [("post-minutes", name)]


def test_words_that_find_nothing_say_so_and_empty_the_card(
    commune: Commune, page: ReturnPage
) -> None:
    page.scanned(commune.dossier(ready(commune)).code)
    QApplication.processEvents()
    before = page._card.name
    type_keys(page._search, "khong ai ten nay")
    QApplication.processEvents()
    assert before
    assert not page._card.name, "F9 is for nobody now"
    empty = page._empty.currentWidget()
    assert empty
    told = [label.text() for label in empty.findChildren(QLabel)]
    assert "Không thấy kết quả nào chờ trả." in told
