"""The table of a dossier's life, held row by row against the rules (domain/rules §5.1–5.2)."""

import pytest

from app.models.dossiers.lifecycle import (
    LABEL,
    NATIONAL,
    NEEDS_REASON,
    OPEN,
    REVERSAL,
    TRANSITIONS,
    Clock,
    Deed,
    Status,
    clock,
    deed_of,
    deeds_from,
    label,
    status_code,
)
from app.models.events import event as e
from tests.models.telling import BODIES, WAY, Story

# the national codes as the portal takes them: label, clock (code 1 and 3 never become a dossier)
NATIONAL_CODES = {
    2: ("Được tiếp nhận", "runs"),
    4: ("Đang xử lý", "runs"),
    5: ("Yêu cầu bổ sung giấy tờ", "stopped"),
    6: ("Yêu cầu thực hiện nghĩa vụ tài chính", "stopped"),
    7: ("Công dân yêu cầu rút hồ sơ", "closed"),
    8: ("Dừng xử lý", "closed"),
    9: ("Đã xử lý xong", "stopped"),
    10: ("Đã trả kết quả", "closed"),
}

# deed → the moves between national codes the rules allow; "=" stays where it is
Move = tuple[int | None, int | None] | str
ALLOWED: dict[Deed, set[Move]] = {
    Deed.HAND_OVER: {(2, 4), "="},
    Deed.ACCEPT: {"="},
    Deed.REQUEST_SUPPLEMENT: {(4, 5)},
    Deed.SUPPLEMENT_RECEIVED: {(5, 4)},
    Deed.REQUEST_PAYMENT: {(4, 6)},
    Deed.PAID: {(6, 4), "="},
    Deed.CHANGE_CASE: {"="},
    Deed.FORWARD: {(2, 4), "="},
    Deed.ANSWER: {"="},
    Deed.SIGN: {"="},
    Deed.EXPLAIN_DELAY: {"="},
    Deed.APOLOGISE: {"="},
    Deed.REAPPOINT: {"="},
    Deed.TELL: {"="},
    Deed.HASTEN: {"="},
    Deed.EASE: {"="},
    Deed.RESOLVE: {(4, 9)},
    Deed.REFUSE: {(4, 9)},
    Deed.RETURN: {(9, 10)},
    Deed.STOP: {(4, 8)},
    Deed.REOPEN: {(8, 4)},
    Deed.WITHDRAW: {(2, 7), (4, 7), (5, 7), (6, 7)},
    Deed.CORRECT: {"="},
}
# corrections of a wrong click are reversals, not steps
REVERSALS: dict[Deed, set[Move]] = {Deed.SEND_BACK: {(4, 2)}, Deed.VOID: {(2, None)}}

# an agency's answer wants agencies that were asked: see test_forwarding
APART = (Deed.UNDO, Deed.ANSWER)
STEPS = [(deed, status) for deed in TRANSITIONS for status in Status if deed not in APART]


def test_every_status_has_its_national_code_label_and_clock() -> None:
    named = {code: (name, clock) for code, name, clock in NATIONAL.values() if code is not None}
    assert named == NATIONAL_CODES
    assert set(NATIONAL) == set(Status)
    assert status_code(Status.VOIDED) is None
    assert (label(Status.RESOLVED), clock(Status.RESOLVED)) == ("Đã xử lý xong", Clock.STOPPED)


@pytest.mark.parametrize("deed", ALLOWED | REVERSALS)
def test_a_deed_moves_between_national_codes_exactly_as_the_rules_allow(deed: Deed) -> None:
    def move(start: Status, end: Status | None) -> Move:
        before, after = status_code(start), status_code(end or start)
        return "=" if before == after else (before, after)

    moves = {move(start, end) for start, end in TRANSITIONS[deed].items()}
    assert moves == {**ALLOWED, **REVERSALS}[deed]


def test_the_table_names_every_deed_on_a_received_dossier() -> None:
    assert set(TRANSITIONS) == set(Deed) - {Deed.RECEIVE}
    assert set(TRANSITIONS) == {*ALLOWED, *REVERSALS, Deed.UNDO}
    assert set(LABEL) == set(REVERSAL) == set(Deed)


def test_from_start_to_end_every_allowed_move_of_the_rules_is_there() -> None:
    moves = {
        (status_code(start), status_code(end))
        for steps in TRANSITIONS.values()
        for start, end in steps.items()
        if end is not None and status_code(start) != status_code(end)
    }
    assert moves == {
        *((2, 4), (4, 5), (5, 4), (4, 6), (6, 4), (4, 8), (8, 4), (4, 9), (9, 10)),
        *((2, 7), (4, 7), (5, 7), (6, 7), (4, 2), (2, None)),
    }


@pytest.mark.parametrize(("deed", "status"), STEPS, ids=lambda x: x.value)
def test_a_step_is_taken_where_the_table_has_it_and_nowhere_else(
    deed: Deed, status: Status
) -> None:
    story = Story(*WAY[status])
    told = story.do(deed)
    if status in TRANSITIONS[deed] and not only_once(deed, status):
        assert story.reason(told) == ""
        assert story.dossier.status is (TRANSITIONS[deed][status] or status)
    else:
        assert story.reason(told) != ""
        assert story.dossier.status is status


def only_once(deed: Deed, status: Status) -> bool:
    """The way to this status has used up the one supplement there is."""
    return deed is Deed.REQUEST_SUPPLEMENT and Deed.REQUEST_SUPPLEMENT in WAY[status]


@pytest.mark.parametrize("deed", [deed for deed in REVERSAL if deed not in APART])
def test_every_deed_names_what_takes_it_back_and_that_takes_it_back(deed: Deed) -> None:
    reverse, sentence = REVERSAL[deed]
    way = () if deed is Deed.RECEIVE else (*WAY[next(iter(TRANSITIONS[deed]))], deed)
    story = Story(*way)
    undone = story.do(Deed.UNDO) if deed is not Deed.RECEIVE else None
    if reverse is Deed.UNDO:
        assert undone is not None
        assert story.reason(undone) == ""
        assert story.dossier.status is Story(*way[:-1]).dossier.status
    else:
        assert sentence
        assert undone is None or story.reason(undone) == sentence
        assert reverse is None or story.reason(story.do(reverse)) == ""


def test_nothing_is_refused_stopped_or_corrected_without_a_reason() -> None:
    must = {Deed.REFUSE, Deed.STOP, Deed.SEND_BACK, Deed.REQUEST_SUPPLEMENT, Deed.VOID}
    back = {Deed.CORRECT, Deed.UNDO, Deed.REOPEN, Deed.WITHDRAW}
    dates = {Deed.APOLOGISE, Deed.EXPLAIN_DELAY, Deed.CHANGE_CASE, Deed.HASTEN}
    assert must | back | dates == NEEDS_REASON


def test_once_signed_nothing_more_is_asked_for_and_nothing_withdrawn() -> None:
    """NĐ 118/2025 Đ.21: there is a decision."""
    undecided = {Deed.REQUEST_SUPPLEMENT, Deed.REQUEST_PAYMENT, Deed.CHANGE_CASE, Deed.WITHDRAW}
    assert not undecided & set(deeds_from(Status.SIGNED))
    assert undecided <= set(deeds_from(Status.PROCESSING))


def test_every_body_records_its_own_deed_and_prints_record_none() -> None:
    assert {deed: deed_of(body) for deed, body in BODIES.items()} == {d: d for d in BODIES}
    assert deed_of(e.Undone("x")) is Deed.UNDO
    assert deed_of(e.Printed("receipt", "A5")) is None


def test_a_closed_dossier_offers_only_what_reopens_or_corrects() -> None:
    assert deeds_from(Status.VOIDED) == ()
    assert set(deeds_from(Status.RETURNED)) == {Deed.CORRECT, Deed.UNDO}
    assert set(deeds_from(Status.STOPPED)) == {Deed.REOPEN, Deed.CORRECT, Deed.UNDO}


def test_open_dossiers_are_those_whose_clock_is_not_closed() -> None:
    assert set(OPEN) == {status for status in Status if clock(status) is not Clock.CLOSED}
