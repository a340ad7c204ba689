"""Parts that are made when they are first wanted, and whoever only looks on may ask whether they are."""

from functools import cached_property
from typing import TypeVar

Part = TypeVar("Part")


class Later(cached_property[Part]):
    """Stands over the method that makes a part: `@Later`."""

    def made(self, owner: object, *, wanted: bool = False) -> list[Part]:
        """`owner`'s part, or nothing while there is none, unless it is `wanted` now.

        Asked of the class: `IntakeForm.details.made(self)`.
        """
        name = self.attrname or ""
        return [getattr(owner, name)] if wanted or name in vars(owner) else []
