"""The table of a dossier's life: which deed leads from which status to which.

The national codes 1–10 (TrangThaiHoSo) and their clock are those the national portal takes; the
steps allowed follow NĐ 61/2018 Đ.17–21 and NĐ 118/2025 Đ.17–22. Code 1 (Mới đăng ký) belongs to
online dossiers before reception; code 3 (Không được tiếp nhận) to a visit refused at the desk,
which never becomes a dossier.
"""

from enum import StrEnum

from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.forwarding import AgencyAnswered
from app.models.events.new_dates import CitizenTold, DelayExplained, Reappointed
from app.models.events.urgency import Eased, Hastened


class Status(StrEnum):
    """Where a dossier stands at the counter; finer than the national codes."""

    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    PROCESSING = "processing"
    WAITING_SUPPLEMENT = "waiting_supplement"
    WAITING_PAYMENT = "waiting_payment"
    SIGNED = "signed"
    RESOLVED = "resolved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    VOIDED = "voided"


class Clock(StrEnum):
    RUNS = "runs"
    STOPPED = "stopped"
    CLOSED = "closed"


class Deed(StrEnum):
    """What an officer does to a dossier; the value is the command line's verb."""

    RECEIVE = "receive"
    HAND_OVER = "hand-over"
    ACCEPT = "accept"
    SEND_BACK = "send-back"
    REQUEST_SUPPLEMENT = "request-supplement"
    SUPPLEMENT_RECEIVED = "supplement-received"
    REQUEST_PAYMENT = "request-payment"
    PAID = "paid"
    CHANGE_CASE = "change-case"
    FORWARD = "forward"
    ANSWER = "agency-answer"
    SIGN = "sign"
    EXPLAIN_DELAY = "explain-delay"
    APOLOGISE = "apologise"
    REAPPOINT = "reappoint"
    TELL = "tell"
    HASTEN = "hasten"
    EASE = "ease"
    RESOLVE = "resolve"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    STOP = "stop"
    REOPEN = "reopen"
    CORRECT = "correct"
    UNDO = "undo"
    VOID = "void"


S, D = Status, Deed

# status → (national code, label on screen and paper, clock)
NATIONAL: dict[Status, tuple[int | None, str, Clock]] = {
    S.RECEIVED: (2, "Được tiếp nhận", Clock.RUNS),
    S.HANDED_OVER: (4, "Đang xử lý", Clock.RUNS),
    S.PROCESSING: (4, "Đang xử lý", Clock.RUNS),
    S.WAITING_SUPPLEMENT: (5, "Yêu cầu bổ sung giấy tờ", Clock.STOPPED),
    S.WAITING_PAYMENT: (6, "Yêu cầu thực hiện nghĩa vụ tài chính", Clock.STOPPED),
    S.SIGNED: (4, "Đang xử lý", Clock.RUNS),
    S.RESOLVED: (9, "Đã xử lý xong", Clock.STOPPED),
    S.RETURNED: (10, "Đã trả kết quả", Clock.CLOSED),
    S.WITHDRAWN: (7, "Công dân yêu cầu rút hồ sơ", Clock.CLOSED),
    S.STOPPED: (8, "Dừng xử lý", Clock.CLOSED),
    S.VOIDED: (None, "Đã hủy số", Clock.CLOSED),
}

AT_WORK = (S.HANDED_OVER, S.PROCESSING, S.SIGNED)
# RECEIVED, then at work, then waiting, then resolved: the board's queries count on this order
OPEN = (S.RECEIVED, *AT_WORK, S.WAITING_SUPPLEMENT, S.WAITING_PAYMENT, S.RESOLVED)
_ANY_BUT_VOIDED = tuple(status for status in S if status is not S.VOIDED)

# deed → the statuses it may start from → the status it leads to (None: the status stays)
TRANSITIONS: dict[Deed, dict[Status, Status | None]] = {
    D.HAND_OVER: {S.RECEIVED: S.HANDED_OVER, S.PROCESSING: S.HANDED_OVER, S.SIGNED: S.HANDED_OVER},
    D.ACCEPT: {S.HANDED_OVER: S.PROCESSING},
    D.SEND_BACK: {S.HANDED_OVER: S.RECEIVED},
    D.REQUEST_SUPPLEMENT: dict.fromkeys((S.HANDED_OVER, S.PROCESSING), S.WAITING_SUPPLEMENT),
    D.SUPPLEMENT_RECEIVED: {S.WAITING_SUPPLEMENT: S.PROCESSING},
    D.REQUEST_PAYMENT: dict.fromkeys((S.HANDED_OVER, S.PROCESSING), S.WAITING_PAYMENT),
    D.PAID: {
        S.WAITING_PAYMENT: S.PROCESSING,
        S.RECEIVED: None,
        S.RESOLVED: None,
        S.PROCESSING: None,
    },
    D.CHANGE_CASE: dict.fromkeys((S.HANDED_OVER, S.PROCESSING), None),
    # straight from the counter too, to the one-stop shop of a higher level (NĐ 61/2018 Đ.19.7)
    D.FORWARD: dict.fromkeys((S.RECEIVED, *AT_WORK), S.HANDED_OVER),
    # of the agencies that have it; the last one's answer brings it back to be processed
    D.ANSWER: {S.HANDED_OVER: None},
    D.SIGN: dict.fromkeys((S.HANDED_OVER, S.PROCESSING), S.SIGNED),
    # waiting for a payment too, where the unit lets the clock run meanwhile
    D.EXPLAIN_DELAY: dict.fromkeys((S.RECEIVED, *AT_WORK, S.WAITING_PAYMENT), None),
    D.APOLOGISE: dict.fromkeys((S.RECEIVED, *AT_WORK, S.WAITING_PAYMENT), None),
    D.REAPPOINT: dict.fromkeys((S.RECEIVED, *AT_WORK, S.WAITING_PAYMENT), None),
    D.TELL: dict.fromkeys(OPEN, None),
    D.HASTEN: dict.fromkeys(OPEN, None),
    D.EASE: dict.fromkeys(OPEN, None),
    D.RESOLVE: dict.fromkeys(AT_WORK, S.RESOLVED),
    D.RETURN: {S.RESOLVED: S.RETURNED},
    # after appraisal a refusal is a result and goes back over the counter: 4 → 9 → 10
    D.REFUSE: dict.fromkeys(AT_WORK, S.RESOLVED),
    # only while nothing is decided (NĐ 118/2025 Đ.21): once signed there is a decision
    D.WITHDRAW: dict.fromkeys(
        (S.RECEIVED, S.HANDED_OVER, S.PROCESSING, S.WAITING_SUPPLEMENT, S.WAITING_PAYMENT),
        S.WITHDRAWN,
    ),
    D.STOP: dict.fromkeys(AT_WORK, S.STOPPED),
    D.REOPEN: {S.STOPPED: S.PROCESSING},
    D.CORRECT: dict.fromkeys(_ANY_BUT_VOIDED, None),
    D.VOID: {S.RECEIVED: S.VOIDED},
    D.UNDO: dict.fromkeys(_ANY_BUT_VOIDED, None),
}

# What takes a deed back: UNDO, another deed, or None when nothing does; and that in a sentence.
REVERSAL: dict[Deed, tuple[Deed | None, str]] = {
    D.RECEIVE: (D.VOID, "Nhận nhầm thì hủy số, khi hồ sơ chưa bàn giao."),
    D.HAND_OVER: (D.UNDO, ""),
    D.ACCEPT: (D.UNDO, ""),
    D.SEND_BACK: (D.UNDO, ""),
    D.REQUEST_SUPPLEMENT: (D.UNDO, ""),
    D.SUPPLEMENT_RECEIVED: (D.UNDO, ""),
    D.REQUEST_PAYMENT: (D.UNDO, ""),
    D.PAID: (D.UNDO, ""),
    D.CHANGE_CASE: (D.UNDO, ""),
    D.FORWARD: (D.UNDO, ""),
    D.ANSWER: (D.UNDO, ""),
    D.SIGN: (D.UNDO, ""),
    D.EXPLAIN_DELAY: (D.UNDO, ""),
    D.APOLOGISE: (None, "Phiếu xin lỗi chỉ được lập một lần và đã báo cho công dân."),
    D.REAPPOINT: (D.UNDO, ""),
    D.TELL: (D.UNDO, ""),
    D.HASTEN: (D.UNDO, ""),
    D.EASE: (D.UNDO, ""),
    D.RESOLVE: (D.UNDO, ""),
    D.RETURN: (D.UNDO, ""),
    D.REFUSE: (D.UNDO, ""),
    D.WITHDRAW: (D.UNDO, ""),
    D.STOP: (D.REOPEN, "Dừng nhầm thì người phụ trách mở lại hồ sơ."),
    D.REOPEN: (D.STOP, "Mở nhầm thì dừng giải quyết lần nữa."),
    D.CORRECT: (D.CORRECT, "Ghi sai thì đính chính lần nữa."),
    D.UNDO: (None, "Bỏ nhầm thì ghi lại việc ấy."),
    D.VOID: (None, "Số đã hủy không dùng lại; hủy nhầm thì tiếp nhận lại hồ sơ."),
}

# Deeds that may not be done without saying why (NĐ 61 Đ.5; NĐ 118 Đ.5: nothing refused unsaid).
NEEDS_REASON = frozenset({
    D.SEND_BACK, D.REQUEST_SUPPLEMENT, D.REFUSE, D.WITHDRAW, D.STOP, D.REOPEN, D.CORRECT, D.VOID,
    D.EXPLAIN_DELAY, D.APOLOGISE, D.CHANGE_CASE, D.UNDO, D.HASTEN,
})  # fmt: skip

_DEED_OF: dict[type[object], Deed] = {
    e.Received: D.RECEIVE, e.HandedOver: D.HAND_OVER, e.Accepted: D.ACCEPT, e.SentBack: D.SEND_BACK,
    e.SupplementRequested: D.REQUEST_SUPPLEMENT, e.SupplementReceived: D.SUPPLEMENT_RECEIVED,
    e.PaymentRequested: D.REQUEST_PAYMENT, e.Paid: D.PAID, e.CaseChanged: D.CHANGE_CASE,
    e.Forwarded: D.FORWARD, AgencyAnswered: D.ANSWER, e.Signed: D.SIGN, e.Apologised: D.APOLOGISE, e.Resolved: D.RESOLVE,
    e.Returned: D.RETURN, e.Refusal: D.REFUSE, Withdrawn: D.WITHDRAW, Stopped: D.STOP,
    DelayExplained: D.EXPLAIN_DELAY, Reappointed: D.REAPPOINT, CitizenTold: D.TELL,
    Hastened: D.HASTEN, Eased: D.EASE,
    e.Reopened: D.REOPEN, e.Corrected: D.CORRECT, e.Undone: D.UNDO, e.Voided: D.VOID,
}  # fmt: skip

LABEL: dict[Deed, str] = {
    D.RECEIVE: "Tiếp nhận", D.HAND_OVER: "Bàn giao", D.ACCEPT: "Nhận bàn giao",
    D.SEND_BACK: "Trả lại", D.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    D.SUPPLEMENT_RECEIVED: "Nhận bổ sung", D.REQUEST_PAYMENT: "Yêu cầu nghĩa vụ tài chính",
    D.PAID: "Đã nộp tiền", D.CHANGE_CASE: "Chuyển trường hợp", D.FORWARD: "Chuyển tiếp", D.ANSWER: "Cơ quan trả lời",
    D.EXPLAIN_DELAY: "Nêu lý do chậm", D.REAPPOINT: "Hẹn lại theo lịch mới",
    D.TELL: "Đã báo công dân", D.HASTEN: "Cần sớm", D.EASE: "Thôi cần sớm",
    D.SIGN: "Đã ký", D.APOLOGISE: "Xin lỗi, hẹn lại", D.RESOLVE: "Giải quyết xong",
    D.RETURN: "Trả kết quả", D.REFUSE: "Từ chối", D.WITHDRAW: "Rút hồ sơ",
    D.STOP: "Dừng giải quyết", D.REOPEN: "Mở lại", D.CORRECT: "Đính chính",
    D.UNDO: "Hoàn tác", D.VOID: "Hủy số",
}  # fmt: skip


def deed_of(body: object) -> Deed | None:
    """The deed an event's body records; None for what is no deed (a print, a code that came)."""
    return deed_of_type(type(body))


def deed_of_type(kind: type[object]) -> Deed | None:
    """The deed that bodies of a type record."""
    return _DEED_OF.get(kind)


def status_code(status: Status) -> int | None:
    """The national code 1–10; None for a voided number, which was never a dossier."""
    return NATIONAL[status][0]


def label(status: Status) -> str:
    """The national label, as shown to citizens."""
    return NATIONAL[status][1]


def clock(status: Status) -> Clock:
    return NATIONAL[status][2]


def deeds_from(status: Status) -> tuple[Deed, ...]:
    """The deeds that apply in `status`, in the table's order."""
    return tuple(deed for deed, steps in TRANSITIONS.items() if status in steps)
