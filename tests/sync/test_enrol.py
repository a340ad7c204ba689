from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from sqlalchemy import select

from app.models.errors import BadInput, OtherSideFailed
from app.models.events import event as e
from app.models.exchange.enrolment import Answered, Asked, Code
from app.sync.address import checked_url
from app.sync.enrol import enrol
from server.store import tables
from server.store.database import TRIES, StoreBusy, StoreFailed
from tests.sync.small import UNIT, URL, SmallCounter, SmallServer


@pytest.fixture
def newcomer() -> SmallCounter:
    return SmallCounter("newcomer", 3)


def test_enrolment_gives_the_servers_address_and_the_units_name(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    enrolled = server.enrol(newcomer)
    assert enrolled.server == server.address()
    assert enrolled.unit_name == "Xã Mẫu"


def test_the_secret_never_travels(server: SmallServer, newcomer: SmallCounter) -> None:
    code = server.code()
    server.enrol(newcomer, code)
    secret = Code.parse(code).secret.encode()
    assert all(secret not in body for body in server.line.sent + server.line.answered)


def reads_branches(server: SmallServer, counter: SmallCounter) -> bool:
    with server.built.units.open(UNIT) as ledger:
        return ledger.devices.known(counter.keys.public.device).branches


def test_both_say_at_once_which_bundles_they_read(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    assert server.enrol(newcomer).branches
    assert reads_branches(server, newcomer)


def test_an_older_program_says_nothing_and_is_taken_for_one_that_doesnt(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    server.line.before = lambda body: body.replace(b',"branches":true', b"")
    told = server.line.after
    server.line.after = lambda response: httpx.Response(
        200, content=told(response).content.replace(b',"branches":true', b"")
    )
    assert not server.enrol(newcomer).branches
    assert not reads_branches(server, newcomer)


def test_a_code_is_read_as_people_type_it(server: SmallServer, newcomer: SmallCounter) -> None:
    code = server.code()
    typed = f" {code.lower().replace('-', '  ').replace('o', '0').replace('b', '8')}\n"
    assert server.enrol(newcomer, typed).unit_name == "Xã Mẫu"


def test_what_is_no_code_is_told_before_anything_is_sent(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    with pytest.raises(BadInput, match="5 nhóm"):
        server.enrol(newcomer, "ABCD-EFGH")
    assert server.line.sent == []


def test_a_lost_answer_is_made_good_by_enrolling_again(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    code = server.code()
    assert server.enrol(newcomer, code) == server.enrol(newcomer, code)
    server.exchange(newcomer)
    assert len(newcomer.bodies(e.Enrolled)) == 1


def test_a_used_code_enrols_no_other_counter(server: SmallServer, newcomer: SmallCounter) -> None:
    code = server.code()
    server.enrol(newcomer, code)
    with pytest.raises(OtherSideFailed, match="đã được dùng"):
        server.enrol(SmallCounter("other", 4), code)


def test_a_server_that_is_busy_says_so_and_the_code_still_holds(
    server: SmallServer, newcomer: SmallCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreFailed("Kho dữ liệu của máy chủ vừa gián đoạn; hãy thử lại sau.")

    code = server.code()
    with monkeypatch.context() as patch:
        patch.setattr(server.built.enrolment, "_try", fails)
        with pytest.raises(OtherSideFailed, match="vừa gián đoạn"):
            server.enrol(newcomer, code)
    assert server.enrol(newcomer, code).unit_name == "Xã Mẫu"


def test_an_enrolment_that_another_deed_undid_is_done_again(
    server: SmallServer, newcomer: SmallCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a transaction is undone, of the code's tries it takes one."""
    makes_known = server.built.enrolment._make_known
    undone = [StoreBusy("bận") for _ in range(TRIES - 1)]

    def first_undone(*asked: object) -> None:
        if undone:
            raise undone.pop()
        makes_known(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(server.built.enrolment, "_make_known", first_undone)
    code = server.code()
    assert server.enrol(newcomer, code).unit_name == "Xã Mẫu"
    with server.built.units.open(UNIT) as ledger:
        assert list(ledger.connection.scalars(select(tables.codes.c.tries))) == [1]


def test_a_code_lasts_a_quarter_of_an_hour(server: SmallServer, newcomer: SmallCounter) -> None:
    code = server.code()
    server.now += timedelta(minutes=15, seconds=1)
    with pytest.raises(OtherSideFailed, match="hết hạn"):
        server.enrol(newcomer, code)


def test_five_wrong_guesses_burn_a_code(server: SmallServer, newcomer: SmallCounter) -> None:
    code = server.code()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    for _ in range(5):
        with pytest.raises(OtherSideFailed, match="không đúng"):
            server.enrol(newcomer, wrong)
    with pytest.raises(OtherSideFailed, match="không đúng"):
        server.enrol(newcomer, code)


def test_a_code_serves_one_unit_only(server: SmallServer) -> None:
    server.built.units.add("H50.13", "Xã Bên", server.built.author, server.now)
    neighbour = SmallCounter("neighbour", 1, "H50.13")
    with pytest.raises(OtherSideFailed, match="đơn vị khác"):
        server.enrol(neighbour, server.code(UNIT))


def test_a_unit_nobody_added_is_answered_like_a_wrong_code(server: SmallServer) -> None:
    with pytest.raises(OtherSideFailed, match="không đúng"):
        server.enrol(SmallCounter("far", 1, "H99.99"), server.code())


def test_two_devices_cannot_be_the_same_counter(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    server.enrol(newcomer)
    with pytest.raises(OtherSideFailed, match="Quầy số 3 đã có"):
        server.enrol(SmallCounter("other", 3))


def test_a_device_keeps_its_counter_number(server: SmallServer, newcomer: SmallCounter) -> None:
    server.enrol(newcomer)
    newcomer.counter = 4
    with pytest.raises(OtherSideFailed, match="kiểm tra số quầy"):
        server.enrol(newcomer)


def test_a_revoked_device_is_not_enrolled_again(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    server.enrol(newcomer)
    with server.built.units.open(UNIT) as ledger:
        server.built.author.write(ledger, [e.Revoked(*newcomer.own, 1)], server.now)
    with pytest.raises(OtherSideFailed, match="thu hồi"):
        server.enrol(newcomer)


def test_whoever_swaps_the_counters_keys_on_the_way_is_refused(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    thief = SmallCounter("thief", 3).keys.public

    def swap(body: bytes) -> bytes:
        asked = msgspec.json.decode(body, type=Asked)
        mine = msgspec.structs.replace(asked, sign_key=thief.sign.hex(), seal_key=thief.seal.hex())
        return msgspec.json.encode(mine)

    server.line.before = swap
    with pytest.raises(OtherSideFailed, match="không đúng"):
        server.enrol(newcomer)


def test_whoever_swaps_the_servers_keys_on_the_way_is_found_out(
    server: SmallServer, newcomer: SmallCounter
) -> None:
    thief = SmallCounter("thief", 3).keys.public

    def swap(response: httpx.Response) -> httpx.Response:
        answered = msgspec.json.decode(response.content, type=Answered)
        theirs = msgspec.structs.replace(
            answered, sign_key=thief.sign.hex(), seal_key=thief.seal.hex()
        )
        return httpx.Response(200, content=msgspec.json.encode(theirs))

    server.line.after = swap
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ đã cấp mã"):
        server.enrol(newcomer)


@pytest.mark.parametrize("status", [200, 403, 500])
def test_a_page_instead_of_an_answer_enrols_nobody(
    server: SmallServer, newcomer: SmallCounter, status: int
) -> None:
    server.line.after = lambda _: httpx.Response(status, html="<html>Wi-Fi</html>")
    with pytest.raises(OtherSideFailed):
        server.enrol(newcomer)


@pytest.mark.parametrize("status", [200, 403])
def test_half_a_letter_instead_of_an_answer_enrols_nobody(
    server: SmallServer, newcomer: SmallCounter, status: int
) -> None:
    spoilt = b'{"trouble":"\xb4","sign_key":"\xb4"}'
    server.line.after = lambda _: httpx.Response(status, content=spoilt)
    with pytest.raises(OtherSideFailed, match="không phải là máy chủ"):
        server.enrol(newcomer)


def test_no_server_is_told_in_words(newcomer: SmallCounter, tmp_path: Path) -> None:
    code = "ABCD-EFGH-IJKL-MNOP-QRST"
    with pytest.raises(OtherSideFailed, match="Không nối được"):
        enrol("http://127.0.0.1:9", code, newcomer.keys.public, 3, UNIT)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "motcua",
        "ftp://10.0.0.1",
        "http://",
        "http://motcua.gov.vn",
        "http://8.8.8.8:80",
        "http://a:b",
    ],
)
def test_an_address_that_would_not_do_is_refused(newcomer: SmallCounter, url: str) -> None:
    with pytest.raises(BadInput, match="https://"):
        enrol(url, "ABCD-EFGH-IJKL-MNOP-QRST", newcomer.keys.public, 3, UNIT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f" {URL}/ ", URL),
        ("http://localhost:8710", "http://localhost:8710"),
        ("http://quay-1:8710", "http://quay-1:8710"),
        ("http://quay-1.local:8710", "http://quay-1.local:8710"),
        ("http://192.168.1.10:8710", "http://192.168.1.10:8710"),
        ("http://[::1]:8710", "http://[::1]:8710"),
        ("https://motcua.gov.vn/x/", "https://motcua.gov.vn/x"),
    ],
)
def test_an_address_near_or_encrypted_will_do(typed: str, kept: str) -> None:
    assert checked_url(typed) == kept
