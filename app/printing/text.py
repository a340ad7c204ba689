"""Breaks text of several faces into lines that fit a width."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    lines: list[Line] = []
    line: Line = ()
    for word in _words(text):
        longer = (*line, *_spaced(word)) if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, size, room)
        lines.extend(full)
    return [_merged(line) for line in (*lines, line)]


def balanced(text: tuple[Run, ...], size: float, room: float) -> list[Line]:
    """As `break_lines`, in as many lines but of as even a width as words allow: for titles."""
    lines = break_lines(text, size, room)
    narrow, wide = max((width(word, size) for word in _words(text)), default=0), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        tried = break_lines(text, size, middle)
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
