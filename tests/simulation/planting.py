"""The register of planted bugs, and how one is put in the place of what is right."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

Patch = pytest.MonkeyPatch
BUGS: dict[str, Callable[[Patch], None]] = {}


def bug(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Keep a bug under its name, with dashes."""
    BUGS[plant.__name__.replace("_", "-")] = plant
    return plant


def everywhere(patch: Patch, right: Any, wrong: Any) -> None:
    """Put `wrong` in the place of a function in every module that holds it."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("app", "server", "tests"):
            for attribute, value in list(vars(module).items()):
                if value is right:
                    patch.setattr(module, attribute, wrong)
