from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.procedures.fee import Fee, fee, fee_kind
from app.models.procedures.procedure import Channel, FeeRule, Procedure, Tier
from tests.models import shipped

CATALOGUE = shipped.catalogue()
TODAY = date(2026, 11, 23)
PAGES = FeeRule("per_page", tiers=(Tier(1, 2, 2000), Tier(3, None, 1000)), cap=200_000)


def by(
    *rules: FeeRule, case: int = 1, channel: Channel = "counter", pages: int = 1, copies: int = 1
) -> Fee:
    return fee(
        Procedure("1.000000", "Thủ tục", "Lĩnh vực", fees=rules),
        case,
        channel,
        TODAY,
        pages,
        copies,
    )


# NĐ 23/2015 copies: 2.000 đ for each of the first two pages, 1.000 đ from the third, at most 200.000 đ a copy
@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (3, 10, 50_000),
        (197, 1, 199_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (500, 3, 600_000),
        (0, 1, None),
        (1, 0, None),
    ],
)
def test_a_certified_copy_costs_by_the_pages_of_the_original(
    pages: int, copies: int, amount: int | None
) -> None:
    assert fee(CATALOGUE["2.000815"], 1, "counter", TODAY, pages, copies).amount == amount


def test_the_reckoning_is_told() -> None:
    assert (
        by(PAGES, pages=3, copies=10).explanation
        == "10 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ)"
    )
    assert by(PAGES, pages=300).explanation.endswith(", tối đa 200.000 đ)")
    assert by(FeeRule("per_case", amount=10_000), copies=2).explanation == "2 trường hợp × 10.000 đ"


@pytest.mark.parametrize(
    ("code", "case", "channel", "amount"),
    [
        ("1.001193", 1, "counter", 0),  # free by the source
        ("1.001022", 1, "counter", None),  # the province's
        ("2.000635", 1, "online", 8_000),
        ("1.004222", 1, "counter", 20_000),
        ("1.004222", 1, "online", 10_000),
        ("1.004222", 1, "post", None),
        ("1.004194", 1, "counter", 15_000),
        ("1.004194", 1, "online", 7_000),
        ("1.004194", 2, "counter", 10_000),
        ("1.004194", 2, "online", None),
        ("1.004194", 2, "post", None),
        ("2.001263", 1, "counter", 400_000),
        ("1.010833", 1, "counter", None),
    ],
)
def test_the_catalogue_s_fees(code: str, case: int, channel: Channel, amount: int | None) -> None:
    assert fee(CATALOGUE[code], case, channel, TODAY).amount == amount


# TT 64/2025/TT-BTC: half the fee of an identity card until the end of 2026
@pytest.mark.parametrize(
    ("code", "day", "amount"),
    [
        ("1.014063", date(2025, 6, 30), 50_000),
        ("1.014063", date(2025, 7, 1), 25_000),
        ("1.014063", date(2026, 12, 31), 25_000),
        ("1.014063", date(2027, 1, 1), 50_000),
        ("1.014064", date(2026, 12, 31), 35_000),
        ("1.014064", date(2027, 1, 1), 70_000),
    ],
)
def test_a_rate_that_is_lower_for_a_time_holds_on_those_days(
    code: str, day: date, amount: int
) -> None:
    found = fee(CATALOGUE[code], 1, "counter", day)
    assert (found.amount, found.rule, found.confirmed) == (amount, "per_case", True)
    assert fee_kind(CATALOGUE[code], 1, "counter") == "per_case"


def test_an_unconfirmed_fee_says_so() -> None:
    assert not fee(CATALOGUE["1.004194"], 1, "counter", TODAY).confirmed
    assert fee(CATALOGUE["1.004194"], 1, "online", TODAY).confirmed


def test_exemptions_are_offered_one_by_one() -> None:
    exemptions = fee(CATALOGUE["1.000656"], 1, "counter", TODAY).exemptions
    assert exemptions[0] == "Đăng ký khai tử đúng hạn"
    assert exemptions[-1] == "Người khuyết tật"
    assert len(fee(CATALOGUE["1.004222"], 1, "counter", TODAY).exemptions) == 1


def test_what_nobody_knows_is_asked_for() -> None:
    assert by() == Fee(None, "chưa biết — nhập mức của tỉnh", "", (), "unknown", False)
    assert by(FeeRule("province")).explanation == "HĐND tỉnh quy định — nhập mức của tỉnh"
    assert "2.000 đ mà không nói cách tính" in by(FeeRule("unknown", amount=2000)).explanation


def test_a_rate_the_unit_filled_in_is_used() -> None:
    assert by(FeeRule("province", amount=15_000)).amount == 15_000


def test_the_rule_of_the_case_wins_over_the_rule_of_the_channel() -> None:
    rules = (
        FeeRule("fixed", amount=1),
        FeeRule("fixed", amount=2, channel="online"),
        FeeRule("fixed", amount=3, case=2),
        FeeRule("fixed", amount=4, case=2, channel="post"),
    )
    asked: list[tuple[int, Channel]] = [(1, "counter"), (1, "online"), (2, "online"), (2, "post")]
    assert [by(*rules, case=case, channel=channel).amount for case, channel in asked] == [
        1,
        2,
        3,
        4,
    ]


@given(st.integers(1, 400), st.integers(1, 50))
def test_more_pages_or_copies_never_cost_less(pages: int, copies: int) -> None:
    amount = by(PAGES, pages=pages, copies=copies).amount or 0
    assert (by(PAGES, pages=pages + 1, copies=copies).amount or 0) >= amount
    assert (by(PAGES, pages=pages, copies=copies + 1).amount or 0) > amount
