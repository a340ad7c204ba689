"""`enrol`, `enrolment`, `sync`, `bundle`: making the counter known to its server; exchanges by line and by file."""

from app.clock import VIETNAM
from app.commands.call import DONE, Call, Command, complain, secret_line
from app.commands.upkeep.recovery_code import code_facts, code_words
from app.counter import Counter, drawn_code
from app.models.errors import BadInput, OtherSideFailed
from app.models.exchange.talk import Heard
from app.models.unit.from_above import FromAbove
from app.store.own.keeping import HUB, SERVER, SERVERS_WORD
from app.store.reading.notices import Notices
from app.store.store import Store
from app.sync.bundle import ALL
from app.sync.carrying import write_bundle
from app.sync.enrol_by_file import write_request
from app.sync.hub_place import HubPlace
from app.sync.known import mend_address
from app.sync.own_hub import follow
from app.sync.reached import LARGE, here
from app.upstream import carry_files, join, join_by_file, read_bundle, send

COUNTS = (
    *("sent", "received", "held", "without_effect", "forks"),
    *("requests", "bytes_up", "bytes_down", "pending", "at_hub"),
)


def enrol(call: Call) -> int:
    """Make this counter known to the server at an address, with a one-time code."""
    with call.counter() as counter:
        code = secret_line("mã ghi danh")
        enrolment = join(counter.desk.store, call.options.url, code)
        facts, words = _joined(call, counter, enrolment.server.url, enrolment.unit_name)
    call.answer(facts, words)
    return DONE


def enrolment(call: Call) -> int:
    """Enrol without a line: write a request into a file, or read its answer."""
    return _ask(call) if call.options.action == "ask" else _read_answer(call)


def _ask(call: Call) -> int:
    file, url = call.options.file, call.options.url
    with call.counter() as counter:
        write_request(counter.desk.store, file, url, secret_line("mã ghi danh"))
    call.answer(
        {"file": str(file), "url": url},
        f"Đã ghi yêu cầu ghi danh vào {file}. Hãy mang đến cấp trên, rồi đọc tệp trả lời mang về.",
    )
    return DONE


def _read_answer(call: Call) -> int:
    file = call.options.file
    with call.counter() as counter:
        joined = join_by_file(
            counter.desk.store, file, call.clock(), heard=_far(), url=call.options.url
        )
        facts, words = _joined(call, counter, joined.url, joined.unit_name)
    received = joined.read.taken.received
    call.answer(facts | {"received": received}, f"{words}\nĐã nhận {received} sự kiện.")
    return DONE


def _joined(
    call: Call, counter: Counter, url: str, unit_name: str
) -> tuple[dict[str, object], str]:
    """What is said of an enrolment; a counter without a recovery code is given one."""
    facts: dict[str, object] = {"url": url, "unit_name": unit_name}
    words = (
        f"Đã ghi danh với {url} ({unit_name})." if unit_name else "Máy này đã ghi danh từ trước."
    )
    made, at = None if counter.ring().code_made else drawn_code(), call.clock()
    if made:
        counter.keep_code(made, at)
        return facts | code_facts(made, at), f"{words}\n{code_words(made)}"
    return facts, words


def sync(call: Call) -> int:
    """One exchange; what the server doesn't hold afterwards is `pending`, what nobody read `notices`,
    whom it didn't meet while another answered `trouble`."""
    with call.counter() as counter:
        if call.options.server:
            mend_address(counter.desk.store, counter.officer, call.options.server)
            follow(counter.desk.store, HubPlace(call.places), here)
        outcome = send(counter.desk.store, call.clock, hub=call.options.hub, heard=_far())
        scans = _carried(counter.desk.store, call, outcome.trouble)
        notices = _unread(counter.desk.store)
    facts = {name: getattr(outcome, name) for name in COUNTS} | ({"scans": scans} if scans else {})
    words = (
        f"Đã gửi {outcome.sent}, nhận {outcome.received}; "
        f"máy chủ còn thiếu {outcome.pending} sự kiện"
    )
    at_hub = f", trong đó {outcome.at_hub} đã ở trạm trung chuyển" if outcome.at_hub else ""
    files = f"; {scans} tệp số hóa đã lên máy chủ" if scans else ""
    why = f" {outcome.trouble}" if outcome.trouble else ""
    told = {"trouble": outcome.trouble} if why else {}
    said = _telling(f"{words}{at_hub}{files}.{why}", notices)
    call.answer({**facts, **told, **_noticed(notices)}, said)
    return DONE


def _carried(store: Store, call: Call, told: str) -> int:
    """How many scans went up. The events went before: what a scan meets is only told, once."""
    files = 0
    try:
        for going in carry_files(store, call.clock):
            files = going.files
    except OtherSideFailed as failed:
        if str(failed) != told:
            complain(str(failed))
    return files


def bundle(call: Call) -> int:
    """Write an exchange into a file, or read one."""
    return _write(call) if call.options.action == "write" else _read(call)


def _write(call: Call) -> int:
    file, to = call.options.file, call.options.to
    with call.counter() as counter:
        bound = write_bundle(counter.desk.store, file, to, most=_most(call.options.scans))
        pending, _ = counter.desk.store.pending(*SERVERS_WORD)
    facts = {"sent": bound.sent, "forks": bound.forks, "bytes_up": file.stat().st_size}
    scans = {"scans": bound.files, "scans_left": bound.files_left}
    files = f" và {bound.files} bản số hóa" if bound.files else ""
    left = f" Còn {bound.files_left} bản số hóa chờ gói sau." if bound.files_left else ""
    told = {"file": str(file), "to": to, "messages": bound.messages, **scans}
    call.answer(
        _counts(facts, pending) | told,
        f"Đã ghi {bound.sent} sự kiện{files} vào {file} và đọc lại đúng. Hãy mang đến nơi nhận, "
        f"rồi mang gói trả lời về: có gói ấy mới là đã gửi.{left}",
    )
    return DONE


def _most(megabytes: int | None) -> int:
    """Bytes of scans in a bundle; raises `BadInput`."""
    if megabytes is None:
        return ALL
    if megabytes < 0:
        raise BadInput("--scans là số MB, từ 0 trở lên.", "--scans")
    return megabytes * 1_000_000


def _read(call: Call) -> int:
    file = call.options.file
    with call.counter() as counter:
        read = read_bundle(counter.desk.store, file, call.clock(), heard=_far())
        pending, _ = counter.desk.store.pending(*SERVERS_WORD)
        notices = _unread(counter.desk.store)
    facts = {**read.taken._asdict(), "forks": read.forks, "bytes_down": file.stat().st_size}
    words = f"Đã nhận {read.taken.received} sự kiện từ {_who(read.by)}; máy chủ còn thiếu {pending} sự kiện."
    if read.beyond:
        words += f" Có {read.beyond} đoạn bắt đầu sau chỗ máy này đang có: hãy ghi gói trả lời và mang về."
    told = {"file": str(file), "from": read.by, "beyond": read.beyond, "scans": read.files}
    told |= _noticed(notices)
    call.answer(_counts(facts, pending) | told, _telling(words, notices))
    return DONE


def _unread(store: Store) -> list[FromAbove]:
    """The urgent notices from above that nobody in the unit has read, the newest first."""
    return [notice for notice in Notices(store.database).all() if notice.waits]


def _noticed(notices: list[FromAbove]) -> dict[str, object]:
    told = [{"notice": x.notice, "at": x.at.astimezone(VIETNAM), "text": x.text} for x in notices]
    return {"notices": told} if told else {}


def _telling(words: str, notices: list[FromAbove]) -> str:
    said = (f"Cấp trên báo {x.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}: {x.text}" for x in notices)
    return "\n".join([words, *said])


def _far() -> Heard:
    """Says each tenth of a large arrival, as on a new PC, beside the answers."""
    tenths = 0

    def say(received: int, of: int) -> None:
        nonlocal tenths
        if of >= LARGE and received * 10 // of > tenths:
            tenths = received * 10 // of
            complain(f"Đã nhận {received} trong {of} sự kiện.")

    return say


def _counts(facts: dict[str, int], pending: int) -> dict[str, object]:
    return {**dict.fromkeys(COUNTS, 0), **facts, "pending": pending}


def _who(by: str) -> str:
    return {SERVER: "máy chủ", HUB: "trạm trung chuyển"}.get(by, f"quầy số {by}")


COMMANDS: dict[str, Command] = {
    "enrol": enrol,
    "enrolment": enrolment,
    "sync": sync,
    "bundle": bundle,
}
