"""Makes what the tests work with: a counter on real encrypted files, a draft, a procedure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.deeds.progress import Done
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.intake.receiving import Receipt
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.exchange.lacking import to_send
from app.models.procedures.procedure import Procedure, to_json
from app.models.unit.officer import Officer, Role
from app.store.store import Store, create
from tests.at_rest import AtRest, at_rest
from tests.models.shipped import catalogue

UNIT = "H26.15.3"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
NGA = "phutrach"  # she holds every role
PROCEDURE = "1.001022"  # three working days, and it has a case

# a deed's details, enough for each deed to be done
DETAILS = Details(to="hung", reason="lý do ghi trong phiếu", case=1)


class Clock:
    """Vietnam's time, moved by hand."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@dataclass
class ACounter:
    """An open counter: `folder` holds its data folder and, apart, its state folder."""

    folder: Path
    number: int = 1
    unit: str = UNIT
    machine: str = "máy 1"
    clock: Clock = field(default_factory=Clock)
    state: Path | None = None

    def __post_init__(self) -> None:
        self.key = sha256(f"khóa {self.unit}".encode()).digest()
        self.database = self.folder / "data" / "motcua.db"
        self.random = Random(f"{self.unit} {self.number} {self.folder}").randbytes
        self.state = self.state or self.folder / "state"
        if not self.database.exists():
            create(self.database, self.key, self.unit, self.number, random=self.random)
        self.open()

    def open(self) -> "ACounter":
        """Open again, as another process would."""
        assert self.state is not None
        self.store = Store(
            self.database, self.state, self.key, random=self.random, machine=self.machine
        )
        self.desk = Desk(self.store, self.clock, _blank)
        return self

    def close(self) -> None:
        self.store.close()

    @property
    def officer(self) -> Officer:
        return self.desk.officer(NGA)

    def receive(self, name: str = "Nguyễn Thị Ánh", **more: object) -> Receipt:
        """Receive one dossier."""
        return self.desk.intake.receive(a_draft(name=name, **more), self.officer)

    def receive_many(self, count: int) -> list[str]:
        """Receive dossiers and give their codes."""
        return [self.receive(f"{name}").code for name in some_names(count)]

    def do(self, deed: Deed, name: e.EventName, details: Details = DETAILS) -> Done:
        """Do one deed to one dossier, a minute later."""
        self.clock.go_on(minutes=1)
        return self.desk.progress.do(deed, [name], self.officer, details)[0]

    def dump(self) -> list[str]:
        return self.store.folding.dump()

    def own_log(self) -> str:
        """The incarnation this counter writes in."""
        own = self.store.journal.own()
        assert own is not None
        return own.log.incarnation

    def furnish(self) -> "ACounter":
        """Describe the unit, add its one officer and a procedure."""
        bodies: list[e.AnyBody] = [
            e.UnitDescribed(name="Trung tâm Phục vụ hành chính công xã Khánh Hà"),
            e.OfficerAdded(NGA, "Lê Thị Nga", tuple(role.value for role in Role)),
            e.ProcedureSet(PROCEDURE, to_json(a_procedure())),
        ]
        with self.store.journal.deed(self.clock()) as writing:
            for body in bodies:
                writing.append(body, by=NGA, at=self.clock())
        return self


def a_counter(
    folder: Path, number: int = 1, *, unit: str = UNIT, machine: str = "máy 1"
) -> ACounter:
    """A counter that can receive at once; in another folder of the same test another device."""
    place = _within_its_test(folder)
    if place is None:
        return ACounter(folder, number, unit, machine).furnish()
    _furnished(place, number, unit, machine).put(folder / "data" / "motcua.db", folder / "state")
    return ACounter(folder, number, unit, machine)


def _within_its_test(folder: Path) -> tuple[str, ...] | None:
    """The folder's path within the temporary folder that pytest gave to one test."""
    for n, part in enumerate(folder.parts, 1):
        if part.startswith("test_"):
            return folder.parts[n:]
    return None


@cache
def _furnished(place: tuple[str, ...], number: int, unit: str, machine: str) -> AtRest:
    """Made once a process for all tests that have one at this place, with a device of its own."""
    with TemporaryDirectory() as folder:
        made = ACounter(Path(folder, *place), number, unit, machine).furnish()
        assert made.state is not None
        return at_rest(made.store, made.state, made.key, machine)


def a_draft(**changes: object) -> IntakeDraft:
    """An intake in which nothing is wrong."""
    draft = {"procedure": PROCEDURE, "name": "Nguyễn Thị Ánh", "id_number": "001187012345"}
    return IntakeDraft(**{**draft, **changes})  # type: ignore[arg-type]


def a_procedure(code: str = PROCEDURE) -> Procedure:
    """A procedure as it ships."""
    return catalogue()[code]


def some_names(count: int) -> list[str]:
    """As many names of people, none twice in thousands."""
    family, middle = ("Nguyễn", "Trần", "Lê", "Đặng"), ("Thị", "Văn", "Quỳnh", "Đức")
    given = ("Ánh", "Bình", "Châu", "Dũng", "Đào", "Hoà", "Khuê", "Lý", "Mỹ", "Oanh", "Phượng")
    return [f"{family[n % 4]} {middle[n // 4 % 4]} {given[n % 11]} {n}" for n in range(count)]


def exchange(one: Store, other: Store) -> int:
    """Let two stores trade all they hold, directly; how many events moved."""
    moved = 0
    for store in (one, other):
        store.journal.sign_head()
    while True:
        taken = _give(one, other) + _give(other, one)
        if not taken:
            return moved
        moved += taken


def _give(giver: Store, taker: Store) -> int:
    lacking = to_send(giver.map(), taker.map(), giver.hash_at)
    roots = {log.root for log in lacking.forks}
    parted = {log: 0 for log in giver.map() if log.root in roots}  # as a bundle does: all of it
    return taker.take(giver.runs({**lacking.after, **parted})).received


def _blank(form: str, values: dict[str, object], paper: str, mark: str, profile: str) -> bytes:
    return b"%PDF-" + form.encode()
