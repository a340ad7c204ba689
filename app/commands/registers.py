"""`register` and `report`: the registers and the statutory report of a span into a file."""

from pathlib import Path

from app.commands.call import DONE, Call, Command
from app.models.errors import BadInput, OtherSideFailed

KINDS = ("pdf", "xlsx")


def register(call: Call) -> int:
    """Write the registers of a span of days; PDF or XLSX by the file's name."""
    said, kind = call.options, _kind(call.options.output)
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


def report(call: Call) -> int:
    """Write Biểu số II.06a of a span of days; PDF or XLSX by the file's name."""
    said, kind = call.options, _kind(call.options.output)
    with call.counter() as counter:
        sheet = counter.desk.reports.ii06a(said.since, said.until)
        content = counter.desk.draw([sheet], kind)
    keep(said.output, content)
    lines = sheet.values["reported"]
    assert isinstance(lines, list)
    *fields, whole = lines
    facts = {"file": str(said.output), "fields": fields, "total": whole}
    words = (
        f"Đã ghi {said.output}: nhận {whole['taken_on']}, đã giải quyết {whole['solved']} hồ sơ."
    )
    call.answer(facts, words)
    return DONE


def _kind(file: Path) -> str:
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise BadInput(f"Chưa ghi được tệp {file.suffix}. Hãy đặt tên tệp .pdf hoặc .xlsx.")
    return kind


def keep(file: Path, content: bytes) -> None:
    """Write a file whole; raises `OtherSideFailed` with the sentence."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise OtherSideFailed(
            f"Không ghi được tệp {file}. Hãy chọn thư mục khác, hoặc đóng tệp đang mở, rồi làm lại."
        ) from error


COMMANDS: dict[str, Command] = {"register": register, "report": report}
