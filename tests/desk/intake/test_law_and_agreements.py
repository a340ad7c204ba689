"""The law a dossier is received under, limits agreed on in writing, copies as they are paid for."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.models.procedures.procedure import Case, to_json
from tests.making import NGA, ACounter, a_counter, a_draft, a_procedure


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def add(counter: ACounter, code: str, **changes: object) -> None:
    """Put a procedure into the catalogue."""
    procedure = msgspec.structs.replace(a_procedure(code), **changes)
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.append(e.ProcedureSet(code, to_json(procedure)), by=NGA, at=counter.clock())


@pytest.mark.parametrize(
    ("received", "profile"), [("2025-06-30", "tt-01-2018"), ("2025-07-01", "tt-03-2025")]
)
def test_a_dossier_keeps_the_law_it_was_received_under(
    counter: ACounter, received: str, profile: str
) -> None:
    at = datetime.fromisoformat(f"{received}T09:00:00+07:00")
    name = counter.desk.intake.receive(a_draft(), counter.officer, at=at).name
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert dossier.received.profile == profile


def test_a_longer_limit_agreed_in_writing_is_received_with_its_paper(counter: ACounter) -> None:
    add(counter, "2.000815")
    draft = a_draft(
        procedure="2.000815", limit_value="2", agreement="Văn bản thỏa thuận ngày 23/11/2026"
    )
    assert counter.desk.intake.look(draft).errors == {}
    receipt = counter.desk.intake.receive(draft, counter.officer)
    dossier = counter.desk.lookup.dossier(receipt.name).dossier
    assert dossier is not None
    assert (dossier.agreement, receipt.slip_required) == (draft.agreement, True)
    assert "thỏa thuận bằng văn bản" in dossier.limit.phrase


@pytest.mark.parametrize(
    ("code", "law"),
    [
        ("2.000815", "NĐ 23/2015/NĐ-CP Đ.21; QĐ 2637/QĐ-UBND Vĩnh Long 16/11/2025"),
        ("2.000884", "NĐ 23/2015/NĐ-CP Đ.7; QĐ 2637/QĐ-UBND Vĩnh Long 16/11/2025"),
        ("2.000992", "NĐ 23/2015/NĐ-CP Đ.7; QĐ 2637/QĐ-UBND Vĩnh Long 16/11/2025"),
        ("2.001035", "QĐ 2637/QĐ-UBND Vĩnh Long 16/11/2025"),
    ],
)
def test_what_is_agreed_on_names_the_law_of_its_procedure(
    counter: ACounter, code: str, law: str
) -> None:
    """Of the case for agreements if it is confirmed, else of the case itself."""
    add(counter, code)
    paper = "Văn bản thỏa thuận ngày 23/11/2026"
    draft = a_draft(procedure=code, limit_value="5", agreement=paper)
    name = counter.desk.intake.receive(draft, counter.officer).name
    article = counter.desk.lookup.dossier(name).arrived("in").limit.article
    assert article == f"{law}; thỏa thuận bằng văn bản: {paper}"


def test_what_is_agreed_on_where_the_catalogue_names_no_law_names_the_decree(
    counter: ACounter,
) -> None:
    add(counter, "2.000884", cases=(Case(1),))
    paper = "Văn bản thỏa thuận ngày 23/11/2026"
    draft = a_draft(procedure="2.000884", limit_value="5", agreement=paper)
    name = counter.desk.intake.receive(draft, counter.officer).name
    article = counter.desk.lookup.dossier(name).arrived("in").limit.article
    assert article == f"NĐ 23/2015/NĐ-CP Đ.7, 21; thỏa thuận bằng văn bản: {paper}"


def test_what_is_agreed_on_is_longer_than_the_laws_own_limit(counter: ACounter) -> None:
    add(counter, "2.000815")
    counter.clock.now = counter.clock().replace(hour=15, minute=30)  # due the next working day
    draft = a_draft(
        procedure="2.000815", limit_value="1", agreement="Văn bản thỏa thuận ngày 23/11/2026"
    )
    assert "phải dài hơn" in counter.desk.intake.look(draft).errors["limit_value"]
    with pytest.raises(BadInput, match="phải dài hơn"):
        counter.desk.intake.receive(draft, counter.officer)
    longer = msgspec.structs.replace(draft, limit_value="2")
    assert counter.desk.intake.look(longer).errors == {}


def test_no_other_field_is_agreed_on(counter: ACounter) -> None:
    draft = a_draft(limit_value="9", agreement="Văn bản thỏa thuận")
    assert "Chỉ việc chứng thực" in counter.desk.intake.look(draft).errors["agreement"]


@pytest.mark.parametrize(("typed", "amount"), [(1, 24_000), (2, 16_000)])
def test_certified_copies_are_paid_for_as_the_papers_count_them(
    counter: ACounter, typed: int, amount: int
) -> None:
    """Three copies of six pages: 3 × (2 × 2.000 + 4 × 1.000); two, where the fee itself says so."""
    add(counter, "2.000815")
    papers = (facts.Document("Bản sao", originals=1, copies=3),)
    draft = a_draft(procedure="2.000815", documents=papers, pages=6, copies=typed)
    fee = counter.desk.intake.look(draft).fee
    assert fee is not None
    assert fee.amount == amount
