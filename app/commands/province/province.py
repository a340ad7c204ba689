"""`province`: what is typed into the province's system, its codes, its file, its boxes."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from app.commands.call import DONE, Call, Command
from app.counter import Counter
from app.desk.province import fields as province_fields
from app.desk.province.file import KINDS, LONG_AGO
from app.models.dossiers.province_gap import Gap
from app.models.errors import BadInput
from app.models.events.event import EventName
from app.printing import named_file

LARGEST = 200_000  # bytes of a file of boxes
MOST_LISTED = 10_000
KIND = {Gap.ABSENT: "absent", Gap.BEHIND: "behind"}


def province(call: Call) -> int:
    """Do one of `ACTIONS`."""
    with call.counter() as counter:
        _ACTIONS[call.options.action](call, counter)
    return DONE


def _list(call: Call, counter: Counter) -> None:
    desk = counter.desk
    now = desk.clock()
    for kind, word in KIND.items():
        for row in desk.province.lacking(kind, MOST_LISTED).rows:
            days = (now.date() - row.received_at.date()).days
            facts = {
                "code": row.code, "province_code": row.province_code, "lacks": word,
                "received_at": row.received_at, "days": days, "applicant": row.owner,
                "procedure_name": row.procedure_name, "status": row.status.value,
            }  # fmt: skip
            what = "chưa nhập" if kind is Gap.ABSENT else f"đã đổi, {row.province_code}"
            call.answer(facts, f"{row.code}  {days} ngày  {row.owner}  ({what})")


def _show(call: Call, counter: Counter) -> None:
    screen = counter.desk.province.screen(_named(call, counter))
    boxes = [{"label": box.label, "words": box.words} for box in screen.boxes]
    facts = {"code": screen.code, "province_code": screen.province_code, "boxes": boxes}
    call.answer(facts, "\n".join(f"{box.label}: {box.words}" for box in screen.boxes))


def _enter(call: Call, counter: Counter) -> None:
    name = _named(call, counter)
    code = counter.desk.province.enter(name, call.options.official, counter.officer)
    call.answer({"code": call.options.code, "province_code": code}, f"Đã giữ mã {code}.")


def _updated(call: Call, counter: Counter) -> None:
    counter.desk.province.update(_named(call, counter), counter.officer)
    call.answer({"code": call.options.code}, "Đã ghi: kết quả đã nhập lên hệ thống tỉnh.")


def _export(call: Call, counter: Counter) -> None:
    said, desk, today = call.options, counter.desk, counter.desk.clock().date()
    file = said.output
    if file is None or (kind := file.suffix.lower().removeprefix(".")) not in KINDS:
        raise BadInput("Hãy đặt tên tệp .json hoặc .xlsx: -o TỆP.", "output")
    since, until = said.since or (LONG_AGO if said.pending else today), said.until or today
    if until < since:
        raise BadInput("Ngày cuối ở trước ngày đầu. Hãy sửa --from hoặc --to.")
    days = (since, until)
    count, content = desk.province_file.written(desk.draw, kind, days, pending=said.pending)
    named_file.write(file, content)
    call.answer({"file": str(file), "dossiers": count}, f"Đã ghi {count} hồ sơ vào {file}.")


def _fields(call: Call, counter: Counter) -> None:
    said, desk = call.options, counter.desk.province
    if said.read or said.shipped:
        fields = () if said.shipped else province_fields.read(_text(said.read))
        desk.describe(replace(desk.settings(), fields=fields), counter.officer)
    text = province_fields.written(desk.fields())
    if said.output:
        named_file.write(said.output, text.encode())
    facts = [
        {"label": x.label, "variable": x.variable, "how": x.how, "stage": x.stage}
        for x in desk.fields()
    ]
    call.answer({"fields": facts, "own": bool(desk.settings().fields)}, text)


def _settings(call: Call, counter: Counter) -> None:
    said, desk = call.options, counter.desk.province
    known = desk.settings()
    changed = replace(
        known,
        used=known.used if not said.use else said.use == "on",
        since=said.since.isoformat() if said.since else known.since,
    )
    if changed != known:
        desk.describe(changed, counter.officer)
    facts = {"used": changed.used, "since": changed.since, "to_enter": desk.to_enter()}
    since = f" hồ sơ nhận từ {changed.since}" if changed.since else ""
    call.answer(facts, f"Có nhập lên hệ thống tỉnh{since}." if changed.used else "Không nhập.")


_ACTIONS: dict[str, Callable[[Call, Counter], None]] = {
    "list": _list, "show": _show, "enter": _enter, "updated": _updated, "export": _export,
    "fields": _fields, "settings": _settings,
}  # fmt: skip

COMMANDS: dict[str, Command] = {"province": province}


def _named(call: Call, counter: Counter) -> EventName:
    if not call.options.code:
        raise BadInput("Thiếu mã hồ sơ của quầy.", "code")
    return counter.desk.lookup.named(call.options.code)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise BadInput(f"Tệp {file.name} quá lớn, không phải tệp các trường.", "read")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp {file}. Hãy lưu lại dạng chữ UTF-8.", "read") from error
