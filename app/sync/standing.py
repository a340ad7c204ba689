"""How the exchange stands at this counter: what waits, what only a hub has, the server's last word."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.models.deadlines.calendar import Calendar
from app.store.once_signed import lost_numbers
from app.store.own.keeping import HUB, SERVERS_WORD
from app.store.practice import word_of
from app.store.store import Store

REQUEST = "enrolment_request"
"""The setting that remembers the request of enrolment whose answer somebody is to bring."""


@dataclass(frozen=True)
class Standing:
    """`waiting` events, the oldest keyed at `oldest`, that the server hasn't signed for; `at_hub` of
    them a hub of the unit has. `server` is its address, "" while the counter isn't enrolled;
    `acknowledged` is when its last signed word came, from itself or passed on.

    `asked` is the address of a server whose answer to a request in a file is waited for; `practice`:
    it exchanges with nobody, ever.

    `written` counts what this counter has written itself; `day_is_over`: its hours have ended for
    today. `lost` are printed numbers the server once signed for and doesn't hold any more.
    """

    server: str
    waiting: int
    oldest: datetime | None
    acknowledged: datetime | None
    at_hub: int = 0
    written: int = 0
    day_is_over: bool = False
    lost: tuple[str, ...] = ()
    asked: str = ""
    practice: bool = False


class _Kept(msgspec.Struct, frozen=True):
    url: str


def standing_of(store: Store, now: datetime) -> Standing:
    """Read it at the desk."""
    keeping = store.keeping
    url, asked = _address(keeping.get("server")), _address(keeping.get(REQUEST))
    words = keeping.words(*SERVERS_WORD, f"{HUB}:")
    servers = [word for peer, word in words.items() if not peer.startswith(f"{HUB}:")]
    waiting, oldest = store.lacking(word.map for word in servers)
    nowhere = store.lacking(word.map for word in words.values())[0] if waiting and url else waiting
    return Standing(
        url, waiting, oldest, max((word.at for word in servers), default=None),
        at_hub=waiting - nowhere,
        written=store.log.written(store.keys.public.device),
        day_is_over=_is_over(store.standing.calendar(), now),
        lost=lost_numbers(store) if url else (),
        asked=asked,
        practice=bool(word_of(store)),
    )  # fmt: skip


def _address(kept: str) -> str:
    return msgspec.json.decode(kept, type=_Kept).url if kept else ""


def _is_over(calendar: Calendar, now: datetime) -> bool:
    sessions = calendar.sessions_on(now.date())
    return bool(sessions) and now.time() >= max(closes for _, closes in sessions)
