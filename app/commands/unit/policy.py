"""`policy`: the rules of its own by which the unit counts its deadlines."""

from app.commands.call import DONE, Call, Command

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
        unit = counter.desk.office.change(counter.officer, changed)
    facts = {name: getattr(unit, name) for name in WORDS}
    call.answer(facts, "\n".join(f"{name}: {facts[name]}  ({WORDS[name]})" for name in WORDS))
    return DONE


COMMANDS: dict[str, Command] = {"policy": policy}
