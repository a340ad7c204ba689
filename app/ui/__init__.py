"""The window: PySide6 lives here, and nothing else knows Qt."""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - its own import takes `__import__` over

from app.ui.whole_errors import keep_errors_whole

# PySide reads and keeps the source of every module imported after it, to see whether `__feature__`
# may be meant for it. Nobody here uses that, and it cost a tenth of the start and 13 MiB.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
linecache.clearcache()  # of the few it has read by now

keep_errors_whole()
