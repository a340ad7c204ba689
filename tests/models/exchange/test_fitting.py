from random import Random

import pytest

from app.models.errors import Refused
from app.models.events.encoding import as_record
from app.models.exchange.fitting import pack_fitting
from app.models.exchange.messages import MOST_PACKED, Message, Run, map_hash, unpack
from tests.models.chains import UNIT, SomeLog, some_keys

KEYS = some_keys()


def message(*runs: Run) -> Message:
    return Message(UNIT, KEYS.public, "0" * 32, 1, map_hash({}), {}, runs)


def long_run(*signed: int, length: int = 10, seed: int = 0) -> Run:
    """A log of events that don't compress, 25 kB each when packed."""
    run = SomeLog(length, signed=signed).run()
    noise = (Random(seed + n).randbytes(25_000).hex().encode() for n in range(length))
    return run._replace(records=tuple(as_record(public, None) for public in noise))


def test_a_message_that_fits_goes_whole() -> None:
    whole = message(SomeLog(5).run())
    packed, said = pack_fitting(whole, KEYS)
    assert unpack(packed) == said == whole


def test_of_many_runs_the_first_ones_go() -> None:
    runs = [long_run(length=8, seed=100 * n) for n in range(4)]
    packed, said = pack_fitting(message(*runs), KEYS)
    assert len(packed) <= MOST_PACKED
    assert list(said.runs) == runs[:1]


def test_a_long_run_is_cut_at_a_signed_head() -> None:
    run = long_run(2, 5, 7, length=16)
    packed, said = pack_fitting(message(run), KEYS)
    assert len(packed) <= MOST_PACKED
    (cut,) = said.runs
    assert cut.heads == run.heads[1:2]
    assert cut.records == run.records[:5]


def test_what_packs_well_is_cut_before_it_unfolds_to_more_than_a_reader_takes() -> None:
    run = SomeLog(16, signed=(4, 8, 12)).run()
    dull = tuple(as_record(b"x" * 350_000, None) for _ in run.records)
    packed, said = pack_fitting(message(run._replace(records=dull)), KEYS)
    assert unpack(packed) == said
    assert len(said.runs[0].records) == 8


def test_a_stretch_too_long_for_any_message_is_told_in_words() -> None:
    with pytest.raises(Refused, match="quá lớn"):
        pack_fitting(message(long_run(length=20)), KEYS)


def test_only_the_heads_a_run_needs_travel() -> None:
    run = SomeLog(401, signed=(1, 150, 200, 399, 400)).run()
    _, said = pack_fitting(message(run), KEYS)
    assert [head.seq for head in said.runs[0].heads] == [200, 400, 401]


def test_what_came_in_pieces_can_always_go_on_in_pieces() -> None:
    run = long_run(5, 10, 15, length=20)
    pieces: list[Run] = []
    while run.records:
        _, said = pack_fitting(message(run), KEYS)
        pieces += said.runs
        kept = len(said.runs[0].records)
        run = run._replace(first=run.first + kept, records=run.records[kept:], heads=run.heads[1:])
    again = long_run(*(piece.last for piece in pieces[:-1]), length=20)
    assert pack_fitting(message(again), KEYS)[1].runs == (pieces[0],)
