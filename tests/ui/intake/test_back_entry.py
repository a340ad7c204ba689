"""What was filled by hand while there was no power is keyed in the intake's own form."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.draft import IntakeDraft
from app.desk.sheets import incomplete
from app.models.dossiers.checklist import Line, blank_line
from app.models.events.event import Received
from app.models.unit.officer import Role
from app.scans import Scans
from app.ui.intake.blank_scanned import LEFT
from app.ui.scanning.blank_scan import BlankScan
from app.ui.scanning.sources import KEPT
from app.ui.window import Window
from tests.ui.commune import LONG_NAME, NGA, TOAN, Commune, hit, settle
from tests.ui.keys import type_keys
from tests.ui.walk import faults


@pytest.fixture
def blank(commune: Commune, window: Window) -> str:
    """The code of a blank; the intake waits for what stands on it."""
    hit(window, "F3", "F12")
    type_keys(window, "nhap bu\n")
    return commune.desk.blanks.draw().code


def fill(window: Window) -> None:
    type_keys(window, "1.001022\n")
    hit(window, "Alt+A")
    type_keys(window, f"{LONG_NAME}\n001187012345\n")


def last(commune: Commune) -> Received:
    row = commune.desk.lookup.board().lines[0].row
    body = commune.desk.lookup.dossier(row.name).verdicts[0].event.body
    assert isinstance(body, Received)
    return body


def test_a_blank_is_scanned_and_keyed_with_its_hour(
    window: Window, commune: Commune, blank: str
) -> None:
    window.scanned(blank)
    type_keys(window, "7:10\n\n")
    window._intake._form.go_to_start()
    fill(window)
    hit(window, "F9")
    received = last(commune)
    assert (received.provisional_code, received.code) == (blank, "H26.15.3-261123-0001")
    event = commune.last_event(commune.desk.lookup.board().lines[0].row.name)
    assert (event.at.hour, event.at.minute, event.keyed_at.hour) == (7, 10, 8)


def test_whoever_stood_in_the_form_is_set_aside_and_no_blank_gets_their_name(
    window: Window, commune: Commune
) -> None:
    window._intake._form.applicant._lines["name"].setText("Lý A Sử")
    hit(window, "F12")
    type_keys(window, "nhap bu\n")
    assert window._intake._form.draft() == IntakeDraft()
    assert window._intake._late._code.hasFocus()
    assert [draft.title for draft in commune.desk.intake.parked(commune.officer())] == ["Lý A Sử"]


def test_the_next_blank_is_asked_for_until_it_is_left(
    window: Window, commune: Commune, blank: str
) -> None:
    late = window._intake._late
    window.scanned(blank)
    type_keys(window, "7:10")
    window._intake._form.go_to_start()
    fill(window)
    hit(window, "F9")
    assert (late.isVisible(), late._code.text(), late._at.text()) == (True, "", "7:10")
    assert late._code.hasFocus()
    hit(window, "Escape")
    assert late.isHidden()


@pytest.mark.parametrize(
    ("hour", "code", "error"),
    [
        ("", "", "giờ nhận"),
        ("25:00", "", "Không có giờ"),
        ("23:00", "", "tương lai"),
        ("7:10", "T-SAI", "không phải mã"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_received(
    window: Window, commune: Commune, blank: str, hour: str, code: str, error: str
) -> None:
    late = window._intake._late
    window.scanned(blank)
    late._code.setText(code or blank)
    late._at.setText(hour)
    window._intake._form.go_to_start()
    fill(window)
    hit(window, "F9")
    assert any(error in field.error() for field in late._fields.values())
    assert not commune.desk.lookup.board().lines


def test_only_who_may_receive_can_have_received(window: Window, blank: str) -> None:
    offered = {officer.login for officer in window._intake._late._officers}
    assert NGA in offered
    assert TOAN not in offered


def test_nothing_is_cut_while_blanks_are_keyed(window: Window, blank: str) -> None:
    for _ in range(3):
        QApplication.processEvents()
    assert faults(window) == []


def test_past_two_working_days_the_window_wants_another_hand(
    window: Window, commune: Commune, blank: str
) -> None:
    commune.desk.office.add_officer("loan", "Đỗ Thị Loan", [Role.RECEPTIONIST], by=NGA)
    window._intake.key_late()
    window.scanned(blank)
    type_keys(window, "7:10 18/11/2026")  # a Wednesday; today is Monday
    window._intake._form.go_to_start()
    fill(window)
    hit(window, "F9")
    assert "người khác nhập" in window._intake._late._fields["officer"].error()
    assert not commune.desk.lookup.board().lines
    hit(window, "Down", "F9")
    row = commune.desk.lookup.board().lines[0].row
    event = commune.last_event(row.name)
    assert (event.by, event.keyed_by) == ("loan", NGA)


# --- its scan -------------------------------------------------------------------------------------


@pytest.fixture
def watched(commune: Commune, window: Window, tmp_path: Path) -> Path:
    """The folder the scanner saves into; the window can scan."""
    folder = tmp_path / "quét"
    folder.mkdir()
    commune.desk.store.keeping.put(KEPT, str(folder))
    scans = Scans(commune.desk, commune.jobs.at_desk)
    window.scan_with(lambda: scans)
    return folder


def sheet(window: Window) -> BlankScan:
    (found,) = window.findChildren(BlankScan)
    return found


def keyed(window: Window, blank: str) -> None:
    """All but what saves it."""
    window.scanned(blank)
    type_keys(window, "7:10")
    window._intake._form.go_to_start()
    fill(window)


def line_of(commune: Commune) -> Line:
    folded = commune.desk.lookup.dossier(commune.desk.lookup.board().lines[0].row.name)
    line = blank_line(folded)
    assert line is not None
    return line


def test_without_its_scan_it_is_asked_once_then_kept_among_what_is_lacking(
    window: Window, commune: Commune, watched: Path, blank: str
) -> None:
    keyed(window, blank)
    hit(window, "F9")
    assert not commune.desk.lookup.board().lines
    hit(window, "F9")
    assert line_of(commune).attachments == ()
    assert LEFT in window._strip.notice._words.text()
    assert incomplete.NO_BLANK in {each.what for each in commune.desk.incomplete.of()}


def test_enter_leads_through_the_blank_to_the_procedure(
    window: Window, watched: Path, blank: str
) -> None:
    window.scanned(blank)
    type_keys(window, "7:10")
    hit(window, "Return", "Return")
    type_keys(window, "1.001193")
    hit(window, "Return")
    assert window._intake._form.draft().procedure == "1.001193"


def test_nothing_is_cut_while_a_blank_is_scanned(
    window: Window, watched: Path, blank: str, dressed: QApplication
) -> None:
    for size in ((1366, 700), (1200, 660)):
        window.resize(*size)
        settle(dressed)
        assert faults(window) == []
