"""The code alone keeps units apart: on SQLite, which has no row-level security, whatever is done for a unit
gives nothing of its neighbours and changes nothing of theirs.

Each deed is done in two worlds: where the unit is alone, and where two neighbours look like it to the
last row. What it gives, and what the unit holds afterwards, are the same; what the neighbours hold is as
it was. A public method or an address that no deed names fails a test.
"""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import get_type_hints

import pytest
from sqlalchemy import Connection, Engine
from starlette.routing import Route

import server
from server.exchange.files import Files
from server.ledger.ledger import Ledger
from server.units.units import Units
from tests.server.store.deeds_of_a_unit import CALLS, Call
from tests.server.store.neighbours import SAME_KEYS, SAME_ROWS, World, a_world, give_neighbours
from tests.sync.small import UNIT

BY_DESIGN = {
    "Units.all": "tells which units there are",
    "Notices.withdraw": "withdraws a notice wherever it was sent",
    "News.end": "answers all that is held, and reads nothing",
    "Relay.word": "is in memory",
    "Relay.relay": "asks over HTTP, with what `UnitReplica` gives",
    "Relay.address": "is in a file",
    "Relay.news": "is heard over HTTP",
    "FileRelay.carry": "asks over HTTP, with what `Files` gives",
    "Granted.lanes": "reads the unit's own file",
    "Granted.books": "likewise",
    "Granted.counters": "likewise",
    "Granted.keep": "writes that file",
    "join": "asks over HTTP, and adds the one unit of a new hub",
}

OF_ROWS = (Ledger, Connection, Engine, Files, Units)
FOLDERS = ("server.ledger", "server.exchange", "server.units", "server.hub")
HELPERS = {"server.ledger.bulk"}  # they are told which rows


# --- what there is to be called ---------------------------------------------------------------------


def public() -> set[str]:
    """What may be called with a unit's rows in reach."""
    names = (x.name for x in walk_packages(server.__path__, "server."))
    found = set[str]()
    for name in names:
        if not name.startswith(FOLDERS) or name in HELPERS:
            continue
        module = import_module(name)
        for called, thing in vars(module).items():
            if getattr(thing, "__module__", "") == name and not called.startswith("_"):
                found |= set(_of(called, thing))
    return found


def _of(name: str, thing: object) -> Iterator[str]:
    if inspect.isfunction(thing):
        if set(get_type_hints(thing).values()) & set(OF_ROWS):
            yield name
    elif inspect.isclass(thing) and "__init__" in vars(thing) and not issubclass(thing, Exception):
        methods = (x for x, of in vars(thing).items() if inspect.isfunction(of))
        yield from (f"{name}.{method}" for method in methods if not method.startswith("_"))


def test_whatever_can_be_done_with_rows_stands_here(worlds: tuple[World, World]) -> None:
    done = {name.partition(":")[0] for name in CALLS}
    assert public() - done - BY_DESIGN.keys() == set()
    assert (done | BY_DESIGN.keys()) - public() - routes(worlds[0]) == set()
    assert routes(worlds[0]) <= done


def routes(world: World) -> set[str]:
    """The addresses, each with its method."""
    found = (x for x in world.server.app().routes if isinstance(x, Route))
    return {f"{m} {x.path}" for x in found for m in x.methods or () if m != "HEAD"}


# --- the two worlds -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    folder = tmp_path_factory.mktemp("worlds")
    made = a_world(folder / "made")
    alone, beside = (made.copied(folder / name) for name in ("alone", "beside"))
    give_neighbours(beside)
    yield alone, beside
    for world in (made, alone, beside):
        world.server.built.engine.dispose()


# --- the proof ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CALLS))
def test_nothing_of_a_neighbour_is_given_or_changed(worlds: tuple[World, World], name: str) -> None:
    alone, beside = worlds
    theirs = beside.rows(SAME_KEYS, SAME_ROWS)
    given = [in_world(world, CALLS[name]) for world in worlds]
    assert given[0] == given[1]
    assert beside.rows(SAME_KEYS, SAME_ROWS) == theirs
    assert beside.rows(UNIT) == alone.rows(UNIT)


def in_world(world: World, call: Call) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.units.phone.token_bytes", world.random)
        return call(world)
