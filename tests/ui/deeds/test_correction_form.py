"""What was put down wrong is put right on the dossier's page, and both stay in its history."""

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.models.citizens.applicant import Identity, IdKind
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.deeds import KEYS
from app.ui.dossier.view import look
from app.ui.dossier_page.history import entries
from app.ui.dossier_page.page import DossierPage
from tests.ui.commune import LONG_NAME, Commune, hit
from tests.ui.dossier_page.test_dossier_page import page, show_one
from tests.ui.keys import type_keys

__all__ = ["page"]


def test_a_wrong_name_is_corrected_and_both_stay_in_the_history(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("Nguyễn Hoàng Thị Phương Quỳnh Trâm")
    hit(page, "F9")
    type_keys(page, "go nham")
    hit(page, "F9")
    applicant = commune.dossier(name).applicant
    assert applicant is not None
    assert applicant.name.endswith("Trâm")
    received = commune.desk.lookup.dossier(name).verdicts[0].event.personal
    assert received is not None
    assert received.applicant is not None
    assert received.applicant.name == LONG_NAME


def test_what_is_wrong_in_a_part_out_of_sight_is_said_all_the_same(
    commune: Commune, page: DossierPage
) -> None:
    show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    form = page._strip._form
    assert isinstance(form, CorrectionForm)
    form.fields["number"].control.setText("123")
    form.kinds.choose(2)
    hit(page, "F9")
    assert page._strip._said.text().startswith("Số định danh phải có 12 chữ số")


def test_a_correction_is_asked_its_reason_before_the_desk_is(
    commune: Commune, page: DossierPage
) -> None:
    show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    form = page._strip._form
    assert isinstance(form, CorrectionForm)
    form.fields["phone"].control.setText("0912345679")
    with pytest.raises(BadInput, match="phải ghi rõ lý do"):
        form.steps()


def test_a_correction_of_nothing_says_so(commune: Commune, page: DossierPage) -> None:
    show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT], "F9")
    type_keys(page, "go nham")
    hit(page, "F9")
    assert page._strip._said.text().startswith("Chưa có gì thay đổi để đính chính")


def test_papers_and_procedure_are_corrected_too(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    form = page._strip._form
    assert isinstance(form, CorrectionForm)
    form.kinds.choose(1)
    form.fields["documents"].control.setPlainText("Giấy chứng sinh")
    form.kinds.choose(2)
    form.fields["procedure"].control.setText("1.001193")
    form.fields["reason"].control.setPlainText("chọn nhầm thủ tục")
    hit(page, "F9")
    dossier = commune.dossier(name)
    assert dossier.procedure == "1.001193"
    assert dossier.documents[-1].name == "Giấy chứng sinh"


def test_the_birth_and_the_kind_of_paper_are_corrected_and_both_stand_in_the_history(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    form = page._strip._form
    assert isinstance(form, CorrectionForm)
    form.fields["reason"].control.setPlainText("quẹt nhầm")
    form.fields["id_kind"].control.choose(IdKind.PASSPORT)
    form.fields["number"].control.setText("C1234567")
    form.fields["born"].control.setText("12/4/1987")
    hit(page, "F9")
    applicant = commune.dossier(name).applicant
    assert applicant is not None
    assert (applicant.identity, applicant.born) == (
        Identity(IdKind.PASSPORT, "C1234567"), "1987-04-12",
    )  # fmt: skip
    lines = entries(look(commune.desk, name))[0].lines
    assert "Ngày sinh: chưa ghi → 12/04/1987" in lines
    assert "Giấy tờ: Số định danh 001187012345 → Hộ chiếu C1234567" in lines
