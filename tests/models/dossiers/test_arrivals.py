"""An online dossier folds alike in whatever order it arrives; its bytes are as first written."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

from app.models.citizens.applicant import Applicant, Recipient
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.dossiers.arrivals import ANSWERED, arrival
from app.models.dossiers.fold import Effect
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.encoding import decode, encode
from app.models.events.forwarding import Part
from app.models.events.online import OnlineAnswered, OnlineArrived
from tests.models.telling import START, device

GOLDEN = Path(__file__).parents[1] / "golden" / "online-1.json"
CODE = "H26.15-261120-0042"
THING = about(OnlineArrived(CODE))
LIMIT = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "NĐ 61/2018/NĐ-CP Đ.19.5, 19.6")


def told(
    body: e.AnyBody, seq: int, on: int = 1, saw: tuple[e.Event, ...] = (), thing: str = THING,
    personal: e.Personal | None = None,
) -> e.Event:  # fmt: skip
    at, name = START + timedelta(minutes=seq), e.EventName(device(on), "0" * 16, seq)
    seen = tuple(event.name for event in saw)
    return e.Event(name, thing, seen, "lan", "lan", at, at, body, personal)


CAME = told(
    OnlineArrived(CODE, "1.001022", "Nhận con"), 1,
    personal=e.Personal(salt="c2FsdA", applicant=Applicant("Lý A Sử"), request="Nhận con"),
)  # fmt: skip
TAKEN = told(OnlineAnswered(CODE, "received", "d.i.7"), 2, 1, (CAME,))
REFUSED = told(OnlineAnswered(CODE, "refusal", "d.i.8"), 2, 2, (CAME,))
VOIDED = told(OnlineAnswered(CODE, "voided", "d.i.7"), 3, 1, (TAKEN,))
FORWARDED = told(
    e.Forwarded("Thuế cơ sở", "Thuế cơ sở", (Part("Thuế cơ sở", LIMIT, START),)), 4, thing="d.i.7",
    personal=e.Personal(salt="c2FsdA", items=("xác định nghĩa vụ",), recipient=Recipient("Lý A Sử", "", "Thôn 1")),
)  # fmt: skip


def test_the_bytes_are_as_first_written() -> None:
    lines = [part for event in (CAME, TAKEN, FORWARDED) for part in encode(event) if part]
    assert b"\n".join(lines) == GOLDEN.read_bytes().rstrip(b"\n")
    public, personal = encode(FORWARDED)
    assert decode(FORWARDED.name, public, personal) == FORWARDED


def test_of_two_answers_given_apart_the_first_holds_in_whatever_order_they_come() -> None:
    for order in permutations((CAME, TAKEN, REFUSED)):
        found = arrival(THING, order)
        first = min(TAKEN, REFUSED, key=lambda event: event.name)
        assert (found.answered, found.arrived) == (first, CAME)
        without = [v for v in found.verdicts if v.effect is Effect.WITHOUT]
        assert [v.reason for v in without] == [ANSWERED]


def test_what_is_voided_waits_again_and_an_answer_without_an_arrival_is_none() -> None:
    assert arrival(THING, (CAME, TAKEN)).answer == "received"
    assert arrival(THING, (CAME, TAKEN, VOIDED)).answer == ""
    lonely = arrival(THING, (TAKEN,))
    assert (lonely.arrived, lonely.answer) == (None, "")
    assert [v.effect for v in lonely.verdicts] == [Effect.HELD]
