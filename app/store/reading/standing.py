"""Reads what stands in the unit: its description, officers, catalogue, calendar, devices."""

from collections.abc import Iterator
from datetime import date, time
from typing import TypeVar

import msgspec

from app.models.deadlines.calendar import Calendar, DayKind, SpecialDay
from app.models.deadlines.deadline import DeadlinePolicy
from app.models.deadlines.opening import known_hours
from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.events.province import ProvinceDescribed
from app.models.exchange.enrolment import read_keys
from app.models.procedures.procedure import Procedure, from_json
from app.models.unit.officer import Officer, officer_from
from app.store.database.database import Database

Body = TypeVar("Body", bound=e.Body)


class Standing:
    """The last word on each thing of the unit, whoever said it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unit(self) -> e.UnitDescribed:
        """What the unit calls itself; nameless before it was described."""
        return next(iter(self._all("unit", e.UnitDescribed)), e.UnitDescribed(name=""))

    def province(self) -> ProvinceDescribed:
        """The system of the province its dossiers are typed into, and since when."""
        return next(iter(self._all("province", ProvinceDescribed)), ProvinceDescribed())

    def policy(self) -> DeadlinePolicy:
        """The deadline policy the unit works by."""
        unit = self.unit()
        return DeadlinePolicy(
            return_by=time.fromisoformat(unit.return_by),
            cut_off=time.fromisoformat(unit.cut_off),
            supplement=unit.supplement,
            payment=unit.payment,
            reopen=unit.reopen,
        )

    def officers(self) -> list[Officer]:
        """All officers, in the order of their logins."""
        return [officer_from(body) for body in self._all("officer", e.OfficerAdded)]

    def names(self) -> dict[str, str]:
        """All officers' names, by login."""
        return {officer.login: officer.name for officer in self.officers()}

    def procedures(self) -> list[Procedure]:
        """The catalogue, by code."""
        return [from_json(body.procedure) for body in self._all("procedure", e.ProcedureSet)]

    def procedure(self, code: str) -> Procedure | None:
        """One row of the catalogue; provincial suffixes after the first 8 characters don't count."""
        sql = "SELECT body FROM standing WHERE kind='procedure' AND key=?"
        row = self._database.one(sql, (code.strip()[:8],))
        return (
            from_json(msgspec.json.decode(row[0], type=e.ProcedureSet).procedure) if row else None
        )

    def calendar(self) -> Calendar:
        """The special days known, from the first to the last year they speak of; the unit's hours."""
        days = [
            SpecialDay(date.fromisoformat(d.date), DayKind(d.kind), d.name, d.source, d.confirmed)
            for d in self._all("day", e.DaySet)
        ]
        years = sorted(day.date.year for day in days) or [2000]
        return Calendar(
            {day.date: day for day in days},
            beginning=date(years[0], 1, 1),
            horizon=date(years[-1], 12, 31),
            hours=known_hours(self.unit().hours),
            version=str(len(days)),
        )

    def devices(self) -> list[e.Enrolled]:
        """The devices the server knows."""
        return self._all("device", e.Enrolled)

    def enrolled(self, server: str) -> dict[str, e.Enrolled]:
        """By device, those that `server` itself enrolled and didn't revoke, whatever others say."""
        revoked = {body.device for body in self._said_by(server, "revoked", e.Revoked)}
        ever = self.ever_enrolled(server).items()
        return {device: body for device, body in ever if device not in revoked}

    def ever_enrolled(self, server: str) -> dict[str, e.Enrolled]:
        """By device, those too that it revoked since: what they wrote before goes on being carried."""
        found = dict[str, e.Enrolled]()
        for body in self._said_by(server, "device", e.Enrolled):
            keys = read_keys(body.sign_key, body.seal_key)
            if keys and keys.device == body.device:
                found[body.device] = body
        return found

    def incarnations(self) -> list[tuple[e.EventName, e.IncarnationStarted]]:
        """The first event of every log held."""
        sql = "SELECT key, body FROM standing WHERE kind='incarnation' ORDER BY key"
        return [
            (e.EventName.parse(key), msgspec.json.decode(body, type=e.IncarnationStarted))
            for key, body in self._database.rows(sql)
        ]

    def _said_by(self, device: str, kind: str, body: type[Body]) -> Iterator[Body]:
        sql = """
            SELECT incarnation, events.seq, public FROM things JOIN events ON events.thing = things.id
            JOIN logs ON logs.id = events.log
            WHERE things.name GLOB ? AND device = ? ORDER BY events.id"""
        for incarnation, seq, public in self._database.rows(sql, (f"{kind}:*", device)):
            said = decode(e.EventName(device, incarnation, seq), public, None).body
            if isinstance(said, body):
                yield said

    def _all(self, kind: str, body: type[Body]) -> list[Body]:
        rows = self._database.rows("SELECT body FROM standing WHERE kind=? ORDER BY key", (kind,))
        return [msgspec.json.decode(row[0], type=body) for row in rows]
