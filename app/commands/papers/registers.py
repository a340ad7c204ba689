"""`register` and `report`: the registers and the reports of a span into a file."""

from collections.abc import Mapping
from pathlib import Path

from app.commands.call import DONE, Call, Command
from app.models.errors import BadInput
from app.printing import named_file

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
    named_file.write(said.output, content)
    rows = sum(sheet.rows for sheet in sheets)
    books = [sheet.name for sheet in sheets if sheet.rows]
    facts = {"file": str(said.output), "rows": rows, "books": books}
    call.answer(facts, f"Đã ghi {rows} dòng, {len(books)} quyển vào {said.output}.")
    return DONE


def report(call: Call) -> int:
    """Write a report of a span of days; PDF or XLSX by the file's name."""
    said, kind = call.options, _kind(call.options.output)
    with call.counter() as counter:
        desk = counter.desk
        drawn_up = {"satisfaction": desk.ratings.report, "help-desk": desk.help_desk.report}
        sheet = drawn_up.get(said.name, desk.reports.ii06a)(said.since, said.until)
        content = desk.draw([sheet], kind)
    named_file.write(said.output, content)
    facts, words = _SUMMED[said.name](sheet.values)
    call.answer({"file": str(said.output), **facts}, f"Đã ghi {said.output}: {words}")
    return DONE


def _tallied(values: Mapping[str, object]) -> tuple[dict[str, object], str]:
    lines = values["reported"]
    assert isinstance(lines, list)
    *fields, whole = lines
    words = f"nhận {whole['taken_on']}, đã giải quyết {whole['solved']} hồ sơ."
    return {"fields": fields, "total": whole}, words


def _rated(values: Mapping[str, object]) -> tuple[dict[str, object], str]:
    months, turnout = values["rated_months"], values["rated_turnout"]
    assert isinstance(months, list)
    facts = {"questions": values["rated"], "months": months, "turnout": turnout}
    words = f"{sum(month['answers'] for month in months)} phiếu đánh giá chung."
    return facts, str(values["rated_note"]) or words


def _helped(values: Mapping[str, object]) -> tuple[dict[str, object], str]:
    counted = {name: rows for name, rows in values.items() if name.startswith("helped")}
    lines = values["helped"]
    assert isinstance(lines, list)
    (whole,) = lines
    return counted, f"{whole['times']} lượt trợ giúp, {whole['minutes']} phút."


def _kind(file: Path) -> str:
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise BadInput(f"Tên tệp {file.name} phải có đuôi .pdf hoặc .xlsx. Hãy đặt lại tên tệp.")
    return kind


_SUMMED = {"ii06a": _tallied, "satisfaction": _rated, "help-desk": _helped}

COMMANDS: dict[str, Command] = {"register": register, "report": report}
