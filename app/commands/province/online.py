"""`online` and `import online`: online dossiers of a file, waited with by the hour, and answered."""

from pathlib import Path

from app.commands.call import DONE, Call, Command, complain, say_brought_in
from app.commands.telling import Facts, spoken
from app.counter import Counter
from app.desk.online.waiting import Waiting, waits
from app.desk.papers.facts import numbered
from app.models.errors import BadInput
from app.models.events.event import LeftUnreceived


def bring_online(call: Call, counter: Counter, file: Path) -> int:
    """Bring in a list of the province's system; what is known already is brought in once."""
    brought = counter.desk.online.bring_in(file, counter.officer)
    facts = {"imported": brought.new, "known": brought.known, "others": brought.others}
    is_any = bool(brought.new or brought.known)
    return say_brought_in(call, facts, brought.sentence(), brought.wrong, is_any=is_any)


def online(call: Call) -> int:
    """The online dossiers that wait, the most pressing first; or answer one of them."""
    said = call.options
    if (said.receive or said.answer) and not said.code:
        raise BadInput("Thiếu mã hồ sơ trực tuyến: online MÃ --receive.", "code")
    with call.counter() as counter:
        if said.receive:
            return _receive(call, counter)
        if said.answer:
            return _answer(call, counter)
        if said.code:
            waits(counter.desk.store, said.code)
        for one in counter.desk.online.waiting():
            if said.code.strip().upper() in ("", one.row.code):
                call.answer(_facts(one), _words(one))
    return DONE


COMMANDS: dict[str, Command] = {"online": online}


# --- inside -------------------------------------------------------------------------------------


def _receive(call: Call, counter: Counter) -> int:
    desk = counter.desk
    receipt = desk.intake.receive(desk.online.draft(call.options.code), counter.officer)
    for warning in receipt.warnings if not call.options.json else ():
        complain(warning)
    facts = {"code": receipt.code, "due": receipt.due, "online": call.options.code.strip().upper()}
    call.answer(facts, f"{receipt.code}  hẹn trả {spoken(receipt.due)}")
    return DONE


def _answer(call: Call, counter: Counter) -> int:
    said, desk = call.options, counter.desk
    draft = desk.online.draft(said.code)
    items = tuple(said.items)
    visit = desk.intake.leave(draft, said.answer, counter.officer, said.reason, items)
    body = desk.store.log.event(visit).body
    number = numbered(body.slip) if isinstance(body, LeftUnreceived) else ""
    facts = {"visit": str(visit), "outcome": said.answer, "number": number, "online": draft.online}
    call.answer(facts, f"Đã ghi. In giấy: motcua print {said.answer} {visit}")
    return DONE


def _facts(one: Waiting) -> Facts:
    row = one.row
    return {
        "code": row.code,
        "status": "Mới đăng ký",
        "status_code": 1,
        "arrived": row.arrived,
        "answer_by": one.answer_by,
        "late": one.left.late,
        "near": one.is_near,
        "left": one.left.text(),
        "procedure": row.procedure,
        "procedure_name": row.procedure_name,
        "applicant": row.applicant,
        "phone": row.phone,
    }


def _words(one: Waiting) -> str:
    row = one.row
    parts = (
        row.code, f"đến {spoken(row.arrived)}", f"trả lời trước {spoken(one.answer_by)}",
        one.left.text(), row.applicant, row.procedure_name,
    )  # fmt: skip
    return "  ".join(part for part in parts if part)
