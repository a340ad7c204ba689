"""A dossier's page: the deeds that apply and no others, its whole life by their buttons."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.desk.deeds.progress import applicable
from app.models.dossiers.lifecycle import LABEL, TRANSITIONS, Deed, Status
from app.models.errors import Refused
from app.models.events.event import EventName
from app.models.unit.officer import Officer, Role
from app.ui.deeds.deeds import KEYS
from app.ui.dossier_page.page import DossierPage
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.choices import Tick
from tests.ui.commune import (
    HANH,
    IN_THE_WINDOW,
    NGA,
    TOAN,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
    settle,
)
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]

# what leads a dossier just received to each status
WAYS: dict[Status, tuple[Deed, ...]] = {
    Status.RECEIVED: (),
    Status.HANDED_OVER: (Deed.HAND_OVER,),
    Status.PROCESSING: (Deed.HAND_OVER, Deed.ACCEPT),
    Status.WAITING_SUPPLEMENT: (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT),
    Status.WAITING_PAYMENT: (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_PAYMENT),
    Status.SIGNED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.SIGN),
    Status.RESOLVED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE),
    Status.RETURNED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE, Deed.RETURN),
    Status.WITHDRAWN: (Deed.WITHDRAW,),
    Status.STOPPED: (Deed.HAND_OVER, Deed.STOP),
    Status.VOIDED: (Deed.VOID,),
}


@pytest.fixture
def page(commune: Commune, show: Show) -> DossierPage:
    page = DossierPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page._again._breath.setInterval(60_000)  # a busy computer takes its time between two keys
    return page


def offered(page: DossierPage) -> list[str]:
    """The words on the deed buttons."""
    buttons = page._buttons.findChildren(KeyButton)
    return [button.accessibleName() for button in buttons if not button.isHidden()]


def show_one(commune: Commune, page: DossierPage, *deeds: Deed) -> EventName:
    name = commune.receive()
    commune.do(name, *deeds)
    page.show_dossier(name)
    page.entered()
    return name


@pytest.mark.parametrize("status", WAYS)
def test_the_buttons_are_the_deeds_that_apply_now_and_no_others(
    commune: Commune, show: Show, status: Status
) -> None:
    for role in Role:
        officer = Officer(NGA, "Lê Thị Nga", frozenset({role}))
        page = DossierPage(commune.desk, officer, commune.jobs)
        dossier = commune.dossier(show_one(commune, page, *WAYS[status]))
        assert dossier.status is status
        applies = [LABEL[deed] for deed in applicable(dossier, officer)]
        assert sorted(offered(page)) == sorted(applies)


def test_a_whole_life_is_lived_by_its_keys(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page)
    hit(page, "F9", "F9")  # hands over to the first specialist
    assert commune.dossier(name).holder == TOAN
    hit(page, "F9")  # accepts
    hit(page, "Ctrl+S")
    type_keys(page, "to khai\nthieu chu ky\n")
    assert commune.dossier(name).status is Status.WAITING_SUPPLEMENT
    hit(page, "F9")  # the supplement has come
    hit(page, "Ctrl+Y")  # signed
    hit(page, "F9")  # resolved
    hit(page, "F9", "F9")  # returned to the applicant
    assert commune.dossier(name).status is Status.RETURNED


def f9(page: DossierPage) -> None:
    """Pressed with no breath taken since what was pressed before."""
    QTest.keyClick(page.window().windowHandle(), Qt.Key.Key_F9)


def test_f9_once_too_often_does_not_do_the_next_deed_too(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    hit(page, "F9")  # accepts
    f9(page)
    f9(page)  # as of a key held down
    assert commune.dossier(name).status is Status.PROCESSING
    type_keys(page, "\t")
    f9(page)  # meant: another key came between
    assert commune.dossier(name).status is Status.RESOLVED


def test_an_apology_s_f9_once_too_often_tells_of_no_call_nobody_made(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER, Deed.ACCEPT)
    hit(page, KEYS[Deed.APOLOGISE], "Return", "Return")
    type_keys(page, "cho y kien")
    hit(page, "F9")
    f9(page)
    (notice,) = commune.dossier(name).notices
    assert notice.told_at is None


@pytest.mark.parametrize("deed", [Deed.WITHDRAW, Deed.STOP, Deed.REFUSE, Deed.SEND_BACK, Deed.UNDO])
def test_a_deed_that_needs_a_reason_asks_for_it_and_enter_does_it(
    commune: Commune, page: DossierPage, deed: Deed
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    before = commune.dossier(name).status
    hit(page, KEYS[deed])
    assert commune.dossier(name).status is before
    type_keys(page, "theo de nghi\n")
    personal = commune.last_event(name).personal
    assert personal is not None
    assert personal.reason.endswith("theo de nghi")
    assert commune.dossier(name).status is not before


def test_an_undo_means_the_deed_it_named_and_none_that_came_since(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    hit(page, KEYS[Deed.UNDO])
    type_keys(page, "bấm nhầm")
    commune.do(name, Deed.ACCEPT)  # at another counter
    page.refresh()
    hit(page, "F9")
    assert commune.dossier(name).status is Status.PROCESSING
    assert "đã có việc khác" in page._strip._said.text()
    hit(page, "Escape", KEYS[Deed.UNDO])
    assert "“Nhận bàn giao”" in page._strip._about.text()
    hit(page, "F9")
    assert commune.dossier(name).status is Status.HANDED_OVER


def test_without_a_reason_it_says_beside_the_field_what_to_do(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.VOID], "Return")
    assert page._strip._form is not None
    assert "phải ghi rõ lý do" in page._strip._form.fields["reason"].error()
    assert commune.dossier(name).status is Status.RECEIVED
    type_keys(page, "ghi trung ho so")
    assert page._strip._form.fields["reason"].error() == ""


def test_esc_closes_the_strip_and_only_then_leaves_the_page(
    commune: Commune, page: DossierPage
) -> None:
    show_one(commune, page)
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    hit(page, KEYS[Deed.VOID], "Escape")
    assert LABEL[Deed.VOID] in offered(page)
    assert left == []
    hit(page, "Escape")
    assert left == [True]


def test_a_deed_is_said_with_its_way_back(commune: Commune, page: DossierPage) -> None:
    heard = Heard(page)
    name = show_one(commune, page, Deed.HAND_OVER)
    hit(page, "F9")
    assert heard.said == [("Đã ghi “Nhận bàn giao”: hồ sơ 261123-0001.", Tone.DONE)]
    assert heard.changes == 1
    assert heard.undo is not None
    heard.undo()
    assert commune.dossier(name).status is Status.HANDED_OVER
    page.refresh()
    assert LABEL[Deed.ACCEPT] in offered(page)


def test_what_waits_for_the_leaders_signature_is_signed_by_the_first_key(
    commune: Commune, show: Show
) -> None:
    page = DossierPage(commune.desk, commune.officer(HANH), commune.jobs)
    show(page, *IN_THE_WINDOW)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, to=HANH)
    page.show_dossier(name)
    page.entered()
    assert {LABEL[Deed.ACCEPT], LABEL[Deed.SEND_BACK]} <= set(offered(page))
    hit(page, "F9")
    assert commune.dossier(name).status is Status.SIGNED


def test_the_chairwoman_signs_on_paper_and_another_keys_it_with_the_hour(
    commune: Commune, show: Show
) -> None:
    receptionist = Officer(NGA, "Lê Thị Nga", frozenset({Role.RECEPTIONIST}))
    page = DossierPage(commune.desk, receptionist, commune.jobs)
    show(page, *IN_THE_WINDOW)
    name = show_one(commune, page, Deed.HAND_OVER, Deed.ACCEPT)
    assert LABEL[Deed.SIGN] not in offered(page)
    commune.pass_time(60)
    hit(page, "Alt+K")
    page._doer._choice.choose(HANH)
    hit(page, "Return")
    page._doer._at.setText("8:30")
    hit(page, KEYS[Deed.SIGN])
    event = commune.last_event(name)
    assert (event.by, event.keyed_by) == (HANH, NGA)
    assert f"{event.at:%H:%M}" == "08:30"
    assert page._doer.officer() == receptionist  # the next deed is one's own again


def test_an_hour_to_come_is_refused_beside_the_hour(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    hit(page, "Alt+K")
    page._doer._at.setText("23:00")
    hit(page, "F9")
    assert "tương lai" in page._doer._at_field.error()
    assert commune.dossier(name).status is Status.HANDED_OVER


def test_another_case_brings_another_appointment(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, Deed.HAND_OVER, Deed.ACCEPT)
    due = commune.dossier(name).due
    hit(page, KEYS[Deed.CHANGE_CASE], "Return")
    type_keys(page, "phai xac minh\n")
    assert commune.dossier(name).case == 2
    assert commune.dossier(name).due > due


def test_an_apology_gives_the_new_day_and_refuses_a_day_off(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.APOLOGISE])
    type_keys(page, "29112026\n\nthieu y kien\n")
    assert page._strip._form is not None
    assert "ngày nghỉ" in page._strip._form.fields["due"].error()
    type_keys(page, "30112026")
    hit(page, "F9")
    assert f"{commune.dossier(name).due:%H:%M %d/%m}" == "16:30 30/11"


def test_papers_are_asked_for_by_ticks(commune: Commune, page: DossierPage) -> None:
    name = commune.receive(procedure="2.001263")
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    page.show_dossier(name)
    hit(page, KEYS[Deed.REQUEST_SUPPLEMENT])
    ticks = page._strip.findChildren(Tick)
    assert len(ticks) == 7
    ticks[2].box.click()
    hit(page, "Return")
    type_keys(page, "ban mo\n")
    personal = commune.last_event(name).personal
    assert personal is not None
    assert personal.items == (commune.dossier(name).documents[2].name,)


def test_slips_are_printed_by_their_keys_but_not_of_a_void_number(
    commune: Commune, page: DossierPage
) -> None:
    heard = Heard(page)
    name = show_one(commune, page)
    hit(page, "Ctrl+P", "Ctrl+Shift+P")
    assert heard.printed == [("receipt", name), ("control", name)]
    show_one(commune, page, Deed.VOID)
    hit(page, "Ctrl+P")
    assert len(heard.printed) == 2


def test_looking_again_each_minute_leaves_the_sheets_where_they_stand(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, Deed.HAND_OVER)
    content = page._history.widget()
    commune.pass_time(1)
    page.refresh()
    assert page._history.widget() is content
    commune.do(name, Deed.ACCEPT)
    page.refresh()
    assert page._history.widget() is not content


@pytest.mark.parametrize("deed", TRANSITIONS)
def test_nothing_is_cut_or_overlaps_in_any_deeds_form(
    commune: Commune, page: DossierPage, dressed: QApplication, deed: Deed
) -> None:
    status = list(TRANSITIONS[deed])[-1]
    name = commune.receive(procedure="2.001263")
    commune.do(name, *WAYS[status])
    page.show_dossier(name)
    page._choose(deed)
    assert faults_at_each_size(page, dressed) == []


@pytest.mark.parametrize("procedure", ["1.013949", "2.001263"])
def test_nothing_is_cut_or_overlaps_with_the_longest_words_and_most_deeds(
    commune: Commune, page: DossierPage, dressed: QApplication, procedure: str
) -> None:
    name = commune.receive(procedure=procedure)
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.UNDO, Deed.ACCEPT, Deed.HAND_OVER)
    page.show_dossier(name)
    assert faults_at_each_size(page, dressed) == []


def test_a_receiver_with_a_long_title_fits_into_the_strip(
    commune: Commune, page: DossierPage, dressed: QApplication
) -> None:
    title = "Phó Chủ tịch UBND, Giám đốc Trung tâm Phục vụ hành chính công"
    commune.desk.office.add_officer("quyet", "An Minh Quyết", [Role.SPECIALIST], NGA, title)
    show_one(commune, page)
    hit(page, "F9")
    settle(dressed)
    form = page._strip._form
    assert form
    form.fields["to"].control.choose("quyet")
    settle(dressed)
    assert form.fields["to"]._note.text() == title
    assert form.width() <= page._strip._area.viewport().width()
    assert faults(page) == []


@pytest.mark.parametrize("comes", [True, False])
def test_keys_pressed_before_a_dossier_is_there_are_none_of_the_one_before(
    commune: Commune, show: Show, monkeypatch: pytest.MonkeyPatch, comes: bool
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("Không đọc được.")

    lanes = ManualLanes()
    page = DossierPage(commune.desk, commune.officer(), Jobs(lanes))
    show(page, *IN_THE_WINDOW)
    before, name = commune.receive(), commune.receive()
    commune.do(before, Deed.HAND_OVER)
    commune.do(name, Deed.HAND_OVER)
    page.show_dossier(before)
    page.entered()
    lanes.drain()
    if not comes:
        monkeypatch.setattr("app.ui.dossier_page.page.look", refuse)
    page.show_dossier(name)
    hit(page, "F9")
    lanes.answer()
    assert commune.dossier(before).status is Status.HANDED_OVER
    done = Status.PROCESSING if comes else Status.HANDED_OVER
    assert commune.dossier(name).status is done


def test_nothing_is_said_of_deeds_while_the_first_dossier_comes(
    commune: Commune, show: Show
) -> None:
    page = DossierPage(commune.desk, commune.officer(), Jobs(ManualLanes()))
    show(page, *IN_THE_WINDOW)
    page.show_dossier(commune.receive())
    assert page._buttons.findChildren(QLabel) == []
