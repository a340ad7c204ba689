"""A counter of November 2026 whose dossiers are at work: 24/11 is off, the calendar ends with the year."""

from datetime import date, datetime
from pathlib import Path

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.models.deadlines.calendar import DayKind
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.procedures.procedure import to_json
from tests.making import DETAILS, MONDAY, NGA, ACounter, a_counter, a_procedure

OTHER = "1.004884"  # five working days: received Mon 23/11, due Tue 1/12
COPIES = "2.000815"
DEAL = "2.001035"  # certified too, by a law of its own
WHY = Details(reason="phải xác minh")
TO_WORK = (Deed.HAND_OVER, Deed.ACCEPT)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """In 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def a_working_counter(folder: Path) -> ACounter:
    made = a_counter(folder)
    with made.store.journal.deed(MONDAY) as writing:
        for code in (OTHER, COPIES, DEAL):
            writing.append(e.ProcedureSet(code, to_json(a_procedure(code))), by=NGA, at=MONDAY)
        writing.append(a_day(24, "Ngày Văn hóa Việt Nam", DayKind.HOLIDAY), by=NGA, at=MONDAY)
        writing.append(a_day(31, "cuối lịch", DayKind.SWAP_WORK, month=12), by=NGA, at=MONDAY)
    return made


def a_day(day: int, name: str, kind: DayKind, month: int = 11) -> e.DaySet:
    return e.DaySet(date(2026, month, day).isoformat(), kind.value, name)


def a_dossier(
    counter: ACounter, *deeds: Deed, procedure: str = OTHER, fee: str = "", when: str = "on_return"
) -> e.EventName:
    """One that has gone through these deeds; its `fee` as typed, paid `when`."""
    name = counter.receive(procedure=procedure, fee_amount=fee, fee_when=when).name
    for deed in deeds:
        counter.do(deed, name, DETAILS)
    return name


def do(
    counter: ACounter, deed: Deed, name: e.EventName, details: Details = WHY, when: datetime | None = None
) -> Dossier:  # fmt: skip
    """Do one deed, a minute after `when`."""
    counter.clock.now = when or counter.clock.now
    return counter.do(deed, name, details).dossier


def told(dossier: Dossier) -> list[str]:
    """The rules that explain the promise now in force."""
    return [rule for _, _, _, rule in dossier.promises[-1].why]


def closes(counter: ACounter, day: int, month: int = 11) -> None:
    """A storm keeps the counter shut that day."""
    with counter.store.journal.deed(counter.clock()) as writing:
        body = a_day(day, "Bão", DayKind.LOCAL_OFF, month)
        writing.append(body, by=NGA, at=counter.clock())
