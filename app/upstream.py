"""Joins a counter's store with its server and the unit's hubs: enrolment and one exchange.

`do` runs work where the store may be touched (the desk lane under a window; right here without).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.desk.unit.official_codes import assign
from app.models.errors import OtherSideFailed
from app.models.exchange.file_talk import Going
from app.models.exchange.messages import map_hash
from app.models.exchange.talk import Heard, Outcome, Peer, unheard
from app.store.own.attachments import Attachments
from app.store.own.keeping import HUB, PASSED, SERVER, SERVERS_WORD, furthest
from app.store.practice import refuse_exchange
from app.store.store import Store
from app.sync import carrying, enrol_by_file
from app.sync.address import ServerAddress, checked_url
from app.sync.boxes import send_boxes
from app.sync.client import exchange
from app.sync.enrol import Enrolment, enrol, numberless
from app.sync.files import NotHeld, asking, fetch_file, leave_near, send_files
from app.sync.hubs import KEPT, addresses, number_of
from app.sync.known import Known, enrolled_server, hubs_of, keep_server, note_reader, server_of
from app.sync.reached import LARGE, Do, Reached, here, tidy

__all__ = ["Do", "here", "join", "join_by_file", "read_bundle", "send", "server_of"]

LEFT_NEAR = (
    "Chưa tới được máy chủ; {} tệp số hóa đã để ở trạm trung chuyển, trạm chuyển tiếp khi có mạng."
)

NOT_THERE = "Không có trạm trung chuyển nào của đơn vị trả lời ở {}. Hãy kiểm tra địa chỉ ấy và trạm có đang chạy."

NOBODY_NEAR = (
    "Không nối được với trạm trung chuyển. Dữ liệu vẫn còn đủ ở máy này và sẽ được gửi lại."
)


def join(store: Store, url: str, code: str, do: Do = here) -> Enrolment:
    """Enrol this counter with a one-time code and keep the server's keys. Raises `Refused`."""
    do(lambda: refuse_exchange(store))
    wanting = do(lambda: numberless(store))
    enrolled = enrol(url, code, store.keys.public, store.counter, store.unit, incarnation=wanting)
    do(lambda: keep_server(store, enrolled.server))
    do(lambda: note_reader(store, SERVER, branches=enrolled.branches))
    return enrolled


def join_by_file(
    store: Store, path: Path, now: datetime, do: Do = here, heard: Heard = unheard, url: str = ""
) -> enrol_by_file.Joined:
    """As `enrol_by_file.read_answer`; what waits for codes gets them from the lane that came with it."""
    joined = enrol_by_file.read_answer(store, path, now, do, heard, url)
    do(lambda: assign(store, now))
    return joined


def read_bundle(
    store: Store, path: Path, now: datetime, do: Do = here, heard: Heard = unheard
) -> carrying.Read:
    """As `carrying.read_bundle`; likewise."""
    read = carrying.read_bundle(store, path, now, do, heard)
    do(lambda: assign(store, now))
    return read


def send(
    store: Store,
    now: Callable[[], datetime],
    do: Do = here,
    hub: str = "",
    heard: Heard = unheard,
    *,
    near: bool = False,
) -> Outcome:
    """One exchange with whoever can be reached: the server, a hub of the unit, or both.

    `hub` is an address told by hand; `heard` hears how much has come from the server; `near`: leave
    the server alone, as while it says nothing, which may take half a minute to be heard. What is
    "sent" stands in the server's own signed map, heard from itself or passed on. Raises `BadInput`
    for an address that is none, `OtherSideFailed` when nobody answered, with everything kept here to
    be sent again.
    """
    told = checked_url(hub) if hub else ""
    do(lambda: refuse_exchange(store))
    server = do(lambda: server_of(store) or enrolled_server(store))
    do(store.journal.sign_head)
    failed: OtherSideFailed | None = None
    total = Outcome({})
    try:
        if near:
            raise OtherSideFailed(NOBODY_NEAR)
        total = _with_server(store, now, do, server, heard)
        if do(lambda: assign(store, now())):  # a lane came: what waited for codes tells the server
            do(store.journal.sign_head)
            total = _together(total, _with_server(store, now, do, server))
    except OtherSideFailed as failure:
        failed, total = failure, Outcome({})
    hubs = do(lambda: hubs_of(store))
    waiting = _Waiting(store, do) if hubs else None
    by_hub = _with_hub(store, now, do, server, hubs, told, search=failed is not None)
    if failed and by_hub is None:
        raise failed
    if total.received + (by_hub.received if by_hub else 0) >= LARGE:
        tidy(store, do)
    if not (by_hub and waiting):
        return replace(total, trouble=NOT_THERE.format(told) if told else "")
    both = waiting.summed(total, by_hub, failed=bool(failed))
    return replace(both, trouble=str(failed) if failed and not near else "")


def carry_files(store: Store, now: Callable[[], datetime], do: Do = here) -> Iterator[Going]:
    """Carry up the sealed scans that the server lacks, a step for each part, then full boxes; after `send`.

    Where the server can't be reached they are left at the unit's hub. Raises `OtherSideFailed` then
    too, with everything that arrived kept there.
    """
    server, attachments = do(lambda: enrolled_server(store)), Attachments(store.database)
    try:
        with asking(store.keys, store.unit, server) as ask:
            yield from send_files(attachments, ask, now(), do)
            with suppress(OtherSideFailed):  # nobody waits for them: they go another time
                send_boxes(store.ballots, ask, now().date(), do)
    except OtherSideFailed as failed:
        if (hub := do(lambda: _hub_near(store))) is None:
            raise
        files = 0
        with asking(store.keys, store.unit, hub) as ask:
            for going in leave_near(attachments, ask, do):
                files = going.files
                yield going._replace(files=0)  # none of them is at the server
        raise OtherSideFailed(LEFT_NEAR.format(files) if files else str(failed)) from failed


def bring_file(
    store: Store, file: str, size: int, now: Callable[[], datetime], do: Do = here
) -> Iterator[Going]:
    """Fetch one sealed scan from the server, else from the unit's hub; a step for each part.

    Raises `Refused`, `OtherSideFailed`.
    """
    server, attachments = do(lambda: enrolled_server(store)), Attachments(store.database)
    try:
        with asking(store.keys, store.unit, server) as ask:
            yield from fetch_file(attachments, file, size, ask, now(), do)
    except (OtherSideFailed, NotHeld):
        if (hub := do(lambda: _hub_near(store))) is None:
            raise
        with asking(store.keys, store.unit, hub) as ask:
            yield from fetch_file(attachments, file, size, ask, now(), do, near=True)


def _hub_near(store: Store) -> ServerAddress | None:
    """The hub that answered last, where it did."""
    url, _, device = store.keeping.get(KEPT).partition(" ")
    known = hubs_of(store).get(device)
    return ServerAddress(url, known.keys) if known else None


def _with_server(
    store: Store, now: Callable[[], datetime], do: Do, server: ServerAddress, heard: Heard = unheard
) -> Outcome:
    reached, told = Reached(store, do), do(lambda: furthest(store.keeping.words(*SERVERS_WORD)))
    peer = Peer(server.keys, server.keys.device, held=told)
    outcome = exchange(reached, store.keys, store.unit, server, reached, peer=peer, heard=heard)
    number, held = outcome.number, outcome.acknowledged
    do(lambda: store.keeping.acknowledge(SERVER, held, now(), number))
    do(lambda: note_reader(store, SERVER, branches=outcome.branches))
    return outcome


def _together(one: Outcome, then: Outcome) -> Outcome:
    """The sum of what both did; how things stand is the later's."""
    done = ("sent", "received", "held", "without_effect", "requests", "bytes_up", "bytes_down")
    return replace(then, **{name: getattr(one, name) + getattr(then, name) for name in done})


def _with_hub(
    store: Store, now: Callable[[], datetime], do: Do, server: ServerAddress,
    hubs: Mapping[str, Known], told: str, *, search: bool,
) -> Outcome | None:  # fmt: skip
    """None when the unit has no hub, or none answers: a hub is a help, never a need.

    With the server's answer at hand nobody spends seconds searching for one.
    """
    kept = do(lambda: store.keeping.get(KEPT))
    for url, device in addresses(kept, store.unit, tuple(hubs), told, search=search):
        with suppress(OtherSideFailed):
            return _with_hub_at(store, now, do, server, hubs[device], url)
    return None


def _with_hub_at(
    store: Store, now: Callable[[], datetime], do: Do, server: ServerAddress, hub: Known, url: str
) -> Outcome:
    device, reached = hub.keys.device, Reached(store, do)
    heard = do(lambda: store.keeping.acknowledged(f"{PASSED}{device}"))
    passed = map_hash(heard.map) if heard else ""
    told = do(lambda: furthest(store.keeping.words(hub.peer)))
    peer = Peer(hub.keys, server.keys.device, held=told, passed=passed)
    address = ServerAddress(url, hub.keys)
    outcome = exchange(reached, store.keys, store.unit, address, reached, peer=peer)

    def heed() -> None:
        keeping = store.keeping
        keeping.put(KEPT, f"{url} {device}")
        keeping.acknowledge(hub.peer, outcome.acknowledged, now(), outcome.number)
        note_reader(store, hub.peer, branches=outcome.branches)
        if outcome.received:
            assign(store, now())
        if outcome.passed is not None:
            number = number_of(outcome.passed, store.unit, server.keys, device)
            keeping.acknowledge(f"{PASSED}{device}", outcome.passed.map, now(), number)

    do(heed)
    return outcome


class _Waiting:
    """What waited for the server's word before a hub was asked, and what still does."""

    def __init__(self, store: Store, do: Do) -> None:
        self._store, self._do = store, do
        self._before = self._count(*SERVERS_WORD)

    def _count(self, *peers: str) -> int:
        return self._do(lambda: self._store.pending(*peers)[0])

    def summed(self, direct: Outcome, near: Outcome, *, failed: bool) -> Outcome:
        """Both exchanges together; what only the hub has is not sent."""
        both = _together(near, direct)
        pending = self._count(*SERVERS_WORD)
        at_hub = pending - self._count(*SERVERS_WORD, f"{HUB}:")
        # a forked log counts whole: the server will never have it
        waits = pending if failed else max(pending, direct.pending)
        sent = direct.sent + max(0, self._before - pending)
        forks = max(direct.forks, near.forks)
        return replace(both, sent=sent, forks=forks, pending=waits, at_hub=at_hub, silent=failed)
