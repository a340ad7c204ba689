"""One message of the wire, always the same: docs/wire.md shows it, the golden files pin it."""

from datetime import datetime

from app.models.citizens.applicant import Applicant, Identity, IdKind
from app.models.deadlines.calendar import VIETNAM
from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.dossiers.references import seen_as
from app.models.events import event as e
from app.models.events import facts
from app.models.events.encoding import as_record, encode
from app.models.exchange.chain import DeviceKeys, LogName, genesis, links, sign_head
from app.models.exchange.messages import Known, Message, Run, map_hash

UNIT = "H50.12"
COUNTER = DeviceKeys(bytes(range(64)))
SERVER = DeviceKeys(bytes(range(64, 128)))
LOG = LogName(COUNTER.public.device, "00000000000000a1")
AT = datetime(2026, 11, 30, 9, 15, tzinfo=VIETNAM)


def sample() -> Message:
    """A counter's first word: it began, received a dossier, printed; the last note was erased."""
    keys = COUNTER.public
    started = e.IncarnationStarted(1, keys.sign.hex(), keys.seal.hex())
    received = e.Received(
        procedure="1.001022",
        procedure_name="Thủ tục đăng ký nhận cha, mẹ, con",
        field="Hộ tịch",
        case=1,
        case_name="Không phải xác minh",
        limit=Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "Luật Hộ tịch Đ.25"),
        promise=facts.Promise(datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)),
        code="H50.12-261130-0001",
        counter=1,
    )
    applicant = Applicant("Nguyễn Thị Ánh", identity=Identity(IdKind.CITIZEN, "001185000012"))
    told = e.Personal(salt="c2FsdCBvZiAx", applicant=applicant)
    dossier = e.EventName(*LOG, 2)
    deeds = (
        _event(1, "", started),
        _event(2, "", received, personal=told),
        _event(
            3, str(dossier), e.HandedOver("hoa"), personal=e.Personal("c2FsdCBvZiAx", note="gấp")
        ),
    )
    records = [as_record(*encode(event)) for event in deeds]
    records[2] = records[2]._replace(personal=None)
    hashes = links(genesis(UNIT, LOG), records)
    head = sign_head(COUNTER, UNIT, LOG, 3, hashes[-1])
    held = {LOG: Known(3, hashes[-1])}
    run = Run(LOG, keys, 1, tuple(records), (head,))
    return Message(UNIT, keys, SERVER.public.device, 7, map_hash(held), held, (run,))


def seen_elsewhere() -> e.Event:
    """Another counter's deed on that dossier, as it stood after `HandedOver`."""
    before = sample().runs[0]
    hashes = links(genesis(UNIT, LOG), before.records)
    dossier, last = e.EventName(*LOG, 2), e.EventName(*LOG, 3)
    name = e.EventName(SERVER.public.device, "00000000000000b2", 5)
    seen = seen_as(name, str(dossier), (last,), lambda event: hashes[event.seq - 1])
    return e.Event(name, str(dossier), (last,), "hoa", "hoa", AT, AT, e.Accepted(), seen_as=seen)


def _event(seq: int, about: str, body: e.AnyBody, personal: e.Personal | None = None) -> e.Event:
    name = e.EventName(*LOG, seq)
    saw = (e.EventName(*LOG, seq - 1),) if about else ()
    return e.Event(name, about or str(name), saw, "lan", "lan", AT, AT, body, personal)
