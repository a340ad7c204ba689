"""Agencies that have a dossier answer one by one; with the last answer it is back."""

from app.models.dossiers.concurrent import tasks
from app.models.dossiers.fold import Effect
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.models.events.forwarding import AgencyAnswered, Part
from tests.models.telling import START, Story

TAX, POLICE, LAND = "Thuế cơ sở", "Công an xã", "Văn phòng đất đai"
PARTS = tuple(Part(name, due=START.replace(day=25 + n)) for n, name in enumerate((TAX, POLICE)))
SENT = e.Forwarded(TAX, TAX, PARTS)


def story() -> Story:
    told = Story(Deed.HAND_OVER, Deed.ACCEPT)
    told.tell(SENT)
    return told


def test_it_is_with_whoever_still_has_it_and_back_with_the_last_answer() -> None:
    told = story()
    told.tell(AgencyAnswered(TAX))
    away = told.dossier.away
    assert away is not None
    assert [part.agency for part in away.outstanding] == [POLICE]
    assert (told.dossier.holder, away.part_due) == (POLICE, PARTS[1].due)
    told.tell(AgencyAnswered(POLICE), by="hoa")
    assert (told.dossier.away, told.dossier.status) == (None, Status.PROCESSING)
    assert told.dossier.holder == "hoa"
    assert [x.agency for x in told.dossier.hand_overs[-1].answers] == [TAX, POLICE]


def test_an_answer_moves_no_promise_and_is_taken_back_like_any_deed() -> None:
    told = story()
    promised = told.dossier.promises
    for agency in (TAX, POLICE):
        told.tell(AgencyAnswered(agency))
    told.do(Deed.UNDO)
    away = told.dossier.away
    assert away is not None
    assert ([part.agency for part in away.outstanding], told.dossier.promises) == (
        [POLICE],
        promised,
    )


def test_who_was_not_asked_or_has_answered_changes_nothing() -> None:
    told = story()
    told.tell(AgencyAnswered(TAX))
    before = told.dossier
    for agency in (LAND, TAX):
        assert told.reason(told.tell(AgencyAnswered(agency))) != ""
    assert told.dossier == before


def test_answers_of_two_agencies_noted_apart_merge_and_nobody_has_to_look() -> None:
    told, (last, *_) = (it := story()), it.heads
    told.tell(AgencyAnswered(TAX), on=2, saw=(last,))
    told.tell(AgencyAnswered(POLICE), on=3, saw=(last,))
    assert told.dossier.status is Status.PROCESSING
    assert tasks(told.folded) == ()


def test_one_answer_noted_apart_counts_once_and_is_looked_at() -> None:
    told, (last, *_) = (it := story()), it.heads
    told.tell(AgencyAnswered(TAX), on=2, saw=(last,))
    told.tell(AgencyAnswered(TAX), on=3, saw=(last,))
    effects = [v.effect for v in told.folded.verdicts[-2:]]
    assert effects == [Effect.APPLIED, Effect.WITHOUT]
    assert len(tasks(told.folded)) == 1
