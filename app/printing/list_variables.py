"""The variables of registers, lists and sheets: what their rows are made of."""

from collections.abc import Mapping
from types import MappingProxyType

from app.printing.variable import Rows, Variable

LISTS: Mapping[str, Variable | Rows] = MappingProxyType({})
