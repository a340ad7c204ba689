"""Logs of bytes, chained and signed, for the tests of chain and exchange."""

from hashlib import sha256

from app.models.events.encoding import Record, as_record
from app.models.exchange.chain import DeviceKeys, LogName, genesis, links, sign_head
from app.models.exchange.messages import Known, Run

UNIT = "H26.15.3"


def some_keys(name: str = "quầy 1") -> DeviceKeys:
    return DeviceKeys(sha256(name.encode()).digest() + sha256(b"seal" + name.encode()).digest())


def records(count: int, mark: str = "") -> list[Record]:
    """Events as bytes; every second one has a personal part."""
    return [
        as_record(f'{{"n":{n}{mark}}}'.encode(), b'{"salt":"s"}' if n % 2 else None)
        for n in range(1, count + 1)
    ]


class SomeLog:
    """One log with a signed head after each of the seqs in `signed`."""

    def __init__(
        self, length: int, signed: tuple[int, ...] = (), *, keys: DeviceKeys | None = None,
        unit: str = UNIT, mark: str = "", incarnation: str = "0" * 16,
    ) -> None:  # fmt: skip
        self.keys = keys or some_keys()
        self.name = LogName(self.keys.public.device, incarnation)
        self.records = records(length, mark)
        self.hashes = [genesis(unit, self.name), *links(genesis(unit, self.name), self.records)]
        self.heads = tuple(
            sign_head(self.keys, unit, self.name, seq, self.hashes[seq])
            for seq in (*signed, length)
        )

    def known(self, seq: int) -> Known:
        return Known(seq, self.hashes[seq])

    def run(self, first: int = 1) -> Run:
        heads = tuple(head for head in self.heads if head.seq >= first)
        return Run(self.name, self.keys.public, first, tuple(self.records[first - 1 :]), heads)
