"""Lets an error in a method that Qt calls come out as an error, instead of ending the program."""

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

NORMALISED = sys.version_info >= (3, 12)


def keep_errors_whole() -> None:
    """For every class of Qt's that is derived from after this.

    An error that goes through a method Qt calls, and through Qt, back to Python gets that method's
    name written into it by PySide (6.8 to 6.12). Before Python 3.12 an error of C's, such as that of
    a widget that is gone or of `int("x")`, is a bare str until it is caught; PySide takes that for
    the exception, and the process is gone.
    """
    if not NORMALISED:
        QObject.__init_subclass__ = classmethod(_catching)  # type: ignore[assignment,method-assign]


def _catching(cls: type[QObject], /, **named: object) -> None:
    super(QObject, cls).__init_subclass__(**named)
    qt_s = next(base for base in cls.__mro__ if base.__module__.startswith("PySide6."))
    for name, method in list(vars(cls).items()):
        is_public = isinstance(method, FunctionType) and not name.startswith("_")
        if is_public and hasattr(qt_s, name):
            setattr(cls, name, _caught_once(method))


def _caught_once(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def caught(*args: object, **named: object) -> Any:
        try:
            return method(*args, **named)
        except Exception:  # caught, it is a whole one
            raise

    return caught
