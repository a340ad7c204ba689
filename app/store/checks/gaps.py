"""Explains every number: which were given out twice, which never, and why."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.models.events import event as e
from app.models.exchange.chain import LogName
from app.models.numbering import LANES, Code, slip_group
from app.store.checks.finding import Finding
from app.store.journal.folding import Thing
from app.store.journal.meaning import code_of, numbers_of

_SLIPS = {
    slip_group("receipt"): "giấy tiếp nhận và hẹn trả",
    slip_group("hand-over"): "danh sách bàn giao",
    slip_group("supplement"): "phiếu yêu cầu bổ sung",
    slip_group("refusal"): "phiếu từ chối",
    slip_group("stop"): "thông báo dừng giải quyết",
    slip_group("apology"): "phiếu xin lỗi",
    slip_group("change-case"): "thông báo chuyển trường hợp",
}


@dataclass
class Numbers:
    """The numbers of one unit, gathered thing by thing from the events that gave them out."""

    unit: str
    _used: dict[str, dict[int, set[Hashable]]] = field(default_factory=dict)
    _givers: dict[str, set[str]] = field(default_factory=dict)
    _starts: list[tuple[e.EventName, e.IncarnationStarted]] = field(default_factory=list)
    _voided: list[str] = field(default_factory=list)

    def add(self, thing: Thing) -> None:
        """Gather the numbers of one thing's events."""
        for stored in thing.stored:
            event, code = stored.event, code_of(stored.event)
            if isinstance(event.body, e.IncarnationStarted):
                self._starts.append((event.name, event.body))
            if code is not None and code.unit != self.unit:
                continue  # another unit's code came with an imported dossier; its series is not ours
            for series, number in numbers_of(event):
                givings = self._used.setdefault(series, {}).setdefault(number, set())
                givings.add(_giving(event))
                self._givers.setdefault(series, set()).add(event.name.device)
        if thing.meaning.table == "dossiers" and thing.meaning.row[3] == "voided":
            self._voided.append(str(thing.meaning.row[0] or thing.meaning.row[1]))

    def findings(self, held: Mapping[LogName, int]) -> list[Finding]:
        """All there is to say; `held` is how far each log is held here."""
        found = [Finding(False, f"Số {code} đã hủy.") for code in self._voided]
        incomplete = {
            start.device
            for start, body in self._starts
            if body.left and held.get(LogName(*body.left[:2]), 0) < body.left.seq
        }
        for series in sorted({*self._used, *self._doubtful()}):
            used = self._used.get(series, {})
            twice = (number for number, givings in sorted(used.items()) if len(givings) > 1)
            found += (Finding(True, f"{self._named(series, n)} được cấp hai lần.") for n in twice)
            awaited = bool(self._givers.get(series, set()) & incomplete)
            found += self._missing(series, used, awaited=awaited)
        return found

    # --- inside ---------------------------------------------------------------------------------

    def _missing(self, series: str, used: Iterable[int], *, awaited: bool) -> Iterator[Finding]:
        for first, last, doubted in _stretches(series, used, self._doubtful().get(series, [])):
            name = self._named(series, first)
            if last > first:
                name = f"{name} đến {self._named(series, last)}"
            if doubted:
                yield Finding(
                    False, f"{name} bỏ trống: máy dừng hoặc dữ liệu cũ được khôi phục lúc cấp số."
                )
            elif awaited:
                yield Finding(False, f"{name} chưa về: nhật ký của máy cấp số chưa nhận đủ.")
            else:
                yield Finding(True, f"{name} bị nhảy mà không rõ lý do.")

    def _doubtful(self) -> dict[str, list[tuple[int, int]]]:
        doubts: dict[str, list[tuple[int, int]]] = {}
        for _, body in self._starts:
            for series, low, high in body.in_doubt:
                doubts.setdefault(series, []).append((low, high))
        return doubts

    def _named(self, series: str, number: int) -> str:
        match series.split(":"):
            case ["code", day, _]:
                return f"Mã {Code(self.unit, day, number)}"
            case _:
                return in_words(series, number)


def in_words(series: str, number: int) -> str:
    """A number of a book as people call it: of a group of the register, of certifications, or a form's slips."""
    match series.split(":"):
        case [_, *groups, year, book] if groups:
            group = ":".join(groups)
            return f"Số {number} quyển {book} năm {year} ({_SLIPS.get(group, group)})"
        case _:
            return f"Số {number} ({series})"


def _giving(event: e.Event) -> Hashable:
    """What gave a number out: an event, or all of a hand-over, whose papers go with one list."""
    handed_over = isinstance(event.body, e.HandedOver)
    return (*event.name[:2], event.keyed_at) if handed_over else event.name


def _stretches(
    series: str, used: Iterable[int], doubts: list[tuple[int, int]]
) -> Iterator[tuple[int, int, bool]]:
    """(first, last, in doubt?) of each stretch of numbers never used; a doubt is (after, up to)."""
    first, step = _pattern(series)
    given = set(used)
    doubts = [(low - (low - first) % step, high - (high - first) % step) for low, high in doubts]
    before = first - step
    for edge in sorted({*given, *(edge for doubt in doubts for edge in doubt)}):
        last = edge - step if edge in given else edge
        if before < last:
            yield before + step, last, any(low <= before < high for low, high in doubts)
        before = max(before, edge)


def _pattern(series: str) -> tuple[int, int]:
    """(first number, step) of a series."""
    match series.split(":"):
        case ["code", _, lane] if lane.isdecimal():
            return int(lane), LANES
        case _:
            return 1, 1
