"""The help desk's record: who was helped, said better or taken back, and what it comes to."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.lobby.assisting import Help, HelpDraft
from app.desk.unit.choices import Words
from app.models.citizens.applicant import Identity, IdKind
from app.models.errors import BadInput, Refused
from app.models.unit.officer import Role
from app.store.reading.helps import Helps
from tests.making import MONDAY, NGA, PROCEDURE, ACounter, a_counter, exchange

TODAY = MONDAY.date()
FILED, SHOWN = "Đã nộp trực tuyến", "Đã hướng dẫn cách làm"


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def a_help(**changes: object) -> HelpDraft:
    said = {
        "name": "Lý A Sử", "id_number": "001187012345", "procedure": PROCEDURE, "level": "Mức độ 2",
        "outcome": FILED, "portal_code": "G22.01-261123-0007", "minutes": 12,
    }  # fmt: skip
    return HelpDraft(**{**said, **changes})  # type: ignore[arg-type]


def helps(counter: ACounter) -> list[Help]:
    return counter.desk.help_desk.of(TODAY)


def test_a_help_is_found_again_as_it_was_typed(counter: ACounter) -> None:
    name = counter.desk.help_desk.record(a_help(note="quên mật khẩu"), counter.officer)
    (found,) = helps(counter)
    assert (found.name, found.at, found.officer) == (name, MONDAY, "Lê Thị Nga")
    assert found.procedure_name == counter.desk.lookup.procedure(PROCEDURE).name
    assert found.typed == a_help(note="quên mật khẩu")


def test_nobody_owes_a_help_desk_a_name(counter: ACounter) -> None:
    counter.desk.help_desk.record(HelpDraft(request="hỏi đường", outcome=SHOWN), counter.officer)
    (found,) = helps(counter)
    assert (found.typed.name, found.procedure_name) == ("", "hỏi đường")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"id_number": "123"}, "number"),
        ({"minutes": 2000}, "minutes"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    counter: ACounter, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        counter.desk.help_desk.record(a_help(**wrong), counter.officer)
    assert refused.value.field == field
    assert helps(counter) == []


def test_ten_digits_are_a_tax_number(counter: ACounter) -> None:
    name = counter.desk.help_desk.record(a_help(id_number="001187 0123"), counter.officer)
    last = Helps(counter.store.database, counter.store.folding).last(name)
    assert last is not None
    assert last.personal is not None
    assert last.personal.applicant is not None
    assert last.personal.applicant.identity == Identity(IdKind.TAX, "0011870123")
    (found,) = helps(counter)
    assert found.typed.id_number == "0011870123"


def test_the_last_word_stands_and_keeps_its_hour(counter: ACounter) -> None:
    desk = counter.desk.help_desk
    name = desk.record(a_help(), counter.officer)
    counter.clock.go_on(minutes=30)
    desk.correct(name, a_help(minutes=25), counter.officer)
    (found,) = helps(counter)
    assert (found.typed.minutes, found.at) == (25, MONDAY)


def test_what_was_taken_back_is_counted_no_more_and_can_be_restored(counter: ACounter) -> None:
    desk = counter.desk.help_desk
    name = desk.record(a_help(), counter.officer)
    before = helps(counter)
    desk.take_back(name, counter.officer)
    assert helps(counter) == []
    with pytest.raises(Refused):
        desk.take_back(name, counter.officer)
    desk.restore(name, counter.officer)
    assert helps(counter) == before


def test_a_half_typed_help_comes_back_until_one_is_recorded(counter: ACounter) -> None:
    desk = counter.desk.help_desk
    desk.keep(a_help(outcome=""), counter.officer)
    assert desk.kept(counter.officer) == a_help(outcome="")
    desk.record(a_help(), counter.officer)
    assert desk.kept(counter.officer) is None


def test_only_who_recorded_it_or_a_supervisor_changes_it(counter: ACounter) -> None:
    counter.desk.office.add_officer("lan", "Trần Thị Lan", [Role.RECEPTIONIST], by=NGA)
    lan = counter.desk.officer("lan")
    hers = counter.desk.help_desk.record(a_help(), lan)
    another = counter.desk.help_desk.record(a_help(), counter.officer)
    with pytest.raises(Refused, match="Lê Thị Nga"):
        counter.desk.help_desk.take_back(another, lan)
    counter.desk.help_desk.take_back(hers, counter.officer)


def test_a_help_reaches_the_other_counter_and_a_rebuilt_table_is_equal(
    counter: ACounter, tmp_path: Path
) -> None:
    name = counter.desk.help_desk.record(a_help(), counter.officer)
    counter.desk.help_desk.record(a_help(outcome=SHOWN), counter.officer)
    counter.desk.help_desk.take_back(name, counter.officer)
    other = ACounter(tmp_path / "other", 2, machine="máy 2")
    exchange(counter.store, other.store)
    assert other.desk.help_desk.of(TODAY) == helps(counter)
    before = counter.dump()
    with counter.store.database.transaction():
        counter.store.folding.rebuild()
    assert counter.dump() == before == other.dump()
    assert not counter.store.verify().damaged


def test_the_report_counts_each_help_once_by_what_was_done(counter: ACounter) -> None:
    desk = counter.desk.help_desk
    for minutes in (10, 15):
        desk.record(a_help(minutes=minutes), counter.officer)
    desk.record(HelpDraft(outcome=SHOWN, minutes=4), counter.officer)
    counter.clock.go_on(days=1)
    desk.record(a_help(), counter.officer)
    values = desk.report(TODAY, TODAY).values
    assert values["helped"] == [
        {"place": "1", "what": "Tổng số lượt trợ giúp", "times": 3, "minutes": 29, "mean": 10}
    ]
    by_outcome = values["helped_by_outcome"]
    assert isinstance(by_outcome, list)
    assert [(x["what"], x["times"]) for x in by_outcome] == [(FILED, 2), (SHOWN, 1)]
    with pytest.raises(BadInput):
        desk.report(TODAY, TODAY - timedelta(days=1))


def test_the_unit_offers_its_own_words_and_the_shipped_ones_again(counter: ACounter) -> None:
    choices = counter.desk.help_desk.choices
    choices.offer(Words.OUTCOMES, ["Đã xong", "  Đã xong ", "", "Chưa xong"])
    assert choices.of(Words.OUTCOMES) == ("Đã xong", "Chưa xong")
    choices.offer(Words.OUTCOMES, [])
    assert FILED in choices.of(Words.OUTCOMES)
