"""`print`: a paper of a dossier, into a file or to a printer."""

from pathlib import Path

from app.commands.call import DONE, Call, Command
from app.models.errors import BadInput
from app.printing.paper import Paper
from app.printing.printers import send


def print_form(call: Call) -> int:
    """Record the print, then let the paper go; without a place it becomes a file right here."""
    said = call.options
    if said.paper not in Paper.__members__:
        raise BadInput(
            f"Chưa in được khổ {said.paper}. Các khổ in được: {', '.join(Paper.__members__)}."
        )
    if said.output and not said.output.parent.is_dir():
        raise BadInput(f"Không có thư mục {said.output.parent}. Hãy chọn nơi khác để ghi tệp.")
    with call.counter() as counter:
        desk = counter.desk
        paper = desk.paperwork.issue(
            said.form, desk.lookup.named(said.code), counter.officer, said.paper
        )
    facts = {"form": said.form, "code": paper.title.split()[-1], "mark": paper.mark}
    if said.printer:
        job = send(paper.pdf, said.printer, paper.title, paper=Paper[said.paper])
        call.answer({**facts, "printer": said.printer, "job": job}, f"Đã gửi tới {said.printer}.")
    else:
        file = said.output or Path(f"{paper.title}.pdf")
        _write(file, paper.pdf)
        call.answer({**facts, "file": str(file)}, f"Đã ghi {file}.")
    return DONE


COMMANDS: dict[str, Command] = {"print": print_form}


def _write(file: Path, pdf: bytes) -> None:
    try:
        file.write_bytes(pdf)
    except OSError as error:
        raise BadInput(
            f"Không ghi được tệp {file}. Hãy chọn thư mục khác rồi in lại; hồ sơ đã được lưu."
        ) from error
