"""A new counter where no line goes: a request on a stick, an answer days later, and it works."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.models.errors import BadInput, Refused
from app.models.exchange.carried_enrolment import read_request
from app.store.database.database import StorageFailed
from app.store.practice import set_aside
from app.sync.enrol_by_file import Joined, read_answer, write_request
from app.sync.known import server_of
from app.sync.standing import standing_of
from app.upstream import join, join_by_file
from tests.making import UNIT, ACounter, a_counter
from tests.store.database.telling import copied, the_marker
from tests.sync.small import SmallServer
from tests.sync.stick import Stick, enrolled, pending

URL = "https://motcua.gov.vn"
DAYS = timedelta(days=14)


def asked(stick: Stick, counter: ACounter, name: str = "request") -> Path:
    code, _ = stick.server.built.enrolment.new_code(counter.unit, stick.server.now, DAYS)
    path = stick.folder / name
    write_request(counter.store, path, URL, str(code))
    return path


def answered(stick: Stick, request: Path, name: str = "answer") -> Path:
    """As `motcua-server enrolment answer` does."""
    question, path = read_request(request.read_bytes()), stick.folder / name
    told = stick.server.built.enrolment.enrol(question, stick.server.now)
    stick.bundles.answer(path, question, told)
    return path


def read(counter: ACounter, answer: Path) -> Joined:
    return read_answer(counter.store, answer, counter.clock())


@pytest.fixture
def new(tmp_path: Path) -> ACounter:
    """A PC that never met the server."""
    return a_counter(tmp_path / "new", 2, machine="máy mới")


@pytest.fixture
def old(tmp_path: Path, stick: Stick) -> ACounter:
    """A counter of the same unit, whose dossiers the server holds."""
    counter = enrolled(a_counter(tmp_path / "old", 1), stick.server)
    counter.receive_many(3)
    stick.up(counter)
    return counter


def test_days_later_the_answer_makes_it_a_counter_with_all_the_unit_holds(
    stick: Stick, old: ACounter, new: ACounter
) -> None:
    request = asked(stick, new)
    assert standing_of(new.store, new.clock()).asked == URL
    stick.server.now += timedelta(days=5)
    answer = answered(stick, request)
    new.close()
    joined = read(new.open(), answer)
    assert (joined.unit_name, joined.url, joined.read.by) == ("Xã Mẫu", URL, "server")
    standing = standing_of(new.store, new.clock())
    assert (standing.server, standing.asked) == (URL, "")
    assert set(old.store.map()) <= set(new.store.map())
    new.receive()
    stick.up(new)
    stick.down(new)
    assert pending(new) == 0


def test_read_again_it_changes_nothing(stick: Stick, old: ACounter, new: ACounter) -> None:
    answer = answered(stick, asked(stick, new))
    read(new, answer)
    held = new.dump(), server_of(new.store)
    again = read(new, answer)
    assert (again.unit_name, again.read.taken.received) == ("", 0)
    assert (new.dump(), server_of(new.store)) == held


def test_after_a_power_cut_while_it_is_read_the_answer_is_read_again(
    stick: Stick, new: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    answer = answered(stick, asked(stick, new))
    with monkeypatch.context() as patch:
        patch.setattr("app.sync.enrol_by_file.keep_server", die)
        with pytest.raises(KeyboardInterrupt):
            read(new, answer)
    new.close()
    assert read(new.open(), answer).url == URL


def test_an_address_written_wrong_is_mended_as_the_answer_is_read(
    stick: Stick, new: ACounter
) -> None:
    answer, right = answered(stick, asked(stick, new)), "https://motcua.tinh.gov.vn"
    with pytest.raises(BadInput, match="https://"):
        read_answer(new.store, answer, new.clock(), url="http://motcua.tinh.gov.vn")
    assert read_answer(new.store, answer, new.clock(), url=right).url == right
    server = server_of(new.store)
    assert server
    assert server[:2] == (right, stick.server.keys.public)


def test_its_first_bundle_goes_both_ways_with_all_a_new_program_reads(
    stick: Stick, new: ACounter
) -> None:
    """Nobody said it but the request and its answer."""
    read(new, answered(stick, asked(stick, new)))
    with stick.server.built.units.open(UNIT) as ledger:
        assert ledger.devices.known(new.store.keys.public.device).branches
    assert new.store.keeping.get("branches:server") == "1"


def test_it_asks_for_nothing_secret(stick: Stick, new: ACounter) -> None:
    code = str(stick.server.built.enrolment.new_code(UNIT, stick.server.now)[0])
    path = stick.folder / "request"
    write_request(new.store, path, URL, code)
    assert code.replace("-", "")[4:].encode() not in path.read_bytes()
    assert path.stat().st_size < 1024


def test_written_again_with_the_same_code_it_is_the_same(stick: Stick, new: ACounter) -> None:
    code = str(stick.server.built.enrolment.new_code(UNIT, stick.server.now)[0])
    one, other = stick.folder / "one", stick.folder / "other"
    for path in (one, other):
        write_request(new.store, path, URL, code)
    assert one.read_bytes() == other.read_bytes()
    assert read(new, answered(stick, one)).unit_name


# --- numbers --------------------------------------------------------------------------------------


def numberless(folder: Path, number: int) -> ACounter:
    """One of the counters that have no lane of their own, on the server's morning."""
    made = a_counter(folder / str(number), number, machine=f"máy {number}")
    made.clock.go_on(days=7)
    return made


def lanes_of(counter: ACounter) -> list[int]:
    return [lane for lane, _ in counter.store.journal.holds()[0]]


def test_a_counter_without_a_lane_of_its_own_numbers_from_the_answer_on(
    stick: Stick, tmp_path: Path
) -> None:
    new = numberless(tmp_path, 12)
    early = new.receive()
    assert early.code.startswith("T-")
    answer = answered(stick, asked(stick, new))
    join_by_file(new.store, answer, new.clock())
    assert new.receive().code[-4:] == "0030"
    official = new.desk.lookup.find(f"{UNIT}-261130-0010")
    assert official == new.desk.lookup.find(early.code) != []
    stick.up(new)
    stick.down(new)
    assert (lanes_of(new), pending(new)) == ([10], 0)


def test_each_that_asks_gets_a_lane_of_its_own_and_only_once(stick: Stick, tmp_path: Path) -> None:
    one, other = numberless(tmp_path, 12), numberless(tmp_path, 13)
    for counter in (one, other, one):
        request = asked(stick, counter)
        read(counter, answered(stick, request))
    assert (lanes_of(one), lanes_of(other)) == ([10], [11])


def test_a_lane_is_for_the_incarnation_that_asked(stick: Stick, tmp_path: Path) -> None:
    """Copied to another machine meanwhile it holds nothing, there as anywhere."""
    new = numberless(tmp_path, 12)
    answer = answered(stick, asked(stick, new))
    new.close()
    copy = copied(new, tmp_path / "copy", machine="máy khác", state=tmp_path / "copy" / "state")
    copy.receive()
    read(copy, answer)
    assert copy.receive().code.startswith("T-")
    read(new.open(), answer)
    assert new.receive().code[-4:] == "0010"


def test_over_a_line_it_is_granted_with_the_enrolment_too(
    stick: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = numberless(tmp_path, 12)
    monkeypatch.setattr("app.sync.enrol.trust_for", lambda *_: stick.server.line)
    join(new.store, URL, stick.server.code(UNIT))
    with stick.server.built.units.open(UNIT) as ledger:
        (lane,) = ledger.devices.lanes()
        assert ledger.devices.books() == [], "its book is its own"
    assert (lane.device, lane.incarnation) == (new.store.keys.public.device, new.own_log())


def test_by_the_same_code_it_asks_the_same_whatever_became_of_it_meanwhile(
    stick: Stick, tmp_path: Path
) -> None:
    new, code = numberless(tmp_path, 12), stick.server.code(UNIT)
    one, other = stick.folder / "one", stick.folder / "other"
    write_request(new.store, one, URL, code)
    new.close()
    the_marker(new).unlink()
    new.open()
    new.receive()
    write_request(new.store, other, URL, code)
    assert one.read_bytes() == other.read_bytes()


def test_a_counter_with_a_lane_of_its_own_asks_for_none(stick: Stick, new: ACounter) -> None:
    read(new, answered(stick, asked(stick, new)))
    with stick.server.built.units.open(UNIT) as ledger:
        assert ledger.devices.lanes() == []


# --- whatever is wrong is one sentence, and nothing is lost ----------------------------------------


def refused(counter: ACounter, answer: Path, why: str) -> None:
    """Nothing of `answer` is taken, and the request goes on waiting."""
    held, before = counter.dump(), standing_of(counter.store, counter.clock())
    with pytest.raises(Refused, match=why):
        read(counter, answer)
    assert (counter.dump(), standing_of(counter.store, counter.clock())) == (held, before)
    assert server_of(counter.store) is None


def test_an_answer_to_an_older_request(stick: Stick, new: ACounter) -> None:
    old = answered(stick, asked(stick, new), "old")
    newer = asked(stick, new, "newer")
    refused(new, old, "yêu cầu khác, ghi trước")
    assert read(new, answered(stick, newer)).unit_name


def test_another_pcs_answer(stick: Stick, new: ACounter, tmp_path: Path) -> None:
    other = a_counter(tmp_path / "other", 3, machine="máy khác")
    answer = answered(stick, asked(stick, other, "others"))
    asked(stick, new)
    refused(new, answer, "đúng máy đã ghi yêu cầu")


def test_another_units_answer(stick: Stick, new: ACounter, tmp_path: Path) -> None:
    stick.server.built.units.add("H50.13", "Xã Bên", stick.server.built.author, stick.server.now)
    neighbour = ACounter(tmp_path / "neighbour", 1, "H50.13")
    answer = answered(stick, asked(stick, neighbour, "neighbours"))
    asked(stick, new)
    refused(new, answer, "cho đơn vị H50.13")


def test_an_answer_nobody_waits_for(stick: Stick, new: ACounter) -> None:
    answer = answered(stick, asked(stick, new))
    new.store.keeping.put("enrolment_request", "")
    refused(new, answer, "không chờ trả lời")


def test_a_plain_bundle_is_no_answer(stick: Stick, old: ACounter, new: ACounter) -> None:
    asked(stick, new)
    refused(new, stick.answer(old), "không phải trả lời ghi danh")


@pytest.mark.parametrize(
    "spoil", [lambda x: x[:-100], lambda x: x[:200] + b"x" + x[201:], lambda _: b"a photo"]
)
def test_a_spoiled_answer(stick: Stick, new: ACounter, spoil: Callable[[bytes], bytes]) -> None:
    answer = answered(stick, asked(stick, new))
    whole = answer.read_bytes()
    answer.write_bytes(spoil(whole))
    refused(new, answer, "cắt cụt|không phải gói")
    answer.write_bytes(whole)
    assert read(new, answer).unit_name


def test_an_answer_of_somebody_who_never_gave_the_code(
    stick: Stick, new: ACounter, tmp_path: Path
) -> None:
    """He has the request, and so every key in it."""
    thief = Stick(stick.folder, SmallServer(tmp_path / "thief", UNIT))
    own = read_request(asked(thief, new, "thieves").read_bytes())
    thief.server.built.enrolment.enrol(own, thief.server.now)
    question = read_request(asked(stick, new).read_bytes())
    told, keys = stick.server.built.enrolment.enrol(question, stick.server.now), thief.server.keys
    sign, seal = keys.public.sign.hex(), keys.public.seal.hex()
    for forged in (told, structs.replace(told, sign_key=sign, seal_key=seal)):
        thief.bundles.answer(stick.folder / "forged", question, forged)
        refused(new, stick.folder / "forged", "không do máy chủ đã cấp mã")


def test_a_counter_to_practise_on_neither_asks_nor_reads(stick: Stick, new: ACounter) -> None:
    answer = answered(stick, asked(stick, new))
    set_aside(new.store)
    refused(new, answer, "tập dùng")
    with pytest.raises(Refused, match="tập dùng"):
        asked(stick, new, "another")
    assert not (stick.folder / "another").exists()


# --- at the server --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda x: x[:-80], "cắt cụt hoặc hỏng"),
        (lambda x: x.replace(b'"counter":2', b'"counter":3'), "cắt cụt hoặc hỏng"),
        (lambda x: x.replace(b"{", b"["), "cắt cụt hoặc hỏng"),
        (lambda _: b"motcua bundle 1\n", "không phải yêu cầu"),
    ],
)
def test_a_spoiled_request_is_told_and_costs_the_code_no_try(
    stick: Stick, new: ACounter, spoil: Callable[[bytes], bytes], why: str
) -> None:
    request = asked(stick, new)
    whole = request.read_bytes()
    for _ in range(6):
        request.write_bytes(spoil(whole))
        with pytest.raises(BadInput, match=why):
            answered(stick, request)
    request.write_bytes(whole)
    assert read(new, answered(stick, request)).unit_name


def test_a_code_that_is_over_answers_nobody(stick: Stick, new: ACounter) -> None:
    request = asked(stick, new)
    stick.server.now += DAYS + timedelta(seconds=1)
    with pytest.raises(Refused, match="hết hạn"):
        answered(stick, request)
    assert not (stick.folder / "answer").exists()


def test_a_request_that_cant_be_written_leaves_the_earlier_one_waiting(
    stick: Stick, new: ACounter
) -> None:
    answer = answered(stick, asked(stick, new))
    code = str(stick.server.built.enrolment.new_code(UNIT, stick.server.now)[0])
    with pytest.raises(BadInput, match="cắm USB"):
        write_request(new.store, stick.folder / "pulled" / "request", URL, code)
    (stick.folder / "folder").mkdir()
    with pytest.raises(StorageFailed, match="USB khác"):
        write_request(new.store, stick.folder / "folder", URL, code)
    assert read(new, answer).unit_name
