"""Takes in and gives out the sealed files of scanned papers, part by part; apart from the ledger.

What lies here is sealed: without the key in an event's personal part nobody reads it, the server's own
database least of all. A file is taken only when an event held here names it, so that nobody fills the
disk, and counts only once its hash is its name.
"""

from contextlib import suppress
from hashlib import sha256

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.models.errors import Refused
from app.models.events.digitising import Digitised
from app.models.events.encoding import decode
from app.models.events.event import EventName
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.messages import BROKEN, MessageRejected
from server.exchange.answer import ELSEWHERE, STRANGER, Answer, Outcome, outcome_of
from server.ledger.devices import Devices
from server.store import tables as t
from server.store.database import insisting, reading, writing
from server.units import satisfaction
from server.units.units import Units

_MOST_MISSED = 1000


class NoAnswer(Refused):
    """Nobody to answer to: what came can't be read, or isn't signed."""


class Files:
    """The files of all units of one server or hub."""

    def __init__(self, units: Units, keys: DeviceKeys) -> None:
        self._units = units
        self._engine = units.engine
        self._keys = keys
        self._missed: dict[tuple[str, str], None] = {}

    def answered(self, travelling: bytes) -> Answer:
        """The signed answer, sealed to whoever asked; raises `NoAnswer`."""
        try:
            question, digest = talk.hear(travelling, self._keys)
        except MessageRejected as rejected:
            raise NoAnswer(str(rejected)) from rejected
        outcome = Outcome.ANSWERED
        try:
            answer = insisting(lambda: self._handled(question, digest))
        except Refused as refused:
            outcome = outcome_of(refused)
            answer = talk.Answer(digest, trouble=str(refused))
        return Answer(talk.reply(answer, self._keys, question.sender), outcome)

    def _handled(self, question: talk.Question, digest: bytes) -> talk.Answer:
        refuse_strangers(self._engine, question, self._keys.public)
        match question.what:
            case talk.Have(files=files):
                with reading(self._engine, question.unit) as connection:
                    held = _held(connection, question.unit, files)
                return talk.Answer(digest, tuple(held.get(x, talk.Held(0, False)) for x in files))
            case talk.Get(file=file, start=start):
                answer = self.given(question.unit, file, start, digest)
                if answer.held and not answer.held[0].whole and len(self._missed) < _MOST_MISSED:
                    self._missed[question.unit, file] = None
                return answer
            case talk.Put() as put:
                now_held = self.take(question.unit, put)
                return talk.Answer(digest, (now_held,) if now_held else ())
            case talk.Box() as box:
                with self._units.open(question.unit) as ledger:
                    satisfaction.keep(ledger, box)
                return talk.Answer(digest)
            case talk.News() | talk.Holding() | talk.Wanting():
                # the one is held elsewhere, the others go in bundles
                raise MessageRejected(BROKEN)

    # --- what a hub carries on ------------------------------------------------------------------

    def whole(self, unit: str) -> list[str]:
        """All that lie here whole."""
        with reading(self._engine, unit) as connection:
            return whole_files(connection, unit)

    def missed(self, unit: str) -> list[str]:
        """What somebody asked for since and wasn't given; told once."""
        files = [file for of, file in tuple(self._missed) if of == unit]
        for file in files:
            del self._missed[unit, file]
        return files

    def given(self, unit: str, file: str, start: int, digest: bytes = b"") -> talk.Answer:
        """What begins at `start` of a file that lies here whole."""
        with reading(self._engine, unit) as connection:
            return _given(connection, unit, file, start, digest)

    def take(self, unit: str, put: talk.Put) -> talk.Held | None:
        """Keep a part, if it is the next one; None when no event held here names the file."""
        with writing(self._engine, unit) as connection:
            return _taken(connection, unit, put)

    def named(self, unit: str) -> dict[str, tuple[EventName, int]]:
        """By file, an event that names it and how many bytes it has."""
        c = t.events.c
        query = select(c.device, c.incarnation, c.seq, c.public).where(
            c.unit == unit, c.type == "document_digitised"
        )
        with reading(self._engine, unit) as connection:
            rows = connection.execute(query).all()
        events = (decode(EventName(*name), public, None) for *name, public in rows)
        return {
            event.body.file: (event.name, event.body.size)
            for event in events
            if isinstance(event.body, Digitised)
        }


def whole_files(connection: Connection, unit: str) -> list[str]:
    """All of a unit that lie here whole."""
    c = t.files.c
    return list(connection.scalars(select(c.file).where(c.unit == unit, c.whole == 1)))


def refuse_strangers(engine: Engine, question: talk.Question, here: PublicKeys) -> None:
    """Raises `MessageRejected` unless `here` is asked, by a device that was enrolled and not revoked."""
    sender = question.sender.device
    if question.to != here.device:
        raise MessageRejected(ELSEWHERE)
    with reading(engine, question.unit) as connection:
        known = Devices(connection, question.unit).known(sender)
        if not known.enrolled:
            raise MessageRejected(STRANGER)
        if known.revoked:
            raise MessageRejected("Máy này đã bị thu hồi quyền trao đổi; hãy báo người phụ trách.")


def _held(connection: Connection, unit: str, files: tuple[str, ...]) -> dict[str, talk.Held]:
    c = t.files.c
    query = select(c.file, c.held, c.whole).where(c.unit == unit, c.file.in_(files))
    rows = connection.execute(query)
    return {file: talk.Held(held, bool(whole)) for file, held, whole in rows}


def _given(connection: Connection, unit: str, file: str, start: int, digest: bytes) -> talk.Answer:
    held = _held(connection, unit, (file,)).get(file, talk.Held(0, False))
    if not held.whole:
        return talk.Answer(digest, (held,))
    c = t.file_parts.c
    query = select(c.part).where(c.unit == unit, c.file == file, c.start == start)
    return talk.Answer(digest, (held,), connection.scalar(query) or b"")


def _taken(connection: Connection, unit: str, put: talk.Put) -> talk.Held | None:
    """Keep the part if it is the next one; how much is held then. None when no event names it."""
    size = _size_named(connection, unit, put)
    if size is None:
        return None
    held = _locked(connection, unit, put.file)
    expected = min(talk.PART, size - put.start)
    if held.whole or put.start != held.bytes or len(put.part) != expected:
        return held
    row = {"unit": unit, "file": put.file, "start": put.start, "part": put.part}
    connection.execute(insert(t.file_parts), row)
    held = talk.Held(held.bytes + len(put.part), False)
    if held.bytes == size:
        held = (
            talk.Held(size, True)
            if _is_sound(connection, unit, put.file)
            else _dropped(connection, unit, put.file)
        )
    c = t.files.c
    connection.execute(
        update(t.files)
        .where(c.unit == unit, c.file == put.file)
        .values(held=held.bytes, whole=int(held.whole))
    )
    return held


def _size_named(connection: Connection, unit: str, put: talk.Put) -> int | None:
    """How many bytes the event says; None when it isn't held here, or names another file."""
    c, name = t.events.c, put.event
    query = select(c.public).where(
        c.unit == unit, c.device == name.device, c.incarnation == name.incarnation,
        c.seq == name.seq,
    )  # fmt: skip
    public = connection.scalar(query)
    body = decode(EventName(*name), public, None).body if public is not None else None
    return body.size if isinstance(body, Digitised) and body.file == put.file else None


def _locked(connection: Connection, unit: str, file: str) -> talk.Held:
    """The file's row, made if it is the first part of it; nobody else adds to it meanwhile."""
    row = {"unit": unit, "file": file, "held": 0, "whole": 0}
    c = t.files.c
    one = select(c.held, c.whole).where(c.unit == unit, c.file == file).with_for_update()
    found = connection.execute(one).first()
    if found is None:
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(t.files), row)
        found = connection.execute(one).one()
    return talk.Held(found[0], bool(found[1]))


def _is_sound(connection: Connection, unit: str, file: str) -> bool:
    c = t.file_parts.c
    query = select(c.part).where(c.unit == unit, c.file == file).order_by(c.start)
    hash_ = sha256()
    for part in connection.scalars(query.execution_options(yield_per=16)):
        hash_.update(part)
    return hash_.hexdigest() == file


def _dropped(connection: Connection, unit: str, file: str) -> talk.Held:
    c = t.file_parts.c
    connection.execute(delete(t.file_parts).where(and_(c.unit == unit, c.file == file)))
    return talk.Held(0, False)
