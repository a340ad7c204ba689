"""What the persons in charge do about devices: revoke one, and see what raised an alarm."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select

from app.models.deadlines.calendar import VIETNAM
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.exchange.chain import LogName
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.units.author import Author
from server.units.units import Units


class Alarm(NamedTuple):
    """Something a person should look at; `counter` is 0 for a device nobody enrolled.

    `kind` is "fork" (two histories of one log), "revoked" (a revoked device came), "stranger", or
    "twice": `times` dossiers of the unit bear the code `code`, the first of them of `device`.
    """

    unit: str
    kind: str
    device: str
    counter: int
    times: int
    at: int
    incarnation: str = ""
    seq: int = 0
    told_by: str = ""
    code: str = ""


class Held(NamedTuple):
    """What a revoked device wrote that has no effect: how much, keyed when, and the codes it gave out."""

    unit: str
    device: str
    counter: int
    events: int
    since: datetime
    until: datetime
    codes: tuple[str, ...]


_TOLD = {
    "fork": "đã bị nhân bản: có hai chuỗi sự kiện khác nhau mang cùng tên",
    "revoked": "đã bị thu hồi mà vẫn gửi",
    "stranger": "chưa ghi danh mà gửi vào đơn vị này",
}


def in_words(alarm: Alarm) -> str:
    """One line of the list."""
    at = datetime.fromtimestamp(alarm.at, VIETNAM)
    if alarm.kind == "twice":
        return (
            f"{at:%d/%m/%Y %H:%M}  {alarm.unit}  một mã in hai lần: {alarm.code} trên {alarm.times} "
            "hồ sơ; tìm mã ấy ở quầy và cấp mã mới cho một hồ sơ"
        )
    who = f"quầy {alarm.counter} (máy {alarm.device})" if alarm.counter else f"máy {alarm.device}"
    return f"{at:%d/%m/%Y %H:%M}  {alarm.unit}  {who} {_TOLD[alarm.kind]}; {alarm.times} lần"


def held_in_words(held: Held) -> str:
    """One line of the list."""
    span = f"{held.since.astimezone(VIETNAM):%d/%m/%Y %H:%M} đến {held.until.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    codes = f"; mã đã cấp: {', '.join(held.codes)}" if held.codes else ""
    return f"{held.unit}  quầy {held.counter} (máy {held.device}): giữ {held.events} việc, ghi từ {span}{codes}"


class Oversight:
    """Over all units of the server."""

    def __init__(self, units: Units, author: Author) -> None:
        self._units = units
        self._author = author

    def revoke(self, unit: str, device: str, first: int | None, now: datetime) -> list[e.Revoked]:
        """Let nothing count that the device, named by its id or counter number, writes from now on.

        In the log it began last nothing counts from the event `first` on; without it all that has
        come counts. Said again it changes nothing; with a higher `first` it releases the events
        before. Raises `BadInput`, `Refused`.
        """
        with self._units.open(unit) as ledger:
            known = _device(ledger, device)
            logs = _ends(ledger, known)
            begun = {x.name.incarnation: x.keyed_at for x in ledger.first_events()
                     if x.name.device == known}  # fmt: skip
            last = max(logs, key=lambda log: (begun[log.incarnation], log), default=None)
            if first is not None and (last is None or not 1 <= first <= logs[last] + 1):
                raise BadInput(
                    f"Máy chủ không có sự kiện số {first} của máy này; số lớn nhất có thể ghi là "
                    f"{logs[last] + 1 if last else 1}."
                )
            said = ledger.folding.revocations().get(known)
            until = {LogName(known, incarnation): seq for incarnation, seq in (said or {}).items()}
            if said is None:
                # a device that never sent anything is revoked by a log it never began
                until = {log: seq + 1 for log, seq in logs.items()} or {LogName(known, ""): 1}
            if last is not None and first is not None:
                until[last] = first
            bodies = [e.Revoked(*log, seq) for log, seq in sorted(until.items())]
            news = [body for body in bodies if (said or {}).get(body.incarnation) != body.seq]
            self._author.write(ledger, news, now)
        return bodies

    def held(self, unit: str = "") -> list[Held]:
        """What waits for a person's word, of one unit or of all. Raises `UnknownUnit`."""
        found: list[Held] = []
        for each in [unit] if unit else self._units.all():
            with self._units.open(each) as ledger:
                waiting = {d: _waiting(ledger, d) for d in ledger.folding.revocations()}
                found += [_held(ledger, d, events) for d, events in waiting.items() if events]
        return found

    def release(self, unit: str, device: str, now: datetime) -> int:
        """Let all count that is held of a revoked device; how many events that is.

        What it sends later is held again. Raises `Refused`.
        """
        with self._units.open(unit) as ledger:
            known = _device(ledger, device)
            waiting = len(_waiting(ledger, known))
            if not waiting:
                raise Refused("Máy chủ không giữ việc nào của máy này chờ quyết định.")
            logs = sorted(_ends(ledger, known).items())
            self._author.write(ledger, [e.Revoked(*log, seq + 1) for log, seq in logs], now)
        return waiting

    def alarms(self, unit: str = "") -> list[Alarm]:
        """Of one unit or of all, the newest first. Raises `UnknownUnit`."""
        found: list[Alarm] = []
        for each in [unit] if unit else self._units.all():
            with self._units.open(each) as ledger:
                found += _alarms(ledger)
        return sorted(found, key=lambda alarm: (-alarm.at, alarm))


def _device(ledger: Ledger, named: str) -> str:
    counters = ledger.devices.counters()
    if named in counters:
        return named
    numbered = [device for device, counter in counters.items() if str(counter) == named]
    active = [one for one in numbered if not ledger.devices.known(one).revoked] or numbered
    if len(active) != 1:
        raise Refused(
            f"Đơn vị {ledger.unit} không có quầy hay máy nào là {named}; "
            "hãy ghi số quầy hoặc mã máy đã ghi danh."
        )
    return active[0]


def _ends(ledger: Ledger, device: str) -> dict[LogName, int]:
    """How far each of a device's logs is held, in its furthest branch: what is said of a log holds for all."""
    ends: dict[LogName, int] = {}
    for log, held in ledger.map().items():
        if log.device == device:
            ends[log.root] = max(held.seq, ends.get(log.root, 0))
    return ends


def _waiting(ledger: Ledger, device: str) -> list[e.Event]:
    """The events of a revoked device that don't count, in the order they were keyed."""
    told = ledger.folding.events_about(ledger.folding.things_of(device))
    wrote = (event for events in told.values() for event in events if event.name.device == device)
    return sorted((event for event in wrote if event.revoked), key=lambda x: (x.keyed_at, x.name))


def _held(ledger: Ledger, device: str, events: Sequence[e.Event]) -> Held:
    bodies = [event.body for event in events if isinstance(event.body, e.Received)]
    codes = tuple(body.code or body.provisional_code for body in bodies)
    counter = ledger.devices.counters().get(device, 0)
    first, last = events[0].keyed_at, events[-1].keyed_at
    return Held(ledger.unit, device, counter, len(events), first, last, codes)


def _alarms(ledger: Ledger) -> list[Alarm]:
    counters = ledger.devices.counters()

    def rows(table: Table) -> list[dict[str, Any]]:
        query = select(table).where(table.c.unit == ledger.unit)
        return [dict(row) for row in ledger.connection.execute(query).mappings()]

    forks = [
        Alarm(ledger.unit, "fork", row["device"], counters.get(row["device"], 0), 1, row["at"],
              row["incarnation"], row["seq"], row["told_by"])
        for row in rows(t.forks)
    ]  # fmt: skip
    refusals = [
        Alarm(ledger.unit, row["why"], row["device"], counters.get(row["device"], 0),
              row["times"], row["last_at"])
        for row in rows(t.refusals)
    ]  # fmt: skip
    return forks + refusals + _given_twice(ledger, counters)


def _given_twice(ledger: Ledger, counters: Mapping[str, int]) -> list[Alarm]:
    """Codes on more than one dossier: copies of a PC that knew nothing of each other gave them out."""
    c, found = t.dossiers.c, list[Alarm]()
    for code in (c.code, c.provisional_code):
        query = (
            select(code, func.count(), func.max(c.received_at), func.min(c.thing))
            .where(c.unit == ledger.unit, code != "")
            .group_by(code)
            .having(func.count() > 1)
        )
        for given, times, at, thing in ledger.connection.execute(query):
            device = thing.partition(".")[0]
            found.append(
                Alarm(ledger.unit, "twice", device, counters.get(device, 0), times, at, code=given)
            )
    return found
