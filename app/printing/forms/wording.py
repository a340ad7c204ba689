"""Puts a variable's value into the words a Vietnamese form prints."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from unicodedata import normalize

from app.clock import VIETNAM
from app.printing.forms.variables import Kind, Variable

_JOIN = "\N{NO-BREAK SPACE}"
"""Keeps a day or an hour on one line; the PDF shows it as an ordinary space."""

_WITHIN_A_NUMBER = re.compile(r"(?<=\d) (?=\d+(?:[ .,;)]|$))")
"""Within a telephone number, which is never broken over two lines; a day is no such number."""

_COMMITTEE = "ỦY BAN NHÂN DÂN"
"""Never broken in the middle by a header (NĐ 30/2020 prints it as one line of two)."""


def said(variable: Variable, value: object, shape: str = "") -> str:
    """What the paper prints for `value`: NFC, on one line, and for a blank "" or dotted dates.

    `shape` is "caps" or "whole" (unbroken) for a text, "plain" for a count, "short" for a day; for an instant "short",
    "stamp", "clock", or its day alone: "day", "opening" a sentence, "numeric". A stamp, a short or
    numeric day leave a blank white. A text longer than the variable's place can bear ends with “…”.
    Raises TypeError when the value is not of the variable's kind.
    """
    match variable.kind, value:
        case Kind.TEXT | Kind.COUNT | Kind.FLAG, None:
            return ""
        case Kind.TEXT, str(text):
            return _text(variable, text, shape)
        case Kind.COUNT, int(number):
            return _count(number, shape)
        case Kind.FLAG, bool(holds):
            return variable.words if holds else ""
        case Kind.INSTANT, datetime() | None as instant:
            return _instant(instant, shape)
        case Kind.DAY, date() | None as day:
            return _day(day, shape)
        case _:
            raise TypeError(f"{variable.label}: {type(value).__name__} is no {variable.kind.name}")


def rows(values: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """The rows of the list `name`; KeyError when absent, TypeError when it is no list."""
    found = values[name]
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise TypeError(f"{name}: {type(found).__name__} is no list of rows")
    return found


def _text(variable: Variable, text: str, shape: str) -> str:
    line = normalize("NFC", " ".join(text.split()))
    if len(line) > variable.longest:
        line = f"{line[: variable.longest - 1].rstrip()}…"
    line = _WITHIN_A_NUMBER.sub(_JOIN, line)
    if shape == "caps":
        return line.upper().replace(_COMMITTEE, _COMMITTEE.replace(" ", _JOIN))
    if shape == "whole":
        return line.replace(" ", _JOIN)
    return line


def _count(number: int, shape: str) -> str:
    """Two digits, and a dash for none, so that nothing can be written in later."""
    if shape == "plain":
        return str(number)
    return f"{number:02}" if number else "–"


def _day(day: date | None, shape: str = "") -> str:
    if shape == "short":
        return f"{day:%d/%m/%Y}" if day else ""
    if day is None:
        return _JOIN.join(("ngày", "……", "tháng", "……", "năm", "………"))
    # NĐ 30/2020: days below 10 and the months 1 and 2 are written with a leading zero.
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return _JOIN.join(("ngày", f"{day.day:02}", "tháng", month, "năm", f"{day.year}"))


def _instant(instant: datetime | None, shape: str) -> str:
    if instant is not None and instant.tzinfo is None:
        raise TypeError("an instant without a zone")
    here = instant.astimezone(VIETNAM) if instant else None
    day = here.date() if here else None
    if shape in {"day", "opening"}:
        return _day(day) if shape == "day" else _day(day).capitalize()
    if shape == "numeric":
        return _day(day, "short")
    if shape == "stamp":
        return f"{here:%H:%M} {here:%d/%m/%Y}" if here else ""
    hour, minute = (f"{here:%H}", f"{here:%M}") if here else ("……", "……")
    clock = _JOIN.join((hour, "giờ", minute, "phút,"))
    if shape == "clock":
        return clock
    if shape == "short":
        return f"{clock} ngày{_JOIN}{f'{day:%d/%m/%Y}' if day else '……/……/………'}"
    return clock + _JOIN + _day(day)
