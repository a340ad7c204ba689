"""The server's side of an exchange: one packed message in, one signed answer out.

Whatever is refused is answered too, signed, with a sentence in `trouble`. An answer's `number`
repeats the question's; with trouble it is 0, unless the question's number was too low: then it is
the highest one seen, so that an honest counter put back from a backup can go on above it.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime

from app.models.errors import Refused
from app.models.events import event as e
from app.models.events.facts import LARGEST
from app.models.exchange.chain import DeviceKeys, LogName
from app.models.exchange.fitting import pack_fitting
from app.models.exchange.lacking import readable, to_send
from app.models.exchange.messages import (
    FIRST_STRETCH,
    STRETCH,
    Known,
    Map,
    Message,
    MessageRejected,
    Passed,
    Run,
    digest,
    map_hash,
    unpack,
)
from app.models.exchange.sealing import is_sealed, sealed_to, unseal
from server.exchange.answer import ELSEWHERE, STRANGER, Answer, Outcome, outcome_of
from server.exchange.files import Files
from server.exchange.news import News
from server.ledger.devices import Fork
from server.ledger.ledger import Forked, Ledger
from server.store.database import insisting
from server.units.author import Author
from server.units.grants import due_grants, keeps_its_book, wants_numbers
from server.units.units import Units, UnknownUnit

_MOST_QUARANTINED = 10_000  # events of a revoked device that are kept, beyond those that count


class Stranger(MessageRejected):
    """The sender was never enrolled in the unit, as far as the server knows."""


class Revoked(MessageRejected):
    """The sender may not exchange any more; `held` is the unit's map once what it sent was kept."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.held: Map = {}


class Upstream:
    """Answers the counters of all units.

    A hub has no `author`: it grants nothing, and what stands is what `authority`, the server it is
    enrolled at, once said. `word` gives that server's last signed word, to be passed on.
    """

    def __init__(
        self,
        units: Units,
        author: Author | None,
        keys: DeviceKeys,
        authority: str = "",
        word: Callable[[], Passed | None] = lambda: None,
    ) -> None:
        self._units = units
        self._author = author
        self._keys = keys
        self._authority = authority or keys.public.device
        self._word = word
        self._granted_on: dict[str, date] = {}
        """By unit when it was last looked whether a lane ends: an idle counter's, too."""
        self.files = Files(units, keys)
        self.news = News(units, keys)

    def answer(self, travelling: bytes, now: datetime) -> bytes:
        """The signed answer to a packed message, for a carrier that knows no status."""
        return self.answered(travelling, now).travelling

    def answered(self, travelling: bytes, now: datetime) -> Answer:
        """The signed answer to a packed message; what it acknowledges is committed.

        A question that came sealed is answered sealed, a bare one (of version 0.1) bare.
        """
        message, packed, asker, outcome = None, travelling, None, Outcome.ANSWERED
        try:
            packed = unseal(travelling, self._keys) if is_sealed(travelling) else travelling
            message = unpack(packed)
            asker = sealed_to(message.sender) if is_sealed(travelling) else None
            asked = message
            reply = insisting(lambda: self._handled(asked, now))
        except Revoked as revoked:
            assert message is not None
            outcome = Outcome.TURNED_AWAY
            reply = self._turned_away(message, revoked.held, str(revoked))
        except Refused as refused:
            outcome = outcome_of(refused)
            reply = self._reply(message, {}, trouble=str(refused))
        answer = pack_fitting(reply._replace(answers=digest(packed)), self._keys)[0]
        return Answer(asker(answer) if asker else answer, outcome)

    def _handled(self, message: Message, now: datetime) -> Message:
        if message.to != self._keys.public.device:
            raise MessageRejected(ELSEWHERE)
        if not sane(message):
            raise MessageRejected("Gói dữ liệu hỏng hoặc không phải của Một Cửa.")
        # a hash alone brings nothing but its number: past a power cut it might be answered again
        is_lasting = bool(message.runs) or message.map is not None
        try:
            with self._units.open(message.unit, is_lasting=is_lasting) as ledger:
                return self._exchanged(ledger, message, now)
        except UnknownUnit:
            return self._turned_away(message, {}, STRANGER)
        except Forked as forked:
            with self._units.open(message.unit) as ledger:
                ledger.devices.alarm(forked.fork, message.sender.device, now)
            raise
        except Revoked as revoked:
            with self._units.open(message.unit) as ledger:
                self.quarantine(ledger, [message], now)
                revoked.held = ledger.map()
            raise

    def admit(self, ledger: Ledger, message: Message) -> None:
        """Raises `MessageRejected` unless the sender is enrolled, and wasn't revoked."""
        sender = message.sender.device
        known = ledger.devices.known(sender)
        if not known.enrolled:
            # a server put back from a backup learns of later enrolments from what it once signed
            ledger.take(run for run in message.runs if self._is_own(run.log))
            known = ledger.devices.known(sender)
        if not known.enrolled:
            raise Stranger(STRANGER)
        if known.revoked:
            raise Revoked(
                "Máy này đã bị thu hồi quyền trao đổi. Việc đã ghi ở đây được giữ ở máy chủ, chưa có "
                "tác dụng, chờ cấp trên quyết định; hãy báo người phụ trách."
            )

    def quarantine(self, ledger: Ledger, messages: Iterable[Message], now: datetime) -> None:
        """Keep what a revoked device wrote: in its log it has no effect, unless a person releases it.

        `messages` are what it sent at one time, all by the same sender.
        """
        for first, message in enumerate(messages):
            device = message.sender.device
            if not first:
                ledger.devices.note_refused(device, "revoked", now)
            if ledger.without_effect_of(device) < _MOST_QUARANTINED:
                with suppress(MessageRejected), ledger.connection.begin_nested():
                    ledger.take(run for run in message.runs if run.log.device == device)
                    ledger.raise_alarms(device, now)

    def _exchanged(self, ledger: Ledger, message: Message, now: datetime) -> Message:
        try:
            self.admit(ledger, message)
        except Stranger as stranger:
            ledger.devices.note_refused(message.sender.device, "stranger", now)
            return self._turned_away(message, ledger.map(), str(stranger))
        sender = message.sender.device
        seen = ledger.devices.known(sender).number
        if message.number <= seen:
            trouble = "Lần trao đổi này đã được trả lời trước đó; hãy gửi lại."
            return self._reply(message, {}, trouble=trouble)._replace(number=seen)
        ledger.devices.note_number(sender, message.number, now, branches=message.branches)
        if message.runs:
            ledger.take(message.runs)
            ledger.raise_alarms(sender, now)
        if message.runs or self._granted_on.get(message.unit) != now.date():
            self.grant(ledger, now)
            self._granted_on[message.unit] = now.date()
        held = readable(ledger.map(), branches=message.branches)
        reply = self._reply(message, held)
        if reply.map_hash != message.map_hash:
            runs = self._lacking(ledger, held, message, now)
            reply = reply._replace(map=held, runs=runs)
        return self._passing_on(message, reply)

    def _passing_on(self, message: Message, reply: Message) -> Message:
        word = self._word()
        known = word is None or map_hash(word.map) == message.knows
        return reply if known else reply._replace(passed=word)

    def _lacking(
        self, ledger: Ledger, held: Map, message: Message, now: datetime
    ) -> tuple[Run, ...]:
        if message.map is None:
            return ()
        lacking = to_send(held, message.map, ledger.hash_at)
        for log in lacking.forks:
            there = message.map[log]
            if there.hash in ledger.branching.hashes_at(log.root, there.seq):
                continue  # it raised its alarm when it came
            # who reads branches brings it next, and tells of several points until then
            if not (message.branches and ledger.devices.alarmed(log.root)):
                fork = _fork(ledger, log.root, there)
                ledger.devices.alarm(fork, message.sender.device, now)
        # who tells of more than it holds has yet to write what came, and doesn't wait for this
        waits = map_hash(message.map) == message.map_hash
        return ledger.runs(lacking.after, FIRST_STRETCH if waits else STRETCH)

    def grant(self, ledger: Ledger, now: datetime) -> None:
        """Give lanes and books to whoever may have come to need them."""
        if self._author is None:
            return
        counters = ledger.devices.counters()
        started = {
            event.name: event.body
            for event in ledger.first_events()
            if isinstance(event.body, e.IncarnationStarted) and event.name.device in counters
        }
        revoked = ledger.folding.revocations()
        wanting = [
            name for name, body in started.items()
            if wants_numbers(body) and name.device not in revoked
        ]  # fmt: skip
        if not wanting:
            return
        grants = due_grants(
            wanting,
            *self._author.given(ledger),
            counters.values(),
            now.date(),
            {body.left[:2] for body in started.values() if body.left},
            {name[:2] for name, body in started.items() if keeps_its_book(body)},
        )
        self._author.write(ledger, grants, now)

    def _turned_away(self, message: Message, held: Map, trouble: str) -> Message:
        """A stranger and a revoked device are told of the server's own logs, which say nothing of the
        unit's work, and of their own: so that a revoked one brings what nobody else has."""
        theirs = message.sender.device
        reads = message.branches
        held = readable(held, branches=reads)
        told = {log: k for log, k in held.items() if self._is_own(log) or log.device == theirs}
        return self._reply(message, told, trouble=trouble)._replace(map=told)

    def _reply(self, message: Message | None, held: Map, trouble: str = "") -> Message:
        return Message(
            unit=message.unit if message else "",
            sender=self._keys.public,
            to=message.sender.device if message else "",
            number=message.number if message and not trouble else 0,
            map_hash=map_hash(held),
            trouble=trouble,
            branches=True,
        )

    def _is_own(self, log: LogName) -> bool:
        return log.device == self._authority


def sane(message: Message) -> bool:
    """False when a number in it is one that not every database holds."""
    numbers = [message.number, *(known.seq for known in (message.map or {}).values())]
    return all(0 <= number <= LARGEST for number in numbers)


def _fork(ledger: Ledger, log: LogName, there: Known) -> Fork:
    return Fork(log, there.seq, ledger.hash_at(log, there.seq) or b"", there.hash)
