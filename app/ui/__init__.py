"""The window: PySide6 lives here, and nothing else knows Qt."""

import ctypes
import sys

# Each `emit()` of PySide6 6.12.0 gives back a reference to True that it never took (6.11 did not).
# Before Python 3.12 made True immortal, some hundred signals end the interpreter: make it so here.
if sys.version_info < (3, 12):
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 40
