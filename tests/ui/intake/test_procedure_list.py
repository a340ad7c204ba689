"""The list of procedures found is laid out once for what it shows, not with every page or letter."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.models.procedures.procedure import Procedure
from app.ui.intake.procedure_list import ProcedureList

Show = Callable[..., None]


def procedures(*names: str) -> list[Procedure]:
    return [
        Procedure(f"1.00000{place}", name, "Hộ tịch", confirmed=False)
        for place, name in enumerate(names)
    ]


@pytest.fixture
def found(show: Show) -> ProcedureList:
    found = ProcedureList()
    show(found, 400, 300)
    found.show_procedures(procedures("Khai sinh", "Khai tử"), is_asked=True)
    QApplication.processEvents()
    return found


def test_the_same_procedures_shown_again_stay_as_they_are_laid_out(found: ProcedureList) -> None:
    resets: list[None] = []
    found.model().modelReset.connect(lambda: resets.append(None))
    found.show_procedures(procedures("Khai sinh", "Khai tử"), is_asked=False)
    assert resets == []
    assert found.current() is None
    found.show_procedures(procedures("Khai tử", "Khai sinh"), is_asked=True)
    assert len(resets) == 1


def test_a_line_is_measured_once(found: ProcedureList, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured_again(*_: object) -> QRect:
        raise AssertionError

    found.grab()
    monkeypatch.setattr(QFontMetrics, "boundingRect", measured_again)
    found.show_procedures(procedures("Khai sinh"), is_asked=True)
    QApplication.processEvents()
    found.grab()


def test_a_name_that_was_changed_is_measured_anew(found: ProcedureList) -> None:
    before = found.visualRect(found.model().index(0, 0)).height()
    found.show_procedures(procedures("Đăng ký khai sinh có yếu tố nước ngoài " * 3), is_asked=True)
    QApplication.processEvents()
    assert found.visualRect(found.model().index(0, 0)).height() > before
