import tomllib
from collections.abc import Iterator

import pytest

import resources
from app.desk.papers.forms import FORMS
from app.printing.forms import forms
from app.printing.forms.parsing import parse
from app.printing.forms.variables import REGISTRY, Variable
from app.printing.forms.wording import said
from tests.printing.papers.samples import SLIPS, Slip

PROFILES = sorted(path for path in resources.path("forms").iterdir() if path.is_dir())


def shipped() -> list[Slip]:
    """Each form that ships, sheets too."""
    return [
        Slip(profile.name, path.stem)
        for profile in PROFILES
        for path in sorted(profile.glob("*.toml"))
        if path.stem != "profile"
    ]


def test_every_paper_that_ships_is_tested() -> None:
    papers = {slip for slip in shipped() if slip.form in FORMS}
    assert papers == set(SLIPS)


def test_every_paper_of_the_desk_ships() -> None:
    assert {slip.form for slip in SLIPS} == FORMS.keys()


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_every_form_names_its_source_and_what_is_provisional(slip: Slip) -> None:
    form = forms.load(slip.form, slip.profile)
    assert ("TT-VPCP" in form.source) or slip.folder == forms.COMMON
    assert form.source
    assert form.provisional
    assert form.title.isupper()


def test_every_variable_is_printed_by_a_form() -> None:
    assert {name for slip in shipped() for name in slip.variables} == REGISTRY.keys()


def variables() -> Iterator[tuple[Variable, object]]:
    """Each variable of the registry, of its rows too, with its sample."""
    for variable in REGISTRY.values():
        if isinstance(variable, Variable):
            yield variable, variable.sample
            continue
        for row in variable.sample:
            yield from ((variable.fields[name], value) for name, value in row.items())


@pytest.mark.parametrize(("variable", "value"), list(variables()))
def test_every_variable_has_a_label_and_a_sample_of_its_kind(
    variable: Variable, value: object
) -> None:
    assert variable.label
    assert len(said(variable, value)) <= variable.longest


def raw(form: str) -> dict[str, object]:
    path = resources.path(f"forms/{forms.CURRENT}/{form}.toml")
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ({"kind": "text", "text": "Họ tên: {nmae}"}, "nmae"),
        ({"kind": "text", "text": "x", "when": "nmae"}, "nmae"),
        ({"kind": "barcode", "text": "x", "of": "nmae"}, "nmae"),
        ({"kind": "table", "rows": "code", "columns": []}, "code"),
        ({"kind": "poem", "text": "x"}, "poem"),
    ],
)
def test_an_ill_formed_form_is_found_when_it_is_read(block: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse("receipt", forms.CURRENT, raw("profile"), {**raw("receipt"), "blocks": [block]})


def test_a_form_that_does_not_ship_is_no_form() -> None:
    with pytest.raises(KeyError):
        forms.load("poem")


def test_a_preview_needs_no_dossier() -> None:
    assert forms.sample("receipt").keys() == set(forms.load("receipt").variables())
