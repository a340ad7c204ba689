"""`recovery-code`: the code for the safe, with which a backup opens on another machine."""

from app.commands.call import DONE, Call, Command, administrator
from app.commands.upkeep.recovery_code import code_facts, code_words
from app.counter import code_paper
from app.models.errors import BadInput
from app.printing.paper import Paper
from app.printing.printers.printers import send
from app.printing.printers.spooler import FOLDER, Document


def recovery_code(call: Call) -> int:
    """Make a code; on a printer's paper, or shown here once."""
    printer = call.options.printer
    if (printer or "").startswith(FOLDER):
        raise BadInput("Mã khôi phục không được nằm trong tệp nào. Hãy chọn máy in.", "printer")
    with call.counter() as counter:
        administrator(counter)
        store = counter.desk.store
        drawn = code_paper(store.standing.unit().name, store.counter, call.clock())
        if printer:
            send(Document(drawn.pdf, "Mã khôi phục", Paper.A4), printer)
        counter.keep_code(drawn.code, drawn.made)
    if printer:
        words = f"Đã gửi mã khôi phục tới {printer}. Hãy cất giấy vào két."
        call.answer({"made": drawn.made, "printer": printer}, words)
    else:
        call.answer(code_facts(drawn.code, drawn.made), code_words(drawn.code))
    return DONE


COMMANDS: dict[str, Command] = {"recovery-code": recovery_code}
