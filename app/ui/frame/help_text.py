"""Reads the pages of help: a few lines of Markdown a screen, in `resources/help`."""

import re
from dataclasses import dataclass
from enum import Enum, auto

import resources

EVERYWHERE = "window"
"""The page of what holds on every screen."""

_KEY = re.compile(r"- `(?P<first>[^`]+)`(?: đến `(?P<last>[^`]+)`)? (?P<does>.+)")
_LAW = re.compile(r"- (?P<rule>.+) — (?P<source>[^—]+)")


class Kind(Enum):
    """What a line of help is."""

    TITLE = auto()
    HEADING = auto()
    WORDS = auto()
    POINT = auto()
    KEY = auto()
    LAW = auto()


@dataclass(frozen=True)
class Piece:
    """One line; a key's `keys` (two: from the first to the last), a rule's `source`."""

    kind: Kind
    text: str
    keys: tuple[str, ...] = ()
    source: str = ""


def name_of(screen: type) -> str:
    """The help page of a screen, by its class: `ReturnPage` → "return", `SignIn` → "sign-in"."""
    name = screen.__name__.removesuffix("Page").removesuffix("Window")
    words = re.findall(r"[A-Z][a-z]*", name)
    return "-".join(words).lower()


def read(name: str) -> list[Piece]:
    """The lines of a page; raises FileNotFoundError where there is none."""
    text = resources.path(f"help/{name}.md").read_text(encoding="utf-8")
    return [_piece(line) for line in text.splitlines() if line]


def _piece(line: str) -> Piece:
    if line.startswith("## "):
        return Piece(Kind.HEADING, line[3:])
    if line.startswith("# "):
        return Piece(Kind.TITLE, line[2:])
    if found := _KEY.fullmatch(line):
        keys = tuple(filter(None, (found["first"], found["last"])))
        return Piece(Kind.KEY, found["does"], keys)
    if found := _LAW.fullmatch(line):
        return Piece(Kind.LAW, found["rule"], source=found["source"])
    if line.startswith("- "):
        return Piece(Kind.POINT, line[2:])
    return Piece(Kind.WORDS, line)
