"""Where a form asks for the procedure, the citizen's own words don't stand for it."""

from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.printing.forms import forms
from tests.desk.at_work import TO_WORK
from tests.making import MONDAY, a_counter, a_procedure

LATE = Details(reason="chờ xác minh", due=MONDAY.replace(month=12, hour=16))


@pytest.mark.parametrize(
    ("form", "deed", "details"),
    [("apology", Deed.APOLOGISE, LATE), ("result-receipt", Deed.RESOLVE, Details())],
)
def test_the_form_names_the_procedure(
    tmp_path: Path, form: str, deed: Deed, details: Details
) -> None:
    counter = a_counter(tmp_path)
    name = counter.receive(request="Xin nhận con").name
    for step in TO_WORK:
        counter.do(step, name)
    counter.do(deed, name, details)
    said = counter.desk.paperwork.values(form, name)
    assert said["procedure_name"] == a_procedure().name
    assert "procedure_name" in forms.load(form).variables()
    assert "request" not in forms.load(form).variables()
