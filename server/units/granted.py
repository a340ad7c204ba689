"""Remembers outside the database which counter numbers, lanes and books were ever given out.

A database put back from a dump has forgotten its last grants, while their holders go on numbering
by them; until those are heard, only this file knows that the numbers are taken. It lies beside the
server's key, in no dump.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.files import put_durably
from app.models.events import event as e

Grant = e.LaneGranted | e.BookGranted | e.Enrolled


class _Given(msgspec.Struct, frozen=True):
    lanes: tuple[tuple[int, str, str], ...] = ()
    book: int = 0
    counters: dict[int, str] = {}


class Granted:
    """One file a unit in `folder`; the caller holds the unit's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lanes(self, unit: str) -> list[e.LaneGranted]:
        """Every lane with its first and last day, whoever holds it."""
        return [e.LaneGranted("", "", *lane) for lane in self._read(unit).lanes]

    def books(self, unit: str) -> list[e.BookGranted]:
        """The highest book, whoever holds it; none before the first."""
        book = self._read(unit).book
        return [e.BookGranted("", "", book)] if book else []

    def counters(self, unit: str) -> dict[int, str]:
        """Which device was enrolled as which counter."""
        return self._read(unit).counters

    def keep(self, unit: str, grants: Iterable[Grant]) -> None:
        """Remember these too, on disk before this returns: so before they are committed."""
        before = self._read(unit)
        lanes, book, counters = set(before.lanes), before.book, dict(before.counters)
        for grant in grants:
            match grant:
                case e.LaneGranted(lane=lane, first=first, last=last):
                    lanes.add((lane, first, last))
                case e.BookGranted(book=number):
                    book = max(book, number)
                case e.Enrolled(device=device, counter=counter):
                    counters.setdefault(counter, device)
        given = _Given(tuple(sorted(lanes)), book, counters)
        if given != before:
            self._write(unit, msgspec.json.encode(given))

    # --- inside ---------------------------------------------------------------------------------

    def _path(self, unit: str) -> Path:
        return self._folder / f"{unit}.json"

    def _read(self, unit: str) -> _Given:
        try:
            return msgspec.json.decode(self._path(unit).read_bytes(), type=_Given)
        except FileNotFoundError:
            return _Given()

    def _write(self, unit: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        put_durably(self._path(unit), content)
