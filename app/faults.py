"""Writes our own faults into the log: where and what kind, never the values, which are people's."""

import faulthandler
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from io import FileIO

from app.settings import Places


def keep(places: Places, error: BaseException, doing: str, at: datetime) -> None:
    """Add one line on `error` to the log; a log that can't be written is no second fault."""
    where, trace = [], error.__traceback__
    while trace is not None:
        where.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    line = f"{at.isoformat()} {doing}: {type(error).__name__} at {' < '.join(reversed(where))}\n"
    with suppress(OSError), _opened(places) as log:
        log.write(line.encode())


@contextmanager
def crashes_kept(places: Places) -> Iterator[None]:
    """Meanwhile a crash of C's tells in the log at which lines; unless `python -X faulthandler` does."""
    with ExitStack() as kept:
        with suppress(OSError):
            if not faulthandler.is_enabled():
                faulthandler.enable(kept.enter_context(_opened(places)))
                kept.callback(faulthandler.disable)
        yield


def _opened(places: Places) -> FileIO:
    """The log, to add to; what is written lies there at once."""
    places.log.parent.mkdir(parents=True, exist_ok=True)
    return places.log.open("ab", buffering=0)
