"""Runs seeds: python -m tests.simulation --seed N [--bug NAME] [--trace]"""

import argparse
import sys

from tests.simulation.world import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.simulation")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--seeds", type=int, nargs=2, metavar=("FIRST", "LAST"))
    parser.add_argument("--bug", default="")
    parser.add_argument("--trace", action="store_true")
    options = parser.parse_args()
    first, last = options.seeds or (options.seed, options.seed)
    bad = 0
    for seed in range(first, last + 1):
        result = run(seed, options.bug)
        if options.trace:
            sys.stdout.write("\n".join(result.trace) + "\n")
        if result.violated:
            bad += 1
            sys.stdout.write(f"{seed} {result.violated[:300]}\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
