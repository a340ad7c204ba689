"""A correction goes on after another counter corrected the same dossier: nobody's words are lost."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from app.desk.deeds.details import Details
from app.models.citizens.applicant import Applicant
from app.models.dossiers.lifecycle import Deed
from app.models.events.event import EventName
from app.models.events.facts import Document
from app.ui.deeds.correction_form import CorrectionForm
from app.ui.deeds.deeds import KEYS
from app.ui.deeds.strip import MERGED
from app.ui.dossier_page.page import DossierPage
from tests.ui.commune import LONG_NAME, Commune, faults_at_each_size, hit
from tests.ui.dossier_page.test_dossier_page import page, show_one
from tests.ui.keys import type_keys

__all__ = ["page"]
MINE, THEIRS, PHONE = (
    "Nguyễn Hoàng Thị Phương Quỳnh Trâm",
    "Nguyễn Hoàng Thị Phương Trang",
    "0987654321",
)


def applicant_of(commune: Commune, name: EventName) -> Applicant:
    applicant = commune.dossier(name).applicant
    assert applicant is not None
    return applicant


def elsewhere(commune: Commune, dossier: EventName, **now: Any) -> None:
    """Another counter's correction has come."""
    corrected = replace(applicant_of(commune, dossier), **now)
    details = Details(reason="quầy 2 sửa", applicant=corrected)
    commune.desk.progress.do(Deed.CORRECT, [dossier], commune.officer(), details)


def form_of(page: DossierPage) -> CorrectionForm:
    form = page._strip._form
    assert isinstance(form, CorrectionForm)
    return form


@pytest.fixture
def begun(commune: Commune, page: DossierPage) -> EventName:
    """A correction with another name and its reason, not done yet."""
    name = show_one(commune, page)
    hit(page, KEYS[Deed.CORRECT])
    form_of(page).fields["name"].control.setPlainText(MINE)
    form_of(page).fields["reason"].control.setPlainText("ghi nhầm")
    return name


def resume(page: DossierPage, name: EventName, *, is_left: bool) -> None:
    if is_left:
        page.show_dossier(name)
        hit(page, KEYS[Deed.CORRECT])
    else:
        page.refresh()


@pytest.mark.parametrize("is_left", [True, False])
def test_what_only_one_changed_is_kept_of_each(
    commune: Commune, page: DossierPage, begun: EventName, is_left: bool
) -> None:
    elsewhere(commune, begun, phone=PHONE)
    resume(page, begun, is_left=is_left)
    assert page._strip._said.text() == MERGED
    assert form_of(page).fields["phone"].control.text() == PHONE
    hit(page, "F9")
    now = applicant_of(commune, begun)
    assert (now.name, now.phone) == (MINE, PHONE)


@pytest.mark.parametrize(("keys", "kept"), [(("Down",), MINE), (("Down", "Down"), THEIRS)])
def test_what_both_changed_is_chosen_by_keys_before_it_is_done(
    commune: Commune, page: DossierPage, begun: EventName, keys: tuple[str, ...], kept: str
) -> None:
    elsewhere(commune, begun, name=THEIRS, phone=PHONE)
    resume(page, begun, is_left=True)
    hit(page, "F9")
    assert applicant_of(commune, begun).name == THEIRS
    assert form_of(page).fields["merge name"].error() != ""
    assert form_of(page).fields["merge name"].control.hasFocus()
    hit(page, *keys, "F9")
    if kept is MINE:
        assert applicant_of(commune, begun).name == MINE
    else:  # nothing is left to correct
        assert form_of(page).fields["name"].control.toPlainText() == THEIRS
    assert applicant_of(commune, begun).phone == PHONE


def test_all_three_are_shown(commune: Commune, page: DossierPage, begun: EventName) -> None:
    elsewhere(commune, begun, name=THEIRS)
    resume(page, begun, is_left=True)
    words = " ".join(row.text() for row in form_of(page).told())
    for said in (f"Lúc bắt đầu: {LONG_NAME}", f"Trên hồ sơ nay: {THEIRS}", f"Đang nhập: {MINE}"):
        assert said in words


def test_the_keyboard_stays_in_the_field_one_types_in(
    commune: Commune, page: DossierPage, begun: EventName
) -> None:
    form_of(page).fields["address"].control.setFocus()
    elsewhere(commune, begun, phone=PHONE)
    page.refresh()
    type_keys(page, "so 2 ")
    assert "so 2" in form_of(page).fields["address"].control.toPlainText()


def test_a_paper_taken_off_elsewhere_and_counted_here_is_asked(
    commune: Commune, page: DossierPage, begun: EventName
) -> None:
    first, *rest = commune.dossier(begun).documents
    form_of(page)._parts[1].put(f"paper {first.name}", Document(first.name, originals=3))
    details = Details(reason="thừa", documents=tuple(rest))
    commune.desk.progress.do(Deed.CORRECT, [begun], commune.officer(), details)
    resume(page, begun, is_left=True)
    hit(page, "F9", "Down", "F9")
    papers = {paper.name: paper.originals for paper in commune.dossier(begun).documents}
    assert papers[first.name] == 3
    assert applicant_of(commune, begun).name == MINE


@pytest.mark.parametrize("called", ["Sổ hộ khẩu · bản cũ", "Đơn, 2 bản sao", "none"])
def test_a_forgotten_paper_is_taken_over_as_it_is_called(
    commune: Commune, page: DossierPage, begun: EventName, called: str
) -> None:
    papers = form_of(page)._parts[1]
    papers.put("more papers", Document(called, certified=2))
    elsewhere(commune, begun, phone=PHONE)
    resume(page, begun, is_left=True)
    hit(page, "F9")
    assert commune.dossier(begun).documents[-1] == Document(called, certified=2)


def test_it_is_read_at_each_size(
    commune: Commune, page: DossierPage, begun: EventName, dressed: QApplication
) -> None:
    elsewhere(commune, begun, name=THEIRS, phone=PHONE)
    resume(page, begun, is_left=True)
    assert faults_at_each_size(page, dressed) == []
