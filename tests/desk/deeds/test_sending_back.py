"""Sending back what was accepted already: a hand-over to who gave it, with its reason."""

from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import Refused
from app.models.events import event as e
from app.models.unit.officer import Officer, Role
from tests.making import NGA, ACounter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def a_dossier(counter: ACounter, *deeds: Deed) -> e.EventName:
    """One that has gone through these deeds."""
    name = counter.receive().name
    for deed in deeds:
        counter.do(deed, name)
    return name


def dossier(counter: ACounter, name: e.EventName) -> Dossier:
    return counter.desk.lookup.dossier(name).arrived("xem lại")


def test_who_has_accepted_may_still_send_back_to_who_gave_it_and_it_can_be_undone(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT, Deed.HAND_OVER)
    hung = Officer("hung", "Trần Văn Hùng", frozenset({Role.LEADER}))
    counter.desk.progress.do(Deed.ACCEPT, [name], hung, Details())
    accepted = dossier(counter, name)
    counter.clock.go_on(minutes=1)
    back = counter.do(Deed.SEND_BACK, name, Details(reason="thiếu chữ ký nháy")).dossier
    assert (back.status, back.holder) == (Status.HANDED_OVER, NGA)
    assert back.hand_overs[:-1] == accepted.hand_overs
    assert counter.do(Deed.UNDO, name).dossier == accepted


def test_what_nobody_handed_to_its_holder_is_not_sent_back(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.SEND_BACK, Deed.HAND_OVER, Deed.ACCEPT)
    counter.do(Deed.REQUEST_SUPPLEMENT, name)
    with pytest.raises(Refused, match="chưa thể “Trả lại”"):
        counter.do(Deed.SEND_BACK, name)
