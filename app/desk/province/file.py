"""Writes dossiers for the province's system: DongBoHoSoMC and their steps as JSON, or a table."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import json

from app.desk.looking.lookup import Lookup
from app.desk.papers.facts import Told, unit_values
from app.desk.province.entering import Province
from app.desk.province.fields import words_of
from app.desk.province.record import Record, dossier_record, progress_records
from app.desk.sheets.books import span
from app.models.dossiers.fold import Effect, Folded
from app.models.dossiers.lifecycle import label
from app.models.dossiers.province_gap import Gap, gap
from app.models.events import event as e
from app.models.events.province import ProvinceField
from app.printing.sheet import Draw, Reached, Sheet, unheard
from app.store.reading.province import ProvinceQueries
from app.store.store import Store

KINDS = ("json", "xlsx")
LONG_AGO = date(2000, 1, 1)
"""The first day where all that waits is asked for."""
FORM = "province-day"
EVERY = 100  # dossiers between two words on how far it is
_GAP = {Gap.NONE: "Đã nhập", Gap.ABSENT: "Chưa nhập", Gap.BEHIND: "Đã đổi từ khi nhập"}
# column of the table → the field of the platform it shows
_COLUMNS = {
    "procedure": "MaTTHC", "procedure_name": "TenTTHC", "owner": "ChuHoSo",
    "id_number": "SoGiayToChuHoSo", "address": "DiaChi", "phone": "SoDienThoai",
}  # fmt: skip


class ProvinceFile:
    """Reads only. `province` tells the dossiers; both read the same store, which may be one beside."""

    def __init__(self, store: Store, province: Province, clock: Callable[[], datetime]) -> None:
        self._store, self._province, self._clock = store, province, clock
        self._queries = ProvinceQueries(store.database)

    def names(self, since: date, until: date, *, pending: bool = False) -> list[e.EventName]:
        """What was received, changed hands, ended or was given back on these days, both included.

        `pending`: only what that system lacks, of those received on these days.
        """
        first, last = span(since, until)
        if pending:
            return self._queries.pending(max(first, self._province.since()), last)
        return self._queries.touched(first, last)

    def messages(self, names: Sequence[e.EventName], reached: Reached = unheard) -> bytes:
        """The messages as UTF-8 JSON: new dossiers, those it knows, then every step, in that order.

        `session` is for whoever sends them; `madonvi` is the unit's identifier.
        """
        new, known, steps = list[Record](), list[Record](), list[Record]()
        titles = {x.login: x.title for x in self._store.standing.officers()}
        for number, name in enumerate(names, 1):
            folded = self._store.dossiers.opened(name)
            told = self._province.told(folded)
            (known if told.dossier.province else new).append(dossier_record(told))
            steps += progress_records(told, _every(folded), lambda login: titles.get(login, ""))
            if number % EVERY == 0:
                reached(number)
        said = [
            self._message("DongBoHoSoMC", new, is_update=False),
            self._message("DongBoHoSoMC", known, is_update=True),
            self._message("CapNhatTienDoHoSoMC", steps, is_update=False),
        ]
        whole = [message for message in said if message["data"]]
        return json.format(json.encode(whole), indent=1)

    def sheet(
        self, names: Sequence[e.EventName], since: date, until: date, reached: Reached = unheard
    ) -> Sheet:
        """The same dossiers as a table, a line each."""
        rows = []
        for number, name in enumerate(names, 1):
            rows.append(_line(self._province.told(self._store.dossiers.opened(name))))
            if number % EVERY == 0:
                reached(number)
        values = {
            **unit_values(self._store.standing.unit()), "date": self._clock().date(), "number": "",
            "since": since, "until": until, "lines": str(len(rows)), "to_province": rows,
        }  # fmt: skip
        return Sheet(FORM, values, f"{since:%d-%m-%Y}")

    def written(
        self, draw: Draw, kind: str, days: tuple[date, date], *, pending: bool,
        reached: Reached = unheard,
    ) -> tuple[int, bytes]:  # fmt: skip
        """How many dossiers, and the file; `kind` is its suffix."""
        names = self.names(*days, pending=pending)
        if kind == "json":
            return len(names), self.messages(names, reached)
        return len(names), draw([self.sheet(names, *days, reached)], kind, reached)

    def _message(self, service: str, data: list[Record], *, is_update: bool) -> dict[str, object]:
        return {
            "session": "", "madonvi": self._store.unit, "service": service,
            "isUpdating": str(is_update), "data": data,
        }  # fmt: skip


def beside(
    store: Store, clock: Callable[[], datetime], draw: Draw, kind: str, days: tuple[date, date],
    pending: bool, reached: Reached = unheard,
) -> tuple[int, bytes]:  # fmt: skip
    """How many dossiers, and the file; read by a connection of its own, so that no deed waits."""
    other = store.beside()
    try:
        file = ProvinceFile(other, Province(other, Lookup(other, clock), clock), clock)
        return file.written(draw, kind, days, pending=pending, reached=reached)
    finally:
        other.close()


def _every(folded: Folded) -> list[e.Event]:
    return [verdict.event for verdict in folded.verdicts if verdict.effect is not Effect.HELD]


def _line(told: Told) -> dict[str, object]:
    dossier = told.dossier
    boxes = {
        column: words_of(ProvinceField("", variable, "chữ"), told)
        for column, variable in _COLUMNS.items()
    }
    return {
        "code": dossier.shown_code,
        "province_code": dossier.province.code if dossier.province else "",
        **boxes,
        "received_at": dossier.received_at,
        "due": dossier.due,
        "status": label(dossier.status),
        "resolved_at": dossier.resolved_at,
        "returned_at": dossier.returned_at,
        "gap": _GAP[gap(dossier)],
    }
