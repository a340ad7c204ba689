"""Many papers of one person: costed as they are taken, received and given back in one deed."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.desk.deeds.details import Details
from app.desk.draft import IntakeDraft
from app.desk.intake.same_day import Errand, Finished, Piece
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.facts import Serial
from app.models.procedures.procedure import to_json
from app.models.unit.officer import Role
from tests.making import DETAILS, MONDAY, NGA, ACounter, a_counter, a_procedure

COPIES, SIGNATURE, DEAL, EXTRACT = "2.000815", "2.000884", "2.001035", "2.000635"
PERSON = IntakeDraft(name="Đặng Thị Đào", id_number="001187012345", phone="0912345678")


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path)
    with made.store.journal.deed(MONDAY) as writing:
        for code in (COPIES, SIGNATURE, DEAL, EXTRACT):
            writing.append(e.ProcedureSet(code, to_json(a_procedure(code))), by=NGA, at=MONDAY)
        leader = e.OfficerAdded("hanh", "Phạm Thị Hạnh", (Role.LEADER.value,))
        writing.append(leader, by=NGA, at=MONDAY)
    return made


def an_errand(*pieces: Piece) -> Errand:
    return Errand(PERSON, pieces or (Piece(COPIES, pages=3, copies=2),), signer="hanh")


def finish(counter: ACounter, errand: Errand, *, at_once: bool = True) -> Finished:
    return counter.desk.same_day.finish(errand, counter.officer, at_once=at_once)


def dossiers(counter: ACounter, finished: Finished) -> list[Dossier]:
    found = [counter.desk.lookup.dossier(each.receipt.name).dossier for each in finished.given]
    return [dossier for dossier in found if dossier]


# --- what it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "fee"),
    [
        (Piece(COPIES, pages=1), 2_000),
        (Piece(COPIES, pages=2, copies=10), 40_000),
        (Piece(COPIES, pages=3, copies=2), 10_000),
        (Piece(COPIES, pages=500, copies=2), 400_000),
        (Piece(SIGNATURE, copies=3), 30_000),
        (Piece(DEAL), 50_000),
        (Piece(SIGNATURE, fee="0"), 0),
    ],
)
def test_a_piece_costs_what_the_catalogues_rule_says(
    counter: ACounter, piece: Piece, fee: int
) -> None:
    """2.000 đ for each of the first two pages, 1.000 đ each further, at most 200.000 đ a copy."""
    assert counter.desk.same_day.cost(an_errand(), piece).fee == fee


def test_the_total_is_of_what_was_taken_not_of_what_is_typed(counter: ACounter) -> None:
    errand = replace(
        an_errand(Piece(COPIES, pages=3, copies=2), Piece(SIGNATURE)), typed=Piece(SIGNATURE)
    )
    counted = counter.desk.same_day.count(errand)
    assert (counted.total, counted.typed and counted.typed.fee) == (20_000, 10_000)
    assert counted.wrong == {}


@pytest.mark.parametrize(
    ("piece", "field"),
    [
        (Piece(COPIES), "pages"),
        (Piece(SIGNATURE, copies=0), "copies"),
        (Piece("9.999999"), "procedure"),
        (Piece(EXTRACT, fee="nhiều"), "fee_amount"),
    ],
)
def test_what_is_wrong_of_a_piece_is_said_beside_its_field(
    counter: ACounter, piece: Piece, field: str
) -> None:
    counted = counter.desk.same_day.count(replace(an_errand(), typed=piece))
    assert counted.typed is None
    assert field in counted.wrong


# --- one key ------------------------------------------------------------------------------------


def test_one_key_receives_takes_the_money_and_gives_back_each_paper(counter: ACounter) -> None:
    before = counter.store.pending("x")[0]
    finished = finish(counter, an_errand(Piece(COPIES, pages=3, copies=2), Piece(SIGNATURE)))
    first, second = dossiers(counter, finished)
    assert (first.status, second.status) == (Status.RETURNED, Status.RETURNED)
    assert (first.paid, first.fee.amount, second.fee.amount) == (True, 10_000, 10_000)
    assert (finished.total, finished.slips) == (20_000, ())
    assert counter.store.pending("x")[0] == before + 12
    assert counter.store.verify().ok


@pytest.mark.parametrize(
    ("more", "way"),
    [
        ({}, "self"),
        ({"authorised": True, "principal_name": "Lò Thị Chủ", "authorisation": "12/2026"},
         "authorised"),
    ],
)  # fmt: skip
def test_it_is_given_to_whoever_filed_it_for_themselves_or_for_another(
    counter: ACounter, more: dict[str, object], way: str
) -> None:
    errand = replace(an_errand(), person=replace(PERSON, **more))
    (given,) = finish(counter, errand).given
    event = counter.desk.lookup.dossier(given.receipt.name).verdicts[-1].event
    assert event.body == e.Returned(way=way)  # type: ignore[arg-type]
    assert event.personal
    assert event.personal.collector == PERSON.name


def test_each_step_says_who_did_it_and_who_keyed_it_and_needs_no_list(counter: ACounter) -> None:
    (given,) = finish(counter, an_errand()).given
    events = [v.event for v in counter.desk.lookup.dossier(given.receipt.name).verdicts]
    told = [(e.type_of(x.body), x.by, x.keyed_by) for x in events]
    assert told == [
        ("received", NGA, NGA),
        ("handed_over", NGA, NGA),
        ("accepted", "hanh", NGA),
        ("signed", "hanh", NGA),
        ("resolved", "hanh", NGA),
        ("returned", NGA, NGA),
    ]
    assert counter.desk.lists.lists_of(MONDAY.date()) == []


def test_what_is_given_back_at_once_leaves_nothing_incomplete(counter: ACounter) -> None:
    finish(counter, an_errand(Piece(COPIES, pages=1), Piece(SIGNATURE)))
    assert counter.desk.incomplete.of(MONDAY.date()) == []


def test_certifications_are_numbered_in_their_own_yearly_books(counter: ACounter) -> None:
    pieces = (Piece(COPIES, pages=1), Piece(SIGNATURE), Piece(COPIES, pages=2), Piece(EXTRACT))
    given = finish(counter, an_errand(*pieces)).given
    assert [each.certified for each in given] == [
        Serial("SCT/BS", 2026, 1, 1),
        Serial("SCT/CK,ĐC", 2026, 1, 1),
        Serial("SCT/BS", 2026, 1, 2),
        None,
    ]
    counter.clock.now = MONDAY + timedelta(days=60)
    (next_year,) = finish(counter, an_errand()).given
    assert next_year.certified == Serial("SCT/BS", 2027, 1, 1)
    assert counter.store.verify().ok


def test_a_certification_keeps_its_number_and_what_is_refused_draws_none(
    counter: ACounter,
) -> None:
    given = finish(counter, an_errand(*[Piece(SIGNATURE)] * 3), at_once=False).given
    names = [each.receipt.name for each in given]
    for deed in (Deed.HAND_OVER, Deed.ACCEPT):
        counter.desk.progress.do(deed, names, counter.officer, DETAILS)
    refused = counter.do(Deed.RESOLVE, names[0], Details(outcome="refused"))
    granted = counter.do(Deed.RESOLVE, names[1])
    assert (refused.dossier.certified, granted.dossier.certified) == (None, number(1))
    counter.do(Deed.UNDO, names[1])
    assert counter.do(Deed.RESOLVE, names[1]).dossier.certified == number(1)
    assert counter.do(Deed.RESOLVE, names[2]).dossier.certified == number(2)


def number(n: int) -> Serial:
    return Serial("SCT/CK,ĐC", 2026, 1, n)


def test_what_is_not_of_the_same_day_gets_its_appointment_and_the_slip(counter: ACounter) -> None:
    finished = finish(counter, an_errand(Piece(COPIES, pages=1), Piece(DEAL)))
    done, later = dossiers(counter, finished)
    assert (done.status, later.status) == (Status.RETURNED, Status.RECEIVED)
    assert (finished.slips, finished.total) == ((later.name,), 52_000)
    assert later.paid
    assert later.due == MONDAY.replace(day=25, hour=16, minute=30)


def test_given_back_at_once_it_needs_no_slip_from_three_o_clock_either(counter: ACounter) -> None:
    counter.clock.now = MONDAY.replace(hour=15, minute=10)
    assert finish(counter, an_errand()).slips == ()
    (given,) = finish(counter, an_errand(), at_once=False).given
    assert given.receipt.slip_required
    assert given.receipt.due.date() > MONDAY.date()


def test_received_without_a_signer_it_waits_like_any_other(counter: ACounter) -> None:
    (dossier,) = dossiers(counter, finish(counter, an_errand(), at_once=False))
    assert (dossier.status, dossier.certified) == (Status.RECEIVED, None)
    with pytest.raises(Refused, match="người ký"):
        finish(counter, replace(an_errand(), signer="ai"))


def test_all_or_nothing_is_received(counter: ACounter) -> None:
    before = counter.dump()
    for errand in (
        Errand(PERSON),
        Errand(replace(PERSON, id_number="123"), (Piece(SIGNATURE),), signer="hanh"),
        an_errand(Piece(SIGNATURE), Piece(COPIES)),
        an_errand(*[Piece(SIGNATURE)] * 61),
    ):
        with pytest.raises(BadInput):
            finish(counter, errand)
    assert counter.dump() == before
    most = counter.desk.same_day._checked(an_errand(*[Piece(SIGNATURE)] * 60), MONDAY)
    assert [len(each) for each in most] == [60, 60]


@pytest.mark.parametrize(
    ("typed", "received"),
    [
        (Piece(COPIES, pages=5, copies=4), 2),
        (Piece(SIGNATURE), 2),
        (Piece(SIGNATURE, copies=0, fee="0", about="Giấy ủy quyền"), 0),
        (Piece(COPIES, copies=4), 0),
        (Piece(COPIES), 1),
        (Piece(SIGNATURE, copies=0), 1),
        (Piece(DEAL), 2),
        (Piece(), 1),
    ],
)
def test_what_is_typed_is_received_too_unless_it_is_but_proposed(
    counter: ACounter, typed: Piece, received: int
) -> None:
    errand, before = replace(an_errand(Piece(COPIES, pages=1)), typed=typed), counter.dump()
    if received:
        assert len(finish(counter, errand).given) == received
        return
    with pytest.raises(BadInput):
        finish(counter, errand)
    assert counter.dump() == before


def test_the_papers_lie_on_the_desk_as_the_checklist_names_them(counter: ACounter) -> None:
    piece = Piece(COPIES, pages=3, copies=2, about="Học bạ THPT")
    (dossier,) = dossiers(counter, finish(counter, an_errand(piece)))
    assert [(x.originals, x.copies) for x in dossier.documents] == [(1, 0), (0, 2)]
    assert dossier.request.endswith(": Học bạ THPT")


def test_whoever_is_exempt_pays_nothing_and_it_says_why(counter: ACounter) -> None:
    errand = replace(an_errand(Piece(COPIES, pages=3), Piece(EXTRACT)), exempt="người có công")
    assert counter.desk.same_day.count(errand).total == 0
    finished = finish(counter, errand)
    assert (finished.total, finished.paid) == (0, ())
    (given, _) = finished.given
    received = counter.desk.lookup.dossier(given.receipt.name).verdicts[0].event
    assert isinstance(received.body, e.Received)
    assert (received.body.fee.exempt, received.body.fee.amount) == ("exempt", 0)
    assert received.personal
    assert received.personal.note == "người có công"


def test_a_clock_that_jumped_is_pointed_out(counter: ACounter) -> None:
    finish(counter, an_errand())
    counter.clock.now = MONDAY + timedelta(days=40)
    assert any("Đồng hồ máy" in x for x in finish(counter, an_errand()).warnings)


# --- kept -----------------------------------------------------------------------------------------


def test_the_errand_survives_and_is_over_once_it_is_received(counter: ACounter) -> None:
    same_day = counter.desk.same_day
    assert same_day.kept(counter.officer) is None
    errand = replace(an_errand(), typed=Piece(SIGNATURE, about="giấy ủy quyền"))
    same_day.keep(errand, counter.officer)
    counter.close()
    counter.open()
    assert counter.desk.same_day.kept(counter.officer) == errand
    assert counter.desk.intake.kept(counter.officer) is None
    finish(counter, errand)
    assert counter.desk.same_day.kept(counter.officer) is None


def test_whoever_signed_last_here_is_offered_first(counter: ACounter) -> None:
    def first() -> str:
        return counter.desk.same_day.signers()[0].login

    assert first() == "hanh"
    finish(counter, replace(an_errand(), signer=NGA))
    assert first() == NGA


def test_who_works_here_no_longer_signs_nothing(counter: ACounter) -> None:
    counter.desk.office.let_go("hanh", counter.officer)
    assert [officer.login for officer in counter.desk.same_day.signers()] == [NGA]
    with pytest.raises(Refused, match="người ký"):
        finish(counter, an_errand())
