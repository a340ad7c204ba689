"""The first run: a person who has never seen the program makes a counter, with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app import clock
from app.counter import open_counter
from app.first_run import SAME_DISK, NewCounter
from app.models.errors import BadInput
from app.models.unit.officer import Role
from app.settings import Places
from app.ui.doors.first_run_page import FirstRunPage
from app.ui.doors.first_run_steps import Step
from app.ui.lanes.jobs import Jobs
from tests.ui.commune import LONG_NAME, InlineLanes, hit
from tests.ui.keys import type_keys
from tests.ui.no_counter import NO_DRAWING, NoCounter
from tests.ui.walk import faults

Show = Callable[..., None]

UNIT = f"xã {LONG_NAME}\nH26.15.3\n\n"
FIRST = f"{LONG_NAME}\n\nmat-khau\nmat-khau\n"
NEEDED = UNIT + FIRST
TO_THE_REVIEW = "\n\n\n\n"  # no other officer, the usual hour, a printer later, no scanner

LOW = 560  # px; what a screen of 768 has for a window in very large letters


@pytest.fixture(autouse=True)
def no_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.doors.first_run_page.printer_names", lambda: ["HP_LaserJet"])
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def new() -> NoCounter:
    return NoCounter()


@pytest.fixture
def page(new: NoCounter, show: Show) -> FirstRunPage:
    made = FirstRunPage(new, Jobs(InlineLanes()), lambda _: NO_DRAWING)
    show(made, made.sizeHint().width(), made.sizeHint().height())
    made.entered()
    return made


def at(page: FirstRunPage) -> str:
    return type(page.step()).__name__


def test_the_keyboard_alone_and_nine_answers_make_a_counter(
    page: FirstRunPage, new: NoCounter
) -> None:
    left: list[bool] = []
    page.leave.connect(lambda: left.append(True))
    type_keys(page, NEEDED + TO_THE_REVIEW)
    assert (at(page), new.made) == ("ReviewStep", [])
    type_keys(page, "\n")
    (said,) = new.made
    assert (said.code, said.name, said.number) == ("H26.15.3", f"xã {LONG_NAME}", 1)
    assert (said.return_by, said.printer) == ("16:30", "HP_LaserJet")
    (first,) = said.officers
    assert (first.login, first.password, first.roles) == ("nhtpqtrang", "mat-khau", tuple(Role))
    hit(page, "Alt+B", "Alt+B", "Alt+B")
    type_keys(page, "\n")
    assert left == [True]


def test_nobody_is_asked_more_than_twelve_things(page: FirstRunPage) -> None:
    questions = sum(len(step.fields) for step in page._steps)
    one_question_more_than_once = (
        len(["again"]) + len(["login", "post", "password"]) + len(["code"])
    )
    assert questions - one_question_more_than_once == 12


def test_what_has_no_answer_of_its_own_can_be_passed_over(page: FirstRunPage) -> None:
    def needs_typing(step: Step) -> bool:
        return bool(step.fields) and not step.heading.may_skip

    assert [type(s).__name__ for s in page._steps if needs_typing(s)] == [
        "UnitStep",
        "FirstOfficerStep",
        "CalendarStep",  # which has its hour already
    ]


def test_one_goes_back_and_finds_ones_answers(page: FirstRunPage, new: NoCounter) -> None:
    type_keys(page, NEEDED)
    hit(page, "Alt+Left", "Alt+Left")
    assert (at(page), page._unit.code) == ("UnitStep", "H26.15.3")
    type_keys(page, "\n\n\n\n\n\n\n" + TO_THE_REVIEW + "\n")
    assert [said.code for said in new.made] == ["H26.15.3"]


def test_other_officers_are_added_one_after_another(page: FirstRunPage, new: NoCounter) -> None:
    type_keys(page, NEEDED)
    for name in ("Nguyễn Đức Toàn", "Phạm Thu Hà"):
        type_keys(page, f"{name}\n\n\nmat-khau")
        hit(page, "Alt+M")
    hit(page, "Alt+X")
    type_keys(page, "Lê Thị Nga\n\n\nmat-khau\n" + "\n\n\n")
    assert "Nguyễn Đức Toàn (ndtoan), Tiếp nhận và trả kết quả" in page._review._words.text()
    type_keys(page, "\n")
    assert [officer.login for officer in new.made[0].officers] == ["nhtpqtrang", "ndtoan", "ltnga"]


@pytest.mark.parametrize(
    ("typed", "step", "error"),
    [
        ("\n\n\n", "UnitStep", "Chưa có tên đơn vị"),
        ("xã Khánh Hà\nH26\n0\n", "UnitStep", "Số quầy"),
        ("xã Khánh Hà\nkhông biết\n\n", "UnitStep", "Hãy hỏi cấp trên"),
        (UNIT + "Nga\n\nngan\nngan\n", "FirstOfficerStep", "ít nhất 6"),
        (UNIT + "Nga\n\nmat-khau\nmat-khac\n", "FirstOfficerStep", "không giống nhau"),
        (NEEDED + "Nga\n\n\nngan\n", "OtherOfficersStep", "ít nhất 6"),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    page: FirstRunPage, typed: str, step: str, error: str
) -> None:
    type_keys(page, typed)
    assert at(page) == step
    assert any(error in field.error() for field in page.step().fields.values())


def test_a_refusal_keeps_every_answer(page: FirstRunPage, new: NoCounter) -> None:
    new.refusal = BadInput("Ổ đĩa đầy.")
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    assert (at(page), page._error.text()) == ("ReviewStep", "Ổ đĩa đầy.")
    type_keys(page, "\n")
    assert len(new.made) == 1


def test_a_counter_that_stands_is_not_gone_back_from(page: FirstRunPage, new: NoCounter) -> None:
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    hit(page, "Alt+Left")
    assert at(page) == "CodeStep"


def test_a_server_that_refuses_is_no_reason_to_stop(page: FirstRunPage, new: NoCounter) -> None:
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    hit(page, "Alt+B")
    new.refusal = BadInput("Mã ghi danh không đúng.", "code")
    type_keys(page, "http://127.0.0.1\nAAAA\n")
    assert page.step().fields["code"].error() == "Mã ghi danh không đúng."
    hit(page, "Alt+B")
    type_keys(page, "/media/usb\n")
    assert (at(page), new.after) == ("DoneStep", ["/media/usb"])


def test_enter_alone_keeps_no_second_copy_where_the_program_runs(
    page: FirstRunPage, new: NoCounter
) -> None:
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    hit(page, "Alt+B", "Alt+B")
    type_keys(page, "\n")
    assert (at(page), new.after) == ("CopyStep", [])
    assert "Bỏ qua" in page.step().fields["folder"].error()


def test_without_a_line_one_asks_by_file_and_goes_on_or_reads_the_answer(
    page: FirstRunPage, new: NoCounter
) -> None:
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    hit(page, "Alt+B")
    type_keys(page, "https://motcua.gov.vn\nAAAA")
    hit(page, "Ctrl+S")
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/usb/hoi.motcua")
    assert new.after == ["hoi.motcua https://motcua.gov.vn AAAA"]
    new.refusal = BadInput("Trả lời này cho máy khác.")
    page._server.by_file.read("/usb/tra-loi.motcua")
    assert at(page) == "ServerStep"
    page._server.by_file.read("/usb/tra-loi.motcua")
    assert at(page) == "CopyStep"
    page.pass_over()
    assert page._done._words.text() == "Đã ghi danh: xã Khánh Hà; nhận 4.000 việc."


def test_every_step_can_be_read(page: FirstRunPage, dressed: QApplication) -> None:
    cut = []
    for keys in (UNIT, FIRST, *"\n\n\n\n\n", "skip", "skip", "skip"):
        hit(page, "Alt+B") if keys == "skip" else type_keys(page, keys)
        for _ in range(3):  # layouts settle one inside the other
            dressed.processEvents()
        cut += faults(page)
    assert (at(page), cut) == ("DoneStep", [])


def test_in_a_low_window_the_answers_scroll_and_the_way_on_stays_in_sight(
    page: FirstRunPage, dressed: QApplication
) -> None:
    page.resize(page.width(), LOW)
    type_keys(page, NEEDED)
    for _ in range(3):
        dressed.processEvents()
    foot = page._go.mapTo(page, page._go.rect().bottomLeft()).y()
    assert (page.height(), at(page)) == (LOW, "OtherOfficersStep")
    assert foot < LOW
    assert page._rooms[page.step()].verticalScrollBar().isVisible()
    assert faults(page) == []


def test_what_was_made_can_be_sat_down_at(
    show: Show, tmp_path: Path, dressed: QApplication
) -> None:
    places = Places(tmp_path / "data", tmp_path / "state")
    new = NewCounter(places, lambda work: work(), clock.now)
    page = FirstRunPage(new, Jobs(InlineLanes()), lambda _: NO_DRAWING)
    show(page)
    page.entered()
    type_keys(page, NEEDED + TO_THE_REVIEW + "\n")
    hit(page, "Alt+B", "Alt+B")
    stick = tmp_path / "usb"
    stick.mkdir()
    type_keys(page, f"{stick}\n")
    new.close()
    assert at(page) == "DoneStep"
    assert any(stick.iterdir())
    assert page._done._words.text() == f"Đã có bản thứ hai. {SAME_DISK}"
    open_counter(places, "nhtpqtrang", "mat-khau").desk.store.close()
