"""Runs seeds and planted bugs.

python -m tests.simulation --seed N [--bug NAME] [--trace]   one seed, as it was
python -m tests.simulation --runs N                          the next N seeds, into the tally
python -m tests.simulation --runs N --postgres               the same with PostgreSQL under the server
python -m tests.simulation --hunt [NAME …]                   every planted bug, into the tally
python -m tests.simulation --orders N                        N drawn sets of concurrent events
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.models.dossiers.test_concurrent import agrees
from tests.server.cluster import Cluster, programs, running
from tests.simulation.campaign import hunt, keep, kept, runs
from tests.simulation.world import run, told


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.simulation")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--bug", default="")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--told", action="store_true")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--hunt", nargs="*")
    parser.add_argument("--orders", type=int)
    options = parser.parse_args()
    if options.seed is not None:
        return _one(options)
    if options.orders:
        wrong = [seed for seed in range(options.orders) if not agrees(seed)]
        _say(f"{options.orders} sets of concurrent events, {len(wrong)} not alike: {wrong[:9]}")
        return bool(wrong)
    return _many(options)


def _one(options: argparse.Namespace) -> int:
    result = run(options.seed, options.bug)
    if options.told:
        _say(told(result))
    elif options.trace:
        _say("\n".join(result.trace))
    else:
        _say(f"{options.seed} {result.hash} {result.violated or 'all holds'}")
    return bool(result.violated)


def _many(options: argparse.Namespace) -> int:
    tally, failed = kept(), 0
    if options.hunt is not None:
        for line in hunt(tally, options.hunt):
            _say(line)
            keep(tally)
        _say(f"{len(tally.caught)} planted, median {tally.median:g} seeds")
        return any(seeds == 0 for seeds in tally.caught.values())
    end = time.monotonic() + options.minutes * 60
    with _store(options) as cluster:
        for _ in range(0, options.runs or 10_000, 50):
            first, tally.next_seed = tally.next_seed, tally.next_seed + 50
            for line in runs(range(first, first + 50), tally, cluster):
                failed += 1
                _say(line)
            keep(tally)
            if options.minutes and time.monotonic() > end:
                break
    _say(f"{tally.runs} runs in all, {tally.violations} violations; {failed} just now")
    return bool(failed)


@contextmanager
def _store(options: argparse.Namespace) -> Iterator[Cluster | None]:
    """A PostgreSQL of our own when one is asked for; none for SQLite."""
    found = programs() if options.postgres else None
    if found is None:
        yield None
        return
    with running(found) as cluster:
        yield cluster


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
