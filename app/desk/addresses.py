"""Says where an address of three levels lies now."""

import csv
from functools import cache

import resources
from app.models.addresses import Communes

COMMUNES = "addresses/2025-07-01.csv"


def two_levels(address: str) -> list[str]:
    """See `Communes.two_levels`; the first call reads the communes, which takes some 0.1 s."""
    return communes().two_levels(address)


@cache
def communes() -> Communes:
    """The communes that ship."""
    with resources.path(COMMUNES).open(encoding="utf-8", newline="") as file:
        return Communes(csv.DictReader(file))
