from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.desk.unit.learning import confirmed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.procedures.procedure import to_json
from app.models.unit.officer import Role
from app.printing.papers.sheets import render
from app.printing.sheet import Sheet
from tests.making import NGA, ACounter, a_counter
from tests.models.shipped import catalogue
from tests.printing import reading

CODES = ("2.000815", "1.001193", "1.001653", "1.004873", "1.014063")


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    counter = a_counter(tmp_path)
    bodies = [e.ProcedureSet(code, to_json(catalogue()[code])) for code in CODES]
    with counter.store.journal.deed(counter.clock()) as writing:
        for body in bodies:
            writing.append(body, by=NGA, at=counter.clock())
    return counter


def rows(sheet: Sheet, name: str) -> list[dict[str, object]]:
    found = sheet.values[name]
    assert isinstance(found, list)
    return found


def posted(counter: ACounter, field: str) -> dict[object, dict[str, object]]:
    (board,) = counter.desk.boards.procedures(field)
    return {row["code"]: row for row in rows(board, "posted")}


def test_each_field_has_a_board_of_its_own(counter: ACounter) -> None:
    boards = counter.desk.boards.procedures()
    assert [board.name for board in boards] == [
        "Bảo trợ xã hội",
        "Cấp, quản lý căn cước",
        "Chứng thực",
        "Hộ tịch",
    ]
    assert counter.desk.boards.procedures("Đất đai") == []


def test_a_rate_is_posted_as_the_law_states_it(counter: ACounter) -> None:
    row = posted(counter, "Chứng thực")["2.000815"]
    assert row["fee"] == (
        "2.000 đ/trang (trang 1–2), 1.000 đ/trang (từ trang 3), tối đa 200.000 đ/bản"
    )
    assert row["papers"] == len(catalogue()["2.000815"].documents)


def test_the_rate_of_the_day_is_posted(counter: ACounter) -> None:
    field = "Cấp, quản lý căn cước"
    assert posted(counter, field)["1.014063"]["fee"] == "25.000 đ/trường hợp"
    counter.clock.now = counter.clock.now.replace(year=2027)
    assert posted(counter, field)["1.014063"]["fee"] == "50.000 đ/trường hợp"


def test_what_may_be_received_no_longer_is_not_posted(counter: ACounter) -> None:
    today = counter.clock().date()
    gone = structs.replace(catalogue()["2.000815"], valid_to=today - timedelta(days=1))
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.append(e.ProcedureSet(gone.code, to_json(gone)), by=NGA, at=counter.clock())
    assert counter.desk.boards.procedures("Chứng thực") == []


def test_a_rate_nobody_knows_is_left_for_the_pen(counter: ACounter) -> None:
    assert posted(counter, "Bảo trợ xã hội")["1.001653"]["fee"] == ""


@pytest.mark.parametrize("code", ["1.004194", "1.001776"])
def test_what_nobody_confirmed_is_left_for_the_pen_until_somebody_does(
    counter: ACounter, code: str
) -> None:
    """15.000 đ to register a stay, ten days for a monthly aid: from general knowledge alone."""
    procedure = catalogue()[code]
    said: list[dict[object, dict[str, object]]] = []
    for version in (procedure, confirmed(procedure)):
        with counter.store.journal.deed(counter.clock()) as writing:
            body = e.ProcedureSet(code, to_json(version))
            writing.append(body, by=NGA, at=counter.clock())
        said.append(posted(counter, procedure.field))
    before, after = (f"{each[code]['fee']} {each[code]['limit']}" for each in said)
    told = {"1.004194": "15.000 đ", "1.001776": "10 ngày làm việc"}[code]
    assert told not in before
    assert told in after


def test_the_limit_of_each_case_is_named(counter: ACounter) -> None:
    limit = str(posted(counter, "Chứng thực")["2.000815"]["limit"])
    assert limit.startswith("Thông thường: Trong ngày")


def test_who_serves_citizens_is_on_the_board_and_leaders_come_first(counter: ACounter) -> None:
    office = counter.desk.office
    office.add_officer("toan", "Nguyễn Đức Toàn", [Role.SPECIALIST], by=NGA)
    office.add_officer("hanh", "Phạm Thị Hạnh", [Role.LEADER], by=NGA, title="Phó Chủ tịch")
    office.add_officer("it", "Lò Văn Máy", [Role.ADMINISTRATOR], by=NGA)
    people = rows(counter.desk.boards.officers(), "people")
    assert [person["name"] for person in people] == [
        "Lê Thị Nga",
        "Phạm Thị Hạnh",
        "Nguyễn Đức Toàn",
    ]
    assert people[1]["title"] == "Phó Chủ tịch"


def test_boards_are_drawn_small_and_large(counter: ACounter) -> None:
    for large, size in ((False, (842, 595)), (True, (1191, 842))):
        pdf = render(counter.desk.boards.procedures("Hộ tịch", large=large))
        assert {(round(w), round(h)) for w, h, _ in reading.boxes(pdf)} == {size}


def test_a_card_needs_an_address_and_hamlets_have_one_each(counter: ACounter) -> None:
    with pytest.raises(Refused, match="địa chỉ tra cứu"):
        counter.desk.boards.cards(["Đồng Tâm"])
    unit = e.UnitDescribed(name="xã Khánh Hà", lookup_url="https://motcua.khanhha.example")
    counter.desk.office.describe(unit, by=NGA)
    cards = counter.desk.boards.cards(["Đồng Tâm", "Khe Rồng"])
    assert [(card.place, card.address) for card in cards] == [
        ("Đồng Tâm", unit.lookup_url), ("Khe Rồng", unit.lookup_url),
    ]  # fmt: skip
    assert len(counter.desk.boards.cards([])) == 8


def test_cards_carry_the_address_to_rate_by_too_once_there_is_one(counter: ACounter) -> None:
    unit = counter.store.standing.unit()
    addresses = {"lookup_url": "https://a.example", "rating_url": "https://a.example/y-kien"}
    counter.desk.office.describe(structs.replace(unit, **addresses), NGA)
    cards = counter.desk.boards.cards(["Thôn Nội"])
    assert [card.address for card in cards] == list(addresses.values())
    assert {card.place for card in cards} == {"Thôn Nội"}
    assert cards[1].heading == "Đánh giá sự phục vụ"


def test_no_board_shows_what_the_catalogue_tells_officers(counter: ACounter) -> None:
    with counter.store.journal.deed(counter.clock()) as writing:
        for code, procedure in catalogue().items():
            writing.append(e.ProcedureSet(code, to_json(procedure)), by=NGA, at=counter.clock())
    boards = counter.desk.boards.procedures(large=True)
    text = reading.text(render(boards))
    for remark in ("nguồn không nêu", "cán bộ nhập", "mặc định"):
        assert reading.unspaced(remark) not in reading.unspaced(text)
    limit = posted(counter, "Đất đai")["1.013978"]["limit"]
    assert limit == "17 ngày làm việc; 20 ngày làm việc; 27 ngày làm việc (tùy trường hợp)"
    named = posted(counter, "Đất đai")["1.012812"]["limit"]
    assert str(named).startswith("Địa bàn thông thường: 30 ngày; Địa bàn khó khăn: 40 ngày")
