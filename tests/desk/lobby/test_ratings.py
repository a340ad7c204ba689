"""Each dossier's citizen is asked once, and what they said is told of no one of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.desk.lobby.ratings import FILE, TOO_FEW, Ratings, Unsaid
from app.models.errors import BadInput
from app.models.events import event as e
from tests.making import ACounter, a_counter

MONDAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Lines = list[dict[str, object]]


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


@pytest.fixture
def ratings(counter: ACounter) -> Ratings:
    return counter.desk.ratings


def received(counter: ACounter) -> e.EventName:
    return counter.receive().name


def rated(counter: ACounter, *levels: int) -> None:
    for level in levels:
        counter.desk.ratings.cast([received(counter)], level)


def lines(ratings: Ratings, name: str, span: tuple[date, date] = YEAR) -> Lines:
    found = ratings.report(*span).values[name]
    assert isinstance(found, list)
    return found


def test_who_was_just_given_a_result_is_asked_the_one_question(
    counter: ACounter, ratings: Ratings
) -> None:
    asked = ratings.invitation([received(counter)])
    assert asked is not None
    assert asked.invitation == "Ông/Bà thấy sự phục vụ hôm nay thế nào?"


def test_who_had_their_say_is_not_asked_again(counter: ACounter, ratings: Ratings) -> None:
    name = received(counter)
    ratings.cast([name], 3)
    assert ratings.invitation([name]) is None
    assert ratings.invitation([name, received(counter)]) is not None


def test_who_declined_may_still_be_asked(counter: ACounter, ratings: Ratings) -> None:
    name = received(counter)
    ratings.note(Unsaid.DECLINED)
    assert ratings.invitation([name]) is not None


def test_a_counter_may_ask_nobody(counter: ACounter, ratings: Ratings) -> None:
    ratings.ask(False)
    assert ratings.invitation([received(counter)]) is None
    ratings.ask(True)
    assert ratings.invitation([received(counter)]) is not None


def test_a_report_tells_share_interval_and_mean(counter: ACounter, ratings: Ratings) -> None:
    rated(counter, 1, 2, 3, 3, 3)
    counter.clock.go_on(days=1)
    (line,) = lines(ratings, "rated")
    assert line == {
        "what": "Đánh giá chung", "answers": 5, "best": 3, "good": 1, "worst": 1,
        "share": "80,0\N{NO-BREAK SPACE}%", "interval": "37,6–96,4\N{NO-BREAK SPACE}%", "mean": "2,40",
    }  # fmt: skip
    assert [month["what"] for month in lines(ratings, "rated_months")] == ["11/2026"]


def test_fewer_than_five_are_told_of_nobody(counter: ACounter, ratings: Ratings) -> None:
    rated(counter, 3, 3, 3, 1)
    counter.clock.go_on(days=1)
    assert lines(ratings, "rated") == lines(ratings, "rated_months") == []
    assert ratings.report(*YEAR).values["rated_note"] == TOO_FEW
    assert all(line["answers"] == 0 for line in lines(ratings, "rated_turnout"))


def test_a_day_that_is_not_over_tells_nothing(counter: ACounter, ratings: Ratings) -> None:
    rated(counter, *[3] * 9)
    assert lines(ratings, "rated") == []


def test_every_ballot_is_counted_in_one_report_of_adjoining_spans(
    counter: ACounter, ratings: Ratings
) -> None:
    for n in (3, 4, 9):
        rated(counter, *[2] * n)
        counter.clock.go_on(days=1)
    day = timedelta(1)
    told = [lines(ratings, "rated", (MONDAY + n * day, MONDAY + n * day)) for n in range(3)]
    assert [[line["answers"] for line in each] for each in told] == [[], [7], [9]]


def test_how_many_were_asked_declined_or_took_it_home_is_told(
    counter: ACounter, ratings: Ratings
) -> None:
    rated(counter, *[3] * 5)
    for unsaid in (Unsaid.DECLINED, Unsaid.LATER, Unsaid.UNANSWERED, Unsaid.UNANSWERED):
        ratings.note(unsaid)
    counter.clock.go_on(days=1)
    assert [line["answers"] for line in lines(ratings, "rated_turnout")] == [9, 5, 1, 1, 2]


def test_days_the_wrong_way_round_are_said(ratings: Ratings) -> None:
    with pytest.raises(BadInput, match="trước ngày đầu"):
        ratings.report(YEAR[1], YEAR[0])


def own(counter: ACounter, text: str) -> Ratings:
    folder = counter.folder / "forms"
    (folder / "satisfaction").mkdir(parents=True)
    (folder / "satisfaction" / "questions.toml").write_text(text, "utf-8")
    return Ratings(counter.store, counter.desk.lookup, counter.clock, folder)


def test_a_unit_may_ask_in_its_own_words(counter: ACounter) -> None:
    asked = own(counter, 'invitation = "Mời bà con cho ý kiến"').questionnaire()
    assert asked.invitation == "Mời bà con cho ý kiến"
    assert asked.levels == ("Không hài lòng", "Hài lòng", "Rất hài lòng")


@pytest.mark.parametrize("text", ['levels = ["Tốt"]', "levels = ", 'overall = "khác"'])
def test_a_file_that_cannot_be_asked_is_said(counter: ACounter, text: str) -> None:
    with pytest.raises(BadInput, match=r"questions\.toml của đơn vị viết sai"):
        own(counter, text).questionnaire()


def test_the_units_own_words_are_asked_and_what_this_counters_file_says_goes_before(
    counter: ACounter, tmp_path: Path
) -> None:
    said = {"rating_invitation": "Bà con thấy sao?", "rating_levels": "Chán;Được ; Tốt"}
    counter.desk.office.change(counter.officer, said)
    ratings = Ratings(counter.store, counter.desk.lookup, counter.clock, tmp_path)
    asked = ratings.questionnaire()
    assert (asked.invitation, asked.levels) == ("Bà con thấy sao?", ("Chán", "Được", "Tốt"))
    (tmp_path / "satisfaction").mkdir()
    (tmp_path / FILE).write_text('invitation = "Mời bấm"\n', "utf-8")
    asked = ratings.questionnaire()
    assert (asked.invitation, asked.levels) == ("Mời bấm", ("Chán", "Được", "Tốt"))


def test_two_levels_are_refused(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="đủ ba mức"):
        counter.desk.office.change(counter.officer, {"rating_levels": "Chán; Tốt"})
