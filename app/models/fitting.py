"""Packs as much as one message may carry; the rest goes with the next."""

from collections.abc import Iterable

from app.models.chain import SIGN_EVERY, DeviceKeys, Head
from app.models.errors import Refused
from app.models.exchange import MOST_PACKED, Message, Run, pack


def pack_fitting(message: Message, keys: DeviceKeys) -> tuple[bytes, Message]:
    """(the bytes, the message they hold): the runs are halved until it is at most `MOST_PACKED`.

    Raises `Refused` when not even one stretch between two signed heads fits.
    """
    packed = pack(message, keys)
    while len(packed) > MOST_PACKED:
        message = message._replace(runs=_halved(message.runs))
        packed = pack(message, keys)
    return packed, message


def travelling(heads: Iterable[Head], last: int) -> tuple[Head, ...]:
    """The signed heads a run ending at seq `last` needs: where it may be cut, and its end.

    Signatures don't compress, and a counter signs one at each exchange; most can stay at home.
    """
    return tuple(
        head
        for head in heads
        if head.seq == last or (head.seq < last and head.seq % SIGN_EVERY == 0)
    )


def _halved(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if len(runs) > 1:
        return runs[: len(runs) // 2]
    if not runs or len(runs[0].heads) < 2:
        raise Refused("Một đoạn sự kiện quá lớn để gửi trong một gói; hãy báo người hỗ trợ.")
    return (_cut(runs[0], runs[0].heads[: len(runs[0].heads) // 2]),)


def _cut(run: Run, heads: tuple[Head, ...]) -> Run:
    return run._replace(records=run.records[: heads[-1].seq - run.first + 1], heads=heads)
