"""Officers, their roles, and the one table that says which role may do what.

Roles follow NĐ 61/2018 Đ.10–11 and TT 01/2018 Đ.7; one person often holds several.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.errors import Refused
from app.models.events.event import OfficerAdded


class Role(StrEnum):
    RECEPTIONIST = "receptionist"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    RETURNER = "returner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


ROLE_LABEL: dict[Role, str] = {
    Role.RECEPTIONIST: "Cán bộ tiếp nhận",
    Role.SPECIALIST: "Công chức chuyên môn",
    Role.LEADER: "Lãnh đạo",
    Role.CLERK: "Văn thư",
    Role.RETURNER: "Người trả kết quả",
    Role.SUPERVISOR: "Phụ trách bộ phận",
    Role.ADMINISTRATOR: "Quản trị",
}

_R = Role
_DESK = frozenset({_R.RECEPTIONIST, _R.SUPERVISOR})
_WORK = frozenset({_R.SPECIALIST, _R.SUPERVISOR})
_ANYBODY = frozenset(_R) - {_R.ADMINISTRATOR}

# deed → the roles that may do it; read by window and command line alike
MAY: dict[Deed, frozenset[Role]] = {
    Deed.RECEIVE: _DESK,
    Deed.HAND_OVER: _ANYBODY,
    Deed.ACCEPT: _ANYBODY,
    Deed.SEND_BACK: _ANYBODY,
    Deed.REQUEST_SUPPLEMENT: _DESK | _WORK,
    Deed.SUPPLEMENT_RECEIVED: _DESK,
    Deed.REQUEST_PAYMENT: _DESK | _WORK,
    Deed.PAID: _DESK | {_R.RETURNER},
    Deed.CHANGE_CASE: _WORK,
    Deed.FORWARD: _DESK | _WORK | {_R.LEADER},
    Deed.ANSWER: _ANYBODY,
    Deed.SIGN: frozenset({_R.LEADER}),
    Deed.EXPLAIN_DELAY: _WORK | {_R.LEADER},
    Deed.APOLOGISE: _WORK | {_R.LEADER},
    Deed.REAPPOINT: frozenset({_R.SUPERVISOR}),
    Deed.TELL: _ANYBODY,
    Deed.HASTEN: _DESK | _WORK | {_R.LEADER},
    Deed.EASE: _DESK | _WORK | {_R.LEADER},
    Deed.RESOLVE: _WORK | {_R.LEADER, _R.CLERK},
    Deed.RETURN: _DESK | {_R.RETURNER, _R.CLERK},
    Deed.REFUSE: _WORK | {_R.LEADER},
    Deed.WITHDRAW: _DESK,
    Deed.STOP: _DESK | _WORK,
    Deed.REOPEN: frozenset({_R.SUPERVISOR}),
    Deed.CORRECT: _DESK | _WORK,
    Deed.UNDO: _ANYBODY,
    Deed.VOID: _DESK,
}


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer of the unit; `login` is the name in every event."""

    login: str
    name: str
    roles: frozenset[Role]
    title: str = ""
    active: bool = True

    def may(self, deed: Deed) -> bool:
        """True when one of the officer's roles may do this deed."""
        return self.active and bool(self.roles & MAY[deed])

    def barred(self, deed: Deed) -> str:
        """Why none of the officer's roles may do this deed; empty when one may."""
        if self.may(deed):
            return ""
        who = ", ".join(sorted(ROLE_LABEL[role].lower() for role in MAY[deed]))
        return f"{self.name} không có quyền “{LABEL[deed]}”. Việc này dành cho: {who}."

    def check(self, deed: Deed) -> None:
        """Raise `Refused` with a sentence when the officer may not do this deed."""
        if why := self.barred(deed):
            raise Refused(why)


LEADING = frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR})


def check_administers(officer: Officer) -> None:
    """Raise `Refused` unless the officer may settle what the unit works by."""
    if Role.ADMINISTRATOR not in officer.roles:
        raise Refused(f"{officer.name} không có quyền quản trị. Hãy gọi người quản trị.")


def check_leads(officer: Officer, what: str) -> None:
    """Raise `Refused` unless the officer leads the shop or administers the counter."""
    if not officer.roles & LEADING:
        raise Refused(f"{officer.name} không có quyền {what}. Việc này dành cho phụ trách bộ phận.")


def check_gives_password(officer: Officer, to: Officer) -> None:
    """Raise `Refused` unless the officer may give `to` a new password; one's own is one's own.

    A supervisor gives one to everybody but an administrator, who could do more than they may.
    """
    if officer.login == to.login or Role.ADMINISTRATOR in officer.roles:
        return
    check_leads(officer, "cấp mật khẩu cho người khác")
    if Role.ADMINISTRATOR in to.roles:
        raise Refused(f"{to.name} là quản trị: chỉ người quản trị khác cấp lại mật khẩu được.")


def officer_from(body: OfficerAdded) -> Officer:
    """The officer an event names; roles this version doesn't know are left out."""
    known = frozenset(Role(role) for role in body.roles if role in list(Role))
    return Officer(body.login, body.name, known, body.title, body.active)
