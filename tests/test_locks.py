"""The lock files: everything named, pinned and hashed, and nothing about where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")

REQUIREMENT = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\\n]+?))?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)"
)


def requirements(lock: str) -> dict[str, re.Match[str]]:
    """The lock's requirements by name; a line that is none of them fails."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    stripped = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)
    found = {match["name"]: match for match in REQUIREMENT.finditer(stripped)}
    assert not REQUIREMENT.sub("", stripped).strip(), "a line without version or hash"
    return found


def declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [project["project"]["dependencies"]]
    lists += [project["dependency-groups"][group] for group in groups]
    return {re.split(r"[<>=\[; ]", line)[0] for lines in lists for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    assert len(requirements(lock)) > 40


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


def test_the_locks_hold_what_the_project_declares() -> None:
    assert declared("build") <= requirements("requirements.lock").keys()
    assert declared("build", "dev") <= requirements("requirements-dev.lock").keys()


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    shipped, tested = (requirements(lock) for lock in LOCKS)
    assert {name: tested[name][0] for name in shipped} == {n: m[0] for n, m in shipped.items()}


def test_the_lock_serves_windows_too() -> None:
    assert (
        requirements("requirements.lock")["pywin32-ctypes"]["marker"] == "sys_platform == 'win32'"
    )
