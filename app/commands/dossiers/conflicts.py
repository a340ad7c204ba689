"""`conflicts`: what deeds done at two places left somebody to look at, and saying it was seen."""

from app.commands.call import DONE, Call, Command
from app.counter import Counter
from app.models.dossiers.concurrent import Task
from app.models.errors import BadInput
from app.models.events import event as e

Open = tuple[e.EventName, tuple[Task, ...]]


def conflicts(call: Call) -> int:
    """The open tasks of one dossier or of all; `--settle N` settles the dossier's Nth."""
    said = call.options
    if said.settle is not None and not said.code:
        raise BadInput("--settle cần mã hồ sơ: conflicts MÃ --settle SỐ.", "--settle")
    with call.counter() as counter:
        desk = counter.desk
        if said.code:
            name = desk.lookup.named(said.code)
            if said.settle is not None:
                task = _nth(desk.conflicts.of(name), said.settle)
                desk.conflicts.settle(name, task.deed, counter.officer)
            found: list[Open] = [(name, desk.conflicts.of(name))]
        else:
            found = list(desk.conflicts.all())
        for name, tasks in found:
            _tell(call, counter, name, tasks)
    return DONE


COMMANDS: dict[str, Command] = {"conflicts": conflicts}


# --- inside -------------------------------------------------------------------------------------


def _nth(tasks: tuple[Task, ...], number: int) -> Task:
    if not 1 <= number <= len(tasks):
        raise BadInput(
            f"Hồ sơ không có việc trùng số {number}; đang có {len(tasks)} việc cần xem.", "--settle"
        )
    return tasks[number - 1]


def _tell(call: Call, counter: Counter, name: e.EventName, tasks: tuple[Task, ...]) -> None:
    dossier = counter.desk.lookup.dossier(name).dossier
    code = dossier.shown_code if dossier else ""
    for number, task in enumerate(tasks, 1):
        facts = {
            "code": code,
            "number": number,
            "deed": str(task.deed),
            "other": str(task.other),
            "holder": task.holder,
            "sentence": task.rule.sentence,
        }
        holder = counter.desk.lookup.holder_name(task.holder)
        call.answer(facts, f"{code}  {number}. {task.rule.sentence}  ({holder})")
