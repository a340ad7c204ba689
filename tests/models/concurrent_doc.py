"""Writes docs/concurrent-deeds.md from the table: python -m tests.models.concurrent_doc"""

from itertools import combinations_with_replacement
from pathlib import Path

from app.models.dossiers.concurrent import DOSSIER, FACT, LAST_WORD, Outcome, rule_of
from app.models.dossiers.event_names import name_of
from app.models.dossiers.standing import STANDING

PLACE = Path(__file__).parents[2] / "docs" / "concurrent-deeds.md"

MEANING = {
    Outcome.BOTH: ("●", "Both have their effect, in whatever order; nobody has to look."),
    Outcome.LATER: ("◐", "Both have their effect; of the fact they share the later in order holds. A task."),
    Outcome.FIRST: (
        "○",
        "One may leave the other without effect. Both stay in the history; if it came to that, a task.",
    ),
}  # fmt: skip


def page() -> str:
    """The page as it must stand."""
    return "\n".join((*_head(), *_table(), *_sentences(), *_standing()))


def _head() -> list[str]:
    marks = [f"- {mark} {text}" for mark, text in MEANING.values()]
    return [
        "# Deeds done at two places at once",
        "",
        "Made by `python -m tests.models.concurrent_doc` from `app/models/dossiers/concurrent.py`; a test holds",
        "them equal. Two deeds on one dossier are concurrent when neither had seen the other. The order",
        "is the fold's: what a deed saw comes first, then the smaller name; never a clock.",
        "",
        *marks,
        "",
        "A task goes to the dossier's holder and is derived, never written. It is done when an event",
        "`conflict_settled` names the deed.",
        "",
    ]


def _table() -> list[str]:
    kinds = list(DOSSIER)
    numbers = [f"{n}" for n in range(1, len(kinds) + 1)]
    rows = [f"| | {' | '.join(numbers)} |", f"|---|{'---|' * len(kinds)}"]
    for n, kind in enumerate(kinds, 1):
        marks = (MEANING[rule_of(frozenset({kind, other})).outcome][0] for other in kinds)
        rows.append(f"| {n} {name_of(kind)} | {' | '.join(marks)} |")
    facts = (
        f"- {name_of(kind)}: {', '.join(FACT[fact] for fact in names)}"
        for kind, names in DOSSIER.items()
        if names
    )
    return [*rows, "", "What they may set:", "", *facts, ""]


def _sentences() -> list[str]:
    told = {
        rule_of(frozenset(pair)).sentence: None
        for pair in combinations_with_replacement(DOSSIER, 2)
        if rule_of(frozenset(pair)).sentence
    }
    return ["## What the holder reads", "", *(f"- {sentence}" for sentence in told), ""]


def _standing() -> list[str]:
    kinds = ", ".join(sorted(str(kind.__struct_config__.tag) for kind in STANDING))
    return [
        "## What stands in the unit",
        "",
        f"{kinds}: {LAST_WORD.sentence}",
        "",
    ]


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
