"""`recovery-code`: the code for the safe, with which a backup opens on another machine."""

from collections.abc import Mapping

from app.commands.call import DONE, Call, Command, administrator
from app.commands.recovery_words import code_facts, code_words
from app.models.errors import BadInput
from app.printing import recovery_paper
from app.printing.paper import Paper
from app.printing.printers import send
from app.printing.spooler import FOLDER, Document


def recovery_code(call: Call) -> int:
    """Make a code; on a printer's paper, or shown here once."""
    printer = call.options.printer
    if (printer or "").startswith(FOLDER):
        raise BadInput("Mã khôi phục không được nằm trong tệp nào. Hãy chọn máy in.", "printer")
    with call.counter() as counter:
        administrator(counter)
        unit, number = counter.desk.store.standing.unit().name, counter.desk.store.counter
        code = counter.new_code()
    at = call.clock()
    if printer:
        pdf = recovery_paper.render(str(code), unit, number, at)
        job = send(Document(pdf, recovery_paper.FORM, Paper.A4), printer)
        facts: Mapping[str, object] = {"made": at, "printer": printer, "job": job}
        call.answer(facts, f"Đã gửi mã khôi phục tới {printer}. Hãy cất giấy vào két.")
    else:
        call.answer(code_facts(code, at), code_words(code))
    return DONE


COMMANDS: dict[str, Command] = {"recovery-code": recovery_code}
