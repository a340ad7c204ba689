from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events import facts
from app.models.exchange.chain import LogName
from app.models.numbering import is_code
from app.store.checks.gaps import _stretches
from app.store.checks.verify import Verified
from tests.making import MONDAY, ACounter, a_counter, exchange
from tests.models.telling import RECEIVED
from tests.store.database.spreading import Stranger


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.receive_many(3)
    made.do(Deed.HAND_OVER, made.receive().name)
    made.store.journal.sign_head()
    made.receive()
    return made


def tampered(counter: ACounter, *statements: str) -> Verified:
    """What is found after somebody with the key changed the database."""
    with counter.store.database.transaction():
        for statement in statements:
            counter.store.database.run(statement)
    return counter.store.verify()


def sentences(verified: Verified, *, wrong: bool = True) -> str:
    return "\n".join(f.sentence for f in verified.findings if f.wrong is wrong)


def test_an_untouched_counter_is_right_and_every_event_was_read(counter: ACounter) -> None:
    verified = counter.store.verify()
    assert (verified.ok, verified.findings) == (True, ())
    assert verified.events == counter.store.database.rows("SELECT count(*) FROM events")[0][0]


def test_verifying_changes_nothing_and_needs_no_pen(counter: ACounter) -> None:
    before = counter.dump()
    with counter.store.database.transaction():
        assert ACounter(counter.folder).store.verify().ok
    assert counter.dump() == before


@pytest.mark.parametrize("part", ["public", "personal"])
def test_one_changed_byte_of_any_event_is_found(counter: ACounter, part: str) -> None:
    sql = f"SELECT seq, {part} FROM events WHERE {part} IS NOT NULL"
    for seq, kept in counter.store.database.rows(sql):
        changed = bytearray(kept)
        changed[seq * 7 % len(changed)] ^= 1
        put = f"UPDATE events SET {part}=x'%s' WHERE seq={seq}"
        assert f"sự kiện {seq} không khớp chuỗi" in sentences(
            tampered(counter, put % changed.hex())
        )
        tampered(counter, put % kept.hex())
    assert counter.store.verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events WHERE seq=5",
        "UPDATE events SET seq=20 WHERE seq=5",
        "UPDATE events SET (public, personal) = (SELECT public, personal FROM events WHERE seq=6) WHERE seq=5",
        "UPDATE events SET hash=x'00' WHERE seq=5",
        "UPDATE events SET erased_hash=x'00', personal=NULL WHERE seq=5",
    ],
)
def test_an_event_taken_out_moved_or_doubled_is_found(counter: ACounter, statement: str) -> None:
    assert "sự kiện 5 không khớp chuỗi" in sentences(tampered(counter, statement))


def test_a_tail_cut_off_is_found_though_the_chain_ends_well(counter: ACounter) -> None:
    found = tampered(counter, "DELETE FROM events WHERE seq=(SELECT max(seq) FROM events)")
    assert "thiếu sự kiện ở cuối" in sentences(found)


def test_a_tail_cut_off_with_care_is_contradicted_by_the_signed_head(counter: ACounter) -> None:
    found = tampered(
        counter,
        "DELETE FROM events WHERE seq>6",
        "UPDATE logs SET (seq, hash) = (SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1)",
    )
    assert "mốc đã ký 9 không đúng" in sentences(found)


def test_a_tail_cut_off_with_its_heads_is_contradicted_by_the_marker(counter: ACounter) -> None:
    found = tampered(
        counter,
        "DELETE FROM events WHERE seq>6",
        "DELETE FROM heads",
        "UPDATE logs SET (seq, hash) = (SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1)",
    )
    assert "không khớp dấu niêm" in sentences(found, wrong=False)


@pytest.mark.parametrize(
    "change", ["hash=x'00'", "signature=x'00'", "seq=seq-1", "signature=zeroblob(64)"]
)
def test_a_tampered_head_is_found(counter: ACounter, change: str) -> None:
    assert "mốc đã ký" in sentences(tampered(counter, f"UPDATE heads SET {change}"))


def test_a_log_under_another_name_key_or_unit_is_found(counter: ACounter) -> None:
    assert "không khớp" in sentences(tampered(counter, "UPDATE logs SET incarnation='0'"))
    counter.store.unit = "H26.15.4"
    assert not counter.store.verify().ok


def test_a_log_with_anothers_keys_is_found(counter: ACounter) -> None:
    assert "mốc đã ký" in sentences(tampered(counter, "UPDATE logs SET sign_key=zeroblob(32)"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers SET due = due + 86400 WHERE thing = (SELECT max(thing) FROM dossiers)",
        "DELETE FROM dossiers WHERE thing = (SELECT max(thing) FROM dossiers)",
        "INSERT INTO standing VALUES ('officer', 'ma', '{}')",
        "UPDATE standing SET body='{}' WHERE kind='officer'",
        "UPDATE numbers SET highest = highest - 20 WHERE series LIKE 'code:%'",
        "DELETE FROM numbers",
        "UPDATE events SET effect='held', reason='' WHERE seq=4",
        "INSERT INTO visits SELECT thing, 0, '', '', '', '' FROM dossiers LIMIT 1",
    ],
)
def test_a_table_that_says_other_than_the_events_is_found(
    counter: ACounter, statement: str
) -> None:
    assert "khác với nhật ký" in sentences(tampered(counter, statement))


# --- numbers ------------------------------------------------------------------------------------


def a_foreign_dossier(counter: ACounter, code: str, **more: object) -> None:
    body = e.Received(**{**_fields(RECEIVED), "code": code, **more})  # type: ignore[arg-type]
    counter.store.take((Stranger(code).tells(body),))


def _fields(body: e.Received) -> dict[str, object]:
    return {name: getattr(body, name) for name in body.__struct_fields__}


def test_a_code_given_twice_is_found(counter: ACounter) -> None:
    a_foreign_dossier(counter, "H26.15.3-261123-0021")
    assert "H26.15.3-261123-0021 được cấp hai lần" in sentences(counter.store.verify())


def test_a_slip_number_given_twice_is_named_in_words(counter: ACounter) -> None:
    a_foreign_dossier(
        counter, "H26.15.3-261123-0161", slip=facts.Serial("slip receipt", 2026, 1, 1)
    )
    assert "năm 2026 (giấy tiếp nhận và hẹn trả) được cấp hai lần" in sentences(
        counter.store.verify()
    )


def test_a_code_left_out_is_found(counter: ACounter) -> None:
    a_foreign_dossier(counter, "H26.15.3-261123-0161")
    found = sentences(counter.store.verify())
    assert "H26.15.3-261123-0101 đến Mã H26.15.3-261123-0141 bị nhảy" in found


def test_a_register_line_or_a_slip_left_out_is_found(counter: ACounter) -> None:
    serial = facts.Serial("Hộ tịch", 2026, 1, 7)
    a_foreign_dossier(counter, "", serial=serial, provisional_code="T-ABCDEFGH")
    assert "Số 6 quyển 1 năm 2026 (Hộ tịch) bị nhảy" in sentences(counter.store.verify())


def test_another_units_codes_are_no_gap_in_ours(counter: ACounter) -> None:
    a_foreign_dossier(counter, "H26.15.4-261123-0161")
    assert counter.store.verify().findings == ()


def test_a_voided_number_is_explained(counter: ACounter) -> None:
    receipt = counter.receive()
    counter.do(Deed.VOID, receipt.name, Details(reason="nhập nhầm"))
    verified = counter.store.verify()
    assert verified.ok
    assert sentences(verified, wrong=False) == f"Số {receipt.code} đã hủy."


def test_a_gap_is_no_fault_while_the_log_that_fills_it_is_on_its_way(
    tmp_path: Path, counter: ACounter
) -> None:
    other = a_counter(tmp_path / "2", 2, machine="máy 2")
    exchange(other.store, counter.store)
    other.receive_many(2)
    with other.store.journal.deed(MONDAY, restored=True):
        pass
    other.receive()
    other.store.journal.sign_head()
    newest = LogName(other.store.keys.public.device, other.own_log())
    counter.store.take(other.store.runs({newest: 0}))
    verified = counter.store.verify()
    assert verified.ok
    assert "chưa về" in sentences(verified, wrong=False)
    exchange(other.store, counter.store)
    assert counter.store.verify().findings == ()


@pytest.mark.parametrize(
    ("code", "serial"),
    [
        ("H26.15.3-261123-0001", 2**53 - 1),
        ("H26.15.3-261123-999999981", 1),
        ("H26.15.3-261123-999999961", 1),
    ],
)
def test_absurd_numbers_keep_nobody_from_being_received(
    counter: ACounter, code: str, serial: int
) -> None:
    first = counter.receive().serial
    assert first is not None
    a_foreign_dossier(counter, code, serial=facts.Serial(first.group, 2026, 1, serial))
    then = [counter.receive() for _ in range(3)]
    assert all(is_code(each.code) for each in then)
    assert [each.serial is None for each in then] == [serial > 1] * 3
    assert len({each.code for each in then}) == 3


def test_absurd_numbers_do_not_keep_the_check_from_ending(counter: ACounter) -> None:
    a_foreign_dossier(
        counter, "H26.15.3-261123-999999961", serial=facts.Serial("Hộ tịch", 2026, 1, 2**53 - 1)
    )
    started = e.IncarnationStarted(
        1, "", "", in_doubt=(("code:261123:1", 0, 2**53), ("?", 1, 9), ("code:x:y", 5, 2))
    )
    counter.store.take((Stranger("x").tells(started),))
    assert len(counter.store.verify().findings) < 10


@pytest.mark.parametrize(
    ("used", "doubts", "found"),
    [
        ([], [], []),
        ([3, 23, 43], [], []),
        ([3, 63], [], [(23, 43, False)]),
        ([43], [], [(3, 23, False)]),
        ([3], [(3, 43)], [(23, 43, True)]),
        ([3, 63], [(3, 23)], [(23, 23, True), (43, 43, False)]),
        ([3, 83], [(23, 43)], [(23, 23, False), (43, 43, True), (63, 63, False)]),
        ([], [(0, 23)], [(3, 23, True)]),
        ([3, 63], [(0, 100)], [(23, 43, True), (83, 83, True)]),
        ([3, 23], [(3, 23)], []),
    ],
)
def test_each_stretch_of_unused_numbers_is_told_once_with_its_doubt(
    used: list[int], doubts: list[tuple[int, int]], found: list[tuple[int, int, bool]]
) -> None:
    assert list(_stretches("code:261123:3", used, doubts)) == found


def test_a_damaged_file_is_told_and_nothing_else(counter: ACounter) -> None:
    counter.close()
    raw = bytearray(counter.database.read_bytes())
    raw[-100] ^= 1
    counter.database.write_bytes(raw)
    verified = counter.open().store.verify()
    assert (verified.damaged, verified.ok) == (True, False)
    assert "Tệp dữ liệu hỏng" in sentences(verified)
