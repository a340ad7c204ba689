"""`hub`: whether this PC runs the unit's hub, how it stands; having it begun by the window, and stopped."""

from typing import Any

from app.commands.call import DONE, Call, Command, secret_line
from app.sync.hub_place import HubPlace, checked_code
from app.sync.own_hub import above, asked, follow
from app.sync.reached import here

WANTED = (
    "Trạm chạy cùng cửa sổ Một Cửa ở máy này: cửa sổ đang mở thì vài giây nữa, không thì khi mở; "
    "cho đến khi tắt."
)


def hub(call: Call) -> int:
    """What is asked of it; the window does what is wanted."""
    place = HubPlace(call.places)
    return {"status": _status, "begin": _begin, "stop": _stop}[call.options.action](call, place)


def _status(call: Call, place: HubPlace) -> int:
    told: dict[str, Any] = {"hub": False}
    if place.places.hub.is_dir():
        told = asked(place, "status")
    wanted = place.wanted() is not None
    said = "được bật" if wanted else "không được bật"
    runs = f", đang nghe ở {told['address']}" if told.get("running") else ", không chạy"
    met = (
        f"; đã gặp {len(told['counters'])} quầy, còn giữ {told['waiting']} việc"
        if told["hub"]
        else ""
    )
    why = f" {told['trouble']}" if told.get("trouble") else ""
    call.answer(told | {"wanted": wanted}, f"Trạm trung chuyển ở máy này {said}{runs}{met}.{why}")
    return DONE


def _begin(call: Call, place: HubPlace) -> int:
    with call.counter() as counter:
        needed = above(counter.desk.store, counter.officer, place)
        follow(counter.desk.store, place, here)
    if needed.needs_code:
        code = checked_code(secret_line("mã ghi danh của trạm"))
        asked(place, "join", needed.url, needed.unit, code=code)
    place.want(call.options.listen)
    call.answer({"wanted": True, "enrolled": needed.needs_code, "url": needed.url}, WANTED)
    return DONE


def _stop(call: Call, place: HubPlace) -> int:
    with call.counter() as counter:
        above(counter.desk.store, counter.officer, place)
    place.leave()
    call.answer(
        {"wanted": False}, "Trạm trung chuyển ở máy này đã tắt; dữ liệu của trạm còn nguyên."
    )
    return DONE


COMMANDS: dict[str, Command] = {"hub": hub}
