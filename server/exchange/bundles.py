"""The server's side of an exchange that somebody carries: a bundle read, and one written in answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from sqlalchemy import and_, delete, insert, select

from app.files import put_checked, room_at
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.exchange.bundle import (
    Addressed,
    Bound,
    bind,
    check_whole,
    cover_of,
    fitting,
    messages,
    words_of_files,
)
from app.models.exchange.carried_enrolment import sealed_answer
from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.enrolment import Answered, Asked, read_keys
from app.models.exchange.file_talk import MOST_NAMES, Holding, Put, Wanting, fitting_in, said
from app.models.exchange.messages import (
    Map,
    MapRow,
    Message,
    MessageRejected,
    Taken,
    map_of,
    map_rows,
)
from server.exchange import bundle_files
from server.exchange.bundle_files import Named
from server.exchange.upstream import Revoked, Upstream, sane
from server.ledger.ledger import Forked, Ledger
from server.store import tables as t
from server.units.replica import UnitReplica
from server.units.units import Units


class Read(NamedTuple):
    """What a bundle brought: from which counter of which unit, and how many stretches begin where
    the server doesn't stand yet."""

    unit: str
    counter: int
    taken: Taken
    beyond: int
    files: int = 0
    """Those that are whole here now."""


class _Noted(NamedTuple):
    """What is known of a counter before a bundle is written to it; the unit is not held meanwhile."""

    addressed: Addressed
    held: Map
    wanted: list[str]


class Bundles:
    """Reads and writes the bundles of all units."""

    def __init__(self, units: Units, upstream: Upstream, keys: DeviceKeys) -> None:
        self._units = units
        self._upstream = upstream
        self._keys = keys

    def read(self, path: Path, now: datetime) -> Read:
        """Take in a bundle for this server, in one transaction; read again it changes nothing.

        Raises `BadInput`, and `Refused` for what is not for us, not of an enrolled device, or not
        whole: then nothing was taken. Of a revoked device's it keeps what counts for nothing.
        """
        with _whole(path) as file:
            unit = cover_of(file).unit
            first = next(messages(file, self._keys, unit))
            try:
                with self._units.open(unit) as ledger:
                    taken, beyond = self._take(ledger, file, now)
                    counter = ledger.devices.counters()[first.sender.device]
                    is_newest = self._heed(ledger, first, now)
            except Forked as forked:
                with self._units.open(unit) as ledger:
                    ledger.devices.alarm(forked.fork, first.sender.device, now)
                raise
            except Revoked:
                with self._units.open(unit) as ledger:
                    self._upstream.quarantine(ledger, self._within_reach(ledger, file), now)
                raise
            files = self._take_files(unit, file, first.sender.device if is_newest else "")
        return Read(unit, counter, taken, beyond, files)

    def write(
        self, path: Path, unit: str, counter: int | None, most: int | None = None
    ) -> tuple[Bound, int]:
        """All that counter `counter` of the unit lacks (None: whose bundle was read last); its number.

        The scans it asked for come behind, `most` bytes of them and no more than there is room for.
        Raises `BadInput`, `Refused`.
        """
        with self._units.open(unit or self._only_unit()) as ledger:
            device, number = _addressee(ledger, counter)
            noted = self._noted(ledger, device)
        return self._written(noted, path, most), number

    def answer(self, path: Path, asked: Asked, answered: Answered) -> Bound:
        """What the unit holds, for the counter whose request of enrolment was just answered.

        Raises `BadInput`, `Refused`.
        """
        with self._units.open(asked.unit) as ledger:
            device, _ = _addressee(ledger, asked.counter)
            noted = self._noted(ledger, device)
        enrolled = sealed_answer(answered, asked, noted.addressed.reader)
        addressed = replace(noted.addressed, enrolled=enrolled)
        return self._written(noted._replace(addressed=addressed), path, None)

    # --- inside ---------------------------------------------------------------------------------

    def _noted(self, ledger: Ledger, device: str) -> _Noted:
        known, reader = ledger.devices.known(device), _keys_of(ledger, device)
        held, seen = _told(ledger, device), known.number
        addressed = Addressed(ledger.unit, self._keys, reader, seen, seen, branches=known.branches)
        return _Noted(addressed, held, bundle_files.wanted(ledger, device))

    def _written(self, noted: _Noted, path: Path, most: int | None) -> Bound:
        addressed, files = noted.addressed, self._upstream.files
        unit, words, found, chosen = addressed.unit, None, list[Named](), list[Named]()
        if addressed.branches:
            found = bundle_files.waiting(files, unit, noted.wanted)
            room = room_at(path)
            chosen = fitting_in(found, room if most is None else min(most, room))
            words = chain(
                self._holding(unit, addressed.reader),
                bundle_files.words(files, chosen, self._keys, unit, addressed.reader),
            )
        replica = UnitReplica(self._units, unit)
        bound = _put(path, lambda file: bind(file, replica, addressed, noted.held, words))
        return replace(bound, files=len(chosen), files_left=len(found) - len(chosen))

    def _take_files(self, unit: str, file: BinaryIO, teller: str) -> int:
        """Keep the parts that go on from what is here, and what `teller` says it lacks ("": nobody's
        newest word); how many files came to their end.
        """
        whole = set[str]()
        for word in words_of_files(file, self._keys, unit):
            if isinstance(word, Put):
                held = self._upstream.files.take(unit, word)
                if held is not None and held.whole:
                    whole.add(word.file)
            elif isinstance(word, Wanting) and teller:
                with self._units.open(unit) as ledger:
                    bundle_files.keep_wanted(ledger, teller, word.files)
        return len(whole)

    def _holding(self, unit: str, reader: PublicKeys) -> Iterator[bytes]:
        """Which files lie here whole, or that none does: there is no answer in which to say it."""
        files = self._upstream.files.whole(unit)
        for first in range(0, len(files) or 1, MOST_NAMES):
            holding = Holding(tuple(files[first : first + MOST_NAMES]))
            yield said(holding, self._keys, unit, reader)

    def _take(self, ledger: Ledger, file: BinaryIO, now: datetime) -> tuple[Taken, int]:
        taken, beyond = Taken(), 0
        for message in messages(file, self._keys, ledger.unit):
            if not sane(message):
                raise MessageRejected("Gói dữ liệu hỏng hoặc không phải của Một Cửa.")
            self._upstream.admit(ledger, message)
            runs, left = fitting(message.runs, ledger.map())
            taken, beyond = taken + ledger.take(runs), beyond + left
            ledger.raise_alarms(message.sender.device, now)
        self._upstream.grant(ledger, now)
        return taken, beyond

    def _within_reach(self, ledger: Ledger, file: BinaryIO) -> Iterator[Message]:
        """The sane messages, each with the runs that go on from what is held when it is asked for."""
        for message in messages(file, self._keys, ledger.unit):
            if sane(message):
                yield message._replace(runs=fitting(message.runs, ledger.map())[0])

    def _heed(self, ledger: Ledger, first: Message, now: datetime) -> bool:
        """Keep the newest map the sender told; False for an older word."""
        device = first.sender.device
        seen = ledger.devices.known(device).number
        if first.number < seen:
            return False
        if first.number > seen:
            ledger.devices.note_number(device, first.number, now, branches=first.branches)
        c = t.peers.c
        one = and_(c.unit == ledger.unit, c.device == device)
        ledger.connection.execute(delete(t.peers).where(one))
        row = {"unit": ledger.unit, "device": device, "at": int(now.timestamp())}
        ledger.connection.execute(
            insert(t.peers), row | {"map": msgspec.json.encode(map_rows(first.map or {})).decode()}
        )
        return True

    def _only_unit(self) -> str:
        units = self._units.all()
        if len(units) != 1:
            raise BadInput("Máy chủ có nhiều đơn vị; hãy ghi --unit và mã đơn vị.", "unit")
        return units[0]


def _addressee(ledger: Ledger, counter: int | None) -> tuple[str, int]:
    counters = ledger.devices.counters()
    if counter is None:
        c = t.peers.c
        last = select(c.device).where(c.unit == ledger.unit).order_by(c.at.desc()).limit(1)
        device = ledger.connection.scalar(last)
        if device is None:
            raise BadInput("Gói gửi cho quầy nào? Hãy ghi --to và số quầy.", "to")
        return str(device), counters[device]
    for device, number in counters.items():
        if number == counter and not ledger.devices.known(device).revoked:
            return device, number
    raise Refused(f"Đơn vị {ledger.unit} không có quầy số {counter} nào đang ghi danh.")


def _keys_of(ledger: Ledger, device: str) -> PublicKeys:
    """As the server itself enrolled them; what others say of the device doesn't count."""
    for event in ledger.folding.events_about([f"device:{device}"]).get(f"device:{device}", ()):
        if isinstance(event.body, e.Enrolled):
            keys = read_keys(event.body.sign_key, event.body.seal_key)
            if keys and keys.device == device:
                return keys
    raise Refused("Máy chủ không còn khóa của quầy này; hãy ghi danh lại quầy.")


def _told(ledger: Ledger, device: str) -> Map:
    c = t.peers.c
    query = select(c.map).where(c.unit == ledger.unit, c.device == device)
    text = ledger.connection.scalar(query)
    return map_of(msgspec.json.decode(text, type=list[MapRow])) if text else {}


# --- files --------------------------------------------------------------------------------------


def _put(path: Path, write: Callable[[BinaryIO], Bound]) -> Bound:
    """Under its own name only when it was read back whole; raises `BadInput` for a folder that isn't
    there, `Refused`."""
    if not path.parent.is_dir():
        raise BadInput(f"Không có thư mục {path.parent}. Hãy cắm USB hoặc chọn nơi khác.", "file")
    try:
        return put_checked(path, write, check_whole)
    except (OSError, MessageRejected) as error:
        raise Refused(
            f"Không ghi được gói vào {path}, hoặc đọc lại không đúng. Hãy thử nơi khác."
        ) from error


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """The bundle at `path`, open; raises `BadInput`, `MessageRejected` when it isn't whole."""
    try:
        with path.open("rb") as file:
            check_whole(file)
            file.seek(0)
            yield file
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {path}. Hãy kiểm tra ổ đĩa và tên tệp.") from error
