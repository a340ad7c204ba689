"""Checks everything a counter holds against itself, and explains every number."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from app.models import events as e
from app.models.chain import Head, LogName, PublicKeys, genesis, head_holds, link
from app.models.event_bytes import as_record
from app.models.numbering import LANES, Code, code_series
from app.store.database import Database
from app.store.folding import Folding
from app.store.standing import Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `wrong` ones make the whole check fail, the others only explain."""

    wrong: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    events: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not any(finding.wrong for finding in self.findings)


def verify(database: Database, folding: Folding, unit: str) -> Verified:
    """Database, hash chains, signed heads, tables = fold of events, gaps in numbers."""
    findings = [Finding(True, f"Tệp dữ liệu hỏng: {sentence}") for sentence in database.damage()]
    events = 0
    for row in database.rows(
        "SELECT id, device, incarnation, sign_key, seal_key, seq, hash FROM logs"
    ):
        count, wrong = _check_log(database, unit, row)
        events += count
        findings += wrong
    findings += _check_tables(database, folding)
    findings += _check_numbers(database, Standing(database))
    return Verified(events, tuple(findings))


def _check_log(database: Database, unit: str, row: tuple[object, ...]) -> tuple[int, list[Finding]]:
    number, device, incarnation, sign, seal, seq, hash_ = row
    log = LogName(str(device), str(incarnation))
    known, count, wrong = genesis(unit, log), 0, []
    hashes: dict[int, bytes] = {}
    heads = database.rows("SELECT seq, hash, signature FROM heads WHERE log=?", (number,))
    ends = {head[0] for head in heads}
    sql = "SELECT seq, public, personal, erased_hash, hash FROM events WHERE log=? ORDER BY seq"
    for at, public, personal, erased, stored in database.each(sql, (number,)):
        count += 1
        known = link(known, as_record(public, personal, erased))
        if at != count or stored != known:
            wrong.append(
                Finding(True, f"Nhật ký {log.device[:8]}: sự kiện {count} không khớp chuỗi.")
            )
            break
        if at in ends:
            hashes[at] = known
    if not wrong and (count, known) != (seq, hash_):
        wrong.append(Finding(True, f"Nhật ký {log.device[:8]}: thiếu sự kiện ở cuối."))
    assert isinstance(sign, bytes)
    assert isinstance(seal, bytes)
    keys = PublicKeys(sign, seal)
    sworn = (Head(*head) for head in heads)
    wrong += (
        Finding(True, f"Nhật ký {log.device[:8]}: mốc đã ký {head.seq} không đúng.")
        for head in sworn
        if not head_holds(keys, unit, log, head) or hashes.get(head.seq) != head.hash
    )
    return count, wrong


def _check_tables(database: Database, folding: Folding) -> list[Finding]:
    before = after = folding.dump()
    with suppress(_TakeBack), database.transaction():
        folding.rebuild()
        after = folding.dump()
        raise _TakeBack
    if before == after:
        return []
    differ = len(set(before) ^ set(after))
    return [
        Finding(True, f"Bảng dữ liệu khác với nhật ký ở {differ} dòng; hãy dựng lại từ nhật ký.")
    ]


class _TakeBack(Exception):
    """Ends the trial rebuild so that its transaction is rolled back."""


def _check_numbers(database: Database, standing: Standing) -> list[Finding]:
    used: dict[tuple[str, str, int], set[int]] = {}
    findings: list[Finding] = []
    for code, status in database.each("SELECT code, status FROM dossiers WHERE code != ''"):
        parsed = Code.parse(code)
        lane = used.setdefault((parsed.unit, parsed.day, parsed.lane), set())
        if parsed.number in lane:
            findings.append(Finding(True, f"Mã {code} được cấp hai lần."))
        lane.add(parsed.number)
        if status == "voided":
            findings.append(Finding(False, f"Số {code} đã hủy."))
    doubts = _doubts(body for _, body in standing.incarnations())
    for (unit, day, lane_number), numbers in sorted(used.items()):
        missing = sorted(set(range(lane_number, max(numbers), LANES)) - numbers)
        findings += (_explained(Code(unit, day, gap), lane_number, doubts) for gap in missing)
    return findings


def _doubts(starts: Iterable[e.IncarnationStarted]) -> list[tuple[str, int, int]]:
    return [doubt for start in starts for doubt in start.in_doubt]


def _explained(code: Code, lane: int, doubts: list[tuple[str, int, int]]) -> Finding:
    series = code_series(code.day, lane)
    if any(s == series and low < code.number <= high for s, low, high in doubts):
        return Finding(
            False, f"Số {code} bỏ trống: máy dừng hoặc dữ liệu được khôi phục khi đang cấp số này."
        )
    return Finding(True, f"Số {code} bị nhảy mà không rõ lý do.")
