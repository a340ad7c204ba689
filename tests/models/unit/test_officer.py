import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events.event import OfficerAdded
from app.models.unit.officer import (
    MAY,
    ROLE_LABEL,
    Officer,
    Role,
    check_gives_password,
    officer_from,
)

R, D = Role, Deed

# who may do what at a one-stop shop (NĐ 61/2018 Đ.10–11): rows of the table as it is meant
MEANT: dict[Role, set[Deed]] = {
    R.RECEPTIONIST: {
        *(D.RECEIVE, D.HAND_OVER, D.ACCEPT, D.SEND_BACK, D.REQUEST_SUPPLEMENT),
        *(
            D.SUPPLEMENT_RECEIVED,
            D.REQUEST_PAYMENT,
            D.PAID,
            D.FORWARD,
            D.RETURN,
            D.WITHDRAW,
            D.ANSWER,
        ),
        *(D.STOP, D.CORRECT, D.UNDO, D.VOID, D.TELL, D.HASTEN, D.EASE),
    },
    R.SPECIALIST: {
        *(D.HAND_OVER, D.ACCEPT, D.SEND_BACK, D.REQUEST_SUPPLEMENT, D.REQUEST_PAYMENT),
        *(D.CHANGE_CASE, D.FORWARD, D.APOLOGISE, D.RESOLVE, D.REFUSE, D.STOP, D.CORRECT, D.UNDO),
        *(D.EXPLAIN_DELAY, D.TELL, D.HASTEN, D.EASE, D.ANSWER),
    },
    R.LEADER: {
        *(D.HAND_OVER, D.ACCEPT, D.SEND_BACK, D.FORWARD, D.SIGN, D.APOLOGISE, D.RESOLVE),
        *(D.REFUSE, D.UNDO, D.EXPLAIN_DELAY, D.TELL, D.HASTEN, D.EASE, D.ANSWER),
    },
    R.CLERK: {D.HAND_OVER, D.ACCEPT, D.SEND_BACK, D.RESOLVE, D.RETURN, D.UNDO, D.TELL, D.ANSWER},
    R.RETURNER: {D.HAND_OVER, D.ACCEPT, D.SEND_BACK, D.PAID, D.RETURN, D.UNDO, D.TELL, D.ANSWER},
    R.SUPERVISOR: set(Deed) - {D.SIGN},
    R.ADMINISTRATOR: set(),
}


def an_officer(*roles: Role, active: bool = True) -> Officer:
    return Officer("nga", "Lê Thị Nga", frozenset(roles), active=active)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_exactly_its_own_deeds(role: Role) -> None:
    assert {deed for deed in Deed if an_officer(role).may(deed)} == MEANT[role]


def test_every_deed_is_somebodys() -> None:
    assert set(MAY) == set(Deed)
    assert all(MAY.values())
    assert set(ROLE_LABEL) == set(Role)


def test_only_a_supervisor_reopens_and_only_a_leader_signs() -> None:
    assert MAY[Deed.REOPEN] == {Role.SUPERVISOR}
    assert MAY[Deed.SIGN] == {Role.LEADER}


def test_roles_add_up_in_one_person() -> None:
    officer = an_officer(Role.CLERK, Role.LEADER)
    assert {d for d in Deed if officer.may(d)} == MEANT[Role.CLERK] | MEANT[Role.LEADER]


def test_a_refusal_names_the_deed_and_who_may_do_it() -> None:
    with pytest.raises(Refused, match=r"không có quyền “Đã ký”.*lãnh đạo"):
        an_officer(Role.RECEPTIONIST).check(Deed.SIGN)


def test_an_officer_who_left_may_do_nothing() -> None:
    assert not any(an_officer(*Role, active=False).may(deed) for deed in Deed)


def test_a_role_of_a_later_version_is_left_out() -> None:
    body = OfficerAdded("nga", "Lê Thị Nga", ("receptionist", "astronaut"), "Công chức")
    assert officer_from(body) == Officer(
        "nga", "Lê Thị Nga", frozenset({Role.RECEPTIONIST}), "Công chức"
    )


@pytest.mark.parametrize(
    ("giver", "to", "may"),
    [
        (R.ADMINISTRATOR, R.ADMINISTRATOR, True),
        (R.ADMINISTRATOR, R.LEADER, True),
        (R.SUPERVISOR, R.LEADER, True),
        (R.SUPERVISOR, R.ADMINISTRATOR, False),
        (R.LEADER, R.RECEPTIONIST, False),
    ],
)
def test_no_password_is_given_to_who_could_do_more(giver: Role, to: Role, may: bool) -> None:
    given_to = Officer("mai", "Trần Thị Mai", frozenset({to}))
    if may:
        check_gives_password(an_officer(giver), given_to)
    else:
        with pytest.raises(Refused):
            check_gives_password(an_officer(giver), given_to)
    check_gives_password(given_to, given_to)
