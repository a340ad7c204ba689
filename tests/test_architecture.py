"""The shape of the code, where a linter has no rule for it."""

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "server", "resources")

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_PUBLIC_METHODS = 15

REGISTRY_HOST = re.compile(r"\b(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com|net)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root)/")
SCRATCH_PATH = re.compile(r"(?<![\w.~-])/tmp\b")

IMPORT_EACH = """
import importlib, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
print(*sorted(set(sys.argv[1].split(",")) & set(sys.modules)))
"""


def repository_files() -> list[Path]:
    """Every file that is, or with the next commit could be, in the repository."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in sorted(names.split("\0")) if name and (path := ROOT / name).is_file()]


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(path from the root, text) of each file that is text."""
    contents = ((path, path.read_bytes()) for path in repository_files())
    return tuple(
        (path.relative_to(ROOT).as_posix(), content.decode("utf-8"))
        for path, content in contents
        if b"\0" not in content
    )


def offenders(is_wrong: Callable[[str, str], bool]) -> list[str]:
    return [name for name, text in texts() if is_wrong(name, text)]


class Defined(NamedTuple):
    """A function or a class; its tree isn't kept, which would weigh on every test after."""

    place: str
    is_class: bool
    lines: int
    methods: int


@cache
def definitions() -> tuple[Defined, ...]:
    return tuple(
        Defined(
            f"{name}:{node.lineno} {node.name}",
            isinstance(node, ast.ClassDef),
            (node.end_lineno or 0) - node.lineno + 1,
            len(public_methods(node)),
        )
        for name, text in texts()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )


def modules() -> list[str]:
    """Every module of the program, by its dotted name."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    dotted = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    return sorted(name.removesuffix(".__init__") for name in dotted)


def imported_of(libraries: set[str], names: Sequence[str]) -> list[str]:
    """Which of `libraries` are loaded after a fresh Python has imported `names`."""
    command = [sys.executable, "-c", IMPORT_EACH, ",".join(libraries), *names]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.split()


def test_nothing_but_the_window_loads_qt() -> None:
    window = re.compile(r"app\.(ui|main|demo)\b")
    assert imported_of({"PySide6"}, [name for name in modules() if not window.match(name)]) == []


def test_starting_the_program_loads_no_heavy_library() -> None:
    heavy = {"reportlab", "keyring", "httpx", "sqlite_utils", "pypdfium2", "PIL", "openpyxl"}
    starts = ["app.main", "app.cli", "app.credentials", "app.counter", "app.ui.window"]
    assert imported_of(heavy, starts) == []


def test_a_file_can_be_read_in_one_sitting() -> None:
    assert offenders(too_long) == []


def too_long(name: str, text: str) -> bool:
    return name.endswith(".py") and text.count("\n") > LONGEST_FILE


def test_a_function_fits_on_a_screen() -> None:
    functions = (found for found in definitions() if not found.is_class)
    assert [found.place for found in functions if found.lines > LONGEST_FUNCTION] == []


def test_a_class_has_few_public_methods() -> None:
    classes = (found for found in definitions() if found.is_class)
    assert [found.place for found in classes if found.methods > MOST_PUBLIC_METHODS] == []


def public_methods(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The names a caller may use; a camelCase name is Qt's, not ours."""
    defined = (part.name for part in node.body if isinstance(part, ast.FunctionDef))
    return [name for name in defined if not name.startswith("_") and name.islower()]


def test_no_text_names_the_host_of_a_registry() -> None:
    assert offenders(lambda _name, text: bool(REGISTRY_HOST.search(text))) == []


def test_no_text_names_a_place_on_one_computer() -> None:
    def names_a_place(name: str, text: str) -> bool:
        in_tests = name.startswith("tests/")
        return bool(MACHINE_PATH.search(text) or (not in_tests and SCRATCH_PATH.search(text)))

    assert offenders(names_a_place) == []


def test_every_text_is_composed_unicode() -> None:
    assert offenders(lambda _name, text: not unicodedata.is_normalized("NFC", text)) == []
