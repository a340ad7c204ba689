import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import BadInput
from app.models.exchange.enrolment import Asked, Code, answer, answerer, ask, asker, pinned
from tests.models.chains import some_keys

CODE = Code.drawn(bytes(range(13)))
COUNTER, SERVER = some_keys("quầy").public, some_keys("máy chủ").public
ASKED = ask(CODE, "H50.12", 1, COUNTER)
ANSWERED = answer(CODE.secret, ASKED, "Xã Mẫu", SERVER)


@given(st.binary(min_size=13, max_size=13))
def test_a_code_reads_back_as_it_is_shown(random: bytes) -> None:
    code = Code.drawn(random)
    assert Code.parse(str(code)) == code
    assert len(code.secret) == 16


@pytest.mark.parametrize(
    "text", ["", "AAAA", "AAAA-BBBB-CCCC-DDDD-EEE", "AAAA-BBBB-CCCC-DDDD-EEE9"]
)
def test_what_is_no_code_is_told_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="5 nhóm 4 ký tự"):
        Code.parse(text)


def test_both_sides_learn_each_others_keys() -> None:
    assert asker(ASKED, CODE.secret) == COUNTER
    assert answerer(ANSWERED, CODE.secret, ASKED) == SERVER


@pytest.mark.parametrize(
    "changed",
    [
        {"unit": "H50.13"},
        {"counter": 2},
        {"sign_key": SERVER.sign.hex()},
        {"seal_key": SERVER.seal.hex()},
        {"sign_key": "xx"},
        {"sign_key": "ab"},
        {"proof": ""},
        {"proof": ANSWERED.proof},
    ],
)
def test_a_question_changed_on_the_way_proves_nothing(changed: dict[str, object]) -> None:
    assert asker(msgspec.structs.replace(ASKED, **changed), CODE.secret) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"unit": "H50.13"},
        {"unit_name": "Xã Khác"},
        {"sign_key": COUNTER.sign.hex()},
        {"seal_key": COUNTER.seal.hex()},
        {"seal_key": "xx"},
        {"proof": ASKED.proof},
    ],
)
def test_an_answer_changed_on_the_way_proves_nothing(changed: dict[str, object]) -> None:
    assert answerer(msgspec.structs.replace(ANSWERED, **changed), CODE.secret, ASKED) is None


def test_another_secret_proves_nothing() -> None:
    other = Code.drawn(bytes(13)).secret
    assert asker(ASKED, other) is None
    assert answerer(ANSWERED, other, ASKED) is None


def test_an_answer_to_another_counter_proves_nothing() -> None:
    other: Asked = ask(CODE, "H50.12", 1, some_keys("quầy khác").public)
    assert answerer(ANSWERED, CODE.secret, other) is None


def test_the_servers_certificate_is_named_under_the_codes_secret() -> None:
    answered = answer(CODE.secret, ASKED, "Xã Mẫu", SERVER, "ab" * 32)
    assert pinned(answered, CODE.secret, ASKED) == "ab" * 32
    between = msgspec.structs.replace(answered, pin="cd" * 32)
    assert pinned(between, CODE.secret, ASKED) is None
    assert not pinned(ANSWERED, CODE.secret, ASKED)
