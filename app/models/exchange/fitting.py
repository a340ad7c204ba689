"""Packs as much as one message may carry; the rest goes with the next."""

from app.models.errors import Refused
from app.models.exchange.chain import SIGN_EVERY, DeviceKeys, Head
from app.models.exchange.messages import Message, Run, fits, pack


def pack_fitting(message: Message, keys: DeviceKeys) -> tuple[bytes, Message]:
    """(the bytes, the message they hold): the runs are halved until it fits, packed and unfolded.

    Raises `Refused` when not even one stretch between two signed heads fits.
    """
    while True:
        said = message._replace(runs=tuple(_thinned(run) for run in message.runs))
        packed = pack(said, keys)
        if fits(packed):
            return packed, said
        message = message._replace(runs=_halved(message.runs))


def _thinned(run: Run) -> Run:
    """Signatures don't compress, and a counter signs at each exchange: most heads stay at home.

    A run too long without them is still cut at any of them.
    """
    return run._replace(
        heads=tuple(
            head for head in run.heads if head.seq % SIGN_EVERY == 0 or head.seq == run.last
        )
    )


def _halved(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if len(runs) > 1:
        return runs[: len(runs) // 2]
    if not runs or len(runs[0].heads) < 2:
        raise Refused("Một đoạn sự kiện quá lớn để gửi trong một gói; hãy báo người hỗ trợ.")
    return (_cut(runs[0], runs[0].heads[: len(runs[0].heads) // 2]),)


def _cut(run: Run, heads: tuple[Head, ...]) -> Run:
    return run._replace(records=run.records[: heads[-1].seq - run.first + 1], heads=heads)
