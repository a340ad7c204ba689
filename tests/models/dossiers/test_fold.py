from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.deadlines.deadline import Pause
from app.models.dossiers.dossier import CITIZEN, ONE_STOP
from app.models.dossiers.fold import Effect, fold, in_order
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import Withdrawn
from tests.models.telling import (
    BODIES,
    LATER,
    RECEIVED,
    START,
    THREE_DAYS,
    Story,
    an_applicant,
    device,
)

ANOTHER = e.Corrected(
    ("procedure",), "1.004884", "Đăng ký lại", "Hộ tịch", 1, "", THREE_DAYS, LATER
)


def effects(events: list[e.Event]) -> dict[e.EventName, Effect]:
    return {verdict.event.name: verdict.effect for verdict in fold(events).verdicts}


# --- what a dossier becomes ---------------------------------------------------------------------


def test_a_received_dossier_waits_at_the_one_stop_shop() -> None:
    dossier = Story().dossier
    assert (dossier.status, dossier.holder) == (Status.RECEIVED, ONE_STOP)
    assert (dossier.due, dossier.first_due) == (RECEIVED.promise.due, RECEIVED.promise.due)
    assert dossier.last_change is None


def test_every_hand_over_keeps_who_gave_and_who_took() -> None:
    story = Story()
    story.do(Deed.HAND_OVER, by="lan")
    story.do(Deed.ACCEPT, by="hung")
    (row,) = story.dossier.hand_overs
    assert (row.giver, row.to, row.taker) == (ONE_STOP, "hung", "hung")
    assert row.accepted_at is not None
    assert story.dossier.holder == "hung"


def test_what_is_sent_back_returns_to_its_giver_with_the_reason() -> None:
    story = Story(Deed.HAND_OVER)
    story.tell(e.SentBack(), by="hung", personal=e.Personal(salt="x", reason="nhầm người"))
    assert (story.dossier.status, story.dossier.holder) == (Status.RECEIVED, ONE_STOP)
    assert (story.dossier.hand_overs[-1].note, story.dossier.hand_overs[-1].taker) == (
        "nhầm người",
        "hung",
    )


def test_sent_back_by_a_second_receiver_it_stays_with_the_first() -> None:
    story = Story(Deed.HAND_OVER)
    story.do(Deed.ACCEPT, by="hung")
    story.do(Deed.HAND_OVER, by="hung")
    story.do(Deed.SEND_BACK, by="mai")
    assert (story.dossier.status, story.dossier.holder) == (Status.PROCESSING, "hung")


def test_waiting_for_the_citizen_means_the_citizen_holds_it() -> None:
    for deed in (Deed.REQUEST_SUPPLEMENT, Deed.REQUEST_PAYMENT):
        assert Story(Deed.HAND_OVER, Deed.ACCEPT, deed).dossier.holder == CITIZEN


def test_every_promise_is_kept_and_the_first_one_counts() -> None:
    story = Story(Deed.HAND_OVER, Deed.APOLOGISE)
    assert [p.due for p in story.dossier.promises] == [RECEIVED.promise.due, LATER.due]
    assert (story.dossier.first_due, story.dossier.due) == (RECEIVED.promise.due, LATER.due)


def test_a_supplement_starts_the_count_again_or_goes_on_after_the_pause() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    waiting_since = story.dossier.holder_since
    paused = Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    story.tell(e.SupplementReceived(promise=LATER, restarted=True))
    paused.tell(e.SupplementReceived(promise=LATER, restarted=False))
    back = story.events[-1].at
    assert (story.dossier.counted_from, story.dossier.pauses) == (back, ())
    assert (paused.dossier.counted_from, paused.dossier.pauses) == (
        None,
        (Pause(waiting_since, back),),
    )


def test_a_second_supplement_and_a_second_apology_change_nothing() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT, Deed.SUPPLEMENT_RECEIVED)
    again = story.do(Deed.REQUEST_SUPPLEMENT)
    story.do(Deed.APOLOGISE)
    sorry = story.do(Deed.APOLOGISE)
    assert "một lần" in story.reason(again)
    assert "một lần" in story.reason(sorry)
    assert story.dossier.supplement_requests == 1
    assert [p.due for p in story.dossier.promises].count(LATER.due) == 2


def test_a_changed_case_brings_its_own_limit_and_promise() -> None:
    story = Story(Deed.HAND_OVER, Deed.CHANGE_CASE)
    assert (story.dossier.case, story.dossier.case_name) == (2, "phải xác minh")
    assert (story.dossier.limit, story.dossier.due) == (THREE_DAYS, LATER.due)


def test_a_correction_shows_the_new_name_and_the_events_keep_the_old() -> None:
    story = Story()
    right = e.Personal(salt="x", applicant=an_applicant("Nguyễn Thị Oanh"))
    story.tell(e.Corrected(fields=("applicant",)), personal=right)
    assert story.dossier.applicant == an_applicant("Nguyễn Thị Oanh")
    assert story.dossier.corrections == 1
    first = story.events[0].personal
    assert first is not None
    assert first.applicant == an_applicant("Nguyễn Thị Ánh")


def test_a_corrected_procedure_keeps_its_code_and_promises_anew() -> None:
    story = Story()
    story.tell(ANOTHER)
    assert (story.dossier.procedure, story.dossier.code) == ("1.004884", RECEIVED.code)
    assert story.dossier.due == LATER.due


@pytest.mark.parametrize("body", [BODIES[Deed.CHANGE_CASE], ANOTHER], ids=["case", "procedure"])
@pytest.mark.parametrize(("found_after", "excused"), [(20, True), (19, False)])
def test_the_right_limit_found_once_the_promise_was_broken_excuses_nothing(
    body: e.AnyBody, found_after: int, excused: bool
) -> None:
    promise = facts.Promise(START + timedelta(minutes=found_after))
    story = Story(Deed.HAND_OVER, promise=promise)
    story.tell(body)  # 20 minutes after reception
    assert story.dossier.due == LATER.due
    assert story.dossier.first_due == (LATER.due if excused else promise.due)


def test_prints_are_counted_form_by_form_and_survive_an_undo() -> None:
    story = Story(Deed.HAND_OVER)
    for form in ("receipt", "control", "receipt"):
        story.tell(e.Printed(form=form, paper="A5"))
    story.do(Deed.UNDO)
    assert (story.dossier.prints_of("receipt"), story.dossier.prints_of("control")) == (2, 1)
    assert story.dossier.status is Status.RECEIVED


def test_spoiled_paper_stays_counted_and_survives_an_undo() -> None:
    story = Story(Deed.HAND_OVER)
    story.tell(e.Printed(form="receipt", paper="A5"))
    story.tell(e.PrintSpoiled("d.i.2", 1))
    story.do(Deed.UNDO)
    assert story.dossier.prints_of("receipt") == 1
    assert story.dossier.spoiled == {("d.i.2", 1)}


def test_an_official_code_comes_once_and_leaves_the_provisional_one() -> None:
    story = Story(code="", provisional_code="T-BCFGHKLM")
    story.tell(e.CodeAssigned("H26.15.3-261123-0041"))
    again = story.tell(e.CodeAssigned("H26.15.3-261123-0061"))
    assert (story.dossier.code, story.dossier.provisional_code) == (
        "H26.15.3-261123-0041",
        "T-BCFGHKLM",
    )
    assert "đã có mã" in story.reason(again)


# --- undo ---------------------------------------------------------------------------------------


def test_an_undo_takes_back_exactly_the_deed_it_names() -> None:
    story = Story(Deed.HAND_OVER)
    before = story.dossier
    story.do(Deed.ACCEPT)
    story.do(Deed.UNDO)
    assert story.dossier == before


def test_undos_walk_back_deed_by_deed() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.SIGN, Deed.RESOLVE)
    seen = []
    for _ in range(4):
        story.do(Deed.UNDO)
        seen.append(story.dossier.status)
    assert seen == [Status.SIGNED, Status.PROCESSING, Status.HANDED_OVER, Status.RECEIVED]


def test_an_undo_of_what_is_no_longer_last_has_no_effect() -> None:
    story = Story(Deed.HAND_OVER)
    first = story.events[-1].name
    story.do(Deed.ACCEPT)
    late = story.tell(e.Undone(str(first)))
    assert "không còn là thao tác cuối cùng" in story.reason(late)
    assert story.dossier.status is Status.PROCESSING


def test_two_counters_undoing_the_same_deed_undo_it_once() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT)
    seen, last = story.heads, str(story.events[-1].name)
    story.tell(e.Undone(last), on=1, saw=seen)
    story.tell(e.Undone(last), on=2, saw=seen)
    assert story.dossier.status is Status.HANDED_OVER
    assert sorted(effects(story.events).values()) == ["applied"] * 4 + ["without_effect"]


def test_a_dossier_knows_its_last_deed_through_undos() -> None:
    assert Story().dossier.last_deed is None
    assert Story(Deed.HAND_OVER, Deed.ACCEPT).dossier.last_deed is Deed.ACCEPT
    assert Story(Deed.HAND_OVER, Deed.ACCEPT, Deed.UNDO).dossier.last_deed is Deed.HAND_OVER


def test_an_undone_supplement_request_may_be_made_again() -> None:
    story = Story(Deed.HAND_OVER, Deed.REQUEST_SUPPLEMENT, Deed.UNDO, Deed.REQUEST_SUPPLEMENT)
    assert story.dossier.status is Status.WAITING_SUPPLEMENT


# --- order and effect ---------------------------------------------------------------------------


def test_an_event_waits_for_what_its_author_had_seen() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT)
    first, second, third = story.events
    assert effects([first, third]) == {first.name: Effect.APPLIED, third.name: Effect.HELD}
    assert effects([third, first, second]) == dict.fromkeys(
        (first.name, second.name, third.name), Effect.APPLIED
    )


def test_a_deed_never_says_it_has_seen_what_it_could_not_place() -> None:
    story = Story()
    seen = story.heads
    story.tell(e.Accepted(), on=2, saw=(e.EventName(device(9), "0" * 16, 7),))
    assert story.heads == seen
    story.do(Deed.HAND_OVER)
    assert story.dossier.status is Status.HANDED_OVER


def test_concurrent_deeds_on_one_step_keep_the_smaller_name_and_say_why_the_other_is_not() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT)
    seen = story.heads
    lost = story.tell(Withdrawn(), on=3, saw=seen)
    story.tell(e.Resolved(), on=2, saw=seen)
    assert story.dossier.status is Status.RESOLVED
    assert "không còn ở bước" in story.reason(lost)


def test_concurrent_deeds_on_different_facts_both_count() -> None:
    story = Story(Deed.HAND_OVER)
    seen = story.heads
    story.tell(e.Apologised(promise=LATER), on=2, saw=seen)
    story.tell(e.Accepted(), by="hung", on=3, saw=seen)
    assert story.dossier.status is Status.PROCESSING
    assert story.dossier.apology is not None


def test_only_its_own_opening_event_opens_a_dossier() -> None:
    story = Story()
    stranger = e.Event(
        e.EventName(device(0), "0" * 16, 1), str(story.name), (), "x", "x", START, START, RECEIVED
    )
    folded = fold([stranger, *story.events])
    assert folded.dossier is not None
    assert folded.dossier.name == story.name
    assert effects([stranger, *story.events])[stranger.name] is Effect.WITHOUT


def test_a_type_of_a_later_version_stays_without_effect() -> None:
    story = Story()
    strange = story.tell(e.Unknown("teleported"))
    assert "chưa hiểu" in story.reason(strange)
    assert story.heads == (strange,)


@pytest.mark.parametrize("body", [e.Voided(), e.Printed("receipt", "A5"), e.Undone("x")])
def test_a_deed_on_a_dossier_that_never_opened_does_nothing(body: e.AnyBody) -> None:
    event = e.Event(
        e.EventName(device(1), "0" * 16, 2), "x.y.1", (), "lan", "lan", START, START, body
    )
    assert fold([event]).dossier is None
    assert effects([event]) == {event.name: Effect.WITHOUT}


def test_an_event_that_saw_itself_is_held_for_ever_and_nothing_else_is() -> None:
    story = Story()
    own = e.EventName(device(2), "0" * 16, 1)
    story.tell(e.HandedOver(to="hung"), on=2, saw=(own,))
    assert effects(story.events)[own] is Effect.HELD
    assert story.dossier.status is Status.RECEIVED


# --- any order ----------------------------------------------------------------------------------


@st.composite
def tangled(draw: st.DrawFn) -> list[e.Event]:
    """Deeds of three counters about one dossier, each having seen some of what was told."""
    story = Story()
    deeds = st.sampled_from([deed for deed in Deed if deed not in (Deed.RECEIVE, Deed.UNDO)])
    for _ in range(draw(st.integers(1, 7))):
        names = [event.name for event in story.events]
        saw = tuple(draw(st.sets(st.sampled_from(names), max_size=2)))
        body = draw(st.one_of(deeds.map(lambda d: BODIES[d]), st.sampled_from(names).map(undo)))
        story.tell(body, on=draw(st.integers(1, 3)), saw=saw)
    return story.events


def undo(name: e.EventName) -> e.AnyBody:
    return e.Undone(str(name))


@given(tangled(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_folds_to_the_same(events: list[e.Event], chance: Random) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(events)


def test_all_orders_of_five_deeds_fold_to_the_same() -> None:
    story = Story(Deed.HAND_OVER)
    seen = story.heads
    story.tell(e.Accepted(), by="hung", on=2, saw=seen)
    story.tell(e.SentBack(), by="mai", on=3, saw=seen)
    story.tell(e.Corrected(("applicant",)), on=1, saw=(story.name,))
    assert len({str(fold(order)) for order in permutations(story.events)}) == 1


@given(tangled())
def test_what_was_seen_always_comes_first(events: list[e.Event]) -> None:
    place = {event.name: number for number, event in enumerate(in_order(events))}
    assert len(place) == len(events)
    assert all(
        place[seen] < place[event.name]
        for event in events
        for seen in event.saw
        if event.name in place
    )


def test_a_step_that_is_not_allowed_names_where_the_dossier_stands_in_vietnamese() -> None:
    story = Story(Deed.HAND_OVER)
    assert story.reason(story.do(Deed.HAND_OVER)).endswith("(Đang xử lý)")


def test_two_counters_that_note_one_payment_note_it_once() -> None:
    story = Story(Deed.HAND_OVER, Deed.ACCEPT)
    story.tell(e.PaymentRequested(amount=500_000, duty=True))
    seen = story.heads
    paid = e.Paid(amount=500_000, promise=LATER)
    one, other = (story.tell(paid, on=counter, saw=seen) for counter in (2, 3))
    assert (story.reason(one), story.reason(other)) == ("", "khoản tiền này đã được ghi là đã nộp")
    assert not story.dossier.paid
    fee, again = (story.tell(e.Paid(amount=8_000)) for _ in range(2))
    assert (story.reason(fee), story.dossier.paid) == ("", True)
    assert "đã được ghi" in story.reason(again)
