"""An officer changes their own password; who forgot it gets another; who left opens nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.admission import Admission
from app.counter import Counter, open_counter
from app.founding import found
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.settings import Places
from app.ui.lanes.jobs import Jobs
from app.ui.unit.officers_page import GIVEN, NEW, OfficersPage
from tests.ui.commune import IN_THE_WINDOW, MORNING, InlineLanes, faults_at_each_size, hit

Show = Callable[..., None]
OLD, FRESH = "mật khẩu cũ", "ao cá vườn cây"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr("app.credentials._store_secret", lambda _: False)
    places = Places(tmp_path / "data", tmp_path / "state")
    officers = (
        Joining("nga", "Lê Thị Nga", OLD, tuple(Role)),
        Joining("toan", "Nguyễn Đức Toàn", OLD, (Role.SUPERVISOR,)),
        Joining("mo", "Trần Thị Mơ", OLD, (Role.RECEPTIONIST,)),
    )
    found(places, Founding("H26.15.3", "xã Khánh Hà", officers), lambda: MORNING)
    return places


def opened(places: Places, login: str, password: str = OLD) -> Counter:
    return open_counter(places, login, password, lambda: MORNING)


def page_of(counter: Counter, show: Show) -> OfficersPage:
    page = OfficersPage(counter.desk, counter.officer, Jobs(InlineLanes()), Admission(counter))
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def choose(page: OfficersPage, login: str) -> None:
    page._view.selectRow(page._view.table.rows.number_of(login))


def type_password(page: OfficersPage, way: str, password: str) -> None:
    for line in (page._passwords[way]._new, page._passwords[way]._again):
        line.setText(password)


def test_an_officer_changes_their_own_password(places: Places, show: Show) -> None:
    page = page_of(opened(places, "mo"), show)
    page._old.setText("không phải")
    type_password(page, "own", FRESH)
    hit(page, "F9")
    assert page._fields["old"].error()
    page._old.setText(OLD)
    hit(page, "F9")
    assert "Đã đổi" in page._said.text()
    assert opened(places, "mo", FRESH).officer.login == "mo"


def test_a_supervisor_gives_one_to_who_forgot_but_not_to_an_administrator(
    places: Places, show: Show
) -> None:
    page = page_of(opened(places, "toan"), show)
    page._which.choose(GIVEN)
    for login, came in (("mo", "vào máy này"), ("nga", "quản trị")):
        choose(page, login)
        type_password(page, GIVEN, FRESH)
        hit(page, "F9")
        assert came in page._said.text()
    assert opened(places, "mo", FRESH)
    assert opened(places, "nga", OLD)


def test_an_officer_comes_and_another_goes(places: Places, show: Show) -> None:
    page = page_of(opened(places, "nga"), show)
    page._which.choose(NEW)
    page._name.setText("Phạm Văn Ích")
    type_password(page, NEW, FRESH)
    hit(page, "F9")
    assert opened(places, "pvich", FRESH).officer.name == "Phạm Văn Ích"
    choose(page, "mo")
    hit(page, "Alt+X")
    assert "Bấm lần nữa" in page._said.text()
    hit(page, "Alt+X")
    assert "mo" not in {one.officer.login for one in page._view.meant()} | set(page._keys.logins())
    with pytest.raises(Exception, match="Không có cán bộ"):
        opened(places, "mo")


def test_a_receptionist_is_offered_only_their_own(places: Places, show: Show) -> None:
    page = page_of(opened(places, "mo"), show)
    assert [way for way, _ in page._ways()] == ["own"]
    assert not page._let_go.isVisible()


def test_nothing_is_cut(places: Places, show: Show, dressed: QApplication) -> None:
    page = page_of(opened(places, "nga"), show)
    for way in ("own", GIVEN, NEW):
        page._which.choose(way)
        assert faults_at_each_size(page, dressed) == []
