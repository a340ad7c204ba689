"""`motcua-server`: serve the counters, add a unit, give out an enrolment code.

Exit status: 0 done, 1 our fault, 2 the command is wrong, 3 refused, 4 the other side failed.
"""

import argparse
import json
import ssl
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from datetime import date, timedelta
from pathlib import Path
from secrets import token_bytes

import uvicorn
from starlette.applications import Starlette
from starlette.types import Lifespan

from app.models.errors import BadInput, OtherSideFailed, Refused
from app.models.exchange.bundle import Bound
from app.models.exchange.carried_enrolment import LONGEST_REQUEST, read_request
from server import clock
from server.beside import as_living_hub
from server.build import Server, as_hub, build
from server.certificate import pin_of
from server.exchange.bundles import Bundles
from server.grammar import HUB_LISTEN, grammar
from server.hub import standing
from server.hub.hub import WORD, join, mend_address, role_in, word_in
from server.store.postgres import migrate_url
from server.units import notices, satisfaction
from server.units.enrolment import DAYS, LASTS
from server.units.notices import Notices
from server.units.oversight import Oversight, held_in_words, in_words
from server.web.serving import DEFAULT_LISTEN, listening_at, serve
from server.web.web import application

MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = grammar(_DEEDS).parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return _status(refused)


def _status(refused: Refused) -> int:
    match refused:
        case BadInput():
            return 2
        case OtherSideFailed():
            return 4
        case _:
            return 3


# --- the commands -------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    pin = pin_of(options.certificate) if options.certificate else ""
    server = _built(options, pin)
    role = role_in(options.data)
    listening = listening_at(options.listen or (HUB_LISTEN if role else DEFAULT_LISTEN))
    host, port = listening.getsockname()[:2]
    beside: Lifespan[Starlette] | None = None
    if role:
        server, beside = as_living_hub(
            server, role, options.data.resolve(), host, port, options.tied
        )
    site = _site(server, beside)
    config = uvicorn.Config(
        site, log_level="warning", access_log=False, server_header=False,
        lifespan="on" if role else "off",
        ssl_certfile=options.certificate, ssl_keyfile=options.certificate_key,
    )  # fmt: skip
    with closing(listening):
        _check_key(config)
        named = f"[{host}]" if ":" in host else host
        address = f"{'https' if pin else 'http'}://{named}:{port}"
        _say(options, {"address": address}, f"Máy chủ đang nghe ở {address}")
        with (
            standing.running(options.data.resolve(), address, clock.now())
            if role
            else nullcontext()
        ):
            serve(config, server.upstream.news, listening, tied=options.tied)
    return 0


def _site(server: Server, beside: Lifespan[Starlette] | None = None) -> Starlette:
    return application(
        server.units, server.upstream, server.enrolment, clock.now, beside, server.ballots
    )


def _hub_status(options: argparse.Namespace) -> int:
    data = options.data.resolve()
    role = role_in(data)
    if role is None:
        _say(options, {"hub": False}, "Máy này chưa là trạm trung chuyển nào.")
        return 0
    server = as_hub(_built(options), role)
    listens = standing.found_running(data)
    trouble = listens.trouble if listens else ""
    now = standing.standing(server.units, role.unit, word_in(data / WORD), trouble)
    told: dict[str, object] = {"hub": True, "unit": role.unit, "url": role.url}
    where = {"address": listens.address, "since": listens.since.isoformat()} if listens else {}
    _say(options, told | {"running": bool(listens)} | where | now.facts(), _hub_words(listens, now))
    return 0


def _hub_words(listens: standing.Running | None, now: standing.Standing) -> str:
    runs = f"đang nghe ở {listens.address}" if listens else "không chạy"
    why = f" {now.trouble}" if now.trouble else ""
    return f"Trạm trung chuyển {runs}; đã gặp {len(now.met)} quầy, còn {now.waiting} sự kiện chờ máy chủ.{why}"


def _join_hub(options: argparse.Namespace) -> int:
    server = _built(options)
    code = sys.stdin.readline().strip()
    data, device = options.data.resolve(), server.keys.public
    name = join(data, server.engine, device, options.unit, options.url, code, clock.now())
    answer = {"unit": options.unit, "unit_name": name, "url": options.url}
    words = f"Máy này là trạm trung chuyển của {name}. Chạy motcua-server serve để bắt đầu."
    _say(options, answer, words)
    return 0


def _mend_hub(options: argparse.Namespace) -> int:
    role = mend_address(options.data.resolve(), options.url)
    words = (
        f"Trạm trung chuyển này từ nay tìm máy chủ ở {role.url}; khóa của máy chủ vẫn phải đúng."
    )
    _say(options, {"hub": True, "unit": role.unit, "url": role.url}, words)
    return 0


def _migrate(options: argparse.Namespace) -> int:
    if not options.store:
        raise BadInput(
            "Hãy cho biết kho PostgreSQL bằng --store; kho SQLite tự theo phiên bản của chương trình."
        )
    migrate_url(options.store)
    _say(options, {"migrated": True}, "Kho dữ liệu PostgreSQL đã đúng phiên bản của chương trình.")
    return 0


def _add_unit(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    server = _built(options)
    published = server.units.add(options.unit, options.name, server.author, clock.now())
    answer = {"unit": options.unit, "name": options.name, "published": published}
    _say(
        options, answer, f"Đã thêm đơn vị {options.unit}; công bố {published} thủ tục và ngày nghỉ."
    )
    return 0


def _enrol(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    days = options.days
    if days is not None and days not in DAYS:
        raise BadInput(f"--days là số ngày, từ {DAYS[0]} đến {DAYS[-1]}.")
    lasts = LASTS if days is None else timedelta(days=days)
    code, expires = _built(options).enrolment.new_code(options.unit, clock.now(), lasts)
    answer = {"code": str(code), "expires": expires.isoformat()}
    until = f"{expires:%H:%M}" if days is None else f"{expires:%H:%M %d/%m/%Y}"
    _say(options, answer, f"Mã ghi danh: {code} (dùng một lần, đến {until})")
    return 0


def _answer_request(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    server = _built(options, pin_of(options.certificate) if options.certificate else "")
    asked = read_request(_content(options.file))
    answered = server.enrolment.enrol(asked, clock.now())
    bound = Bundles(server.units, server.upstream, server.keys).answer(
        options.into, asked, answered
    )
    told = {"file": str(options.into), "unit": asked.unit, "counter": asked.counter}
    words = (
        f"Đã ghi danh quầy số {asked.counter} của {answered.unit_name}; trả lời ở {options.into}, "
        f"kèm {bound.sent} sự kiện. Hãy mang tệp ấy về đọc ở quầy."
    )
    _say(options, told | _counts(bound), words)
    return 0


def _content(request: Path) -> bytes:
    try:
        with request.open("rb") as file:
            return file.read(LONGEST_REQUEST)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {request}. Hãy kiểm tra USB và tên tệp.") from error


def _revoke(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    bodies = _oversight(options).revoke(options.unit, options.device, options.first, clock.now())
    device = bodies[0].device
    logs = [{"incarnation": body.incarnation, "from": body.seq} for body in bodies]
    words = f"Đã thu hồi máy {device}. Các quầy khác biết khi trao đổi lần tới."
    _say(options, {"unit": options.unit, "device": device, "logs": logs}, words)
    return 0


def _held(options: argparse.Namespace) -> int:
    found = _oversight(options).held(options.unit)
    for held in found:
        times = {"since": held.since.isoformat(), "until": held.until.isoformat()}
        _say(options, held._asdict() | times, held_in_words(held))
    if not found and not options.json:
        print("Không giữ việc nào của máy đã thu hồi.")
    return 0


def _release(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    released = _oversight(options).release(options.unit, options.device, clock.now())
    answer = {"unit": options.unit, "device": options.device, "released": released}
    _say(options, answer, f"{released} việc nay có tác dụng. Các quầy biết khi trao đổi lần tới.")
    return 0


def _alarms(options: argparse.Namespace) -> int:
    alarms = _oversight(options).alarms(options.unit)
    for alarm in alarms:
        _say(options, alarm._asdict(), in_words(alarm))
    if not alarms and not options.json:
        print("Không có cảnh báo nào.")
    return 0


def _send_notice(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    if options.all == bool(options.unit):
        raise BadInput("Gửi cho ai? Hãy ghi --unit và mã đơn vị, hoặc --all cho mọi đơn vị.")
    server = _built(options)
    units = server.units.all() if options.all else [options.unit]
    notice = _notices(server).send(options.text, units, clock.now())
    words = f"Thông báo {notice} đi cùng lần trao đổi tới của {len(units)} đơn vị."
    _say(options, {"notice": notice, "units": units}, words)
    return 0


def _list_notices(options: argparse.Namespace) -> int:
    found = _notices(_built(options)).all(options.unit)
    for told in found:
        one = told.notice
        read_at = one.read_at.isoformat() if one.read_at else ""
        facts = one._asdict() | {"unit": told.unit, "at": one.at.isoformat(), "read_at": read_at}
        _say(options, facts, notices.in_words(told))
    if not found and not options.json:
        print("Chưa gửi thông báo nào.")
    return 0


def _withdraw_notice(options: argparse.Namespace) -> int:
    _refuse_hub(options)
    units = _notices(_built(options)).withdraw(options.notice, clock.now())
    words = f"Đã rút ở {len(units)} đơn vị. Các quầy biết khi trao đổi lần tới."
    _say(options, {"notice": options.notice, "units": units}, words)
    return 0


def _satisfaction(options: argparse.Namespace) -> int:
    server = _built(options)
    since, until = (_day(text) for text in (options.since, options.until))
    for unit in [options.unit] if options.unit else server.units.all():
        for question, summary in satisfaction.said(server.engine, unit, since, until).items():
            low, high = summary.interval
            answer = {
                "unit": unit, "question": question, "answers": summary.answers,
                "counts": summary.counts, "satisfied": round(summary.satisfied, 4),
                "low": round(low, 4), "high": round(high, 4), "mean": round(summary.mean, 4),
            }  # fmt: skip
            share = f"{100 * summary.satisfied:.1f} %".replace(".", ",")
            _say(options, answer, f"{unit}  {question}: {summary.answers} phiếu, hài lòng {share}")
    return 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"Ngày “{text}” không đúng. Hãy ghi như 2026-11-30.") from error


def _write_bundle(options: argparse.Namespace) -> int:
    if (scans := options.scans) is not None and scans < 0:
        raise BadInput("--scans là số MB, từ 0 trở lên.")
    most = None if scans is None else scans * MEGABYTE
    bound, counter = _bundles(options).write(options.file, options.unit, options.to, most)
    answer = {"file": str(options.file), "to": counter, **_counts(bound)}
    files = f" và {bound.files} bản số hóa" if bound.files else ""
    left = f" Còn {bound.files_left} bản số hóa chờ gói sau." if bound.files_left else ""
    words = f"Đã ghi {bound.sent} sự kiện{files} cho quầy số {counter} vào {options.file}.{left}"
    _say(options, answer, words)
    return 0


def _counts(bound: Bound) -> dict[str, int]:
    """By the names that the counter's program gives them."""
    events = {"sent": bound.sent, "messages": bound.messages, "forks": bound.forks}
    return events | {"scans": bound.files, "scans_left": bound.files_left}


def _read_bundle(options: argparse.Namespace) -> int:
    unit, counter, taken, beyond, files = _bundles(options).read(options.file, clock.now())
    answer = {"unit": unit, "from": counter, **taken._asdict(), "beyond": beyond, "scans": files}
    scans = f" và {files} bản số hóa" if files else ""
    words = f"Đã nhận {taken.received} sự kiện{scans} của quầy số {counter}, đơn vị {unit}. "
    _say(options, answer, words + "Hãy ghi gói trả lời (bundle write) và mang về quầy.")
    return 0


# --- around them --------------------------------------------------------------------------------


def _check_key(config: uvicorn.Config) -> None:
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise BadInput(
            "Khóa bí mật không đọc được hoặc không hợp với chứng thư. Hãy kiểm tra --certificate-key."
        ) from error


def _built(options: argparse.Namespace, pin: str = "") -> Server:
    data = options.data.resolve()
    try:
        return build(data, options.store, pin, in_keyring=options.keyring)
    except OSError as error:
        raise Refused(f"Không dùng được thư mục dữ liệu {data}; hãy kiểm tra quyền ghi.") from error


def _oversight(options: argparse.Namespace) -> Oversight:
    server = _built(options)
    return Oversight(server.units, server.author)


def _notices(server: Server) -> Notices:
    return Notices(server.units, server.author, server.keys.public.device, token_bytes)


def _refuse_hub(options: argparse.Namespace) -> None:
    if role_in(options.data):
        raise Refused("Máy này là trạm trung chuyển; việc này làm ở máy chủ cấp trên.")


def _bundles(options: argparse.Namespace) -> Bundles:
    server = _built(options)
    if role := role_in(options.data):
        server = as_hub(server, role)
    return Bundles(server.units, server.upstream, server.keys)


def _say(options: argparse.Namespace, answer: Mapping[str, object], sentence: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else sentence, flush=True)


_DEEDS = {
    "serve": _serve,
    "migrate": _migrate,
    "unit add": _add_unit,
    "enrol": _enrol,
    "revoke": _revoke,
    "held": _held,
    "release": _release,
    "alarms": _alarms,
    "notice send": _send_notice,
    "notice list": _list_notices,
    "notice withdraw": _withdraw_notice,
    "satisfaction": _satisfaction,
    "hub join": _join_hub,
    "hub address": _mend_hub,
    "hub status": _hub_status,
    "bundle write": _write_bundle,
    "bundle read": _read_bundle,
    "enrolment answer": _answer_request,
}


if __name__ == "__main__":
    sys.exit(main())
