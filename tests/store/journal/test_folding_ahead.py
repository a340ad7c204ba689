"""What arrives is folded before it is written: that must come to what all that is written comes to."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.events import event as e
from app.models.exchange.messages import Run
from tests.models.telling import BODIES, RECEIVED
from tests.store.database.spreading import Stranger, an_empty_store, joined

UNHEARD = e.EventName("0" * 32, "0" * 16, 1)
OFFICER = "officer:lan"


def a_tale(server: Stranger, devices: tuple[Stranger, ...], chance: Random) -> list[Run]:
    """Dossiers, deeds on any of them that saw some of what went before, words on an officer,
    revocations: what each teller says in two parts at most, the parts mixed."""
    said: dict[Stranger, list[Run]] = {}
    told: dict[str, list[e.EventName]] = {str(UNHEARD): [UNHEARD], OFFICER: []}
    for _ in range(chance.randint(2, 20)):
        teller = chance.choice((server, *devices, *devices, *devices))
        name = e.EventName(*teller.log, teller.seq + 1)
        thing = chance.choice((str(name), str(name), *told))
        body: e.AnyBody = chance.choice(tuple(BODIES.values()))
        if teller is server:
            body = e.Revoked(*chance.choice(devices).log, chance.randint(1, 9))
            thing = f"revoked:{body.device}.{body.incarnation}"
        elif thing == OFFICER:
            body = e.OfficerAdded("lan", chance.choice("AB"), ())
        elif thing == str(name):
            body = chance.choice((RECEIVED, RECEIVED, e.LeftUnreceived("guidance")))
        before = told.setdefault(thing, [])
        saw = tuple(chance.sample(before, chance.randint(0, len(before))))
        said.setdefault(teller, []).append(teller.tells(body, thing, saw))
        before.append(name)
    parts = []
    for runs in said.values():
        cut = chance.randint(0, len(runs) - 1)
        parts += [joined(part) for part in (runs[:cut], runs[cut:]) if part]
    return sorted(parts, key=lambda run: (run.first, chance.random()))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_arrives_in_slices_comes_to_what_a_rebuild_makes_of_it(
    tmp_path_factory: pytest.TempPathFactory, chance: Random
) -> None:
    server, one, two = (Stranger(name) for name in ("máy chủ", "một", "hai"))
    store = an_empty_store(tmp_path_factory.mktemp("taker"))
    store.keeping.put("server_device", server.keys.public.device)
    for _ in store.log.taking(a_tale(server, (one, two), chance), chance.randint(1, 6)):
        pass
    arrived, found = store.folding.dump(), store.dossiers.find(RECEIVED.code)
    with store.database.transaction():
        store.folding.rebuild()
    assert arrived == store.folding.dump()
    assert found == store.dossiers.find(RECEIVED.code)
    store.close()
