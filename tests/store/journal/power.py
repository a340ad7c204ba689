"""Replays what a process wrote to its disk, and cuts the power anywhere.

A trace of the system calls gives every write, sync and renaming in order. What was synced stays;
of the rest each sector and each name may or may not have reached the disk.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

SECTOR = 512
CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,link,linkat,unlink,mkdir"

_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN = re.compile(r"^(\d+)<([^>]*)>")


class Step(NamedTuple):
    """One call that changed the disk: `what` names it; `path` is what it changed."""

    what: str
    path: str
    data: bytes = b""
    at: int = 0


def steps(trace: Path, folder: Path) -> Iterator[Step]:
    """What the traced process did to `folder`, and what it said on its standard output."""
    sizes: dict[str, int] = {}
    for line in trace.read_text(encoding="ascii").splitlines():
        called = _CALL.match(line)
        if called is None or called[3].startswith("-"):
            continue
        step = _step(called[1], called[2], sizes)
        if step is None or step.path.endswith("-shm"):  # SQLite makes that one anew
            continue
        if step.what == "said" or step.path.startswith(f"{folder}/"):
            yield step


def _step(call: str, arguments: str, sizes: dict[str, int]) -> Step | None:
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(arguments)]
    opened = _OPEN.match(arguments)
    path = bytes.fromhex(opened[2].replace("\\x", "")).decode() if opened else ""
    match call:
        case "write" if opened and opened[1] == "1":
            return Step("said", "", texts[0])
        case "write":  # every file written so is written from its start to its end
            at = sizes.get(path, 0)
            sizes[path] = at + len(texts[0])
            return Step("write", path, texts[0], at)
        case "pwrite64":
            return Step("write", path, texts[0], int(arguments.rpartition(", ")[2]))
        case "ftruncate":
            return Step("cut", path, at=int(arguments.rpartition(", ")[2]))
        case "fsync" | "fdatasync":
            return Step("sync", path)
        case "rename":
            return Step("rename", texts[1].decode(), texts[0])
        case "link" | "linkat":
            return Step("link", texts[1].decode(), texts[0])
        case "unlink" | "mkdir":
            return Step(call, texts[0].decode())
        case "openat" if "O_CREAT" in arguments:
            sizes[texts[0].decode()] = 0
            return Step("create", texts[0].decode(), at=int("O_TRUNC" in arguments))
        case _:
            return None


@dataclass
class _File:
    """One file's content as the disk surely holds it, and what was written since."""

    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def after_cut(self, chance: Random) -> bytes:
        """As it may be found: any sector written since may be there or not."""
        content = bytearray(self.synced)
        for at, data in self.since:
            if data is None:
                if chance.random() < 0.5:
                    del content[at:]
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    sector = data[start : start + SECTOR]
                    content.extend(bytes(max(0, at + start - len(content))))
                    content[at + start : at + start + len(sector)] = sector
        return bytes(content)

    def sync(self) -> None:
        content = bytearray(self.synced)
        for at, data in self.since:
            if data is None:
                del content[at:]
            else:
                content.extend(bytes(max(0, at - len(content))))
                content[at : at + len(data)] = data
        self.synced, self.since = bytes(content), []


class Disk:
    """A folder as the disk holds it: files by number, names that are sure, and names that aren't."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {
            number: _File(path.read_bytes()) for number, path in enumerate(_files_in(folder))
        }
        self._sure = {str(path): number for number, path in enumerate(_files_in(folder))}
        self._names = dict(self._sure)
        self._since: list[tuple[str, int | None]] = []

    def take(self, step: Step) -> None:
        """Let one step happen."""
        match step.what:
            case "create" if step.path not in self._names:
                self._name(step.path, self._new())
            case "create" if step.at:
                self._files[self._names[step.path]].since.append((0, None))
            case "write" if step.path in self._names:
                self._files[self._names[step.path]].since.append((step.at, step.data))
            case "cut":
                self._files[self._names[step.path]].since.append((step.at, None))
            case "link":
                self._name(step.path, self._names[step.data.decode()])
            case "rename":
                self._name(step.path, self._names[step.data.decode()])
                self._name(step.data.decode(), None)
            case "unlink":
                self._name(step.path, None)
            case "sync" if step.path in self._names:
                self._files[self._names[step.path]].sync()
            case "sync":
                self._sync_names(step.path)
            case _:
                pass

    def cut(self, chance: Random) -> dict[Path, bytes]:
        """The files within the folder, as they may be found after the power went."""
        names = dict(self._sure)
        for path, number in self._since[: chance.randint(0, len(self._since))]:
            _set(names, path, number)
        return {
            Path(path).relative_to(self._folder): self._files[number].after_cut(chance)
            for path, number in names.items()
        }

    def _new(self) -> int:
        number = len(self._files)
        self._files[number] = _File()
        return number

    def _name(self, path: str, number: int | None) -> None:
        _set(self._names, path, number)
        self._since.append((path, number))

    def _sync_names(self, folder: str) -> None:
        for path, number in self._since:
            if str(Path(path).parent) == folder:
                _set(self._sure, path, number)
        self._since = [s for s in self._since if str(Path(s[0]).parent) != folder]


def lay_down(files: Mapping[Path, bytes], to: Path) -> None:
    for path, content in files.items():
        place = to / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _set(names: dict[str, int], path: str, number: int | None) -> None:
    names.pop(path, None)
    if number is not None:
        names[path] = number


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
