"""Many seeds at once: their sum, the planted bugs, and the running tally in docs/simulation.json."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import msgspec

from tests.server.cluster import Cluster
from tests.simulation import planted_sticks, planted_wide, wide
from tests.simulation.bugs import BUGS
from tests.simulation.world import run, told

ROOT = Path(__file__).parents[2]
TALLY = ROOT / "docs" / "simulation.json"
REGRESSIONS = Path(__file__).with_name("regressions.txt")
MOST_SEEDS = 500  # until a planted bug is caught


class Tally(msgspec.Struct):
    """All seeds ever run by the long command, summed."""

    runs: int = 0
    on_postgres: int = 0
    next_seed: int = 0
    violations: int = 0
    twice: int = 0
    twice_equal: int = 0
    dossiers: int = 0
    checks: int = 0
    counter_days: float = 0.0
    faults: dict[str, int] = msgspec.field(default_factory=dict)
    caught: dict[str, int] = msgspec.field(default_factory=dict)
    """Planted bug → seeds until it was caught; 0 for one that wasn't."""

    @property
    def median(self) -> float:
        """Seeds until a planted bug is caught."""
        return median(self.caught.values()) if self.caught else 0.0


def kept() -> Tally:
    """The tally so far."""
    return msgspec.json.decode(TALLY.read_bytes(), type=Tally) if TALLY.exists() else Tally()


def keep(tally: Tally) -> None:
    tally.faults = dict(sorted(tally.faults.items()))
    TALLY.write_bytes(msgspec.json.format(msgspec.json.encode(tally), indent=2) + b"\n")


def regressions() -> list[int]:
    """Every seed that ever failed."""
    lines = REGRESSIONS.read_text(encoding="utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


def replay(seed: int, bug: str = "") -> str:
    """The line that shows it again."""
    return f".venv/bin/python -m tests.simulation --seed {seed}" + f" --bug {bug}" * bool(bug)


def runs(seeds: Iterable[int], tally: Tally, cluster: Cluster | None = None) -> Iterator[str]:
    """Run these; each failure as the line that replays it, kept for ever."""
    for seed in seeds:
        result = run(seed, cluster=cluster)
        tally.runs += 1
        tally.on_postgres += cluster is not None
        tally.dossiers += result.dossiers
        tally.checks += result.checked
        tally.counter_days += result.counters * result.minutes / 1440
        tally.faults = dict(Counter(tally.faults) + result.faults)
        if seed % 100 == 0:
            tally.twice += 1
            tally.twice_equal += told(result) == again(seed)
        if result.violated:
            tally.violations += 1
            with REGRESSIONS.open("a", encoding="utf-8") as file:
                file.write(f"{seed}  # {result.violated[:160]}\n")
            yield f"{replay(seed)}  # {result.violated[:200]}"


def again(seed: int) -> str:
    """What another process, whose sets are in another order, tells of the seed."""
    command = [sys.executable, "-m", "tests.simulation", "--seed", str(seed), "--told"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.stdout, found.stderr
    return found.stdout.strip()


def first_of_hunt(bug: str) -> int:
    """The seeds of a hunt are others than those of the runs."""
    if bug in planted_sticks.BUGS_HERE:
        return wide.WIDE_HUNTS.stop
    return wide.WIDE_HUNTS.start if bug in planted_wide.BUGS_HERE else wide.HUNTS.start


def caught(bug: str, most: int = MOST_SEEDS) -> int:
    """How many seeds it takes until a planted bug is caught; 0 when none does."""
    first = first_of_hunt(bug)
    seeds = (n for n in range(1, most + 1) if run(first + n, bug).violated)
    return next((n for n in seeds if not run(first + n).violated), 0)


def hunt(tally: Tally, bugs: Iterable[str] = ()) -> Iterator[str]:
    """Catch every planted bug; one line each."""
    for bug in bugs or BUGS:
        seeds = caught(bug)
        tally.caught[bug] = seeds
        told_ = (
            replay(first_of_hunt(bug) + seeds, bug) if seeds else f"not within {MOST_SEEDS} seeds"
        )
        yield f"{bug}: {seeds or 'NOT CAUGHT'}  # {told_}"
