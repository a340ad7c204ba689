"""Checks everything a counter holds against itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from app.models.events.encoding import as_record
from app.models.exchange.chain import Head, LogName, PublicKeys, genesis, head_holds, link
from app.store.checks.finding import Finding
from app.store.checks.gaps import Numbers
from app.store.database.database import Database, Row
from app.store.database.migrations import OF_THINGS
from app.store.database.telling import WHOLE, Tell, quiet, stretch, told
from app.store.journal.branching import Branching
from app.store.journal.folding import Folding, raise_highest


@dataclass(frozen=True, slots=True)
class Verified:
    """`damaged`: the file itself can't be read whole, and nothing else was looked at."""

    events: int
    findings: tuple[Finding, ...]
    damaged: bool = False

    @property
    def ok(self) -> bool:
        return not any(finding.wrong for finding in self.findings)


def verify(database: Database, folding: Folding, unit: str, tell: Tell = quiet) -> Verified:
    """The file, the hash chains, the signed heads, tables = fold of events, gaps in numbers.

    Reads one state of the data and writes nothing, so that officers go on working beside it.
    """
    damage = database.damage(stretch(tell, 0, 400))
    if damage:
        sentence = f"Tệp dữ liệu hỏng ({damage[0]}). Hãy khôi phục từ bản sao lưu gần nhất."
        return Verified(0, (Finding(True, sentence),), damaged=True)
    findings: list[Finding] = []
    events = 0
    of_logs, of_meaning = stretch(tell, 400, 600), stretch(tell, 600, WHOLE)
    with database.snapshot():
        lying = _count(database, "events")
        for row in database.rows(
            "SELECT id, device, incarnation, sign_key, seal_key, seq, hash, onto,"
            " (SELECT min(seq) FROM events WHERE log = logs.id) - 1 FROM logs ORDER BY id"
        ):
            count, wrong = _check_log(
                database, unit, row, partial(told, tell=of_logs, of=lying, since=events)
            )
            events += count
            findings += wrong
        findings += _check_meaning(database, folding, unit, of_meaning)
    return Verified(events, tuple(findings))


# --- the logs -----------------------------------------------------------------------------------


def _check_log(
    database: Database, unit: str, row: Row, pace: Callable[[Iterator[Row]], Iterator[Row]]
) -> tuple[int, list[Finding]]:
    number, device, incarnation, sign, seal, seq, hash_, onto, after = row
    log = LogName(str(device), str(incarnation))
    known, count, wrong = genesis(unit, log), 0, []
    if isinstance(onto, bytes) and isinstance(after, int):
        known, count = onto, after
        if Branching(database, unit).at(log.root, after, onto) is None and onto != genesis(
            unit, log
        ):
            wrong.append(_of_log(log, "nhánh không nối vào chuỗi nào"))
    begun = count
    hashes: dict[int, bytes] = {}
    heads = database.rows("SELECT seq, hash, signature FROM heads WHERE log=?", (number,))
    ends = {head[0] for head in heads}
    sql = "SELECT seq, public, personal, erased_hash, hash FROM events WHERE log=? ORDER BY seq"
    with closing(database.each(sql, (number,))) as rows:
        for at, public, personal, erased, stored in pace(rows):
            count += 1
            known = link(known, as_record(public, personal, erased))
            if at != count or stored != known:
                wrong.append(_of_log(log, f"sự kiện {count} không khớp chuỗi"))
                break
            if at in ends:
                hashes[at] = known
    if not wrong and (count, known) != (seq, hash_):
        wrong.append(_of_log(log, "thiếu sự kiện ở cuối"))
    assert isinstance(sign, bytes)
    assert isinstance(seal, bytes)
    keys = PublicKeys(sign, seal)
    wrong += (
        _of_log(log, f"mốc đã ký {head.seq} không đúng")
        for head in (Head(*head) for head in heads)
        if not head_holds(keys, unit, log, head) or hashes.get(head.seq) != head.hash
    )
    return count - begun, wrong


def _of_log(log: LogName, what: str) -> Finding:
    return Finding(True, f"Nhật ký {log.device[:8]}: {what}.")


# --- tables and numbers -------------------------------------------------------------------------


def _check_meaning(database: Database, folding: Folding, unit: str, tell: Tell) -> list[Finding]:
    """Every thing is read once: its tables must be as its events tell, its numbers accounted for."""
    numbers, highest, rows = Numbers(unit), dict[str, int](), Counter[str]()
    differ = 0
    for thing in told(folding.all_things(), tell, _count(database, "things")):
        differ += not folding.is_kept(thing)
        rows[thing.meaning.table] += 1
        raise_highest(highest, thing)
        numbers.add(thing)
    differ += database.rows("SELECT series, highest FROM numbers ORDER BY series") != sorted(
        highest.items()
    )
    for table in (*OF_THINGS, "standing"):
        differ += _count(database, table) != rows[table]
    held: dict[LogName, int] = {}
    for device, incarnation, seq in database.rows("SELECT device, incarnation, seq FROM logs"):
        log = LogName(device, incarnation).root
        held[log] = max(seq, held.get(log, 0))
    wrong = f"Bảng dữ liệu khác với nhật ký ở {differ} chỗ; hãy dựng lại từ nhật ký."
    return [Finding(True, wrong)] * bool(differ) + numbers.findings(held)


def _count(database: Database, table: str) -> int:
    row = database.one(f"SELECT count(*) FROM {table}")  # noqa: S608  # our own table names
    assert row is not None
    return int(row[0])
