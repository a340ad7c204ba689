"""The catalogue that ships with the program, read for the tests."""

import csv
from functools import cache

import resources
from app.models.procedures.catalogue import from_rows
from app.models.procedures.procedure import Procedure


def rows(table: str) -> list[dict[str, str]]:
    with resources.path(f"catalogue/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def catalogue() -> dict[str, Procedure]:
    """Every procedure by its code; no row is refused."""
    found, refused = from_rows(rows("procedures"), rows("cases"), rows("fees"))
    assert refused == []
    return {procedure.code: procedure for procedure in found}
