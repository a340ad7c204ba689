"""Dossiers handed over at once go with one list, and what can't be undone isn't offered for it."""

from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.progress import applicable
from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events import facts
from tests.making import ACounter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def slips(counter: ACounter, name: e.EventName) -> list[facts.Serial | None]:
    events = counter.desk.lookup.dossier(name).verdicts
    return [v.event.body.slip for v in events if isinstance(v.event.body, e.HandedOver)]


def test_all_that_is_handed_over_at_once_goes_with_one_list(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(3)]
    for together in (names[:2], names[2:]):
        counter.desk.progress.do(Deed.HAND_OVER, together, counter.officer, Details(to="phutrach"))
    numbers = [slip.number for name in names for slip in slips(counter, name) if slip]
    assert numbers == [1, 1, 2]


def test_a_correction_is_corrected_again_and_never_undone(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.CORRECT, name, Details(reason="sai số nhà", request="Cấp lại"))
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert Deed.UNDO not in applicable(dossier, counter.officer)
    with pytest.raises(Refused, match="Ghi sai thì đính chính lần nữa"):
        counter.do(Deed.UNDO, name, Details(reason="nhầm"))
