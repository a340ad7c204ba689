"""Every fault of docs/faults.md names a test that is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LISTED = NAMED.findall((ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))


def test_each_row_names_a_test_that_is_there() -> None:
    tests = {
        file: {
            each.name
            for each in ast.parse((ROOT / file).read_text(encoding="utf-8")).body
            if isinstance(each, ast.FunctionDef)
        }
        for file, _ in LISTED
    }
    assert [(file, name) for file, name in LISTED if name not in tests[file]] == []


def test_no_test_stands_for_two_faults_and_there_are_at_least_forty() -> None:
    assert len(set(LISTED)) == len(LISTED) >= 40
