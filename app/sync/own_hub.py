"""Tells what an officer needs to begin the unit's hub at this counter, and keeps it at the counter's server."""

import subprocess
from typing import Any

import msgspec

from app.models.errors import OtherSideFailed, Refused
from app.models.unit.officer import Officer, check_leads
from app.store.practice import word_of
from app.store.store import Store
from app.sync.hub_place import FAILED, Above, HubPlace, environment, sentence_of
from app.sync.known import server_of
from app.sync.reached import Do

WHAT = "bật, tắt trạm trung chuyển"
PRACTICE = "Xã tập dùng không chạy trạm trung chuyển."
STAYED = "Quầy đã nhớ địa chỉ mới, nhưng trạm trung chuyển ở máy này thì chưa: {}"
NOT_YET = (
    "Quầy chưa ghi danh với máy chủ nên chưa làm trạm trung chuyển được. Hãy ghi danh quầy trước."
)


def above(store: Store, officer: Officer, place: HubPlace) -> Above:
    """What `officer` needs to begin a hub here; raises `Refused` where that is not for them, or not yet."""
    check_leads(officer, WHAT)
    if word_of(store):
        raise Refused(PRACTICE)
    if (server := server_of(store)) is None:
        raise Refused(NOT_YET)
    return Above(server.url, store.unit, not place.is_enrolled(store.unit, server.keys.sign))


def follow(store: Store, place: HubPlace, do: Do) -> None:
    """Let a hub here look for the server where the counter does, if it is the same; not at the desk,
    but for what `do` does there. Raises `Refused`, `OtherSideFailed`.
    """
    server = do(lambda: server_of(store))
    if server is None or place.address(store.unit, server.keys.sign) in {None, server.url}:
        return
    try:
        asked(place, "address", server.url)
    except Refused as refused:
        raise type(refused)(STAYED.format(refused)) from refused


def asked(place: HubPlace, *words: str, code: str = "") -> dict[str, Any]:
    """What one command of the hub's program answers; `code` is its stdin.

    Raises `Refused`, `OtherSideFailed` with its sentence.
    """
    done = subprocess.run(
        place.words("hub", *words), input=f"{code}\n", capture_output=True, encoding="utf-8",
        env=environment(), check=False,
    )  # fmt: skip
    if done.returncode:
        sentence = sentence_of(done.stderr, done.returncode)
        raise OtherSideFailed(sentence) if done.returncode == FAILED else Refused(sentence)
    answer: dict[str, Any] = msgspec.json.decode(done.stdout)
    return answer
