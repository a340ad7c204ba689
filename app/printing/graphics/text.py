"""Breaks text of several faces into lines that fit a width."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.printing.graphics.fonts import advance


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face."""

    text: str
    face: str


Line = tuple[Run, ...]

_LONGEST_SYLLABLE = len("nghiêng")
_STOPS = ".,;:()/…"


@dataclass(frozen=True, slots=True)
class Notch:
    """How much narrower the first lines are than the others, for what stands at their right."""

    width: float = 0
    lines: int = 0

    def room(self, line: int, room: float) -> float:
        """What of `room` the line of this index, from 0, has."""
        return room - self.width if line < self.lines else room


WHOLE = Notch()


def width(line: Line, size: float) -> float:
    """How wide a line is, in points."""
    return sum(advance(run.text, run.face) for run in line) * size


def break_lines(text: Iterable[Run], size: float, room: float, notch: Notch = WHOLE) -> list[Line]:
    """The lines of `text`, each at most `room` points wide; at least one, which may be empty.

    Lines break at spaces; a word wider than `room` is cut between letters. One syllable does not
    stand alone on the last line.
    """
    return list(_broken(tuple(text), size, room, notch))


@lru_cache(maxsize=4096)  # most of a paper's words are its form's own
def _broken(text: tuple[Run, ...], size: float, room: float, notch: Notch) -> tuple[Line, ...]:
    lines: list[list[Line]] = []
    line: list[Line] = []
    wide = 0.0
    here = notch.room(0, room)
    for word in _words(text):
        longer = _spaced(word) if line else word
        reach = wide
        for run in longer:
            reach += advance(run.text, run.face)
        if reach * size <= here:
            line.append(longer)
            wide = reach
            continue
        if line:
            lines.append(line)
        *full, rest = _cut(word, size, notch.room(len(lines), room))
        lines.extend([piece] for piece in full)
        here = notch.room(len(lines), room)
        line, wide = [rest], width(rest, 1)
    lines.append(line)
    _accompany(lines, size, notch.room(len(lines) - 1, room))
    return tuple(_merged(run for word in each for run in word) for each in lines)


def _accompany(lines: list[list[Line]], size: float, room: float) -> None:
    """Moves a word down to a syllable that would stand alone on the last line."""
    if len(lines) < 2 or len(lines[-2]) < 3 or len(lines[-1]) != 1:
        return
    *_, before = lines[-2]
    (alone,) = lines[-1]
    syllable = "".join(run.text for run in alone).strip(_STOPS)
    if not syllable.isalnum() or len(syllable) > _LONGEST_SYLLABLE:
        return
    pair = [_unspaced(before), _spaced(alone)]
    if sum(width(word, size) for word in pair) <= room:
        lines[-2].pop()
        lines[-1] = pair


def balanced(text: tuple[Run, ...], size: float, room: float) -> list[Line]:
    """As `break_lines`, in as many lines but of as even a width as words allow: for titles."""
    return list(_balanced(text, size, room))


@lru_cache(maxsize=256)
def _balanced(text: tuple[Run, ...], size: float, room: float) -> tuple[Line, ...]:
    lines = _broken(text, size, room, WHOLE)
    narrow, wide = max((width(word, size) for word in _words(text)), default=0), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        tried = _broken(text, size, middle, WHOLE)
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


def _unspaced(word: Line) -> Line:
    return (Run(word[0].text.removeprefix(" "), word[0].face), *word[1:])


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


def _merged(line: Iterable[Run]) -> Line:
    """The same line in as few runs as its faces need."""
    merged: list[Run] = []
    for run in line:
        if merged and merged[-1].face == run.face:
            merged[-1] = Run(merged[-1].text + run.text, run.face)
        else:
            merged.append(run)
    return tuple(merged)
