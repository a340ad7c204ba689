"""`policy`: the rules of its own by which the unit counts its deadlines."""

from datetime import time

from msgspec import structs

from app.commands.call import DONE, Call, Command, administrator
from app.models.errors import BadInput

WORDS = {
    "supplement": "nhận đủ bổ sung: restart tính lại từ đầu, pause tính tiếp",
    "payment": "chờ nộp tiền: pause dừng thời hạn, run vẫn chạy",
    "reopen": "mở lại hồ sơ đã dừng: pause tính tiếp, restart tính lại từ đầu",
    "return_by": "giờ trả kết quả cuối ngày",
    "cut_off": "giờ chuyển hồ sơ trong ngày",
}


def policy(call: Call) -> int:
    """Say the rules, after changing those that were named; what was promised stays promised."""
    said = {name: getattr(call.options, name) for name in WORDS}
    changed = {name: value for name, value in said.items() if value}
    with call.counter() as counter:
        office, standing = counter.desk.office, counter.desk.store.standing
        if changed:
            by = administrator(counter)
            office.describe(structs.replace(standing.unit(), **_checked(changed)), by)
        unit = standing.unit()
    facts = {name: getattr(unit, name) for name in WORDS}
    call.answer(facts, "\n".join(f"{name}: {facts[name]}  ({WORDS[name]})" for name in WORDS))
    return DONE


COMMANDS: dict[str, Command] = {"policy": policy}


def _checked(changed: dict[str, str]) -> dict[str, str]:
    for name in {"return_by", "cut_off"} & changed.keys():
        try:
            changed[name] = f"{time.fromisoformat(changed[name]):%H:%M}"
        except ValueError as error:
            raise BadInput(f"Giờ “{changed[name]}” không đúng. Hãy ghi như 16:30.", name) from error
    return changed
