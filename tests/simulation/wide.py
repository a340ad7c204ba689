"""What more may happen from seed `FIRST` on, and from `STICKS` on: those before keep the stories they always told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation import carriers, letters, newcomers, news, scans, sticks, upgrades
from tests.simulation.faults import Fault

if TYPE_CHECKING:
    from tests.simulation.world import World

FIRST, STICKS = 5_300, 10_100
# for what was planted before each of them: their stories stay, too
HUNTS, WIDE_HUNTS = range(1_000_000, 2_000_000), range(2_000_000, 3_000_000)
OFTEN = 0.25  # of the steps of a run in which any of it happens

THEMES: dict[str, dict[str, Fault]] = {
    "scans": scans.THEME,
    "newcomers": newcomers.THEME,
    "news": news.THEME,
    "upgrades": upgrades.THEME,
}
WITH_STICKS = THEMES | {"letters": letters.THEME, "sticks": sticks.THEME}


def drawn(world: World) -> dict[str, Fault]:
    """Which of it there is in this run: often one theme alone."""
    if world.run.seed < FIRST or world.run.seed in HUNTS:
        return {}
    is_before = world.run.seed < STICKS or world.run.seed in WIDE_HUNTS
    all_ = THEMES if is_before else WITH_STICKS
    themes = world.chance.sample(sorted(all_), world.chance.choice((0, 1, 1, 1, 2, 4)))
    if {"letters", "sticks"} & set(themes):
        world.carriers.rates = carriers.drawn(world)
    return {kind: fault for theme in themes for kind, fault in all_[theme].items()}


def happens(world: World) -> bool:
    """Whether this step is one of those."""
    if not world.wide or world.chance.random() >= OFTEN:
        return False
    kind = world.chance.choice(list(world.wide))
    if world.wide[kind](world):
        world.run.faults[kind] += 1
    return True


def healed(world: World) -> None:
    """Everybody is enrolled, and of today's version."""
    world.carriers.rates = {}
    if world.wide:
        for seat in world.living():
            if seat.is_old:
                upgrades.upgrade(seat)
        newcomers.enrol_all(world)
