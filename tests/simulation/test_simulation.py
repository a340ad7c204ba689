"""Three hundred seeds, six planted bugs, and every seed that ever failed; more by the long command."""

import pytest

from tests.server.cluster import Cluster
from tests.simulation import copies, faults, upstream, wide
from tests.simulation.bugs import BUGS
from tests.simulation.campaign import again, caught, regressions, replay
from tests.simulation.world import run, told
from tests.store.journal.victims import POINTS as INTAKE_POINTS

AT_ONCE = 10
FIRST = (
    *range(0, 220, AT_ONCE),
    *range(wide.FIRST, wide.FIRST + 40, AT_ONCE),
    *range(wide.STICKS, wide.STICKS + 40, AT_ONCE),
)
EASY = (
    "marker-not-compared",
    "lane-not-released",
    "fold-by-arrival",
    "status-200-is-an-acknowledgement",
    "server-acknowledges-what-it-was-told",
    "bundles-of-the-revoked-refused",
)


@pytest.mark.parametrize("first", FIRST)
def test_whatever_happens_nothing_shown_is_lost_or_doubled(first: int) -> None:
    results = [run(seed) for seed in range(first, first + AT_ONCE)]
    assert not [f"{replay(r.seed)}  # {r.violated}" for r in results if r.violated]


@pytest.mark.parametrize("seed", regressions())
def test_what_once_failed_holds(seed: int) -> None:
    assert not run(seed).violated, replay(seed)


@pytest.mark.parametrize("bug", EASY)
def test_a_planted_bug_is_caught(bug: str) -> None:
    assert caught(bug, most=60), bug


@pytest.mark.parametrize("seed", [0, wide.FIRST, wide.STICKS])
def test_a_seed_is_the_same_in_another_process(seed: int) -> None:
    assert told(run(seed)) == again(seed)


@pytest.mark.parametrize("seed", [3, 14])
def test_on_postgresql_the_very_same_happens(cluster: Cluster, seed: int) -> None:
    assert told(run(seed, cluster=cluster)) == told(run(seed))


def test_every_named_point_is_there() -> None:
    points = (
        *faults.EXCHANGE_POINTS,
        *copies.RESTORE_POINTS,
        *INTAKE_POINTS.values(),
        *upstream.POINTS,
    )
    assert not [point for point in points if not hasattr(point[0], point[1])]


def test_enough_bugs_are_planted() -> None:
    assert len(BUGS) >= 25
