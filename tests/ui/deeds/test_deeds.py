from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import TRANSITIONS, Deed, Status, deeds_from
from app.models.errors import Refused
from app.ui.deeds.deeds import DANGEROUS, KEYS, PRIMARY_KEY, Order, carry_out, parted, undoing
from tests.ui.commune import HANH, NGA, TOAN, Commune

OF_THE_FRAME = {"F2", "F3", "F4", "F6", "F7", "F8", "Ctrl+K", "Alt+Z", "Ctrl+P", "Ctrl+Shift+P"}


def test_every_deed_of_a_received_dossier_has_a_key_of_its_own() -> None:
    assert set(KEYS) == set(TRANSITIONS)
    assert len(set(KEYS.values())) == len(KEYS)
    assert not {*KEYS.values(), PRIMARY_KEY} & OF_THE_FRAME


def test_no_key_is_a_letter_a_scanner_could_type() -> None:
    assert all(key.startswith(("Ctrl+", "Alt+")) for key in KEYS.values())


@pytest.mark.parametrize("status", Status)
def test_deeds_are_parted_without_losing_or_doubling_one(status: Status) -> None:
    deeds = deeds_from(status)
    choices = parted(deeds, status)
    likely = (choices.likely,) if choices.likely else ()
    assert sorted((*likely, *choices.others, *choices.dangerous)) == sorted(deeds)
    assert set(choices.dangerous) == set(deeds) & DANGEROUS
    assert choices.likely not in DANGEROUS


def test_the_likely_deed_is_only_there_when_it_applies() -> None:
    assert parted([Deed.RETURN, Deed.CORRECT], Status.RESOLVED).likely is Deed.RETURN
    assert parted([Deed.CORRECT], Status.RESOLVED).likely is None


def test_an_order_does_its_steps_in_turn_and_says_what_was_done(tmp_path: Path) -> None:
    commune = Commune(tmp_path)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    steps = ((Deed.PAID, Details(amount=8000, method="cash")), (Deed.RETURN, Details()))
    carried = carry_out(commune.desk, Order((name,), steps, commune.officer()))
    assert carried.sentence == "Đã ghi “Đã nộp tiền” và “Trả kết quả”: hồ sơ 261123-0001."
    assert commune.dossier(name).paid
    assert commune.dossier(name).status is Status.RETURNED
    undone = carry_out(commune.desk, undoing(carried, commune.officer()))
    assert undone.sentence == "Đã ghi “Hoàn tác” cả 2 việc: hồ sơ 261123-0001."
    assert commune.dossier(name).status is Status.RESOLVED
    assert not commune.dossier(name).paid


@pytest.mark.parametrize(
    "wrong", [Details(collector="Trần Văn\u200b B"), Details(waybill="E" * 99)]
)
def test_an_order_of_which_one_step_is_refused_records_nothing(
    tmp_path: Path, wrong: Details
) -> None:
    commune = Commune(tmp_path)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    before = commune.dossier(name)
    steps = ((Deed.PAID, Details(amount=8000, method="cash")), (Deed.RETURN, wrong))
    with pytest.raises(Refused):
        carry_out(commune.desk, Order((name,), steps, commune.officer()))
    assert commune.dossier(name) == before
    assert commune.desk.store.verify().ok


def test_a_deed_keyed_for_another_keeps_both_names(tmp_path: Path) -> None:
    commune = Commune(tmp_path)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    steps = ((Deed.SIGN, Details()),)
    carry_out(commune.desk, Order((name,), steps, commune.officer(HANH), NGA))
    event = commune.last_event(name)
    assert (event.by, event.keyed_by) == (HANH, NGA)


def test_a_new_appointment_is_said_and_what_cannot_be_undone_offers_no_undo(tmp_path: Path) -> None:
    commune = Commune(tmp_path)
    name = commune.receive()
    due = commune.dossier(name).due.replace(day=30)
    steps = ((Deed.APOLOGISE, Details(reason="thiếu ý kiến phối hợp", due=due)),)
    carried = carry_out(commune.desk, Order((name,), steps, commune.officer()))
    assert carried.sentence.endswith("Hẹn trả 16:30 T2 30/11.")
    assert not carried.can_be_undone


def test_many_dossiers_are_counted_and_one_that_cannot_go_stops_all(tmp_path: Path) -> None:
    commune = Commune(tmp_path)
    names = tuple(commune.receive() for _ in range(3))
    step = ((Deed.HAND_OVER, Details(to=TOAN)),)
    carried = carry_out(commune.desk, Order(names, step, commune.officer()))
    assert carried.sentence == "Đã ghi “Bàn giao” cho Nguyễn Đức Toàn: 3 hồ sơ."
    with pytest.raises(Refused):
        carry_out(commune.desk, Order((commune.receive(), names[0]), step, commune.officer()))
    assert commune.desk.lookup.board().counts.not_handed_over == 1


def test_a_certification_says_its_number_once_it_is_made(commune: Commune) -> None:
    name = commune.receive(procedure="2.000815", pages=2)
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    order = Order((name,), ((Deed.RESOLVE, Details()),), commune.officer())
    assert carry_out(commune.desk, order).sentence.endswith(
        "Số chứng thực: SCT/BS · Quyển 1, số 01/2026."
    )
