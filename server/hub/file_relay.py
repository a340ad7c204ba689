"""Carries the sealed files a hub holds up to its server, and down what a counter asked the hub for."""

from collections.abc import Callable, Iterator

from app.models.events.event import EventName
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys
from app.sync.files import Ask, asking
from server.exchange.files import Files
from server.hub.hub import Role


class FileRelay:
    """After the events: the server takes no file that none of its events names."""

    def __init__(self, files: Files, role: Callable[[], Role], keys: DeviceKeys) -> None:
        """`role` as it stands now: its address may be mended meanwhile."""
        self._files, self._role, self._keys = files, role, keys
        self._unit = role().unit
        self._there: set[str] = set()

    def carry(self) -> int:
        """One go with the server; how many files were carried to their end. Raises `OtherSideFailed`."""
        unit = self._unit
        up = [file for file in self._files.whole(unit) if file not in self._there]
        down = self._files.missed(unit)
        if not (up or down):
            return 0
        named = self._files.named(unit)
        with asking(self._keys, unit, self._role().server) as ask:
            lacking = ((x, start) for x, start in self._lacking(ask, up) if x in named)
            carried = sum(self._up(ask, file, *named[file], start) for file, start in lacking)
            return carried + sum(
                self._down(ask, file, *named[file]) for file in down if file in named
            )

    def _lacking(self, ask: Ask, files: list[str]) -> Iterator[tuple[str, int]]:
        """What the server doesn't hold whole, with how much of it is there."""
        for first in range(0, len(files), talk.MOST_NAMES):
            some = files[first : first + talk.MOST_NAMES]
            for file, held in zip(some, ask(talk.Have(tuple(some))).held, strict=False):
                if held.whole:
                    self._there.add(file)
                else:
                    yield file, held.bytes

    def _up(self, ask: Ask, file: str, event: EventName, size: int, start: int) -> bool:
        while start < size:
            part = self._files.given(self._unit, file, start).part
            held = next(iter(ask(talk.Put(file, event, start, part)).held), None)
            if held is not None and held.whole:
                self._there.add(file)
                return True
            if held is None or held.bytes <= start:
                return False  # its event isn't there yet, or another brings it
            start = held.bytes
        return False

    def _down(self, ask: Ask, file: str, event: EventName, size: int) -> bool:
        start = 0
        while start < size:
            part = ask(talk.Get(file, start)).part
            held = self._files.take(self._unit, talk.Put(file, event, start, part))
            if not part or held is None:
                return False
            if held.whole:
                self._there.add(file)
                return True
            start = held.bytes if held.bytes > start else start + len(part)
        return False
