"""What a counter can tell a test: why its incarnations began, which numbers it gave, what verify says."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.events import event as e
from app.models.exchange.incarnation import Mark
from app.models.numbering import Code
from app.store.journal.marker import MarkerFile
from tests.making import ACounter


def starts(counter: ACounter) -> list[e.IncarnationStarted]:
    """Why each incarnation of this counter began, in the order of the log rows."""
    bodies = dict(counter.store.standing.incarnations())
    rows = counter.store.database.rows("SELECT device, incarnation FROM logs ORDER BY id")
    return [bodies[e.EventName(row[0], row[1], 1)] for row in rows]


def reasons(counter: ACounter) -> list[str]:
    return [start.reason for start in starts(counter)]


def numbers(codes: list[str]) -> list[int]:
    return [Code.parse(code).number for code in codes]


def explained(counter: ACounter) -> str:
    """What verify says of the numbers; nothing may be wrong."""
    verified = counter.store.verify()
    assert verified.ok, verified.findings
    return "\n".join(finding.sentence for finding in verified.findings)


def copied(counter: ACounter, to: Path, **changes: object) -> ACounter:
    """The data folder copied while the counter is closed, and opened there."""
    shutil.copytree(counter.database.parent, to / "data")
    return replace(counter, folder=to, **changes)  # type: ignore[arg-type]


def the_marker(counter: ACounter) -> Path:
    assert counter.state is not None
    (marker,) = counter.state.glob("markers/*.marker")
    return marker


def crash(counter: ACounter) -> None:
    """Stop after the marker was written, before the commit."""
    write = MarkerFile.write

    def write_and_stop(marker: MarkerFile, mark: Mark) -> None:
        write(marker, mark)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as stopping:
        stopping.setattr(MarkerFile, "write", write_and_stop)
        with pytest.raises(KeyboardInterrupt):
            counter.receive()
