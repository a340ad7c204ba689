"""`register` and `incomplete`: the registers into a file, and what the day has left undone."""

from pathlib import Path

from app.commands.call import DONE, Call, Command
from app.models.errors import BadInput, OtherSideFailed

KINDS = ("pdf", "xlsx")


def register(call: Call) -> int:
    """Write the registers of a span of days; PDF or XLSX by the file's name."""
    said = call.options
    kind = said.output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise BadInput(f"Chưa ghi được tệp {said.output.suffix}. Hãy đặt tên tệp .pdf hoặc .xlsx.")
    if said.until < said.since:
        raise BadInput("Ngày cuối ở trước ngày đầu. Hãy sửa --from hoặc --to.")
    with call.counter() as counter:
        desk = counter.desk
        known = desk.books.groups()
        if said.group and said.group not in known:
            listed = ", ".join(known) or "chưa có sổ nào"
            raise BadInput(f"Không có sổ “{said.group}”. Các sổ: {listed}.", "group")
        sheets = desk.books.register(said.since, said.until, said.group)
        content = desk.draw(sheets, kind)
    keep(said.output, content)
    rows = sum(sheet.rows for sheet in sheets)
    books = [sheet.name for sheet in sheets if sheet.rows]
    facts = {"file": str(said.output), "rows": rows, "books": books}
    call.answer(facts, f"Đã ghi {rows} dòng, {len(books)} quyển vào {said.output}.")
    return DONE


def keep(file: Path, content: bytes) -> None:
    """Write a file whole; raises `OtherSideFailed` with the sentence."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise OtherSideFailed(
            f"Không ghi được tệp {file}. Hãy chọn thư mục khác, hoặc đóng tệp đang mở, rồi làm lại."
        ) from error


COMMANDS: dict[str, Command] = {"register": register}
