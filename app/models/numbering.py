"""Dossier codes and the lanes they are drawn from.

`<unit>-YYMMDD-XXXX`, XXXX from 1 each day and unit (NĐ 61/2018 Đ.26, TT 01/2018 Đ.19, TT 03/2025
Đ.13). Lane k of 20 holds k, k+20, k+40 …: counters number apart, offline, and never meet.
"""

import re
from datetime import date
from typing import NamedTuple

LANES = 20
LAST_OF_FOUR_DIGITS = 9999
ALARM_SHARE = 0.8
FIRST_GRANTED_LANE = 10  # lanes 1–9 are counters 1–9's from the start

# today's order of agency identifiers (QĐ 20/2020) and the one before it (QCVN 102:2016)
CODE = re.compile(
    r"(?:[A-Y]\d{2}(?:\.[0-9A-Z]{1,3}){0,5}|(?:\d{3}\.)?(?:\d{2,3}\.){1,2}[A-Y]\d{2})-\d{6}-\d{4,9}",
    re.ASCII,
)
# no vowel, D, W, Y, Z or J: an input method makes Vietnamese letters of those while a scanner types
SCANNABLE = "BCFGHKLMNPQRSTVX23456789"
_LETTERS = (SCANNABLE * 11)[:256].encode()
PROVISIONAL = re.compile(rf"T-[{SCANNABLE}]{{8}}")


class Code(NamedTuple):
    """A dossier code taken apart."""

    unit: str
    day: str
    number: int

    def __str__(self) -> str:
        return f"{self.unit}-{self.day}-{self.number:04d}"

    @classmethod
    def parse(cls, text: str) -> "Code":
        """Raises ValueError when `text` isn't a code."""
        if not CODE.fullmatch(text):
            raise ValueError(text)
        unit, day, number = text.rsplit("-", 2)
        return cls(unit, day, int(number))

    @property
    def lane(self) -> int:
        return (self.number - 1) % LANES + 1


def code_day(day: date) -> str:
    """YYMMDD."""
    return f"{day:%y%m%d}"


def slip_group(form: str) -> str:
    """The book of a form's slips, beside those of the register's groups."""
    return f"slip {form}"


def code_series(day: str, lane: int) -> str:
    """The name under which a lane's highest number of a day is remembered."""
    return f"code:{day}:{lane}"


def book_series(group: str, year: int, book: int) -> str:
    """The name under which a book's highest serial is remembered."""
    return f"book:{group}:{year}:{book}"


def next_in_lane(lane: int, highest: int) -> int:
    """The lane's first number above `highest` (0: none used that day)."""
    if highest < lane:
        return lane
    return highest + LANES - (highest - lane) % LANES


def lane_is_filling(number: int) -> bool:
    """True from 80 % of a lane's four-digit numbers on: time for another lane."""
    return number > ALARM_SHARE * LAST_OF_FOUR_DIGITS


def provisional_code(random: bytes) -> str:
    """`T-` and 8 letters from 8 random bytes, while no lane is held."""
    return "T-" + scannable(random[:8])


def scannable(random: bytes) -> str:
    """A letter a byte (4.5 bits each) that survives an input method."""
    return random.translate(_LETTERS).decode()


def is_code(text: str) -> bool:
    """True for an official or a provisional code."""
    return bool(CODE.fullmatch(text) or PROVISIONAL.fullmatch(text))
