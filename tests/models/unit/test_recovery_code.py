"""The code is typed from paper: whatever goes wrong is noticed, and the group is named."""

from itertools import combinations
from random import Random

import pytest

from app.models.errors import BadInput
from app.models.numbering import SCANNABLE
from app.models.unit.recovery_code import GROUPS, IN_A_GROUP, LETTERS, RANDOM_BYTES, RecoveryCode

CODE = RecoveryCode.drawn(Random(7).randbytes(RANDOM_BYTES))
WRITTEN = str(CODE)


def trouble(typed: str) -> str:
    with pytest.raises(BadInput) as refused:
        RecoveryCode.parse(typed)
    assert refused.value.field == "code"
    return str(refused.value)


def test_a_code_has_more_than_128_bits_in_letters_no_input_method_changes() -> None:
    drawn = GROUPS * (IN_A_GROUP - 1)
    assert len(LETTERS) ** drawn > 2**128
    assert set(LETTERS) < set(SCANNABLE)
    assert len(WRITTEN) == GROUPS * IN_A_GROUP + GROUPS - 1


def test_what_is_written_is_read_back_however_it_is_typed() -> None:
    letters = WRITTEN.replace("-", "")
    for typed in (WRITTEN, letters, WRITTEN.lower(), f"  {WRITTEN.replace('-', '  ')}\n"):
        assert RecoveryCode.parse(typed) == CODE
    assert RecoveryCode.parse(WRITTEN.replace("5", "s")) == CODE


def test_two_draws_differ() -> None:
    codes = {RecoveryCode.drawn(Random(n).randbytes(RANDOM_BYTES)) for n in range(200)}
    assert len(codes) == 200


def test_each_wrong_letter_is_noticed_and_its_group_named() -> None:
    for place in range(GROUPS * IN_A_GROUP):
        at = place + place // IN_A_GROUP
        for letter in LETTERS.replace(WRITTEN[at], ""):
            typed = WRITTEN[:at] + letter + WRITTEN[at + 1 :]
            assert trouble(typed).startswith(f"Nhóm {place // IN_A_GROUP + 1} của mã")


def test_any_two_letters_of_a_group_that_changed_places_are_noticed() -> None:
    for number, group in enumerate(CODE.groups):
        for one, other in combinations(range(IN_A_GROUP), 2):
            letters = list(group)
            letters[one], letters[other] = letters[other], letters[one]
            if "".join(letters) != group:
                groups = [*CODE.groups[:number], "".join(letters), *CODE.groups[number + 1 :]]
                assert trouble("-".join(groups)).startswith(f"Nhóm {number + 1} của mã")


def test_two_groups_that_changed_places_are_both_named() -> None:
    groups = list(CODE.groups)
    groups[1], groups[4] = groups[4], groups[1]
    assert trouble("-".join(groups)).startswith("Nhóm 2, 5 của mã")


def test_a_letter_left_out_or_no_letter_of_ours_is_named_by_its_group() -> None:
    first, second, *rest = CODE.groups
    assert trouble("-".join((first, second[:-1], *rest))).startswith("Nhóm 2 của mã")
    assert trouble("-".join((first, f"{second[:-1]}Ạ", *rest))).startswith("Nhóm 2 của mã")


def test_a_code_cut_short_is_counted() -> None:
    assert "vừa nhập 30 ký tự" in trouble("-".join(CODE.groups[:-1]))
    assert "vừa nhập 0 ký tự" in trouble("")
