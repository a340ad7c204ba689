"""`enrol` and `sync`: making the counter known to its server, and one exchange with it."""

from app.commands.call import DONE, Call, Command, secret_line
from app.upstream import join, send

COUNTS = (
    *("sent", "received", "held", "without_effect", "forks"),
    *("requests", "bytes_up", "bytes_down", "pending"),
)


def enrol(call: Call) -> int:
    """Make this counter known to the server at an address, with a one-time code."""
    with call.counter() as counter:
        code = secret_line("mã ghi danh")
        enrolment = join(counter.desk.store, call.options.url, code)
    facts = {"url": enrolment.server.url, "unit_name": enrolment.unit_name}
    call.answer(facts, f"Đã ghi danh với {enrolment.server.url} ({enrolment.unit_name}).")
    return DONE


def sync(call: Call) -> int:
    """One exchange; what the server doesn't hold afterwards is `pending`."""
    with call.counter() as counter:
        outcome = send(counter.desk.store, call.clock)
    facts = {name: getattr(outcome, name) for name in COUNTS} | {"at_hub": 0}
    call.answer(
        facts,
        f"Đã gửi {outcome.sent}, nhận {outcome.received}; "
        f"máy chủ còn thiếu {outcome.pending} sự kiện.",
    )
    return DONE


COMMANDS: dict[str, Command] = {"enrol": enrol, "sync": sync}
