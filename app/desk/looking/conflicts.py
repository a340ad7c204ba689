"""What deeds done at two places left somebody to look at; and that somebody has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.models.dossiers.concurrent import Task, tasks
from app.models.dossiers.fold import fold
from app.models.errors import Refused
from app.models.events import event as e
from app.models.unit.officer import Officer, Role
from app.store.store import Store

_ONE_STOP = frozenset({Role.RECEPTIONIST, Role.RETURNER})


MOST = 200
"""Dossiers looked at for one list, the oldest; `count` tells of all."""


@dataclass(frozen=True)
class Open:
    """A dossier with something to look at: the sentences, and who holds it, by name."""

    dossier: e.EventName
    code: str
    applicant: str
    sentences: tuple[str, ...]
    holder: str


class Conflicts:
    """The open tasks of dossiers, and the one deed that settles them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def of(self, name: e.EventName) -> tuple[Task, ...]:
        """A dossier's open tasks, in the order of the deeds."""
        return tasks(self._store.dossiers.opened(name))

    def all(self) -> Iterator[tuple[e.EventName, tuple[Task, ...]]]:
        """Every dossier that has open tasks, the oldest first; the others are not read."""
        for name in self._store.dossiers.with_tasks():
            yield name, self.of(name)

    def look(self) -> tuple[Open, ...]:
        """The dossiers that have open tasks, as a list of them is shown, the oldest first."""
        names = self._store.standing.names()
        found = []
        for name in self._store.dossiers.with_tasks()[:MOST]:
            folded = self._store.dossiers.opened(name)
            if folded.dossier and (left := tasks(folded)):
                said = tuple(dict.fromkeys(task.rule.sentence for task in left))
                holder = names.get(left[0].holder, left[0].holder)
                one = folded.dossier
                whose = one.applicant.name if one.applicant else ""
                found.append(Open(name, one.shown_code, whose, said, holder))
        return tuple(found)

    def count(self) -> int:
        """How many dossiers have open tasks."""
        return self._store.dossiers.count_with_tasks()

    def settle(
        self, name: e.EventName, deed: e.EventName, officer: Officer, keyed_by: str = ""
    ) -> None:
        """Write down that `officer` looked at what `deed` met. Raises `Refused`."""
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            found = tasks(fold(writing.dossier_events(name)))
            task = next((one for one in found if one.deed == deed), None)
            if task is None:
                raise Refused("Việc trùng này đã có người xem; không còn gì phải xem.")
            if not may_settle(officer, task.holder, self._store.standing.officers()):
                raise Refused(
                    f"{officer.name} không giữ hồ sơ này. Việc trùng dành cho người đang giữ hồ sơ "
                    "hoặc người phụ trách xem."
                )
            body = e.ConflictSettled(str(deed))
            writing.append(
                body, thing=name, by=officer.login, at=now, keyed_by=keyed_by or officer.login
            )


def may_settle(officer: Officer, holder: str, officers: Iterable[Officer]) -> bool:
    """The holder may, or a supervisor; the one-stop shop where no officer is the holder."""
    if Role.SUPERVISOR in officer.roles or officer.login == holder:
        return officer.active
    is_held = any(one.login == holder for one in officers)
    return officer.active and not is_held and bool(officer.roles & _ONE_STOP)
