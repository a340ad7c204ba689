"""Tells what an officer needs to begin the unit's hub at this counter, or why that can't be."""

from app.models.errors import Refused
from app.models.unit.officer import Officer, check_leads
from app.store.practice import word_of
from app.store.store import Store
from app.sync.hub_place import Above, HubPlace
from app.sync.known import server_of

WHAT = "bật, tắt trạm trung chuyển"
PRACTICE = "Xã tập dùng không chạy trạm trung chuyển."
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
