"""All planted bugs, by name."""

from tests.simulation import planted, planted_exchange, planted_sticks, planted_wide
from tests.simulation.planting import BUGS

__all__ = ["BUGS", "planted", "planted_exchange", "planted_sticks", "planted_wide"]
