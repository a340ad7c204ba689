"""A help on the wire: nobody's name in what the chain hashes, and never other bytes than these."""

from datetime import timedelta
from pathlib import Path

from app.models.citizens.applicant import Applicant, Identity, IdKind
from app.models.events import event as e
from app.models.events.assisting import Assisted
from app.models.events.encoding import decode, encode
from app.store.journal.meaning import last_word, meaning
from tests.models.telling import START, device

GOLDEN = Path(__file__).parents[1] / "golden" / "assisted-1.json"
NAME = e.EventName(device(1), "0" * 16, 2)
WHO = Applicant("Lý A Sử", identity=Identity(IdKind.CITIZEN, "001187012345"))
FILED = Assisted(
    "1.001022",
    "Đăng ký nhận cha, mẹ, con",
    "Mức độ 2",
    "Đã nộp trực tuyến",
    "G22.01-261123-0007",
    12,
)


def said(seq: int, body: Assisted, on: int = 1, saw: tuple[e.EventName, ...] = ()) -> e.Event:
    name, at = e.EventName(device(on), "0" * 16, seq), START + timedelta(minutes=seq)
    told = (
        None if body.taken_back else e.Personal(salt="c2FsdA", applicant=WHO, note="quên mật khẩu")
    )
    return e.Event(name, str(NAME), saw, "lan", "lan", at, at, body, told)


HELP = said(2, FILED)
BACK = said(3, Assisted(taken_back=True), saw=(NAME,))


def test_the_bytes_are_those_that_were_first_sent() -> None:
    lines = [part for event in (HELP, BACK) for part in encode(event) if part]
    assert b"\n".join(lines) + b"\n" == GOLDEN.read_bytes()
    public, personal = encode(HELP)
    assert decode(NAME, public, personal) == HELP
    assert "Lý A Sử".encode() not in public


def test_the_last_word_holds_whatever_the_order_of_arrival() -> None:
    better = said(1, Assisted(outcome="Chưa làm được"), on=2, saw=(NAME,))
    assert last_word([better, HELP]) == better == last_word([HELP, better])
    assert last_word([BACK, HELP]) is None
    assert last_word([BACK, HELP], and_back=True) == HELP


def test_what_saw_something_missing_waits() -> None:
    waits = said(4, FILED, saw=(BACK.name,))
    found = meaning(str(NAME), [HELP, waits])
    assert [verdict.effect.value for verdict in found.verdicts] == ["applied", "held"]
    assert found.table == "helps"
