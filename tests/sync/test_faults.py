"""What a bad line, a bad server or a bad counter may do: nothing is lost, nothing acknowledged."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import zstandard
from sqlalchemy import update

from app.models.errors import OtherSideFailed
from app.models.events import event as e
from app.models.exchange.chain import sign_head
from app.models.exchange.messages import Message, map_hash, pack, unpack
from app.models.exchange.sealing import seal
from app.sync.http import line, post
from server.store import tables as t
from tests.models.chains import some_keys
from tests.sync.small import UNIT, URL, SmallCounter, SmallServer, opened

PORTAL = b"<html><body>Dang nhap Wi-Fi</body></html>"


def lose() -> httpx.Response:
    raise httpx.ReadError("cut off")


def test_a_lost_answer_is_made_good_by_asking_again(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    counter.receive(2)
    second = len(server.line.sent) + 2
    server.line.after = lambda answer: lose() if len(server.line.sent) == second else answer
    with pytest.raises(OtherSideFailed, match="Không nối được"):
        server.exchange(counter)
    server.line.after = lambda response: response
    again = server.exchange(counter)
    assert (again.sent, again.pending) == (0, 0)
    assert again.acknowledged == counter.map()


def test_a_question_that_arrives_twice_is_taken_in_once(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    late = server.answer(server.line.sent[-1], counter)
    assert late.trouble
    assert not late.runs
    assert late.number == counter.number
    assert server.exchange(counter).acknowledged == counter.map()


def test_a_question_that_comes_days_late_changes_nothing(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    old = server.line.sent[-1]
    counter.receive(2)
    server.exchange(counter)
    assert server.answer(old, counter).trouble
    assert server.exchange(counter).requests == 1


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(100_000)
            yield bytes(100_000)

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return endless()

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    with line(transport) as client, pytest.raises(OtherSideFailed, match="quá dài"):
        post(client, URL, b"", "application/octet-stream")
    assert sum(read) < 1_000_000


def sleep_too_long() -> httpx.Response:
    raise httpx.ReadTimeout("no answer")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html=PORTAL.decode()),
        httpx.Response(200, content=b""),
        httpx.Response(302, headers={"location": "http://portal.local/"}),
        httpx.Response(502, content=PORTAL),
        httpx.Response(200, content=b"\x28\xb5\x2f\xfd" + PORTAL),
        httpx.Response(200, content=b"x" * 1_000_000),
    ],
    ids=["html", "empty", "redirect", "proxy", "broken", "endless"],
)
def test_what_is_no_signed_answer_acknowledges_nothing(
    server: SmallServer, counter: SmallCounter, answer: httpx.Response
) -> None:
    counter.receive(1)
    before = counter.map()
    server.line.after = lambda _: answer
    with pytest.raises(OtherSideFailed):
        server.exchange(counter)
    assert counter.map() == before


@pytest.mark.parametrize("missing", [1, 2, 64, 128, 200, 300])
def test_an_answer_cut_short_acknowledges_nothing(
    server: SmallServer, counter: SmallCounter, missing: int
) -> None:
    server.line.after = lambda answer: httpx.Response(200, content=answer.content[:-missing])
    with pytest.raises(OtherSideFailed):
        server.exchange(counter)


def test_a_spoilt_byte_on_the_way_up_is_told_and_changes_nothing(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)

    def spoil(body: bytes) -> bytes:
        packed = opened(body, server.keys)
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
        changed = plain.replace(b"1.001193", b"1.001194")
        return seal(zstandard.ZstdCompressor().compress(changed), server.keys.public)

    server.line.before = spoil
    with pytest.raises(OtherSideFailed):
        server.exchange(counter)
    server.line.before = lambda body: body
    assert server.exchange(counter).sent == 1


def test_a_server_that_takes_too_long_is_told_in_words(
    server: SmallServer, counter: SmallCounter
) -> None:
    server.line.after = lambda _: sleep_too_long()
    with pytest.raises(OtherSideFailed, match="không trả lời kịp"):
        server.exchange(counter)


def test_what_the_server_sends_is_checked_like_anybodys(
    server: SmallServer, counter: SmallCounter
) -> None:
    with server.built.units.open(UNIT) as ledger:
        body = e.DaySet("2028-12-01", "local_off", "Bão")
        server.built.author.write(ledger, [body], server.now)
        wrong = {"public": b"{}"}
        ledger.connection.execute(
            update(t.events).where(t.events.c.type == "day_set").values(wrong)
        )
    fresh = SmallCounter("second", 2)
    server.enrol(fresh)
    with pytest.raises(OtherSideFailed, match="không khớp"):
        server.exchange(fresh)
    assert list(fresh.logs) == [fresh.own]


def test_a_unit_nobody_added_is_answered_like_a_stranger(server: SmallServer) -> None:
    with pytest.raises(OtherSideFailed, match="ghi danh"):
        server.exchange(SmallCounter("far", 1, "H99.99"))


def test_an_answer_to_another_question_is_none(server: SmallServer, counter: SmallCounter) -> None:
    server.exchange(counter)
    old = server.line.answered[-1]
    server.line.after = lambda _: httpx.Response(200, content=old)
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ đã ghi danh"):
        server.exchange(counter)


@pytest.mark.parametrize("changed", [{"unit": "H50.13"}, {"to": "0" * 32}, {"map_hash": "0" * 64}])
def test_even_the_servers_own_word_must_be_meant_for_us(
    server: SmallServer, counter: SmallCounter, changed: dict[str, str]
) -> None:
    def change(response: httpx.Response) -> httpx.Response:
        answer = unpack(opened(response.content, counter.keys))._replace(**changed)  # type: ignore[arg-type]
        return httpx.Response(200, content=pack(answer, server.keys))

    server.line.after = change
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ đã ghi danh"):
        server.exchange(counter)


def test_an_answer_signed_by_another_is_none(server: SmallServer, counter: SmallCounter) -> None:
    stranger = some_keys("kẻ lạ")

    def sign_anew(response: httpx.Response) -> httpx.Response:
        answer = unpack(opened(response.content, counter.keys))._replace(sender=stranger.public)
        return httpx.Response(200, content=pack(answer, stranger))

    server.line.after = sign_anew
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ đã ghi danh"):
        server.exchange(counter)


@pytest.mark.parametrize("status", [201, 301, 404, 502])
def test_a_signed_answer_under_a_failing_status_is_none(
    server: SmallServer, counter: SmallCounter, status: int
) -> None:
    server.line.after = lambda response: httpx.Response(status, content=response.content)
    with pytest.raises(OtherSideFailed):
        server.exchange(counter)


def test_another_server_is_not_believed(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    imposter = SmallServer(tmp_path / "imposter", UNIT)
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ đã ghi danh"):
        server.exchange(counter, imposter.line)


def test_a_message_for_another_server_is_refused(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    server.exchange(counter)
    other = SmallServer(tmp_path / "other", UNIT)
    assert "máy khác" in other.answer(server.line.sent[-1], counter).trouble
    bare = opened(server.line.sent[-1], server.keys)
    assert "máy chủ khác" in other.answer(bare, counter).trouble


def test_a_device_nobody_enrolled_gets_in_nothing(server: SmallServer) -> None:
    stranger = SmallCounter("stranger", 7)
    stranger.receive(1)
    with pytest.raises(OtherSideFailed, match="ghi danh"):
        server.exchange(stranger)
    assert stranger.own not in server.map()


def test_a_stranger_learns_nothing_of_the_units_work(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    stranger = SmallCounter("stranger", 7)
    with pytest.raises(OtherSideFailed):
        server.exchange(stranger)
    answer = unpack(opened(server.line.answered[-1], stranger.keys))
    assert answer.map is not None
    assert counter.own not in answer.map
    assert answer.runs == ()


def test_a_run_of_a_device_nobody_enrolled_is_refused_whoever_brings_it(
    server: SmallServer, counter: SmallCounter
) -> None:
    stranger = SmallCounter("stranger", 7)
    counter.receive(1)
    counter.take(stranger.runs({stranger.own: 0}))
    with pytest.raises(OtherSideFailed, match="chưa ghi danh"):
        server.exchange(counter)
    assert stranger.own not in server.map()
    assert server.map()[counter.own].seq == 1


def test_a_revoked_device_is_refused_and_the_others_go_on(
    server: SmallServer, counter: SmallCounter
) -> None:
    other = SmallCounter("second", 2)
    server.enrol(other)
    built = server.built
    with built.units.open(UNIT) as ledger:
        built.author.write(ledger, [e.Revoked(*counter.own, 1)], server.now)
    with pytest.raises(OtherSideFailed, match="thu hồi"):
        server.exchange(counter)
    assert server.exchange(other).pending == 0
    assert other.bodies(e.Revoked) == [e.Revoked(*counter.own, 1)]


def test_a_counter_of_another_unit_gets_in_nothing(server: SmallServer) -> None:
    server.built.units.add("H50.13", "Xã Bên", server.built.author, server.now)
    neighbour = SmallCounter("neighbour", 1, "H50.13")
    server.enrol(neighbour)
    neighbour.unit = UNIT
    with pytest.raises(OtherSideFailed, match="ghi danh"):
        server.exchange(neighbour)
    assert neighbour.own not in server.map()


def test_a_number_used_before_a_restore_is_jumped_over(
    server: SmallServer, counter: SmallCounter
) -> None:
    for _ in range(5):
        server.exchange(counter)
    highest = counter.number
    counter.number = 1
    counter.receive(1)
    assert server.exchange(counter).sent == 1
    assert counter.number > highest


def test_a_bomb_is_refused_without_being_unfolded(server: SmallServer) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(100_000_000))
    assert len(bomb) < 256 * 1024
    assert "quá lớn" in unpack(server.built.upstream.answer(bomb, server.now)).trouble


@pytest.mark.parametrize("number", [-1, 2**53, 2**70])
def test_a_number_no_database_holds_is_refused_in_words(
    server: SmallServer, counter: SmallCounter, number: int
) -> None:
    to = server.address().keys.device
    question = Message(UNIT, counter.keys.public, to, number, map_hash({}))
    answer = unpack(server.built.upstream.answer(pack(question, counter.keys), server.now))
    assert "hỏng" in answer.trouble


# --- forks ----------------------------------------------------------------------------------------


def cloned(counter: SmallCounter, write: Callable[[SmallCounter], object]) -> SmallCounter:
    """The same disk in a second PC, which then does something of its own."""
    clone = SmallCounter("first", 1)
    clone.logs.clear()
    clone.take(counter.runs(dict.fromkeys(counter.logs, 0)))
    clone.number = counter.number + 100
    write(clone)
    return clone


def test_a_fork_is_counted_and_nothing_is_overwritten(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = cloned(counter, lambda x: (x.receive(7), x.receive(8)))
    counter.receive(1)
    server.exchange(counter)
    kept = server.map()[counter.own]
    outcome = server.exchange(clone)
    assert outcome.forks == 1
    assert outcome.pending == clone.map()[clone.own].seq
    assert server.map()[counter.own] == kept
    assert server.forks() == 1


def test_the_shorter_branch_of_a_fork_is_counted_too(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = cloned(counter, lambda x: x.receive(7))
    counter.receive(1)
    counter.receive(2)
    server.exchange(counter)
    outcome = server.exchange(clone)
    assert outcome.forks == 1
    assert outcome.pending > 0
    assert server.forks() == 1


def test_a_forked_machine_goes_on_in_a_new_incarnation(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = cloned(counter, lambda x: x.receive(7))
    counter.receive(1)
    server.exchange(counter)
    clone.start("f" * 16, reason="forked")
    clone.receive(9)
    outcome = server.exchange(clone)
    assert outcome.sent == 2
    assert server.map()[clone.own] == clone.map()[clone.own]


def test_a_second_history_of_known_events_is_held_beside_the_first_with_an_alarm(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = cloned(counter, lambda x: x.receive(7))
    counter.receive(1)
    server.exchange(counter)
    runs = clone.runs({clone.own: 0})
    to, mine = server.address().keys.device, clone.map()
    question = Message(UNIT, clone.keys.public, to, 1000, map_hash(mine), mine, runs)
    answer = unpack(server.built.upstream.answer(pack(question, clone.keys), server.now))
    assert not answer.trouble
    ends = {one.map()[one.own].hash for one in (counter, clone)}
    assert {known.hash for known in server.map().values()} >= ends
    assert server.forks() == 1


def test_a_log_altered_by_whoever_carries_it_is_refused(
    server: SmallServer, counter: SmallCounter
) -> None:
    other = SmallCounter("second", 2)
    server.enrol(other)
    counter.receive(1)
    (run,) = counter.runs({counter.own: 1})
    forged = run.records[0]._replace(public=run.records[0].public.replace(b"1.001193", b"1.001194"))
    head = sign_head(other.keys, UNIT, counter.own, 2, bytes(32))
    to, mine = server.address().keys.device, other.map()
    for bad in (run._replace(records=(forged,)), run._replace(heads=(head,))):
        number = other.exchange_number()
        question = Message(UNIT, other.keys.public, to, number, map_hash(mine), mine, (bad,))
        assert unpack(server.built.upstream.answer(pack(question, other.keys), server.now)).trouble
    assert server.map()[counter.own].seq == 1
