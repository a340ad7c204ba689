"""A rate typed at the desk holds for what it was typed for, and for nothing else."""

from pathlib import Path

import pytest
from msgspec import structs

from app.desk.unit.learning import confirmed, learned
from app.models.events import event as e
from app.models.procedures.fee import fee
from app.models.procedures.procedure import Case, Channel, FeeRule, Procedure, to_json
from tests.making import MONDAY, NGA, ACounter, a_counter, a_procedure
from tests.models.telling import THREE_DAYS


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def taught(counter: ACounter, code: str, channel: Channel) -> Procedure:
    """The procedure once 9.000 đ was typed for it, come by `channel`."""
    with counter.store.journal.deed(counter.clock()) as writing:
        body = e.ProcedureSet(code, to_json(a_procedure(code)))
        writing.append(body, by=NGA, at=counter.clock())
    counter.receive(procedure=code, channel=channel, fee_amount="9.000", fee_when="now")
    found = counter.store.standing.procedure(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "channel", "others"),
    [
        ("3.000323", "counter", {"online": 0, "post": 0}),  # a source says free there
        ("1.004222", "post", {"counter": 20_000, "online": 10_000}),
    ],
)
def test_a_rate_typed_for_one_channel_leaves_the_law_s_rates_of_the_others(
    counter: ACounter, code: str, channel: Channel, others: dict[Channel, int]
) -> None:
    procedure = taught(counter, code, channel)
    assert fee(procedure, 1, channel, MONDAY.date()).amount == 9_000
    assert {other: fee(procedure, 1, other, MONDAY.date()).amount for other in others} == others


def test_a_rate_the_source_gives_for_no_channel_is_every_channel_s(counter: ACounter) -> None:
    procedure = taught(counter, "1.000656", "counter")
    assert fee(procedure, 1, "online", MONDAY.date()).amount == 9_000


def test_a_rate_the_catalogue_knows_is_not_taught_anew(counter: ACounter) -> None:
    known = structs.replace(a_procedure(), fees=(FeeRule("province", amount=8_000),))
    ruled = fee(known, 1, "counter", MONDAY.date())
    assert learned(known, known.case(1), THREE_DAYS, ruled, 5_000) == known


def test_what_nobody_knows_is_not_confirmed_with_the_rest() -> None:
    cases = (Case(1, limit=THREE_DAYS), Case(2, "không nêu"))
    fees = (FeeRule("fixed", amount=8_000), FeeRule("unknown"))
    vouched = confirmed(structs.replace(a_procedure(), cases=cases, fees=fees))
    assert [case.confirmed for case in vouched.cases] == [True, False]
    assert [rule.confirmed for rule in vouched.fees] == [True, False]
