"""Two deeds done apart: what the table says is what the fold does, in whatever order they arrive."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations_with_replacement, product
from random import Random
from typing import get_args

import msgspec
import pytest

from app.models.dossiers.concurrent import DOSSIER, Outcome, Task, rule_of, tasks, touched
from app.models.dossiers.fold import Effect, fold
from app.models.dossiers.lifecycle import Deed, Status, deed_of_type
from app.models.dossiers.references import OPENING
from app.models.dossiers.standing import STANDING
from app.models.events import event as e
from app.models.events.closing import Stopped
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.province import ProvinceEntered
from tests.models.concurrent_doc import PLACE, page
from tests.models.telling import BODIES, LATER, WAY, Story, an_applicant, device

PAIRS = list(combinations_with_replacement(DOSSIER, 2))
SETS = 300  # of concurrent events; `python -m tests.simulation --orders` draws 10,000

NOTES: dict[type[object], e.AnyBody] = {
    e.CodeAssigned: e.CodeAssigned("H26.15.3-261123-0041"),
    e.Printed: e.Printed("receipt", "A5"),
    e.PrintSpoiled: e.PrintSpoiled("d.i.2"),
    e.ConflictSettled: e.ConflictSettled("d.i.2"),
    ProvinceEntered: ProvinceEntered("H26.15-261123-0007", 2),
    Digitised: Digitised(1, "ab" * 32, 40_000, 2),
    DigitisingReversed: DigitisingReversed("d.i.2"),
}


def body_of(kind: type[object], story: Story) -> e.AnyBody:
    deed = deed_of_type(kind)
    if deed is Deed.UNDO:
        return e.Undone(str(story.dossier.last_change))
    return NOTES[kind] if deed is None else BODIES[deed]


def met(
    status: Status, one: type[object], other: type[object]
) -> tuple[Story, e.EventName, e.EventName]:
    """A dossier in a status, at which counters 2 and 3 did something apart."""
    story = Story(*WAY[status], code="")
    saw = story.heads
    bodies = [body_of(kind, story) for kind in (one, other)]
    names = [story.tell(body, on=on, saw=saw) for on, body in zip((2, 3), bodies, strict=True)]
    return story, names[0], names[1]


@cache
def beginning(status: Status) -> frozenset[type[object]]:
    """The event types that have their effect there, alone."""
    alone = {kind: met(status, kind, e.Printed) for kind in DOSSIER}
    return frozenset(kind for kind, (story, name, _) in alone.items() if not story.reason(name))


def pairs(status: Status) -> list[tuple[type[object], type[object]]]:
    """Every two that may be done apart there, in both orders."""
    found = [pair for pair in PAIRS if beginning(status).issuperset(pair)]
    return [*found, *((other, one) for one, other in found if one is not other)]


def test_every_event_type_has_its_place() -> None:
    assert {*DOSSIER, *OPENING, *STANDING} == set(get_args(e.AnyBody))


def test_every_pair_has_a_rule_and_every_task_a_sentence() -> None:
    for rule in (rule_of(frozenset(pair)) for pair in PAIRS):
        assert (rule.sentence == "") == (rule.outcome is Outcome.BOTH)
        assert rule.sentence == "" or rule.sentence.endswith(".")


def test_the_page_is_made_from_the_table() -> None:
    assert PLACE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_what_the_table_says_is_what_the_fold_does(status: Status) -> None:
    """No deed is left without effect but where the table says so."""
    for pair in pairs(status):
        story, first, second = met(status, *pair)
        assert not story.reason(first), pair
        if story.reason(second):
            assert rule_of(frozenset(pair)).outcome is Outcome.FIRST, pair
            assert any(task.deed == second for task in tasks(story.folded)), pair


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_a_pair_that_excludes_nothing_comes_to_the_same_in_both_orders(status: Status) -> None:
    """Where both have effect and nobody is asked, no fact depends on which came first."""
    for one, other in pairs(status):
        if rule_of(frozenset((one, other))).outcome is not Outcome.BOTH or one is other:
            continue
        ends = [facts(met(status, *pair)[0]) for pair in ((one, other), (other, one))]
        assert ends[0] == ends[1], (status, one, other)


def facts(story: Story) -> dict[str, object]:
    """What a dossier came to, but when and by which event."""
    when = {"holder_since", "last_change", "last_deed", "resolved_at", "returned_at", "counted_from",
            "pauses", "hand_overs", "notices", "payments", "closing", "apology", "delay", "urgency",
            "spoiled", "attachments", "province"}  # fmt: skip
    dossier = story.dossier
    return {
        name: value for name, value in msgspec.structs.asdict(dossier).items() if name not in when
    }


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_a_pair_folds_alike_however_it_arrives(status: Status) -> None:
    anywhere = PAIRS if status is Status.PROCESSING else []
    for pair in (*pairs(status), *anywhere, *((other, one) for one, other in anywhere)):
        story, *_ = met(status, *pair)
        before, apart = story.events[:-2], story.events[-2:]
        assert told([*before, *apart]) == told([*before, *apart[::-1]]) == told([*apart, *before])


def told(events: list[e.Event]) -> bytes:
    """All that the fold and the tasks make of events, as bytes."""
    folded = fold(events)
    verdicts = [(v.event.name, v.effect, v.reason) for v in folded.verdicts]
    return repr((folded.dossier, verdicts, tasks(folded))).encode()


# --- drawn sets ---------------------------------------------------------------------------------


def drawn_set(chance: Random) -> Story:
    """A dossier on which three counters did three to six things, each seeing what it had by then."""
    story = Story(*WAY[chance.choice([s for s in Status if s is not Status.VOIDED])], code="")
    seen = dict.fromkeys((1, 2, 3), story.heads)
    for _ in range(chance.randint(3, 6)):
        on = chance.choice((1, 2, 3))
        body = body_of(chance.choice(list(DOSSIER)), story)
        name = story.tell(body, on=on, saw=seen[on])
        seen[on] = (name,)
        if chance.random() < 0.2:  # two of them exchange
            other = chance.choice((1, 2, 3))
            seen[other] = tuple(sorted({*seen[on], *seen[other]}))
    return story


def arrivals(queues: Sequence[Sequence[e.Event]]) -> Iterator[list[e.Event]]:
    """Every order in which logs can arrive, each log's own order kept."""
    left = [queue for queue in queues if queue]
    if not left:
        yield []
    for queue in left:
        rest = [q[1:] if q is queue else q for q in left]
        for order in arrivals(rest):
            yield [queue[0], *order]


def agrees(seed: int) -> bool:
    """One drawn set folds to the same bytes in every order of arrival."""
    logs: dict[str, list[e.Event]] = {}
    for event in drawn_set(Random(f"set {seed}")).events:
        logs.setdefault(event.name.device, []).append(event)
    return len({told(order) for order in arrivals(list(logs.values()))}) == 1


@pytest.mark.parametrize("tenth", range(10))
def test_drawn_sets_fold_alike_in_every_order_of_arrival(tenth: int) -> None:
    assert all(agrees(seed) for seed in range(tenth * SETS // 10, (tenth + 1) * SETS // 10))


# --- tasks --------------------------------------------------------------------------------------


def the_task(story: Story) -> Task:
    (task,) = tasks(story.folded)
    return task


def test_an_illegal_step_keeps_both_and_makes_a_task_for_the_holder() -> None:
    story, signed, stopped = met(Status.PROCESSING, e.Signed, Stopped)
    assert story.reason(stopped) == ""  # a signed dossier may still be stopped
    story, stopped, signed = met(Status.PROCESSING, Stopped, e.Signed)
    task = the_task(story)
    assert (task.deed, task.other, task.holder) == (signed, stopped, story.dossier.holder)
    assert "chỉ một việc có tác dụng" in task.rule.sentence


def test_different_fields_merge_and_the_same_field_makes_a_task() -> None:
    right = e.Personal(salt="x", applicant=an_applicant("Nguyễn Thị Oanh"))
    for changed, count in ((("documents",), 0), (("applicant",), 1)):
        story = Story(Deed.HAND_OVER)
        saw = story.heads
        story.tell(e.Corrected(("applicant",)), on=2, saw=saw, personal=right)
        story.tell(e.Corrected(changed), on=3, saw=saw, personal=e.Personal(salt="x"))
        assert len(tasks(story.folded)) == count
        assert {v.effect for v in story.folded.verdicts} == {Effect.APPLIED}


def test_money_taken_twice_is_somebodys_task() -> None:
    story, *_ = met(Status.RECEIVED, e.Paid, e.Paid)
    assert "biên lai" in the_task(story).rule.sentence


def test_money_taken_elsewhere_settles_no_request_it_has_not_seen() -> None:
    for pair in ((e.PaymentRequested, e.Paid), (e.Paid, e.PaymentRequested)):
        story, *_ = met(Status.PROCESSING, *pair)
        assert story.dossier.status is Status.WAITING_PAYMENT
        assert (story.dossier.paid, story.dossier.payments[-1].paid_at) == (True, None)
        assert "yêu cầu vẫn chờ" in the_task(story).rule.sentence


def test_a_request_seen_through_another_deed_is_settled() -> None:
    story = Story(*WAY[Status.WAITING_PAYMENT])
    story.tell(e.Printed("receipt", "A5"), on=2)
    story.do(Deed.PAID, on=3)
    assert story.dossier.status is Status.PROCESSING
    assert story.dossier.payments[-1].paid_at is not None


def test_what_was_seen_through_an_event_that_does_not_count_was_seen() -> None:
    """An event of a later version, or of a revoked device, still tells what its author knew."""
    story = Story(Deed.HAND_OVER, Deed.ACCEPT)
    story.tell(e.Unknown("tomorrow"), on=2)
    story.do(Deed.SIGN, on=3)
    story.do(Deed.CORRECT, on=3)
    assert tasks(story.folded) == ()


def test_one_after_the_other_makes_no_task() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.SIGN)
    story.do(Deed.SIGN, on=2)
    assert tasks(story.folded) == ()


def test_a_task_is_done_when_somebody_says_so() -> None:
    story, _, second = met(Status.RECEIVED, e.HandedOver, e.HandedOver)
    story.tell(e.Printed("control", "A5"), on=2)
    task = the_task(story)
    assert task.deed == second
    story.tell(e.ConflictSettled(str(task.deed)), on=1)
    assert tasks(story.folded) == ()


def test_a_third_deed_that_saw_neither_has_a_task_of_its_own() -> None:
    story, *_ = met(Status.RECEIVED, e.HandedOver, e.HandedOver)
    story.tell(e.HandedOver("mai"), on=4, saw=(story.name,))
    assert [task.deed.device for task in tasks(story.folded)] == [device(3), device(4)]


def test_what_an_event_touches_is_what_its_type_may() -> None:
    for kind, body in product(DOSSIER, (*BODIES.values(), *NOTES.values())):
        if type(body) is kind:
            assert touched(body) <= set(DOSSIER[kind])
    assert "date" in touched(e.Paid(promise=LATER))
    assert "date" not in touched(e.Paid())
    assert touched(msgspec.structs.replace(e.Corrected(("applicant",)), promise=LATER)) == {"applicant", "date"}  # fmt: skip
