"""By when a supplement has to be asked for, where a law of its own says otherwise."""

from datetime import datetime
from pathlib import Path

import pytest

from app.desk.deeds.deciding import supplement_doubts
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.procedures.procedure import to_json
from tests.desk.at_work import TO_WORK, a_dossier, a_working_counter, at
from tests.making import DETAILS, MONDAY, NGA, a_procedure

ADOPTION = "2.001255"


@pytest.mark.parametrize(("when", "is_late"), [(at(25, 17), False), (at(26), True)])
def test_for_an_adoption_it_is_one_working_day(
    tmp_path: Path, when: datetime, is_late: bool
) -> None:
    """Received on Monday 23/11, the 24th is off: the law NĐ 61/2018 Đ.19.4 leaves room for."""
    counter = a_working_counter(tmp_path)
    with counter.store.journal.deed(MONDAY) as writing:
        body = e.ProcedureSet(ADOPTION, to_json(a_procedure(ADOPTION)))
        writing.append(body, by=NGA, at=MONDAY)
    name = a_dossier(counter, *TO_WORK, procedure=ADOPTION)
    counter.clock.now = when
    standing, dossier = counter.store.standing, counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    doubts = supplement_doubts(dossier, when, standing.calendar(), standing.policy())
    done = counter.do(Deed.REQUEST_SUPPLEMENT, name, DETAILS)
    assert any("trong 01 ngày làm việc" in doubt for doubt in doubts) == is_late
    assert any("quá 01 ngày làm việc" in said for said in done.warnings) == is_late
