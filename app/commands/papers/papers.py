"""`print`: a paper of a dossier, into a file or to a printer."""

import re
from pathlib import Path

from app.commands.call import DONE, Call, Command
from app.commands.papers.batch import print_each
from app.commands.papers.filing import keep_paper, write
from app.commands.papers.sheets import print_sheet
from app.commands.papers.uncounted import WITHOUT_FORM, print_uncounted
from app.commands.papers.words import SHEETS, UNCOUNTED
from app.desk.at_desk import directly
from app.desk.desk import Desk
from app.desk.papers.delivery import Delivery
from app.desk.papers.forms import FORMS, size_of
from app.desk.papers.paperwork import Paper as Issued
from app.desk.papers.press import Press
from app.models.errors import BadInput, Refused
from app.models.events.event import EventName
from app.printing.forms import forms
from app.printing.paper import Paper
from app.printing.papers import sheets, slip, trial_page
from app.printing.printers.spooler import ROLL
from app.printing.sheet import Sheet
from app.store.reading.listing import Listing

TO_POST = "post-minutes"  # without a code: of all that the post shall take
_VISIT = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}\.\d{1,15}")
"""A visit that left unreceived has no code; its event's name stands for it."""


def print_form(call: Call) -> int:
    """Record the print, then let the paper go; without a place it becomes a file right here."""
    said = call.options
    if said.output and not said.output.parent.is_dir():
        raise BadInput(f"Không có thư mục {said.output.parent}. Hãy chọn nơi khác để ghi tệp.")
    if (said.printer or "").startswith(ROLL) and said.form not in UNCOUNTED:
        raise BadInput(
            "Máy in cuộn K80 chỉ in phiếu tra cứu (ticket) và trang thử (test-page). "
            "Hãy chọn máy in khác cho giấy này.",
            "printer",
        )
    if said.each:
        return print_each(call)
    if said.sample is not None:
        return _print_sample(call)
    if said.form in UNCOUNTED:
        return print_uncounted(call)
    if said.form in SHEETS:
        return print_sheet(call)
    if not (said.codes or said.form == TO_POST):
        raise BadInput("Thiếu mã hồ sơ. Muốn xem mẫu mà không cần hồ sơ thì thêm --sample.", "code")
    with call.counter() as counter:
        desk = counter.desk
        name, *others = [_named(desk, code) for code in said.codes] or _waiting_for_post(desk)
        # another set is a print of its own: two of the same would be two originals
        for _ in range(said.copies if said.printer else 1):
            paper = desk.paperwork.issue(said.form, name, counter.officer, said.paper, others)
            _let_go(call, desk.press, paper)
    return DONE


def _let_go(call: Call, press: Press, paper: Issued) -> None:
    """Send an issued paper to its printer or file, and say where it is."""
    said = call.options
    facts = {"form": said.form, "code": paper.title.split()[-1], "mark": paper.mark}
    if said.printer:
        job = Delivery(press, directly).send(paper, said.printer)
        call.answer({**facts, "printer": said.printer, "job": job}, f"Đã gửi tới {said.printer}.")
    else:
        file = said.output or Path(f"{paper.title}.pdf")
        keep_paper(press, paper, file)
        call.answer({**facts, "file": str(file)}, f"Đã ghi {file}.")


COMMANDS: dict[str, Command] = {"print": print_form}


def _print_sample(call: Call) -> int:
    """The form with the registry's samples, as the unit has it printed; nothing is recorded."""
    said, unit = call.options, call.places.forms
    if said.form == trial_page.FORM:
        return print_uncounted(call)
    if said.form in WITHOUT_FORM:
        file = said.output or Path(f"{said.form}.pdf")
        write(file, WITHOUT_FORM[said.form]())
        call.answer({"form": said.form, "file": str(file)}, f"Đã ghi {file}.")
        return DONE
    profile = said.profile or forms.CURRENT
    if said.form not in forms.names(profile):
        names = ", ".join(forms.names(profile)) or "không có"
        raise BadInput(f"Bộ mẫu {profile} không có mẫu “{said.form}”. Các mẫu: {names}.", "form")
    values = forms.sample(said.form, profile, unit, said.sample)
    if said.form in FORMS:
        size = Paper[size_of(said.form, said.paper)]
        pdf = slip.render(said.form, values, size, mark="BẢN IN THỬ", profile=profile, unit=unit)
    else:
        pdf = sheets.render([Sheet(said.form, values, said.form, profile)], unit=unit)
    file = said.output or Path(f"{said.form}.pdf")
    write(file, pdf)
    call.answer({"form": said.form, "profile": profile, "file": str(file)}, f"Đã ghi {file}.")
    return DONE


def _waiting_for_post(desk: Desk) -> list[EventName]:
    """The results that the post shall take today."""
    found = list(desk.lookup.listed(Listing("to_post")))
    if not found:
        raise Refused("Không có kết quả nào chờ bưu chính đến lấy.")
    return found


def _named(desk: Desk, code: str) -> EventName:
    return EventName.parse(code) if _VISIT.fullmatch(code) else desk.lookup.named(code)
