"""Breaks text of several faces into lines that fit a width."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.printing.fonts import advance


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face."""

    text: str
    face: str


Line = tuple[Run, ...]


def width(line: Line, size: float) -> float:
    """How wide a line is, in points."""
    return sum(advance(run.text, run.face) for run in line) * size


def break_lines(text: Iterable[Run], size: float, room: float) -> list[Line]:
    """The lines of `text`, each at most `room` points wide; at least one, which may be empty.

    Lines break at spaces; a word wider than `room` is cut between letters.
    """
    return list(_broken(tuple(text), size, room))


@lru_cache(maxsize=4096)  # most of a paper's words are its form's own
def _broken(text: tuple[Run, ...], size: float, room: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    line: list[Run] = []
    wide = 0.0
    for word in _words(text):
        longer = _spaced(word) if line else word
        reach = wide
        for run in longer:
            reach += advance(run.text, run.face)
        if reach * size <= room:
            line += longer
            wide = reach
            continue
        if line:
            lines.append(tuple(line))
        *full, rest = _cut(word, size, room)
        lines.extend(full)
        line, wide = list(rest), width(rest, 1)
    return tuple(_merged(each) for each in (*lines, tuple(line)))


def balanced(text: tuple[Run, ...], size: float, room: float) -> list[Line]:
    """As `break_lines`, in as many lines but of as even a width as words allow: for titles."""
    return list(_balanced(text, size, room))


@lru_cache(maxsize=256)
def _balanced(text: tuple[Run, ...], size: float, room: float) -> tuple[Line, ...]:
    lines = _broken(text, size, room)
    narrow, wide = max((width(word, size) for word in _words(text)), default=0), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        tried = _broken(text, size, middle)
        if len(tried) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _words(text: Iterable[Run]) -> list[Line]:
    """The words of a text; a word may change its face in the middle."""
    words: list[Line] = []
    open_ = False
    for run in text:
        for i, part in enumerate(run.text.split(" ")):
            if i:
                open_ = False
            if not part:
                continue
            piece = Run(part, run.face)
            if open_:
                words[-1] = (*words[-1], piece)
            else:
                words.append((piece,))
            open_ = True
    return words


def _spaced(word: Line) -> Line:
    return (Run(f" {word[0].text}", word[0].face), *word[1:])


def _cut(word: Line, size: float, room: float) -> list[Line]:
    """A word in pieces that fit; most words are one piece."""
    if width(word, size) <= room:
        return [word]
    pieces: list[Line] = [()]
    for letter in (Run(letter, run.face) for run in word for letter in run.text):
        if pieces[-1] and width((*pieces[-1], letter), size) > room:
            pieces.append(())
        pieces[-1] = _merged((*pieces[-1], letter))
    return pieces


def _merged(line: Line) -> Line:
    """The same line in as few runs as its faces need."""
    merged: list[Run] = []
    for run in line:
        if merged and merged[-1].face == run.face:
            merged[-1] = Run(merged[-1].text + run.text, run.face)
        else:
            merged.append(run)
    return tuple(merged)
