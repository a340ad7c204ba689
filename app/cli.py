"""Runs one command of the counter: `motcua …`.

Exit status: 0 done, 1 our fault (and a line in the log), 2 the input or the command is wrong,
3 refused by a rule of the counter, 4 the other side (network, printer, server) failed.
"""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from importlib.metadata import version

from app import clock, faults
from app.commands.call import (
    BAD_INPUT,
    DONE,
    OTHER_SIDE,
    OUR_FAULT,
    REFUSED,
    Call,
    Command,
    complain,
)
from app.commands.grammar import grammar
from app.models.errors import BadInput, OtherSideFailed, Refused
from app.settings import Places, places

INTERRUPTED = 130

# module of `app.commands` → the commands it has
_COMMANDS = {
    "unit.policy": ("policy",),
    "unit.rating": ("rating",),
    "unit.unit": ("unit",),
    "unit.setting_up": ("init", "import", "officer"),
    "dossiers.looking": ("show", "find", "late", "due"),
    "dossiers.visits": ("leave",),
    "dossiers.dossiers": ("receive", "deed"),
    "dossiers.conflicts": ("conflicts",),
    "dossiers.new_dates": ("apologies", "calendar-changes"),
    "papers.registers": ("register", "report"),
    "papers.sheets": ("incomplete", "fee-receipt"),
    "papers.papers": ("print",),
    "papers.scanning": ("scan",),
    "province.online": ("online",),
    "province.province": ("province",),
    "exchange.exchange": ("enrol", "enrolment", "sync", "bundle"),
    "exchange.hub": ("hub",),
    "upkeep.recovery": ("recovery-code",),
    "upkeep.upkeep": ("verify", "backup", "restore", "second-copy"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    _speak_utf_8()
    try:
        options = grammar().parse_args(arguments)
    except BadInput as wrong:
        complain(str(wrong))
        return BAD_INPUT
    if options.version:
        sys.stdout.write(f"motcua {version('motcua')}\n")
        return DONE
    command = options.command or "open"
    call = Call(options, places(options.data), clock.now)
    try:
        return _command(command)(call)
    except Refused as refused:
        complain(str(refused))
        return _status(refused)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads has enough, as with “| head”
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence, the log a line
        faults.keep(call.places, error, f"motcua {command}", clock.now())
        complain(
            f"Lỗi của chương trình ({type(error).__name__}); dữ liệu đã lưu vẫn còn nguyên. "
            f"Hãy gửi tệp {call.places.log} cho tin học cấp trên."
        )
        return OUR_FAULT


def _status(refused: Refused) -> int:
    match refused:
        case BadInput():
            return BAD_INPUT
        case OtherSideFailed():
            return OTHER_SIDE
        case _:
            return REFUSED


def _command(name: str) -> Command:
    """What to run; each loads only the libraries it needs, so that a search answers at once."""
    for module, names in _COMMANDS.items():
        if name in names:
            command: Command = import_module(f"app.commands.{module}").COMMANDS[name]
            return command
    if name == "demo":
        from app.demo.commune import demo

        return demo
    return _open


class _Practice:
    """The commune to practise on; what makes it is loaded by whoever practises."""

    def names(self) -> Mapping[str, str]:
        from app.demo.practice import NAMES

        return NAMES

    def make(self, places: Places, now: datetime, tell: Callable[[int, int], None]) -> None:
        from app.demo import practice

        practice.make(places, now, tell)

    def throw_away(self, places: Places) -> None:
        from app.demo import practice

        practice.throw_away(places)


def _open(call: Call) -> int:
    from app import main as window

    return window.run(call.places, _Practice())


def _speak_utf_8() -> None:
    """A pipe on Windows is cp1252, and cannot hold these sentences, nor a Vietnamese password."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")


if __name__ == "__main__":
    sys.exit(main())
