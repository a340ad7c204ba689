"""Where the unit's hubs may be reached, and what of their server they may pass on."""

from collections.abc import Callable, Iterator, Sequence

from app.models.errors import OtherSideFailed
from app.models.exchange.chain import PublicKeys
from app.models.exchange.messages import MessageRejected, Passed, map_hash, unpack
from app.sync.nearby import hubs as found_near

KEPT = "hub"  # the setting that remembers where the last one answered


def addresses(
    kept: str, unit: str, devices: Sequence[str], told: str = "",
    find: Callable[[str, Sequence[str]], dict[str, str]] = found_near, *, search: bool = True,
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """(address, device): where somebody told, where it answered last, then wherever one is found.

    The search takes seconds when nobody answers; it begins when all before it has been tried.
    """
    if not devices:
        return
    if told:
        yield from ((told, device) for device in devices)
        return
    url, _, device = kept.partition(" ")
    if device in devices:
        yield url, device
    for found, where in find(unit, devices).items() if search else ():
        if (where, found) != (url, device):
            yield where, found


def number_of(passed: Passed, unit: str, server: PublicKeys, hub: str) -> int:
    """The number of the hub's exchange the server answered so; raises `OtherSideFailed` if it didn't."""
    try:
        word = unpack(passed.packed)
    except MessageRejected as error:
        raise OtherSideFailed(str(error)) from error
    meant = (word.unit, word.sender, word.to, word.trouble) == (unit, server, hub, "")
    if not meant or word.map_hash != map_hash(passed.map):
        raise OtherSideFailed(
            "Trạm trung chuyển chuyển lời không phải của máy chủ; không tin lời ấy. "
            "Hãy báo người phụ trách kiểm tra trạm."
        )
    return word.number
