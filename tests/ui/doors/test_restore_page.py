"""A backup is looked into, then put in the place of the data; what was there is set aside."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.counter import code_paper, open_counter
from app.founding import found
from app.models.errors import Refused
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.models.unit.recovery_code import RecoveryCode
from app.restoring import Restoring
from app.settings import Places
from app.store.restore import Stage
from app.sync.safety import back_up
from app.ui.doors.restore_page import STOPPED, RestorePage
from app.ui.lanes.jobs import Jobs
from tests.ui.commune import MORNING, InlineLanes, hit, settle
from tests.ui.walk import faults

Show = Callable[..., None]
OLD, FRESH = "mật khẩu cũ", "ao cá vườn cây"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, RecoveryCode]:
    """A backup of an old PC, and the code in the safe."""
    monkeypatch.setattr("app.credentials._store_secret", lambda _: False)
    old = Places(tmp_path / "old", tmp_path / "state-old")
    officer = Joining("nga", "Lê Thị Nga", OLD, tuple(Role))
    found(old, Founding("H26.15.3", "xã Khánh Hà", (officer,)), lambda: MORNING)
    counter = open_counter(old, "nga", OLD, lambda: MORNING)
    paper = code_paper("xã Khánh Hà", 1, MORNING)
    counter.keep_code(paper.code, paper.made)
    back_up(counter.desk.store, tmp_path / "sao.motcua", MORNING)
    counter.desk.store.close()
    return tmp_path / "sao.motcua", paper.code


@pytest.fixture
def new(tmp_path: Path) -> Places:
    return Places(tmp_path / "new", tmp_path / "state-new")


def page_for(places: Places, show: Show, file: Path) -> RestorePage:
    page = RestorePage(Restoring(places, lambda: MORNING), Jobs(InlineLanes()))
    show(page, 1024, 700)
    page.choose(str(file))
    return page


def type_code(page: RestorePage, code: str, password: str = FRESH) -> None:
    page._code.setText(code)
    page._password.setText(password)
    page._again.setText(password)


def test_on_a_new_pc_the_code_in_the_safe_opens_it(
    new: Places, made: tuple[Path, RecoveryCode], show: Show
) -> None:
    page, left = page_for(new, show, made[0]), list[None]()
    page.leave.connect(lambda: left.append(None))
    type_code(page, str(made[1]))
    hit(page, "F9")
    assert "mã H26.15.3, quầy 1" in page._holds.text()
    assert not new.database.exists()
    hit(page, "F9")
    assert "đã kiểm tra, đúng" in page._ended.text()
    assert open_counter(new, "nga", FRESH, lambda: MORNING).officer.name == "Lê Thị Nga"
    hit(page, "F9")
    assert left


def test_what_is_replaced_is_set_aside_and_told(
    made: tuple[Path, RecoveryCode], show: Show, tmp_path: Path
) -> None:
    old = Places(tmp_path / "old", tmp_path / "state-old")
    page = page_for(old, show, made[0])
    page._how.choose("password")
    page._password.setText(OLD)
    hit(page, "F9")
    assert "cất sang tệp khác" in page._comes.text()
    hit(page, "F9")
    assert "Dữ liệu cũ nằm ở motcua-2026" in page._ended.text()


def test_a_wrong_code_is_told_beside_it_and_nothing_is_opened(
    new: Places, made: tuple[Path, RecoveryCode], show: Show
) -> None:
    page = page_for(new, show, made[0])
    type_code(page, str(RecoveryCode.drawn(bytes(32))))
    hit(page, "F9")
    assert "Mã này không mở được" in page._fields["code"].error()
    page.choose(str(made[0].with_name("không có.motcua")))
    assert "Không thấy tệp" in page._error.text()


def test_it_can_be_stopped_until_it_replaces(
    new: Places, made: tuple[Path, RecoveryCode], show: Show
) -> None:
    page = page_for(new, show, made[0])
    type_code(page, str(made[1]))
    hit(page, "F9")
    restores = page._restores.restore

    def stopped_midway(
        offered: object, opening: object, reached: Callable[[Stage], None]
    ) -> object:
        def tell(stage: Stage) -> None:
            if stage is Stage.TAKE_OVER:
                page.go_back()
            reached(stage)

        return restores(offered, opening, tell)  # type: ignore[arg-type]

    page._restores.restore = stopped_midway  # type: ignore[method-assign, assignment]
    hit(page, "F9")
    assert page._error.text() == STOPPED
    assert not new.database.exists()
    with pytest.raises(Refused):
        open_counter(new, "nga", FRESH, lambda: MORNING)


def test_nothing_is_cut(
    new: Places, made: tuple[Path, RecoveryCode], show: Show, dressed: QApplication
) -> None:
    page = page_for(new, show, made[0])
    found = list(faults(page))
    type_code(page, str(made[1]))
    for _ in range(2):
        hit(page, "F9")
        settle(dressed)
        found += faults(page)
    assert found == []
