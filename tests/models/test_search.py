from itertools import accumulate, product
from unicodedata import normalize

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import BadInput
from app.models.search import query_tokens, search_tokens

CODE = "H63.12.07-261101-0047"
CITIZEN = "001187012345"
PHONE = "0912345678"

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)
names = st.lists(st.text(VIETNAMESE, min_size=1, max_size=7), min_size=1, max_size=4).map(" ".join)


def found(query: str, name: str = "", code: str = "", number: str = "") -> bool:
    asked = query_tokens(query)
    return bool(asked) and {*asked} <= {*search_tokens((name,), (code,), (number,)).split()}


@given(names)
def test_a_dossier_is_found_by_whatever_has_been_typed_of_its_name(name: str) -> None:
    for typed in accumulate(name):
        assert found(typed, name)
        assert found(normalize("NFD", typed), name)


@given(names)
def test_a_dossier_is_found_without_marks(name: str) -> None:
    plain = name.translate(str.maketrans("đ", "d"))
    assert found("".join(c for c in normalize("NFD", plain) if c.isascii()), name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ng t dao", "Nguyễn Thị Đào"),
        ("đào nguyễn", "Nguyễn Thị Đào"),
        ("Nguyê", "Nguyễn Thị Đào"),
        ("nguyên", "Lê Nguyên"),
        ("Đ", "Nguyễn Thị Đào"),
        ("hòa", "Lê Hoà"),
        ("hoà", "Lê Hòa"),
        ("hò", "Lê Hoà"),
        ("THUỶ", "Lê Thủy"),
        ("qúy", "Lê Quý"),
        ("Ðặng", "Đặng Văn Lâm"),
        ("đặng", "Ðặng Văn Lâm"),
        ("h'hen", "H'Hen Niê"),
        ("müller", "Anna Müller"),
        ("muller", "Anna Müller"),
        ("王", "王 Văn"),
        ("36", "Công ty 36"),
    ],
)
def test_finds(query: str, name: str) -> None:
    assert found(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("đào", "Dao Văn Páo"),
        ("đào", "Đạo"),
        ("Đao", "Đào"),
        ("dào", "Đào"),
        ("hà", "Hạ"),
        ("hà", "Hằng"),
        ("nguyên", "Nguyễn"),
        ("trân", "Trần"),
        ("ngũ", "Nguyễn"),
        ("guyen", "Nguyễn"),
        ("müller", "Muller"),
        ("ă", "Công ty A8"),
        ("", "Nguyễn"),
        (" .-\u200b", "Nguyễn"),
    ],
)
def test_does_not_find(query: str, name: str) -> None:
    assert not found(query, name)


@pytest.mark.parametrize(
    "query",
    ["0047", "047", "47", CODE, CODE.lower(), "261101-0047", "261101-47", "đào 47"],
)
def test_an_official_code_is_found_whole_or_by_its_last_digits(query: str) -> None:
    assert found(query, "Đào", CODE)


def test_a_code_of_the_old_order_and_one_of_five_digits_are_found() -> None:
    assert found("000.00.33.H56-200715-0012", code="000.00.33.H56-200715-0012")
    assert found("10047", code="H63-261101-10047")
    assert found("7", code="H63-261101-0007")
    assert found("47", code="H63-261101-0147")


@pytest.mark.parametrize("query", ["T-BCFG2345", "t-bcfg2345", "BCFG2345", "T-BCFG"])
def test_a_provisional_code_is_found(query: str) -> None:
    assert found(query, code="T-BCFG2345")


@pytest.mark.parametrize("query", ["46", "0047", "H63.12.07-261102-0047", "H63.12.08-261101-0047"])
def test_another_code_is_not_found(query: str) -> None:
    assert not found(query, code="H63.12.07-261101-0147")


@pytest.mark.parametrize("query", ["261101-0041", "261101-00411", "H63.12.07-261101-0041"])
def test_a_code_is_not_found_by_the_first_digits_of_somebodys_number(query: str) -> None:
    """In Cao Bằng the number of every woman born before 2000 begins with 0041."""
    assert not found(query, code="H63.12.07-261101-0047", number="004118701234")
    assert found(query, code=f"H63.12.07-261101-{query.rpartition('-')[2]}", number=CITIZEN)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        *((CITIZEN[:end], CITIZEN) for end in range(4, 13)),
        ("001 187 012 345", CITIZEN),
        ("001.187.01", CITIZEN),
        ("0912 345 678", PHONE),
        ("+84 912 345", PHONE),
        ("84912345678", PHONE),
        ("0100109106-001", "0100109106-001"),
        ("c1234567", "C1234567"),
    ],
)
def test_a_number_is_found_by_its_first_digits_however_parted(query: str, number: str) -> None:
    assert found(query, number=number)


def test_a_paste_is_no_query() -> None:
    with pytest.raises(BadInput, match="quá 200 ký tự"):
        query_tokens("a" * 10_485_760)


@given(st.text(max_size=40))
def test_tokens_are_plain_whatever_the_name(name: str) -> None:
    tokens = [*search_tokens((name,), (name,), (name,)).split(), *query_tokens(name)]
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens)


# --- for real -----------------------------------------------------------------------------------

TABLE = "create virtual table f using fts5(g, content='', contentless_delete=1, detail=none{})"
PEOPLE = [
    "Nguyễn Thị Đào",
    "Dao Văn Páo",
    "Lê Hoà",
    "Lê Hòa",
    "Lê Hoa",
    "Trần Trân",
    "H'Hen Niê",
    "王",
]


@pytest.mark.parametrize("tokenizer", ["", ", tokenize='ascii'", ", tokenize='unicode61'"])
def test_an_fts5_table_answers_as_the_tokens_say_whatever_its_tokenizer(tokenizer: str) -> None:
    db = sqlcipher3.connect(":memory:")
    db.execute(TABLE.format(tokenizer))
    tokens = [
        search_tokens((name,), (f"H63-261101-{n:04}",), (CITIZEN,)) for n, name in enumerate(PEOPLE)
    ]
    db.executemany("insert into f(rowid, g) values (?, ?)", enumerate(tokens))
    queries = [name[:end] for name in PEOPLE for end in range(1, len(name) + 1)] + [
        "0003",
        "03",
        CITIZEN,
    ]
    for query, (row, text) in product(queries, enumerate(tokens)):
        asked = query_tokens(query)
        expression = " ".join(f'"{token}"' for token in asked)
        answer = db.execute(
            "select 1 from f where f match ? and rowid = ?", (expression, row)
        ).fetchall()
        assert bool(answer) == ({*asked} <= {*text.split()})
