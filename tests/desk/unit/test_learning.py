"""A rate typed at the desk holds for what it was typed for, and for nothing else."""

from pathlib import Path

import pytest

from app.models.events import event as e
from app.models.procedures.fee import fee
from app.models.procedures.procedure import Channel, Procedure, to_json
from tests.making import MONDAY, NGA, ACounter, a_counter, a_procedure


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
