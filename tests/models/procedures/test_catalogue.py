from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.deadlines.deadline import LimitUnit
from app.models.procedures.catalogue import Refusal, from_rows
from app.models.procedures.procedure import DocumentKind, FeeRule, Procedure, Tier
from tests.models import shipped

BIRTH = {"code": "1.001193", "name": "Đăng ký khai sinh", "field": "Hộ tịch"}


def one(**cells: object) -> Procedure:
    (procedure,), refused = from_rows([{**BIRTH, **cells}])
    assert refused == []
    return procedure


# --- what ships ---------------------------------------------------------------------------------


def test_all_123_procedures_and_their_cases_load() -> None:
    assert len(shipped.catalogue()) == 123
    assert sum(procedure.confirmed for procedure in shipped.catalogue().values()) == 111
    several = {code: len(p.cases) for code, p in shipped.catalogue().items() if len(p.cases) > 1}
    named = Counter(row["code"] for row in shipped.rows("cases"))
    assert several == {code: count for code, count in named.items() if count > 1}
    assert all(
        [case.number for case in p.cases] == [*range(1, len(p.cases) + 1)]
        for p in shipped.catalogue().values()
    )


def test_what_the_sources_leave_open_stays_open() -> None:
    open_limits = sum(case.limit is None for p in shipped.catalogue().values() for case in p.cases)
    assert open_limits == sum(
        not row["time_limit_unit"] for row in shipped.rows("procedures")
    ) + sum(not row["limit_unit"] and row["case_no"] != "1" for row in shipped.rows("cases"))
    agreed = shipped.catalogue()["2.000815"].case(3)
    assert (agreed.limit, agreed.article[:18]) == (None, "NĐ 23/2015/NĐ-CP Đ")
    assert agreed.phrase.startswith("Theo thời hạn thỏa thuận bằng văn bản")


def test_a_fee_is_never_zero_unless_a_source_says_free() -> None:
    rules = [rule for procedure in shipped.catalogue().values() for rule in procedure.fees]
    assert len(rules) == len(shipped.rows("fees"))
    assert all(rule.amount != 0 for rule in rules)
    free = {
        p.code for p in shipped.catalogue().values() if any(rule.kind == "free" for rule in p.fees)
    }
    assert free == {row["code"] for row in shipped.rows("fees") if row["rule"] == "free"}


def test_the_abolished_procedure_is_not_offered() -> None:
    assert "2.001009" not in shipped.catalogue()  # by NĐ 280/2025/NĐ-CP


def test_every_limit_says_its_phrase_and_article() -> None:
    limits = [case.limit for p in shipped.catalogue().values() for case in p.cases if case.limit]
    assert all(limit.phrase and limit.article for limit in limits)


def test_sources_name_no_machine_readable_copy() -> None:
    assert not [
        p for p in shipped.catalogue().values() if "repo" in p.source or "crawl" in p.source
    ]
    assert all(procedure.source for procedure in shipped.catalogue().values())


def test_recognition_of_a_parent_is_read_whole() -> None:
    procedure = shipped.catalogue()["1.001022"]
    assert procedure.name == "Thủ tục đăng ký nhận cha, mẹ, con"
    assert [(case.limit.value, case.limit.unit) for case in procedure.cases if case.limit] == [
        (3, LimitUnit.WORKING_DAY),
        (8, LimitUnit.WORKING_DAY),
    ]
    assert [(d.shown_only, d.optional) for d in procedure.documents] == [(False, False)] * 2 + [
        (True, False)
    ]
    assert procedure.result == "Trích lục đăng ký nhận cha, mẹ, con"
    assert procedure.result_code == "KQ.G15.000033"
    assert [rule.kind for rule in procedure.fees] == ["province"]


# --- how rows are read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "document"),
    [
        ("Giấy chứng sinh", DocumentKind("Giấy chứng sinh")),
        (
            "Văn bản ủy quyền (nếu ủy quyền)",
            DocumentKind("Văn bản ủy quyền (nếu ủy quyền)", optional=True),
        ),
        ("Giấy đã cấp (khi cấp lại)", DocumentKind("Giấy đã cấp (khi cấp lại)", optional=True)),
        ("Phiếu (DC01) nếu chưa có", DocumentKind("Phiếu (DC01) nếu chưa có", optional=True)),
        (
            "Thẻ (xuất trình: CCCD; hộ chiếu)",
            DocumentKind("Thẻ (xuất trình: CCCD; hộ chiếu)", shown_only=True),
        ),
    ],
)
def test_a_document_says_whether_it_is_kept_and_needed(cell: str, document: DocumentKind) -> None:
    assert one(documents=f"{cell};").documents == (document,)


@pytest.mark.parametrize(
    ("value", "unit", "phrase"),
    [
        ("3", "working_day", "03 ngày làm việc"),
        ("15", "calendar_day", "15 ngày"),
        (8, "working_hour", "08 giờ làm việc"),
        (
            "1",
            "same_day",
            "Trong ngày; tiếp nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo",
        ),
    ],
)
def test_a_limit_without_a_phrase_gets_one(value: object, unit: str, phrase: str) -> None:
    limit = one(time_limit_value=value, time_limit_unit=unit, source="163/QĐ-BTP").cases[0].limit
    assert limit is not None
    assert (limit.phrase, limit.article) == (phrase, "163/QĐ-BTP")


def test_several_results_keep_their_codes() -> None:
    procedure = one(result="Giấy khai sinh [KQ.G15.000031] Trích lục [KQ.G15.000033]")
    assert procedure.result == "Giấy khai sinh; Trích lục"
    assert procedure.result_code == "KQ.G15.000031; KQ.G15.000033"


@pytest.mark.parametrize(
    ("cell", "rules"),
    [("", ()), ("0", (FeeRule("free"),)), ("2000", (FeeRule("unknown", amount=2000),))],
)
def test_a_bare_figure_is_no_rule(cell: str, rules: tuple[FeeRule, ...]) -> None:
    assert one(fee_vnd=cell).fees == rules


def test_a_province_s_suffix_and_a_spreadsheet_s_number_are_the_same_code() -> None:
    assert one(code="2.000815.000.00.00.H61").code == "2.000815"
    assert one(code=2.00063).code == "2.000630"


def test_page_tiers_are_read() -> None:
    rows = [
        {"code": "1.001193", "rule": "per_page", "tiers": "1-2:2000;3-:1000", "cap_vnd": "200000"}
    ]
    (procedure,), refused = from_rows([BIRTH], fees=rows)
    assert refused == []
    assert procedure.fees == (
        FeeRule("per_page", tiers=(Tier(1, 2, 2000), Tier(3, None, 1000)), cap=200_000),
    )


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"code": "1.00119"}, "Mã thủ tục phải có dạng N.NNNNNN; đang là “1.00119”."),
        ({"code": "1.0011934"}, "Mã thủ tục"),
        ({"name": ""}, "Thiếu cột name."),
        ({"field": None}, "Thiếu cột field."),
        ({"name": "Khai\u202esinh"}, "có ký tự ẩn"),
        ({"time_limit_value": "3"}, "Thời hạn phải có số từ 1 và đơn vị"),
        ({"time_limit_value": "0", "time_limit_unit": "working_day"}, "Thời hạn phải có số từ 1"),
        ({"time_limit_value": "3", "time_limit_unit": "ngày"}, "working_day, calendar_day"),
        ({"fee_vnd": "20.000"}, "Cột fee_vnd phải là số nguyên viết liền; đang là “20.000”."),
        ({"fee_vnd": "-1"}, "Cột fee_vnd"),
        ({"valid_to": "2026-02-30"}, "Cột valid_to phải là ngày"),
    ],
)
def test_a_wrong_procedure_is_listed_and_the_others_go_in(
    wrong: dict[str, object], reason: str
) -> None:
    good = {**BIRTH, "code": "1.000894"}
    found, (refusal,) = from_rows([good, {**BIRTH, **wrong}, {**BIRTH, "code": "1.000656"}])
    assert [procedure.code for procedure in found] == ["1.000894", "1.000656"]
    assert (refusal.line, refusal.table) == (3, "procedures")
    assert reason in refusal.reason


def test_a_repeated_code_goes_in_once() -> None:
    found, refused = from_rows([BIRTH, {**BIRTH, "name": "Khác"}])
    assert [procedure.name for procedure in found] == ["Đăng ký khai sinh"]
    assert refused == [Refusal(3, "Trùng với một dòng ở trên. Giữ lại một dòng.")]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"code": "9.999999"}, "Không có thủ tục 9.999999"),
        ({"case_no": ""}, "case_no phải là số từ 1"),
        ({"case_no": "2"}, "Trùng"),
        ({"limit_value": "3", "limit_unit": ""}, "Thời hạn"),
    ],
)
def test_a_wrong_case_is_listed_and_the_others_go_in(wrong: dict[str, str], reason: str) -> None:
    rows = [{"code": "1.001193", "case_no": "2"}, {"code": "1.001193", "case_no": "3", **wrong}]
    (procedure,), (refusal,) = from_rows([BIRTH], rows)
    assert [case.number for case in procedure.cases] == [1, 2]
    assert (refusal.line, refusal.table) == (3, "cases")
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"code": "9.999999"}, "Không có thủ tục"),
        ({"case_no": "2"}, "không có trường hợp 2"),
        ({"channel": "fax"}, "Cột channel phải là một trong: any, counter"),
        ({"rule": "gratis"}, "Cột rule phải là một trong: free"),
        ({"rule": "fixed"}, "thiếu mức thu"),
        ({"rule": "fixed", "amount_vnd": "0"}, "thiếu mức thu"),
        ({"rule": "per_page"}, "thiếu mức thu"),
        ({"rule": "per_page", "tiers": "2000"}, "Cột tiers"),
        ({"rule": "per_page", "tiers": "2-:1000"}, "Cột tiers"),
        ({"rule": "per_page", "tiers": "1-2:2000;4-:1000"}, "Cột tiers"),
        ({"rule": "per_page", "tiers": "1-2:2000"}, "Cột tiers"),
        ({"channel": "counter"}, "Trùng"),
    ],
)
def test_a_wrong_fee_is_listed_and_the_others_go_in(wrong: dict[str, str], reason: str) -> None:
    good = {"code": "1.001193", "channel": "counter", "rule": "province"}
    (procedure,), (refusal,) = from_rows(
        [BIRTH], fees=[good, {**good, "channel": "online", **wrong}]
    )
    assert procedure.fees == (FeeRule("province", channel="counter"),)
    assert (refusal.line, refusal.table) == (3, "fees")
    assert reason in refusal.reason


cells = st.dictionaries(
    st.sampled_from(
        [*shipped.rows("procedures")[0], *shipped.rows("cases")[0], *shipped.rows("fees")[0]]
    ),
    st.one_of(
        st.none(),
        st.text(max_size=8),
        st.integers(),
        st.floats(),
        st.sampled_from(["free", "1-:5"]),
    ),
)


@given(st.lists(cells, max_size=5), st.lists(cells, max_size=5), st.lists(cells, max_size=5))
def test_every_row_goes_in_or_is_listed(
    procedures: list[dict[str, object]],
    cases: list[dict[str, object]],
    fees: list[dict[str, object]],
) -> None:
    found, refused = from_rows([BIRTH, *procedures], [{**BIRTH, **row} for row in cases], fees)
    listed = Counter(refusal.table for refusal in refused)
    assert len(found) + listed["procedures"] == len(procedures) + 1
    assert listed["fees"] == len(fees)
