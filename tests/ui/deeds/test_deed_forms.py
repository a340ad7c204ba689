"""What the window asks of deeds about dates, money and closing; filled so that Enter passes by."""

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.facts import Document
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.deeds import KEYS
from app.ui.dossier.columns import left_cell
from app.ui.dossier_page.page import DossierPage
from app.ui.papers.offers import SLIP_KEY
from app.ui.widgets.choices import Choice, Segments, Tick
from app.ui.widgets.fields import Line
from app.ui.widgets.parts import WrappingLabel
from tests.desk.at_work import TO_WORK
from tests.ui.commune import LONG_NAME, NGA, Commune, Heard, hit
from tests.ui.dossier_page.test_dossier_page import page, show_one
from tests.ui.keys import type_keys

__all__ = ["page"]


def lines(page: DossierPage) -> list[str]:
    assert page._strip._form
    return [line.text() for line in page._strip._form.findChildren(Line)]


def test_an_apology_offers_a_date_in_plain_sight(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.APOLOGISE])
    assert lines(page) == ["02/12/2026", "16:30"]  # three working days after Fri 27/11
    hit(page, "Return", "Return")
    type_keys(page, "cho y kien\n")
    apology = commune.dossier(name).apology
    assert apology is not None
    assert f"{apology.due:%H:%M %d/%m}" == "16:30 02/12"


def test_the_resolvers_reason_and_date_stand_in_the_apology(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.EXPLAIN_DELAY])
    type_keys(page, "04122026\n\ncho xac minh\n")
    hit(page, KEYS[Deed.APOLOGISE], "F9")
    apology = commune.dossier(name).apology
    assert apology is not None
    assert (apology.reason, f"{apology.due:%d/%m}") == ("cho xac minh", "04/12")


def test_a_new_date_is_told_and_then_no_longer_asked_after(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.TELL])
    assert page._strip._form is None
    hit(page, KEYS[Deed.APOLOGISE], "Return", "Return")
    type_keys(page, "cho y kien\n")
    hit(page, KEYS[Deed.TELL], "F9")
    (notice,) = commune.dossier(name).notices
    assert (notice.how, notice.told_by) == ("phone", NGA)


def test_the_apology_is_still_to_be_printed_once_its_new_date_is_told(
    commune: Commune, page: DossierPage
) -> None:
    heard = Heard(page)
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.APOLOGISE], "Return", "Return")
    type_keys(page, "cho y kien\n")
    hit(page, "F9")
    assert commune.dossier(name).notices
    hit(page, SLIP_KEY)
    assert heard.printed == [("apology", name)]


def test_a_withdrawal_keeps_who_asked_and_the_papers_given_back(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.WITHDRAW])
    first = page._strip.findChildren(Tick)[0]
    first.box.click()
    type_keys(page, "khong can nua\n")
    closing = commune.dossier(name).closing
    assert closing is not None
    assert (closing.asked_by, closing.way) == (LONG_NAME, "direct")
    papers = [paper.name for paper in commune.dossier(name).documents if not paper.shown]
    assert list(closing.papers_back) == papers[1:]


def test_a_stop_is_the_offices_own_unless_somebody_asked(
    commune: Commune, page: DossierPage
) -> None:
    name = commune.receive(fee_amount="8.000", fee_when="now")
    commune.do(name, *TO_WORK)
    page.show_dossier(name)
    page.entered()
    hit(page, KEYS[Deed.STOP])
    type_keys(page, "khong du dieu kien\n")
    closing = commune.dossier(name).closing
    assert closing is not None
    assert (closing.asked_by, closing.way, closing.fee_back) == ("", "", "kept")


def test_a_tax_is_asked_for_beside_the_fee(commune: Commune, page: DossierPage) -> None:
    name = commune.receive(fee_amount="8.000")
    commune.do(name, *TO_WORK)
    page.show_dossier(name)
    page.entered()
    hit(page, KEYS[Deed.REQUEST_PAYMENT])
    assert lines(page) == ["8.000"]
    kinds = page._strip.findChildren(Segments)[0]
    kinds.choose(True)
    assert lines(page) == [""]
    type_keys(page, "500000\nTB 12\n")
    (payment,) = commune.dossier(name).payments
    assert (payment.amount, payment.duty, payment.note) == (500_000, True, "TB 12")
    hit(page, "F9")
    assert lines(page) == ["500.000"]
    hit(page, "F9")
    assert (commune.dossier(name).status, commune.dossier(name).paid) == (Status.PROCESSING, False)


def test_a_late_supplement_says_the_law_first_and_wants_a_second_f9(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, *TO_WORK)
    commune.pass_time(10 * 24 * 60)
    page.refresh()
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    said = " ".join(words.text() for words in page._strip.findChildren(WrappingLabel))
    assert "đến hết ngày 27/11/2026 (NĐ 61/2018 Đ.19.4)" in said
    assert "Hồ sơ đã quá hạn 4 ngày làm việc so với lời hẹn." in said
    type_keys(page, "giay khai sinh\nthieu\n")
    asked = page._strip._said.text()
    assert asked.endswith("bấm F9 lần nữa.")
    assert "NĐ 61/2018" not in asked, "said above; twice it hides what was typed"
    assert commune.dossier(name).status is Status.PROCESSING
    hit(page, "F9")
    assert commune.dossier(name).status is Status.WAITING_SUPPLEMENT
    commune.pass_time(24 * 60)
    (line,) = commune.desk.lookup.board("waiting").lines
    assert left_cell(line, commune.now).text == "Chờ bổ sung, đã quá hạn 4 ngày làm việc"
    assert commune.desk.lookup.board().counts.late == 0  # while it waits the clock stands


def test_a_supplement_in_time_is_asked_for_at_once(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    type_keys(page, "giay khai sinh\nthieu\n")
    assert commune.dossier(name).status is Status.WAITING_SUPPLEMENT


def test_the_slip_of_a_deed_is_offered_with_one_key(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    heard = Heard(page)
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    type_keys(page, "giay khai sinh\nthieu\n")
    hit(page, "Alt+I")
    assert heard.printed == [("supplement", name)]
    page.show_dossier(name)
    assert not page._slip.isVisible()


def test_a_correction_offers_another_receipt_only_where_one_is_out(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    heard = Heard(page)
    for number in ("0912345671", "0912345672"):
        hit(page, KEYS[Deed.CORRECT])
        assert isinstance(page._strip._form, CorrectionForm)
        page._strip._form.fields["reason"].control.setPlainText("ghi nhầm")
        page._strip._form.fields["phone"].control.setText(number)
        hit(page, "F9", "Alt+I")
        assert heard.printed == [("receipt", name)] * (number == "0912345672")
        commune.desk.paperwork.issue("receipt", name, commune.officer())
        page.refresh()


def test_papers_that_lack_stand_first_and_ticked(commune: Commune, page: DossierPage) -> None:
    first, *others = commune.desk.lookup.procedure("1.001022").documents
    held = [Document(paper.name, originals=1) for paper in others]
    name = commune.receive()
    less = Details(reason="ghi nhầm", documents=tuple(held))
    commune.desk.progress.do(Deed.CORRECT, [name], commune.officer(), less)
    commune.do(name, *TO_WORK)
    page.show_dossier(name)
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    ticks = page._strip.findChildren(Tick)
    assert [tick.box.isChecked() for tick in ticks] == [True, *[False] * len(held)]
    assert ticks[0].box.accessibleName() == first.name


def test_only_certification_asks_for_an_agreement(commune: Commune, page: DossierPage) -> None:
    show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.CHANGE_CASE])
    assert page._strip._form is not None
    assert "agreement" not in page._strip._form.fields
    name = commune.receive(procedure="2.000815")
    commune.do(name, *TO_WORK)
    page.show_dossier(name)
    hit(page, KEYS[Deed.CHANGE_CASE])
    form = page._strip._form
    form.fields["agreement"].control.setPlainText("Văn bản ngày 23/11/2026")
    form.fields["agreed_limit"].control.setText("3")
    form.fields["reason"].control.setPlainText("200 bản")
    hit(page, "F9")
    assert commune.dossier(name).agreement == "Văn bản ngày 23/11/2026"
    assert f"{commune.dossier(name).due:%d/%m}" == "27/11"


def test_a_second_way_to_tell_can_be_chosen(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    due = commune.dossier(name).due.replace(day=30)
    told = Details(reason="chờ ý kiến", due=due)
    commune.desk.progress.do(Deed.APOLOGISE, [name], commune.officer(), told)
    page.refresh()
    hit(page, KEYS[Deed.TELL])
    page._strip.findChildren(Choice)[0].choose("zalo")
    hit(page, "F9")
    assert commune.dossier(name).notices[0].how == "zalo"


def test_a_new_calendar_offers_its_date_where_it_moves_one(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.REAPPOINT])
    storm = {"date": "2026-11-26", "kind": "local_off", "name": "Bão", "confirmed": "yes"}
    commune.desk.office.import_holidays([storm], by=NGA)
    page.refresh()
    assert f"{commune.dossier(name).due:%d/%m}" == "27/11"
    hit(page, KEYS[Deed.REAPPOINT])
    assert f"{commune.dossier(name).due:%d/%m}" == "30/11"
