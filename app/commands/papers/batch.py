"""`print … --each`: one paper for each of many dossiers, with progress; Ctrl-C ends it between two."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.commands.call import DONE, OTHER_SIDE, REFUSED, Call, complain
from app.desk.at_desk import directly
from app.desk.papers.delivery import Delivery
from app.desk.papers.print_batch import PrintBatch
from app.models.errors import BadInput

TOLD_EVERY = 25


def print_each(call: Call) -> int:
    """Print a form for each code; those that have it already are left out. One refused refuses none."""
    said = call.options
    if not said.printer:
        raise BadInput("In nhiều giấy một lần cần --printer: máy in, hoặc PDF:THƯ_MỤC.", "printer")
    codes = list(_codes(said.codes))
    with call.counter() as counter, _until_interrupted() as ended:
        desk = counter.desk
        names = {desk.lookup.named(code): code for code in codes}
        delivery = Delivery(desk.press, directly)
        batch = PrintBatch(desk.paperwork, delivery, directly, counter.officer)

        def reached(done: int, of: int) -> bool:
            if done % TOLD_EVERY == 0 or done == of:
                call.answer({"done": done, "of": of}, f"{done}/{of}")
            return not ended

        result = batch.run(said.form, list(names), said.printer, said.paper, reached)
    for name, sentence in result.refused:
        complain(f"{names[name]}: {sentence}")
    if result.failed:
        complain(result.failed)
    call.answer(
        {
            "form": said.form, "sent": result.sent, "skipped": result.skipped,
            "refused": len(result.refused), "left": result.left,
        },
        f"Đã gửi {result.sent} giấy; {result.skipped} đã in từ trước; "
        f"{len(result.refused)} không in được; {result.left} chưa in.",
    )  # fmt: skip
    if result.failed:
        return OTHER_SIDE
    return REFUSED if result.refused else DONE


def _codes(said: list[str]) -> Iterator[str]:
    """The codes named, and for "-" those that stdin lists, one a line."""
    for code in said:
        if code == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield code


@contextmanager
def _until_interrupted() -> Iterator[list[int]]:
    """A list that an interruption fills: the paper under way is finished first."""
    ended: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: ended.append(number))
    try:
        yield ended
    finally:
        signal.signal(signal.SIGINT, before)
