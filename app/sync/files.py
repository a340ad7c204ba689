"""Carries sealed files to the server and back, a part at a time: whoever carries may stop at any.

The events go first and their names decide: the server takes no file that none of its events names.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import httpx

from app.models.errors import OtherSideFailed, Refused
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import MessageRejected
from app.models.exchange.talk import NO_ANSWER
from app.store.own.attachments import Attachments, Named
from app.sync.address import ServerAddress
from app.sync.http import line, post, trust_for
from app.sync.reached import Do, here

Ask = Callable[[talk.What], talk.Answer]
"""Brings the server's answer; raises `OtherSideFailed`."""

KIND = "application/octet-stream"
MOST_TRIES = 2  # of one file in one go: what arrives wrong twice is not the line's fault

NOT_THERE = (
    "Tệp số hóa này chưa có ở máy chủ: quầy đã quét chưa gửi lên được. "
    "Hãy chờ quầy ấy đồng bộ rồi mở lại."
)
NOT_NEAR = "Tệp số hóa này chưa có ở trạm trung chuyển. Trạm sẽ lấy về khi có mạng; hãy mở lại sau ít phút."


class NotHeld(Refused):
    """Whoever was asked doesn't hold the file whole."""


TOO_OLD = "Máy chủ chưa nhận tệp số hóa (phiên bản cũ hơn). Tệp vẫn còn đủ ở máy này."


@contextmanager
def asking(
    keys: DeviceKeys, unit: str, server: ServerAddress,
    transport: httpx.BaseTransport | None = None, lane: str = "files",
) -> Iterator[Ask]:  # fmt: skip
    """A line to the server's lane of files, or of news, open for one go."""
    with line(transport or trust_for(server.url, server.pin)) as client:

        def ask(what: talk.What) -> talk.Answer:
            question = asked(keys, unit, server, what)
            said = talk.ask(question, keys, server.keys)
            return answered(
                *post(client, f"{server.url}/{lane}", said, KIND), question, keys, server
            )

        yield ask


def asked(keys: DeviceKeys, unit: str, server: ServerAddress, what: talk.What) -> talk.Question:
    """What is said to ask for `what`."""
    public = keys.public
    return talk.Question(unit, public.sign, public.seal, server.keys.device, what)


def answered(
    status: int, body: bytes, question: talk.Question, keys: DeviceKeys, server: ServerAddress
) -> talk.Answer:
    """The server's signed answer; raises `OtherSideFailed` for anything else, and its sentence of trouble."""
    if status == 404:
        raise OtherSideFailed(TOO_OLD)
    try:
        answer = talk.hear_reply(body, keys, server.keys, question)
    except MessageRejected as error:
        raise OtherSideFailed(NO_ANSWER) from error
    if answer.trouble:
        raise OtherSideFailed(answer.trouble)
    return answer


def send_files(
    attachments: Attachments, ask: Ask, now: datetime, do: Do = here
) -> Iterator[talk.Going]:
    """Hear what the server holds, then carry up what it lacks and lies here; a step for each part.

    Raises `OtherSideFailed`, with everything that arrived kept there.
    """
    while do(attachments.note):
        pass
    waiting = list(_lacking(attachments, ask, do(lambda: attachments.to_ask(now)), now, do))

    def heed(named: Named) -> None:
        _heed(attachments, (named,), ask(talk.Have((named.file,))), now, do)

    yield from _carried(attachments, ask, waiting, heed)


def leave_near(attachments: Attachments, ask: Ask, do: Do = here) -> Iterator[talk.Going]:
    """Put at a hub what the server isn't known to hold and lies here; a step for each part.

    Which files the server holds stays its own word. Raises `OtherSideFailed`.
    """
    while do(attachments.note):
        pass
    wanted, waiting = do(attachments.lacking), list[tuple[Named, int]]()
    for first in range(0, len(wanted), talk.MOST_NAMES):
        some = wanted[first : first + talk.MOST_NAMES]
        told = _told(some, ask(talk.Have(tuple(named.file for named in some))))
        waiting += [(named, held.bytes) for named, held in told if not held.whole]
    yield from _carried(attachments, ask, waiting, lambda _: None)


def fetch_file(
    attachments: Attachments, file: str, size: int, ask: Ask, now: datetime, do: Do = here,
    *, near: bool = False,
) -> Iterator[talk.Going]:  # fmt: skip
    """Bring one file here, going on where an earlier go was cut; a step for each part.

    `near`: a hub is asked, whose word says nothing of what the server holds. Raises `NotHeld`,
    `OtherSideFailed`, `StorageFailed`.
    """
    files = attachments.files
    start = files.arrived(file) // talk.PART * talk.PART
    while start < size:
        answer = ask(talk.Get(file, start))
        held = answer.held[0] if answer.held else talk.Held(0, False)
        if not near:
            do(partial(attachments.heed, {file: held.whole}, now))
        if not held.whole or not answer.part:
            raise NotHeld(NOT_NEAR if near else NOT_THERE)
        files.add(file, start, answer.part)
        start += len(answer.part)
        yield talk.Going(min(start, size), size, 0)
    if not files.finish(file):
        raise OtherSideFailed("Tệp số hóa tải về không đúng; đã bỏ phần ấy. Hãy mở lại để tải lại.")


def _carried(
    attachments: Attachments, ask: Ask, waiting: Sequence[tuple[Named, int]], then: Callable[[Named], None]
) -> Iterator[talk.Going]:  # fmt: skip
    of, done = sum(named.size for named, _ in waiting), 0
    yield talk.Going(0, of, 0)
    for number, (named, held) in enumerate(waiting):
        for reached in _carried_up(attachments, ask, named, held):
            yield talk.Going(done + reached, of, number)
        done += named.size
        then(named)
        yield talk.Going(done, of, number + 1)


def _lacking(
    attachments: Attachments, ask: Ask, wanted: Sequence[Named], now: datetime, do: Do
) -> Iterator[tuple[Named, int]]:
    """What lies here and not there, with how much of it is there."""
    for first in range(0, len(wanted), talk.MOST_NAMES):
        some = wanted[first : first + talk.MOST_NAMES]
        answer = ask(talk.Have(tuple(named.file for named in some)))
        for named, held in _heed(attachments, some, answer, now, do):
            if not held.whole and attachments.files.is_here(named.file, named.size):
                yield named, held.bytes


def _heed(
    attachments: Attachments, some: Sequence[Named], answer: talk.Answer, now: datetime, do: Do
) -> list[tuple[Named, talk.Held]]:
    told = _told(some, answer)
    do(lambda: attachments.heed({named.file: held.whole for named, held in told}, now))
    return told


def _told(some: Sequence[Named], answer: talk.Answer) -> list[tuple[Named, talk.Held]]:
    if len(answer.held) != len(some):
        raise OtherSideFailed(NO_ANSWER)
    return list(zip(some, answer.held, strict=True))


def _carried_up(attachments: Attachments, ask: Ask, named: Named, reached: int) -> Iterator[int]:
    """The bytes there after each part. Ends early when the server doesn't know its event yet."""
    sealed, tries = attachments.files.read(named.file), 1
    while sealed is not None and reached < named.size and tries <= MOST_TRIES:
        part = sealed[reached : reached + talk.PART]
        answer = ask(talk.Put(named.file, named.event, reached, part))
        if not answer.held:
            return
        (held,) = answer.held
        tries += held.bytes <= reached
        reached = held.bytes
        yield reached
