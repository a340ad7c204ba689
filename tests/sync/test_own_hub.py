"""Who may begin a hub at this counter, and when it needs a code; where none may run."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import msgspec
import pytest

from app.models.errors import Refused
from app.models.unit.officer import Role
from app.settings import Places
from app.store.practice import set_aside
from app.sync.hub_place import ROLE, HubPlace
from app.sync.known import mend_address
from app.sync.own_hub import NOT_YET, PRACTICE, STAYED, above, follow
from app.sync.reached import here
from server.build import build
from server.cli import main
from server.hub.hub import join, role_in
from server.keys import secret
from tests.cli.a_pc import MemoryKeyring
from tests.making import UNIT, ACounter, a_counter
from tests.sync.small import URL, SmallServer
from tests.sync.stick import Stick, enrolled

ELSEWHERE = "https://motcua.gov.vn"


@pytest.fixture
def place(tmp_path: Path) -> HubPlace:
    return HubPlace(Places(tmp_path / "data", tmp_path / "state"))


def joined(place: HubPlace, server: SmallServer) -> None:
    built = build(place.places.hub)
    code, device = server.code(UNIT), built.keys.public
    join(place.places.hub, built.engine, device, UNIT, URL, code, server.now)


@pytest.fixture
def one(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path / "1")


def test_a_counter_without_a_server_and_one_to_practise_on_run_none(
    one: ACounter, place: HubPlace
) -> None:
    with pytest.raises(Refused) as told:
        above(one.store, one.officer, place)
    assert str(told.value) == NOT_YET
    set_aside(one.store)
    with pytest.raises(Refused) as told:
        above(one.store, one.officer, place)
    assert str(told.value) == PRACTICE


def test_only_who_leads_the_shop_begins_or_stops_one(
    one: ACounter, stick: Stick, place: HubPlace
) -> None:
    enrolled(one, stick.server)
    receives = replace(one.officer, roles=frozenset({Role.RECEPTIONIST}))
    with pytest.raises(Refused, match="phụ trách bộ phận"):
        above(one.store, receives, place)
    assert above(one.store, one.officer, place) == (URL, UNIT, True)


def test_a_code_is_needed_once_for_each_server(
    one: ACounter, stick: Stick, place: HubPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = stick.server
    enrolled(one, server)
    monkeypatch.setattr("app.sync.enrol.trust_for", lambda *_: server.line)
    joined(place, server)
    assert not above(one.store, one.officer, place).needs_code
    enrolled(one, SmallServer(tmp_path / "other", UNIT))
    assert above(one.store, one.officer, place).needs_code


def test_the_hub_here_looks_for_the_server_where_the_counter_does(
    one: ACounter, stick: Stick, place: HubPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(one, stick.server)
    monkeypatch.setattr("app.sync.enrol.trust_for", lambda *_: stick.server.line)
    joined(place, stick.server)
    was = role_in(place.places.hub)
    mend_address(one.store, one.officer, ELSEWHERE)
    follow(one.store, place, here)
    assert was
    assert role_in(place.places.hub) == msgspec.structs.replace(was, url=ELSEWHERE)
    enrolled(one, SmallServer(tmp_path / "other", UNIT))
    follow(one.store, place, here)
    assert role_in(place.places.hub) == msgspec.structs.replace(was, url=ELSEWHERE), (
        "another server's hub"
    )


def test_that_the_hub_here_could_not_be_told_is_said(
    one: ACounter, stick: Stick, place: HubPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(one, stick.server)
    monkeypatch.setattr("app.sync.enrol.trust_for", lambda *_: stick.server.line)
    joined(place, stick.server)
    mend_address(one.store, one.officer, ELSEWHERE)
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(Refused, match=STAYED.partition("{")[0]):
        follow(one.store, place, here)


def test_the_hubs_key_lies_in_the_keyring_and_not_beside_its_data(
    stick: Stick, place: HubPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = MemoryKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", keyring)
    monkeypatch.setattr("app.sync.enrol.trust_for", lambda *_: stick.server.line)
    monkeypatch.setattr("sys.stdin", StringIO(stick.server.code(UNIT)))
    _, _, _, *words = place.words("hub", "join", URL, UNIT)
    assert main(words) == 0
    (key,) = keyring.kept.values()
    assert key == secret(place.places.hub).hex()
    files = [path for path in place.places.hub.rglob("*") if path.is_file()]
    assert not [path for path in files if key.encode() in path.read_bytes()]


def test_a_copy_of_the_data_begins_no_second_hub_nor_does_one_without_data(
    place: HubPlace, tmp_path: Path
) -> None:
    place.want("127.0.0.1:0")
    assert place.wanted() is None, "without a hub's data its program would be a server"
    place.places.hub.mkdir(parents=True)
    (place.places.hub / ROLE).touch()
    assert place.wanted() == "127.0.0.1:0"
    assert HubPlace(Places(place.places.data, tmp_path / "another state")).wanted() is None
    place.leave()
    place.leave()
    assert place.wanted() is None
